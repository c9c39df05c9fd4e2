"""Founding a household on a case, letting people in through its cases, and closing it with the last of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from casework import known
from casework.circles import everything_of, give_regie, household_line, household_parts
from casework.models import (
    Case,
    Household,
    HouseholdCase,
    HouseholdDecision,
    HouseholdFace,
    HouseholdStatus,
    HouseholdStep,
    Member,
    Participation,
    Plan,
    Relation,
)
from casework.plan_files import newest_domains
from casework.references import household_reference
from casework.services import evaluating, regie
from casework.services.disclosing import taking_part
from casework.services.plans import concerns
from casework.values import EvaluationInput
from privacy import dossiers, grants
from privacy.access import require, require_regie
from privacy.actor import Actor
from privacy.audit import record
from privacy.grants import Because
from privacy.models import AuditEntry, Compartment, CompartmentKind, Dossier, DossierKind

HAS_HOUSEHOLD = "Deze casus hoort al bij een gezin. Open het gezin, of splits het daar."


@dataclass(frozen=True, slots=True)
class MemberInput:
    """Somebody who belongs to the household from a day on."""

    name: str
    relation: Relation
    since: date
    birth_date: date | None = None
    came_from: UUID | None = None


@dataclass(frozen=True, slots=True)
class HouseholdInput:
    """What a household starts with. `regisseur` is a participant of the case."""

    name: str
    regisseur: UUID
    address: str = ""
    members: tuple[MemberInput, ...] = ()
    reason: str = ""


def _linked_to(case: Case) -> QuerySet[Household]:
    links = HouseholdCase.objects.filter(case_dossier=case.dossier_id, until__isnull=True)
    return Household.objects.filter(pk__in=links.values("household")).select_related("dossier")


def of_case(case: Case) -> list[Household]:
    """The households that this case is about, as far as the actor holds them."""
    return list(_linked_to(case).filter(status=HouseholdStatus.ACTIVE))


def decide(
    household: Household, step: HouseholdStep, reason: str, *, about: UUID | None = None, now: datetime, by: Actor
) -> None:
    """Keeps a decision with its reason, for the regie."""
    HouseholdDecision(
        dossier=household.dossier,
        compartment=dossiers.part(household.dossier, CompartmentKind.REGIE),
        household=household,
        step=step,
        reason=reason,
        about=about,
        decided_by_id=by.user_id,
        decided_at=now,
    ).save(force_insert=True)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a new household takes over of the case or household that it comes out of."""

    first_processed_on: date
    retain_until: date | None
    split_from: Dossier | None = None


def begin(given: HouseholdInput, origin: Origin, *, now: datetime, by: Actor) -> Household:
    """An empty household with its name and its one plan. The caller links its cases and gives it a casusregisseur."""
    birth = dossiers.Birth(
        DossierKind.HOUSEHOLD,
        household_reference(now.date()),
        origin.first_processed_on,
        now,
        retain_until=origin.retain_until,
    )
    dossier = dossiers.found(birth, by=by)
    cover, table, _ = (
        dossiers.add_compartment(dossier, kind, by=by)
        for kind in (CompartmentKind.COVER, CompartmentKind.TABLE, CompartmentKind.REGIE)
    )
    household = Household(dossier=dossier, compartment=cover, opened_at=now, split_from=origin.split_from)
    household.save(force_insert=True)
    HouseholdFace(
        dossier=dossier, compartment=table, household=household, name=given.name, address=given.address or None
    ).save(force_insert=True)
    domains = newest_domains()
    Plan(
        dossier=dossier, compartment=cover, household=household, domains=domains.code, domains_version=domains.version
    ).save(force_insert=True)
    return household


def tie(household: Household, via: Dossier, *, now: datetime, by: Actor) -> HouseholdCase:
    """Ties a case to the household by its dossier: who directs its table comes in through it.

    Raises Refused when the casusregisseur directs that table.
    """
    assert via.table_id is not None
    regie.check_link(household, via.table_id, now=now)
    linked = HouseholdCase(
        dossier=household.dossier,
        compartment=dossiers.part(household.dossier, CompartmentKind.COVER),
        household=household,
        case_dossier_id=via.pk,
        table_id=via.table_id,
        theme=via.theme,
        since=now,
    )
    linked.save(force_insert=True)
    parts = everything_of(household) or household_parts(household)
    give_regie(parts, via.table_id, via=via, now=now, by=by)
    return linked


def link(household: Household, case: Case, *, now: datetime, by: Actor) -> HouseholdCase:
    """Ties a case to the household: who directs its table and who takes part in it come in through this case."""
    return tie(household, case.dossier, now=now, by=by)


def takes_part(household: Household, case_dossier: UUID) -> set[tuple[UUID, UUID, bool]]:
    """Organisations with their people who take part in a linked case, also in one that the actor does not read.

    And whether unseen: of those, only who directs that case hears.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_takes_part(%s, %s)", [household.dossier_id, case_dossier])
        return set(cursor.fetchall())


def admit_through(household: Household, case_dossier: UUID, *, now: datetime, by: Actor) -> None:
    """Lets in everybody who takes part in a linked case: what everybody reads, and the line of the own organisation.

    Who takes part unseen has no line until something is for that organisation: the line tells that it is there.
    """
    there = takes_part(household, case_dossier)
    for organisation in sorted({organisation for organisation, _, unseen in there if not unseen}):
        household_line(household, organisation, now=now, by=by)
    let_in(household, case_dossier, by=by)


def let_in(household: Household, case_dossier: UUID, *, by: Actor) -> None:
    """Gives who takes part in a linked case the parts that there are for them; whoever has them keeps them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_admit_case(%s, %s)", [household.dossier_id, case_dossier])
    record.change("grant.given", dossier=household.dossier, fields=["cover", "liaison", "table"], by=by)


def admit_all(household: Household, case: Case, *, now: datetime, by: Actor) -> None:
    """Lets in everybody who takes part in a case that was linked just now."""
    admit_through(household, case.dossier_id, now=now, by=by)
    for participation in taking_part(case).select_related("user", "organisation"):
        concerns.admit(household, participation, case, by=by)


def admit(household: Household, participation: Participation, case: Case, *, now: datetime, by: Actor) -> None:
    """Lets a participant of a linked case read what everybody in the household reads, and write the own line.

    Who takes part unseen gets that line when there is one: a new one would tell that the organisation is there.
    """
    line = dossiers.part(household.dossier, CompartmentKind.LIAISON, participation.organisation_id)
    if participation.compartment.kind == CompartmentKind.TABLE:
        line = household_line(household, participation.organisation_id, now=now, by=by)
    lines = [line] if Compartment.objects.filter(pk=line.pk).exists() else []
    because = Because(participation.ground, participation.key, participation.until)
    read = [dossiers.part(household.dossier, kind) for kind in (CompartmentKind.COVER, CompartmentKind.TABLE)]
    person = [participation.user_id]
    grants.give(read, to=person, level="view", because=because, via=case.dossier, by=by)
    grants.give(lines, to=person, level="contribute", because=because, via=case.dossier, by=by)
    concerns.admit(household, participation, case, by=by)


def add_member(household: Household, given: MemberInput, *, by: Actor) -> Member:
    """Somebody belongs to the household from a day on."""
    member = Member(
        dossier=household.dossier,
        compartment=dossiers.part(household.dossier, CompartmentKind.TABLE),
        household=household,
        relation=given.relation,
        name=given.name,
        birth_date=given.birth_date,
        since=given.since,
        came_from=given.came_from,
    )
    member.save(force_insert=True)
    known.mark(member, known.person_keys(given.name, given.birth_date))
    record.change("household.member_joined", dossier=household.dossier, obj=member, fields=["members"], by=by)
    return member


def found(case: Case, given: HouseholdInput, *, now: datetime, by: Actor) -> Household:
    """A household on an open case, with its casusregisseur and its one plan. All of it, or nothing.

    `case` was locked by `cases.lock_open`. A casusregisseur of the case itself goes over to the household.
    """
    require_regie(case, by=by)
    require(not of_case(case), HAS_HOUSEHOLD)
    origin = Origin(case.first_processed_on, case.retain_until)
    household = begin(given, origin, now=now, by=by)
    link(household, case, now=now, by=by)
    for member in given.members:
        add_member(household, member, by=by)
    regie.begin(household, given.regisseur, now=now, by=by)
    admit_all(household, case, now=now, by=by)
    decide(household, HouseholdStep.FOUNDED, given.reason, now=now, by=by)
    record.change("household.founded", dossier=household.dossier, obj=household, action=AuditEntry.Action.CREATE, by=by)
    return household


def case_closes(case: Case, evaluations: Mapping[UUID, EvaluationInput], *, now: datetime, by: Actor) -> None:
    """A case that closes leaves its households; one that no case is about any more closes with it, evaluated.

    So does the history of a household that was merged into another; about that one nothing is decided any more.
    """
    for household in _linked_to(case):
        dossiers.one_at_a_time(household.dossier_id)
        runs = household.status == HouseholdStatus.ACTIVE
        if evaluating.closes_with(household, case.dossier_id):
            close(household, evaluations.get(household.pk), now=now, by=by)
        else:
            # First: who came to the household through this case alone may not write in it after it.
            if runs:
                why = "De casus is gesloten."
                decide(household, HouseholdStep.UNLINKED, why, about=case.dossier_id, now=now, by=by)
            _release(household, case)


def _release(household: Household, case: Case) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_release_household(%s, %s)", [household.dossier_id, case.dossier_id])


def close(household: Household, evaluation: EvaluationInput | None = None, *, now: datetime, by: Actor) -> None:
    """The plan is over: nobody reads it any more, and it waits for destruction (WGS 2.31(8)).

    What came of its goals stays as counts without persons.
    """
    require_regie(household, by=by)
    if evaluation is not None:
        evaluating.keep(household, evaluation, closing=True, now=now, by=by)
    through = HouseholdCase.objects.filter(household=household, until__isnull=True).first()
    if through is not None:
        evaluating.count_outcomes(household, through.theme, timezone.localdate(now))
    if household.status == HouseholdStatus.ACTIVE:
        decide(household, HouseholdStep.CLOSED, "", now=now, by=by)
    household.status, household.closed_at = HouseholdStatus.CLOSED, household.closed_at or now
    household.save(update_fields=["status", "closed_at"])
    household.regie.filter(until__isnull=True).update(until=now)
    HouseholdCase.objects.filter(household=household, until__isnull=True).update(until=now)
    record.change("household.closed", dossier=household.dossier, obj=household, fields=["status"], by=by)
    dossiers.shield(household.dossier, by=by)
