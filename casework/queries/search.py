"""Searching in one's own dossiers: by number, name, address or a word, decrypted in memory; nothing is indexed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from casework.models import Case, CaseFace, CaseSubject, Signal, SignalItem, SignalPlace, SignalSubject
from casework.normalise import fold
from casework.queries.signals import address_line
from privacy.access import newest, visible
from privacy.actor import Actor
from privacy.models import Compartment, CompartmentKind, Dossier, DossierKind
from privacy.unlock import unlock

MOST = 500


@dataclass(frozen=True, slots=True)
class Found:
    """One dossier of the reader's own in which the words occur."""

    kind: str
    pk: UUID
    reference: str
    name: str
    why: str


def search(words: str, *, by: Actor) -> list[Found]:
    """Signals and cases of the reader in which all words occur; the newest 500 of each are read, and logged."""
    wanted = fold(words).split()
    if not wanted:
        return []
    cases = list(newest(DossierKind.CASE, size=MOST, of="content_object_id", by=by))
    signals = list(newest(DossierKind.SIGNAL, size=MOST, of="content_object_id", by=by))
    # A closed case has no part left to open, but is found by its number: it is named all the same.
    by_number = Dossier.objects.filter(pk__in=cases).values_list("pk", "reference")
    unlock([*cases, *signals], event="search", parts=[CompartmentKind.TABLE], also_seen=by_number, by=by)
    return [*_matches(_cases(cases, by), wanted), *_matches(_signals(signals, by), wanted)]


def _matches(texts: Iterator[tuple[Found, dict[str, str]]], wanted: list[str]) -> Iterator[Found]:
    for found, parts in texts:
        everything = fold(" ".join([found.reference, *parts.values()]))
        if all(word in everything for word in wanted):
            where = [label for label, text in parts.items() if any(word in fold(text) for word in wanted)]
            yield Found(found.kind, found.pk, found.reference, found.name, ", ".join(where) or "nummer")


def _openable(dossiers: list[UUID]) -> set[UUID]:
    """Dossiers of which the reader holds the table's part; of a shielded one only the number is searched."""
    return set(
        Compartment.objects.filter(dossier__in=dossiers, kind=CompartmentKind.TABLE).values_list("dossier", flat=True)
    )


def _cases(dossiers: list[UUID], by: Actor) -> Iterator[tuple[Found, dict[str, str]]]:
    faces = {face.case_id: face for face in visible(CaseFace, by=by).filter(dossier__in=dossiers)}
    subjects: dict[UUID, list[CaseSubject]] = {}
    for subject in visible(CaseSubject, by=by).filter(dossier__in=dossiers):
        subjects.setdefault(subject.case_id, []).append(subject)
    for case in visible(Case, by=by).filter(dossier__in=dossiers).select_related("dossier").order_by("-opened_at"):
        face = faces.get(case.pk)
        people = subjects.get(case.pk, [])
        parts = {
            "naam": face.short_name if face else "",
            "samenvatting": (face.summary or "") if face else "",
            "betrokkene": " ".join(subject.name for subject in people),
            "adres": " ".join(subject.address or "" for subject in people),
        }
        yield Found("case", case.pk, case.dossier.reference, parts["naam"] or "Afgeschermd", ""), parts


def _signals(dossiers: list[UUID], by: Actor) -> Iterator[tuple[Found, dict[str, str]]]:
    places = {place.signal_id: place for place in visible(SignalPlace, by=by).filter(dossier__in=dossiers)}
    names: dict[UUID, list[str]] = {}
    for subject in visible(SignalSubject, by=by).filter(dossier__in=dossiers):
        names.setdefault(subject.signal_id, []).append(subject.name or "")
    texts: dict[UUID, list[str]] = {}
    shared = visible(SignalItem, by=by).filter(dossier__in=dossiers, compartment__kind=CompartmentKind.TABLE)
    for item in shared:
        texts.setdefault(item.signal_id, []).append(item.text)
    rows = visible(Signal, by=by).filter(dossier__in=_openable(dossiers)).select_related("dossier")
    for signal in rows.order_by("-submitted_at"):
        place = address_line(places.get(signal.pk))
        parts = {
            "adres": place,
            "betrokkene": " ".join(names.get(signal.pk, [])),
            "tekst": " ".join(texts.get(signal.pk, [])),
        }
        yield Found("signal", signal.pk, signal.dossier.reference, place or "Signaal", ""), parts
