"""What a reader sees of cases: lists, the head of a case, and who is involved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from casework import states
from casework.models import (
    Case,
    CaseFace,
    CaseStatus,
    CaseSubject,
    Participation,
    RegieAssignment,
    RegieKind,
    SubjectKind,
)
from casework.queries.households import HouseholdOfCase, households_of_case
from casework.queries.own_ties import note_ties
from casework.queries.restriction import kept_back
from casework.queries.succession import Lapsed, lapsed, without_anybody
from casework.theme_files import Theme
from casework.theming import theme_version
from partners.profile_files import Profile
from partners.profiling import profile_version
from privacy import grants
from privacy.access import InCompartment, beside, how_many, newest, open_one, opened, visible
from privacy.actor import Actor
from privacy.dossiers import compartment_id
from privacy.models import CompartmentKind, DossierKind
from privacy.unlock import emergency_until, unlock

PAGE = 25
# Closing shields: a list filters on what the reader's own grants say, however many cases there are.
SHIELDED: dict[str, bool] = {CaseStatus.OPEN: False, CaseStatus.CLOSED: True}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A line in the list of cases; a shielded one has no name."""

    pk: UUID
    reference: str
    name: str
    theme: str
    theme_name: str
    table: str
    open: bool
    outcome: str
    opened_at: datetime
    retain_until: date
    process: str
    case_regie: str
    restricted: bool


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What stands above every page of a case, and what this reader may do in it."""

    case: Case
    pk: UUID
    dossier_id: UUID
    reference: str
    name: str
    summary: str
    theme: Theme
    profile: Profile
    table: str
    process: str
    case_regie: str
    retain_until: date
    directs: bool
    open: bool
    why_not: str
    closed_at: datetime | None
    outcome: str
    emergency_until: datetime | None
    without: tuple[str, ...]
    lapsed: tuple[Lapsed, ...]
    households: tuple[HouseholdOfCase, ...]
    restricted: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who takes part, as far as this reader may know."""

    pk: UUID
    name: str
    function: str
    organisation: str
    ground: str
    since: datetime
    until: datetime | None
    ended_at: datetime | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list, with the key of the next."""

    rows: tuple[CaseRow, ...]
    older: str


def _regie(cases: Iterable[InCompartment]) -> dict[tuple[UUID, str], str]:
    """Who directs: in the cover, as the case itself; and whether that person is there."""
    rows = beside(RegieAssignment, cases).filter(until__isnull=True)
    found = rows.values_list("case", "kind", "user__name", "vacant_since")
    return {(case, kind): f"{name} (nu niet beschikbaar)" if vacant else name for case, kind, name, vacant in found}


def newest_cases(
    size: int, *, before: datetime | None = None, table_id: UUID | None = None, status: str = "", by: Actor
) -> QuerySet[Case]:
    """The actor's newest cases, read off the actor's own grants; nothing is opened."""
    shielded = SHIELDED.get(status)
    covers = newest(DossierKind.CASE, size=size, before=before, table_id=table_id, shielded=shielded, by=by)
    return Case.objects.filter(compartment_id__in=covers).order_by("-dossier__sort_at")


# What a line needs, and no more: a page makes no objects of whole cases, dossiers and tables.
LINE = (
    "pk", "dossier_id", "compartment_id", "dossier__reference", "dossier__sort_at", "table__name", "theme",
    "theme_version", "status", "outcome_code", "opened_at", "retain_until",
)  # fmt: skip


def case_rows(*, before: datetime | None = None, table_id: UUID | None = None, status: str = "", by: Actor) -> Page:
    """The actor's cases, newest first, read off the actor's own grants; logged as a list before it is shown."""
    found = newest_cases(PAGE, before=before, table_id=table_id, status=status, by=by)
    lines = list(found.values_list(*LINE, named=True))
    seen = [(line.dossier_id, line.dossier__reference) for line in lines]
    unlock([dossier for dossier, _ in seen], event="list", parts=[CompartmentKind.TABLE], also_seen=seen, by=by)
    names = {face.case_id: face.short_name for face in opened(CaseFace)}
    regie = _regie(lines)
    kept = kept_back(lines)
    rows = [_row(line, names.get(line.pk, ""), regie, line.dossier_id in kept) for line in lines]
    older = lines[-1].dossier__sort_at.isoformat() if len(lines) == PAGE else ""
    return Page(tuple(rows), older)


def case_count(*, table_id: UUID | None = None, status: str = "", by: Actor) -> int:
    """How many cases the list has, up to COUNTED + 1; nothing of any of them is read."""
    return how_many(DossierKind.CASE, table_id=table_id, shielded=SHIELDED.get(status), by=by)


def _row(line: Any, name: str, regie: dict[tuple[UUID, str], str], kept: bool) -> CaseRow:
    theme = theme_version(line.theme, line.theme_version)
    return CaseRow(
        pk=line.pk,
        reference=line.dossier__reference,
        name=name,
        theme=line.theme,
        theme_name=theme.name,
        table=line.table__name,
        open=line.status == CaseStatus.OPEN,
        outcome=theme.label_of(theme.close_outcomes, line.outcome_code),
        opened_at=line.opened_at,
        retain_until=line.retain_until,
        process=regie.get((line.pk, RegieKind.PROCESS), ""),
        case_regie=regie.get((line.pk, RegieKind.CASE), ""),
        restricted=kept,
    )


def open_case(pk: UUID, *, event: str = "read", by: Actor) -> CaseHead:
    """One case, opened with the keys this reader holds and logged; raises NotKnown."""
    case = open_one(Case, pk, event=event, also=["table"], by=by)
    return head_of(case, opened(CaseFace).filter(case=case).first(), by=by)


def name_of(case: Case) -> str:
    """The short name of a case that was opened."""
    face = opened(CaseFace).filter(case=case).first()
    return face.short_name if face else ""


def head_of(case: Case, face: CaseFace | None, *, by: Actor) -> CaseHead:
    """What stands above the pages of a case that was opened already."""
    theme = theme_version(case.theme, case.theme_version)
    regie = _regie([case])
    households = households_of_case(case.dossier_id, by=by)
    return CaseHead(
        case=case,
        pk=case.pk,
        dossier_id=case.dossier_id,
        reference=case.dossier.reference,
        name=face.short_name if face else "",
        summary=(face.summary or "") if face else "",
        theme=theme,
        profile=profile_version(case.profile, case.profile_version),
        table=case.table.name,
        process=regie.get((case.pk, RegieKind.PROCESS), ""),
        case_regie=", ".join(row.present for row in households) or regie.get((case.pk, RegieKind.CASE), ""),
        households=tuple(households),
        restricted=bool(kept_back([case])),
        retain_until=case.retain_until,
        directs=grants.directs(case.dossier_id, by=by),
        open=case.status == CaseStatus.OPEN,
        why_not=states.why_not_work(case),
        closed_at=case.closed_at,
        outcome=theme.label_of(theme.close_outcomes, case.outcome_code),
        emergency_until=emergency_until(case.dossier_id),
        without=tuple(without_anybody(case, by=by)),
        lapsed=tuple(lapsed(case, timezone.localdate(), by=by)),
    )


def people(head: CaseHead, *, by: Actor) -> list[Person]:
    """Who takes part, as far as this reader may know: hidden ones only for the regie and their own organisation."""
    rows = opened(Participation).filter(case=head.case).select_related("user", "organisation", "compartment")
    labels = {ground.code: ground.label for ground in head.profile.grounds}
    return [
        Person(
            pk=row.pk,
            name=row.user.name,
            function=row.user.function,
            organisation=row.organisation.name,
            ground=labels.get(row.ground, row.ground),
            since=row.since,
            until=row.until,
            ended_at=row.ended_at,
            hidden=row.compartment.kind == CompartmentKind.LIAISON,
        )
        for row in rows.order_by("organisation__name", "user__name")
    ]


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A subject of the case; the BSN only for who may have it."""

    pk: UUID
    kind: str
    role: str
    name: str
    birth_date: date | None
    address: str
    bsn: str
    since: date | None
    until: date | None
    group: bool
    people: int


def subjects(head: CaseHead, *, by: Actor) -> list[SubjectRow]:
    """Who the case is about. A BSN needs the key of the regie and an organisation with a basis (WGS 2.29)."""
    rows = visible(CaseSubject, by=by).filter(case=head.case).select_related("number")
    rows = rows.annotate(people=Count("group"))
    may_bsn = head.directs and head.profile.may_see_bsn(by.organisation_kind)
    note_ties(compartment_id(head.case.dossier, CompartmentKind.TABLE), (row.name for row in rows), by=by)
    return [
        SubjectRow(
            pk=row.pk,
            kind=row.get_kind_display(),
            role=head.theme.label_of(head.theme.subject_roles, row.role),
            name=row.name,
            birth_date=row.birth_date,
            address=row.address or "",
            bsn=row.number.bsn if may_bsn and hasattr(row, "number") else "",
            since=row.since,
            until=row.until,
            group=row.kind == SubjectKind.GROUP,
            people=row.people,
        )
        for row in rows
    ]
