"""Whom a goal concerns: judged by the legal profile, recorded in the partner's own line, and access to that goal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from casework.circles import hold_people
from casework.models import Case, Goal, GoalPartner, Household, Participation
from casework.plan_files import domains_of
from casework.services.disclosing import check_in_use, check_share
from casework.services.plans.holding import hold_whole
from casework.services.plans.people import Partner, line_for, partners_of
from partners.models import Organisation
from partners.notices import tell
from privacy import grants
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import Refused
from privacy.grants import Because
from privacy.models import AuditEntry, Dossier

NOTED = "vastgelegd"


@dataclass(frozen=True, slots=True)
class ConcernInput:
    """That a goal concerns an organisation, on which ground, and the decision where the profile asks one."""

    organisation: UUID
    ground: str
    decision_ref: str = ""


def category_of(goal: Goal) -> str:
    """What kind of data this goal holds, by the life domain in the list that the plan began with."""
    plan = goal.household.plan
    return domains_of(plan.domains, plan.domains_version).get(goal.domain).category


def _lawful(category: str, concern: ConcernInput, to: Organisation, people: Iterable[Partner]) -> list[Partner]:
    """The people who may read it, through the cases whose profile allows it; raises Refused with the article."""
    found, refusal = [], None
    for person in people:
        try:
            check_share(person.case, category, to, ground=concern.ground, decision_ref=concern.decision_ref)
            found.append(person)
        except Refused as why:
            refusal = why
    if refusal is not None and not found:
        raise refusal
    return found


def _give(goal: Goal, because: Because, person: UUID, via: Dossier, by: Actor) -> None:
    grants.give([goal.compartment], to=[person], level="view", because=because, via=via, by=by)


def concern(goal: Goal, given: ConcernInput, *, now: datetime, by: Actor) -> GoalPartner:
    """Lets the people of a partner read a goal and know that it concerns them; raises Refused with the article."""
    household = hold_whole(goal.household, by=by)
    check_in_use(household.dossier_id)
    hold_people(household)
    there = [person for person in partners_of(household) if person.organisation_id == given.organisation]
    to = Organisation.objects.get(pk=given.organisation)
    require(bool(there), f"{to.name} doet niet mee aan een casus over dit gezin.")
    require(
        not GoalPartner.objects.filter(goal=goal, organisation=to, until__isnull=True).exists(),
        f"Dit doel gaat {to.name} al aan.",
    )
    people = _lawful(category_of(goal), given, to, there)
    row = GoalPartner(
        dossier=household.dossier,
        compartment=line_for(household, people, now=now, by=by),
        goal=goal,
        organisation=to,
        ground=given.ground,
        decision_ref=given.decision_ref or None,
        since=now,
    )
    row.save(force_insert=True)
    for person in people:
        _give(goal, Because(given.ground, person.key, person.until), person.user_id, person.via, by)
    record.change(
        "plan.concern_added",
        dossier=household.dossier,
        obj=row,
        fields=["partners"],
        ground=given.ground,
        action=AuditEntry.Action.CREATE,
        by=by,
    )
    tell({person.user_id for person in people} - {by.user_id}, about=household.dossier_id)
    return row


def end_concern(row: GoalPartner, *, now: datetime, by: Actor) -> None:
    """The goal does not concern this partner any more: its people can't read it from now on."""
    household = hold_whole(row.goal.household, by=by)
    if GoalPartner.objects.filter(pk=row.pk, until__isnull=True).update(until=now):
        with connection.cursor() as cursor:
            cursor.execute("SELECT casework_end_concern(%s, %s)", [row.goal_id, row.organisation_id])
        record.change("plan.concern_ended", dossier=household.dossier, obj=row, fields=["until"], by=by)


def admit(household: Household, participation: Participation, case: Case, *, by: Actor) -> None:
    """Who comes later reads the goals that concern the own organisation, as far as the profile allows it now."""
    rows = GoalPartner.objects.filter(
        goal__household=household, organisation=participation.organisation_id, until__isnull=True
    ).select_related("goal__compartment__dossier", "goal__household__plan", "organisation")
    for row in rows:
        # Who invites opened the case and not the plan: that there is a decision is all that can be read here.
        reference = "" if row.decision_ref is None else NOTED
        try:
            check_share(case, category_of(row.goal), row.organisation, ground=row.ground, decision_ref=reference)
        except Refused:
            continue
        because = Because(row.ground, participation.key, participation.until)
        _give(row.goal, because, participation.user_id, case.dossier, by)
