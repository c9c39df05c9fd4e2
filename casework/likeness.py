"""Which signals at the same table look alike, by keyed digests: no content of any of them is opened to find out.

Digests are scoped to one table, so that equal persons at two tables have different digests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from casework import normalise
from casework.models import Signal, SignalTrace, SubjectKind
from casework.values import PlaceInput, SubjectInput
from privacy.access import visible
from privacy.actor import Actor
from privacy.encryption.keys import blind

WHY: dict[str, str] = {
    "address": "zelfde adres",
    "bsn": "zelfde persoon (BSN)",
    "person": "zelfde naam en geboortedatum",
    "name": "zelfde naam",
    "group": "zelfde groep of bedrijf",
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another signal and the reasons why it looks like this one."""

    signal: Signal
    reasons: tuple[str, ...]


def _address(place: PlaceInput) -> Iterator[tuple[str, str]]:
    if not (place.street or place.postcode):
        return
    try:
        number = normalise.house_number(place.number) if place.number else None
    except normalise.Unreadable:
        number = None
    key = normalise.address_key(
        postcode=place.postcode,
        number=number.number if number else None,
        addition=number.addition if number else "",
        street=place.street,
        city=place.city,
    )
    if key:
        yield "address", key


def _subject(subject: SubjectInput) -> Iterator[tuple[str, str]]:
    if subject.bsn:
        yield "bsn", subject.bsn
    if not subject.name:
        return
    if subject.kind in (SubjectKind.GROUP, SubjectKind.LEGAL_PERSON, SubjectKind.BRANCH):
        yield "group", normalise.fold(subject.name)
        return
    name = normalise.person_name(subject.name)
    if not name.surname_key:
        return
    if subject.birth_date:
        yield "person", f"{name.surname_key}|{subject.birth_date.isoformat()}"
    yield "name", name.surname_key


def keys_of(place: PlaceInput, subjects: tuple[SubjectInput, ...]) -> set[tuple[str, str]]:
    """What a signal can be recognised by: kind and plain key."""
    return {*_address(place), *(key for subject in subjects for key in _subject(subject))}


def digest(table_id: UUID, kind: str, key: str) -> bytes:
    """The digest of one key at one table."""
    return blind(table_id, kind, key)


def alike(signal: Signal, *, by: Actor) -> list[Likeness]:
    """Signals at the same table with an equal digest, with the reasons; only what `by` directs."""
    own = SignalTrace.objects.filter(signal=signal).values("digest")
    hits = visible(SignalTrace, by=by).filter(digest__in=own).exclude(signal=signal).select_related("signal__dossier")
    found: dict[UUID, tuple[Signal, set[str]]] = {}
    for trace in hits.select_related("signal__dossier", "signal__source"):
        found.setdefault(trace.signal_id, (trace.signal, set()))[1].add(WHY[trace.kind])
    ranked = sorted(found.values(), key=lambda hit: (-len(hit[1]), -hit[0].submitted_at.timestamp()))
    return [Likeness(hit, tuple(sorted(reasons))) for hit, reasons in ranked]
