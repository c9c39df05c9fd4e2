"""What a reader sees of households: the list, the head of one, and who belongs to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from casework.circles import works_on_whole
from casework.models import (
    Case,
    CaseFace,
    CaseSubject,
    FamilyContact,
    Household,
    HouseholdCase,
    HouseholdDecision,
    HouseholdFace,
    HouseholdStatus,
    Member,
    RegieAssignment,
    Relation,
    SubjectKind,
    Vacant,
)
from casework.queries.restriction import kept_back
from casework.theming import active_theme
from privacy import grants
from privacy.access import beside, open_one, opened, visible
from privacy.actor import Actor
from privacy.models import CompartmentKind
from privacy.unlock import unlock

OF_AGE = 18


@dataclass(frozen=True, slots=True)
class HouseholdHead:
    """What stands above every page of a household, and what this reader may do in it.

    `whole`: reads all of the plan and works on it (casusregisseur, procesregisseurs); `directs`: a procesregisseur.
    """

    household: Household
    pk: UUID
    dossier_id: UUID
    reference: str
    name: str
    address: str
    regisseur: str
    regisseur_organisation: str
    vacant_since: datetime | None
    vacant_because: str
    away: bool
    contact: str
    contact_organisation: str
    directs: bool
    whole: bool
    open: bool
    why_not: str
    restricted: bool
    last_contact: date | None


@dataclass(frozen=True, slots=True)
class Other:
    """Another household; its key and number only for who may know of it."""

    pk: UUID | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody of the household, now or before."""

    pk: UUID
    name: str
    relation: str
    child: bool
    birth_date: date | None
    age: int | None
    since: date
    until: date | None
    left_because: str
    planned_in: Other | None

    @property
    def planned_elsewhere(self) -> bool:
        """Whether another household's plan is this person's plan."""
        return self.planned_in is not None


@dataclass(frozen=True, slots=True)
class LinkedCase:
    """A case about the household. Who does not take part in it reads only at which table it is."""

    reference: str
    name: str
    theme: str
    theme_name: str
    table: str
    since: datetime
    case_pk: UUID | None
    people: tuple[tuple[str, date | None], ...] = ()


def _why_not(household: Household) -> str:
    if household.merged_into_id is not None:
        return "Dit gezin is samengevoegd met een ander. U leest hier de geschiedenis."
    return "" if household.status == HouseholdStatus.ACTIVE else "Dit plan is afgesloten en afgeschermd."


def open_household(pk: UUID, *, event: str = "read", by: Actor) -> HouseholdHead:
    """One household, opened with the keys this reader holds and logged; raises NotKnown."""
    household = open_one(Household, pk, event=event, also=["contact__organisation"], by=by)
    face = opened(HouseholdFace).filter(household=household).first()
    held = beside(RegieAssignment, [household]).filter(household=household, until__isnull=True)
    holder = held.select_related("user__organisation").first()
    there = holder.user if holder and not holder.vacant_since else None
    contact = household.contact or there
    running = household.status == HouseholdStatus.ACTIVE
    return HouseholdHead(
        household=household,
        pk=household.pk,
        dossier_id=household.dossier_id,
        reference=household.dossier.reference,
        name=face.name if face else "",
        address=(face.address or "") if face else "",
        regisseur=holder.user.name if holder else "",
        regisseur_organisation=holder.user.organisation.name if holder else "",
        vacant_since=holder.vacant_since if holder else None,
        vacant_because=holder.get_vacant_because_display() if holder else "",
        away=bool(holder and holder.vacant_because == Vacant.ILL),
        contact=contact.name if contact else "",
        contact_organisation=contact.organisation.name if contact else "",
        directs=grants.directs(household.dossier_id, by=by),
        whole=works_on_whole(household, by=by),
        open=running,
        why_not=_why_not(household),
        restricted=bool(kept_back([household])),
        last_contact=opened(FamilyContact).filter(household=household).aggregate(last=Max("held_on"))["last"],
    )


def _holders(households: Iterable[Household]) -> dict[UUID, RegieAssignment]:
    rows = beside(RegieAssignment, households).filter(household__in=households, until__isnull=True)
    return {row.household_id: row for row in rows.select_related("user") if row.household_id}


def _age(born: date | None, today: date) -> int | None:
    if born is None:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _is_child(row: Member, age: int | None) -> bool:
    """A minor, or a child of whom no birth date was noted."""
    return age < OF_AGE if age is not None else row.relation == Relation.CHILD


def _shown(rows: Iterable[Household], by: Actor) -> None:
    """Households of which a page shows the number, and who is called, beside something else: named in the log."""
    seen = [(row.dossier_id, row.dossier.reference) for row in rows]
    if seen:
        unlock([], event="list", also_seen=seen, by=by)


def others(dossiers: Iterable[UUID | None], *, by: Actor) -> dict[UUID, Other]:
    """Households by dossier, as far as the reader may know of them; the rest is an `Other` without a name."""
    wanted = {pk for pk in dossiers if pk is not None}
    rows = visible(Household, by=by).filter(dossier__in=wanted) if wanted else Household.objects.none()
    known = list(rows.select_related("dossier"))
    _shown(known, by)
    found = {row.dossier_id: Other(row.pk, row.dossier.reference) for row in known}
    return {pk: found.get(pk, Other()) for pk in wanted}


def members(head: HouseholdHead, *, by: Actor) -> list[MemberRow]:
    """Who belongs to the household and who did: first who does now, adults before children."""
    rows = list(opened(Member).filter(household=head.household))
    elsewhere = others((row.planned_in_id for row in rows), by=by)
    today = timezone.localdate()
    found = [_member(row, elsewhere, today) for row in rows]
    return sorted(found, key=lambda one: (one.until is not None, one.child, one.birth_date or date.max))


def _member(row: Member, elsewhere: dict[UUID, Other], today: date) -> MemberRow:
    age = _age(row.birth_date, today)
    return MemberRow(
        pk=row.pk,
        name=row.name,
        relation=row.get_relation_display(),
        child=_is_child(row, age),
        birth_date=row.birth_date,
        age=age,
        since=row.since,
        until=row.until,
        left_because=row.get_left_because_display(),
        planned_in=elsewhere.get(row.planned_in_id) if row.planned_in_id else None,
    )


def cases_of(head: HouseholdHead, *, by: Actor) -> list[LinkedCase]:
    """The cases about this household; named only for who takes part in them, and then in the log."""
    links = list(opened(HouseholdCase).filter(household=head.household, until__isnull=True).select_related("table"))
    found = visible(Case, by=by).filter(dossier__in=[link.case_dossier_id for link in links]).select_related("dossier")
    mine = {case.dossier_id: case for case in found}
    if mine:
        seen = [(case.dossier_id, case.dossier.reference) for case in mine.values()]
        unlock(mine, event="list", parts=[CompartmentKind.TABLE], also_seen=seen, by=by)
    names = {face.dossier_id: face.short_name for face in opened(CaseFace).filter(dossier__in=mine)}
    people: dict[UUID, list[tuple[str, date | None]]] = {}
    for row in opened(CaseSubject).filter(dossier__in=mine, kind=SubjectKind.PERSON, until__isnull=True):
        people.setdefault(row.dossier_id, []).append((row.name, row.birth_date))
    return [_linked(link, mine.get(link.case_dossier_id), names, people) for link in links]


def _linked(
    link: HouseholdCase,
    case: Case | None,
    names: dict[UUID, str],
    people: dict[UUID, list[tuple[str, date | None]]],
) -> LinkedCase:
    return LinkedCase(
        people=tuple(people.get(link.case_dossier_id, ())),
        reference=case.dossier.reference if case else "",
        name=names.get(link.case_dossier_id, ""),
        theme=link.theme,
        theme_name=active_theme(link.theme).name,
        table=link.table.name,
        since=link.since,
        case_pk=case.pk if case else None,
    )


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision about the household, for the regie."""

    step: str
    reason: str
    who: str
    at: datetime


def decisions(head: HouseholdHead) -> list[DecisionRow]:
    """What was decided about this household and why; empty for who does not read the whole."""
    rows = opened(HouseholdDecision).filter(household=head.household).select_related("decided_by")
    return [DecisionRow(row.get_step_display(), row.reason or "", row.decided_by.name, row.decided_at) for row in rows]


@dataclass(frozen=True, slots=True)
class HouseholdOfCase:
    """A household that a case is about, with whom the family and the partners call."""

    pk: UUID
    reference: str
    regisseur: str
    vacant: bool
    contact: str

    @property
    def present(self) -> str:
        """The casusregisseur, and whether that person is there."""
        return f"{self.regisseur} (nu niet beschikbaar)" if self.vacant else self.regisseur


def households_of_case(case_dossier_id: UUID, *, by: Actor) -> list[HouseholdOfCase]:
    """The households that a case is about, as far as the reader may know."""
    links = visible(HouseholdCase, by=by).filter(case_dossier=case_dossier_id, until__isnull=True)
    running = Household.objects.filter(pk__in=links.values("household"), status=HouseholdStatus.ACTIVE)
    found = list(running.select_related("dossier", "contact"))
    _shown(found, by)
    holders = _holders(found) if found else {}
    return [_of_case(household, holders.get(household.pk)) for household in found]


def _of_case(household: Household, holder: RegieAssignment | None) -> HouseholdOfCase:
    vacant = bool(holder and holder.vacant_since)
    there = holder.user.name if holder and not vacant else ""
    return HouseholdOfCase(
        pk=household.pk,
        reference=household.dossier.reference,
        regisseur=holder.user.name if holder else "",
        vacant=vacant,
        contact=household.contact.name if household.contact else there,
    )


def ending_with(case_dossier_id: UUID, *, by: Actor) -> list[HouseholdHead]:
    """The households that end with a case; all households of the case are opened, since each gets a decision."""
    heads = [open_household(row.pk, by=by) for row in households_of_case(case_dossier_id, by=by)]
    others = opened(HouseholdCase).filter(until__isnull=True).exclude(case_dossier=case_dossier_id)
    go_on = set(others.values_list("household", flat=True))
    return [head for head in heads if head.open and head.pk not in go_on]
