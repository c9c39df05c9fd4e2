"""The people in dossiers, whatever table they stand in: one row of `SOURCES` for each kind.

Read as everything is: through the gate, and opened with an entry that names the dossiers. What is compared is compared
in memory; nothing is kept of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from casework import known
from casework.models import (
    CaseNumber,
    CaseSignal,
    CaseStatus,
    CaseSubject,
    HouseholdCase,
    HouseholdStatus,
    Member,
    SignalNumber,
    SignalStatus,
    SignalSubject,
    SubjectKind,
)
from casework.queries.signals import address_line
from casework.sameness import Written
from casework.values import PlaceInput
from partners.profiling import profile_of, profile_version
from privacy.access import newest, opened, visible
from privacy.actor import Actor
from privacy.errors import NotKnown
from privacy.models import CompartmentKind, DossierKind, DossierRow
from privacy.roles import Role
from privacy.unlock import unlock

MOST = 100  # dossiers of each kind that a look goes through, newest first


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody in a dossier that was opened; `page` and `page_pk` lead there, `bundles` are the cases it belongs to."""

    kind: str
    pk: UUID
    dossier_id: UUID
    compartment_id: UUID
    reference: str
    table: str
    page: str
    page_pk: UUID
    name: str
    born: date | None
    address: str
    written: Written
    bundles: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Source:
    """A table in which people stand. `current` leaves out who is no person and what is over."""

    model: type[DossierRow]
    dossiers: DossierKind
    current: Q
    also: tuple[str, ...]
    read: Callable[[Any, Actor], PersonRow]
    bsn: Callable[[Any, Actor], str]


def _places(place: PlaceInput) -> frozenset[str]:
    return frozenset(key for _, key in known.address_keys(place))


def _of_case(row: CaseSubject, by: Actor) -> PersonRow:
    address = row.address or ""
    return PersonRow(
        kind="casus",
        pk=row.pk,
        dossier_id=row.dossier_id,
        compartment_id=row.compartment_id,
        reference=row.dossier.reference,
        table=row.case.table.name,
        page="case-subjects",
        page_pk=row.case_id,
        name=row.name,
        born=row.birth_date,
        address=address,
        written=Written(row.name, row.birth_date, _places(known.address_in(address))),
    )


def _of_signal(row: SignalSubject, by: Actor) -> PersonRow:
    place = getattr(row.signal, "place", None)
    where = PlaceInput(place.street or "", place.number or "", place.postcode or "") if place else PlaceInput()
    directed = row.signal.table_id in by.tables_as(Role.PROCESREGISSEUR)
    return PersonRow(
        kind="signaal",
        pk=row.pk,
        dossier_id=row.dossier_id,
        compartment_id=row.compartment_id,
        reference=row.dossier.reference,
        table=row.signal.table.name,
        page="triage-detail" if directed else "signal-detail",
        page_pk=row.signal_id,
        name=row.name or "",
        born=row.birth_date,
        address=address_line(place),
        written=Written(row.name or "", row.birth_date, _places(where)),
    )


def _of_household(row: Member, by: Actor) -> PersonRow:
    face = getattr(row.household, "face", None)
    address = (face.address or "") if face else ""
    return PersonRow(
        kind="gezin",
        pk=row.pk,
        dossier_id=row.dossier_id,
        compartment_id=row.compartment_id,
        reference=row.dossier.reference,
        table="Gezin",
        page="household-detail",
        page_pk=row.household_id,
        name=row.name,
        born=row.birth_date,
        address=address,
        written=Written(row.name, row.birth_date, _places(known.address_in(address))),
    )


def _bsn_in_case(row: CaseSubject, by: Actor) -> str:
    number = visible(CaseNumber, by=by).filter(subject=row).first()
    profile = profile_version(row.case.profile, row.case.profile_version)
    return number.bsn if number and profile.may_see_bsn(by.organisation_kind) else ""


def _bsn_in_signal(row: SignalSubject, by: Actor) -> str:
    number = visible(SignalNumber, by=by).filter(subject=row).first()
    return number.bsn if number and profile_of(row.signal.table).may_see_bsn(by.organisation_kind) else ""


# A new table of people is a line here, and `forgets` in its migration.
SOURCES: dict[str, Source] = {
    "casus": Source(
        CaseSubject,
        DossierKind.CASE,
        Q(kind=SubjectKind.PERSON, case__status=CaseStatus.OPEN),
        ("case__table",),
        _of_case,
        _bsn_in_case,
    ),
    "signaal": Source(
        SignalSubject,
        DossierKind.SIGNAL,
        Q(kind=SubjectKind.PERSON) & ~Q(signal__status=SignalStatus.REJECTED),
        ("signal__table", "signal__place"),
        _of_signal,
        _bsn_in_signal,
    ),
    "gezin": Source(
        Member,
        DossierKind.HOUSEHOLD,
        Q(household__status=HouseholdStatus.ACTIVE, until__isnull=True),
        ("household__face",),
        _of_household,
        lambda row, by: "",  # no BSN stands with a household
    ),
}


def _in_company(people: Iterable[PersonRow]) -> list[PersonRow]:
    """Each with the names of the others in the same dossier."""
    rows = list(people)
    names: dict[UUID, set[str]] = {}
    for row in rows:
        names.setdefault(row.dossier_id, set()).add(row.name)
    return [
        replace(row, written=replace(row.written, company=frozenset(names[row.dossier_id] - {row.name})))
        for row in rows
    ]


def _read(source: Source, rows: QuerySet[Any], by: Actor) -> list[PersonRow]:
    found = rows.filter(source.current).select_related("dossier", *source.also)
    return [person for person in (source.read(row, by) for row in found) if person.name]


def within_reach(*, table_id: UUID | None = None, and_dossier: UUID | None = None, by: Actor) -> list[PersonRow]:
    """People in the reader's newest open dossiers, and in one more; opened, and logged as a look for who is there."""
    dossiers = {and_dossier} if and_dossier else set()
    for source in SOURCES.values():
        dossiers |= set(
            newest(source.dossiers, size=MOST, table_id=table_id, shielded=False, of="content_object_id", by=by)
        )
    unlock(dossiers, event="same.looked", parts=[CompartmentKind.TABLE], by=by)
    bundles = _bundles(dossiers, by)
    return _in_company(
        replace(person, bundles=frozenset(bundles.get(person.dossier_id, ())))
        for source in SOURCES.values()
        for person in _read(source, opened(source.model).filter(dossier__in=dossiers), by)
    )


def _bundles(dossiers: Iterable[UUID], by: Actor) -> dict[UUID, set[UUID]]:
    """The cases that signals are bundled in and that households are about."""
    signals = visible(CaseSignal, by=by).filter(signal_dossier__in=dossiers)
    homes = visible(HouseholdCase, by=by).filter(dossier__in=dossiers, until__isnull=True)
    found: dict[UUID, set[UUID]] = {}
    for dossier, case in signals.values_list("signal_dossier", "dossier"):
        found.setdefault(dossier, set()).add(case)
    for dossier, case in homes.values_list("dossier", "case_dossier"):
        found.setdefault(dossier, set()).add(case)
    return found


def of_dossier(dossier_id: UUID, *, by: Actor) -> list[PersonRow]:
    """The people in one dossier that was opened already."""
    return _in_company(
        person
        for source in SOURCES.values()
        for person in _read(source, opened(source.model).filter(dossier=dossier_id), by)
    )


def these(
    wanted: Iterable[tuple[str, UUID]], *, event: str = "list", whole: bool = False, by: Actor
) -> dict[UUID, PersonRow]:
    """The people with these kinds and keys that this reader may read, opened and logged; others are not there.

    `whole` opens all that the reader holds of their dossiers, and not the table's part alone.
    """
    keys: dict[str, list[UUID]] = {kind: [] for kind in SOURCES}
    for kind, pk in wanted:
        if kind in keys:
            keys[kind].append(pk)
    asked = {kind: visible(SOURCES[kind].model, by=by).filter(pk__in=pks) for kind, pks in keys.items() if pks}
    dossiers = {dossier for rows in asked.values() for dossier in rows.values_list("dossier", flat=True)}
    if not dossiers:
        return {}
    unlock(dossiers, event=event, parts=None if whole else [CompartmentKind.TABLE], by=by)
    return {person.pk: person for kind, rows in asked.items() for person in _read(SOURCES[kind], rows, by)}


def one(kind: str, pk: UUID, *, by: Actor) -> PersonRow:
    """One person, opened and logged; raises NotKnown."""
    found = these([(kind, pk)], event="read", by=by)
    if not found:
        raise NotKnown
    return found[pk]


def is_there(person: PersonRow, *, by: Actor) -> bool:
    """Whether this person still stands in a dossier that this reader may read."""
    return visible(SOURCES[person.kind].model, by=by).filter(pk=person.pk).exists()


def with_bsn(person: PersonRow, *, by: Actor) -> PersonRow:
    """The same, with the number to compare by, for who holds the key to it and has a basis for it (WGS 2.29)."""
    source = SOURCES[person.kind]
    row = visible(source.model, by=by).select_related(*source.also).filter(pk=person.pk).first()
    if row is None:  # taken out by a colleague, a moment ago
        raise NotKnown
    return replace(person, written=replace(person.written, bsn=source.bsn(row, by)))
