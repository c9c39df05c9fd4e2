"""What goes along when a household is split or merged: people, running goals with their actions, and agreements.

What is carried is written anew in the plan where it goes on, sealed there; the old row stays where its readers are and
says that it went on. It is read there by who could read it here, as far as they take part in a case of that household.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

from casework import known
from casework.circles import goal_part, household_line
from casework.models import (
    ACTION_RUNS,
    GOAL_RUNS,
    Action,
    ActionStatus,
    Goal,
    GoalPartner,
    GoalStatus,
    Household,
    HouseholdCase,
    Left,
    Member,
    SafetyAgreement,
)
from casework.services.households import let_in, takes_part
from privacy import dossiers
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import Compartment, CompartmentKind, DossierRow

Row = TypeVar("Row", bound=DossierRow)
WENT_ON = "Gaat verder in het plan van het andere gezin."
OWN = ("id", "dossier", "compartment", "household", "version")


@dataclass(slots=True)
class Carried:
    """What went along, and how many actions stayed behind because their owner takes part in no case of the new one."""

    members: dict[UUID, Member] = field(default_factory=dict)
    goals: int = 0
    actions: int = 0
    left_behind: int = 0


def _copy(row: Row, household: Household, part: Compartment, **other: Any) -> Row:
    """The same row in another household, sealed there."""
    names = [f.name for f in type(row)._meta.concrete_fields if f.name not in (*OWN, *other)]
    made = type(row)(
        dossier=household.dossier,
        compartment=part,
        household=household,
        **{name: getattr(row, name) for name in names},
        **other,
    )
    made.save(force_insert=True)
    return made


def _table(household: Household) -> Compartment:
    return dossiers.part(household.dossier, CompartmentKind.TABLE)


def people(rows: Iterable[Member], target: Household, because: Left, on: date, carried: Carried, *, by: Actor) -> None:
    """These people belong to another household from a day on; the row of before says since when not here any more."""
    for row in rows:
        since = max(on, row.since)
        carried.members[row.pk] = _copy(
            row, target, _table(target), since=since, until=None, left_because="", came_from=row.pk
        )
        known.mark(carried.members[row.pk], known.person_keys(row.name, row.birth_date))
        record.change("household.member_joined", dossier=target.dossier, obj=carried.members[row.pk], by=by)
        ends(row, because, on, by=by)


def ends(row: Member, because: Left, on: date, *, by: Actor) -> None:
    """Somebody is not in this household any more, since being in another."""
    row.until, row.left_because = max(on, row.since), because
    row.save(update_fields=["until", "left_because"])
    record.change("household.member_left", dossier=row.dossier, obj=row, fields=["left_because", "until"], by=by)


def agreements(source: Household, target: Household) -> None:
    """What was agreed for everybody's safety holds in the other household too, until somebody ends it there.

    What stands there in the same words already, as after a split that is undone, stands there once.
    """
    standing = SafetyAgreement.objects.filter(until__isnull=True)
    there = {row.text for row in standing.filter(household=target)}
    for row in standing.filter(household=source):
        if row.text not in there:
            _copy(row, target, _table(target))


def _there(target: Household) -> set[tuple[UUID, UUID]]:
    """Organisations and people who take part in a case of the household."""
    links = HouseholdCase.objects.filter(household=target, until__isnull=True)
    cases = links.values_list("case_dossier", flat=True)
    return {(organisation, person) for case in cases for organisation, person, _ in takes_part(target, case)}


def goals(
    source: Household, target: Household, carried: Carried, *, everything: bool, now: datetime, by: Actor
) -> None:
    """Running goals about people who went along go on there; with `everything` those of the whole household too."""
    there = _there(target)
    rows = Goal.objects.filter(household=source, status__in=GOAL_RUNS).select_related("compartment")
    for goal in rows if everything else rows.filter(member__in=carried.members):
        _carry_goal(goal, target, there, carried, now=now, by=by)
    if everything:
        for action in _running(source).filter(goal__isnull=True):
            _carry_action(action, None, target, there, carried, now=now, by=by)
    # Lines that were made for what went along: who takes part unseen had none there.
    for case in HouseholdCase.objects.filter(household=target, until__isnull=True):
        let_in(target, case.case_dossier_id, by=by)


def _carry_goal(
    goal: Goal, target: Household, there: set[tuple[UUID, UUID]], carried: Carried, *, now: datetime, by: Actor
) -> None:
    part = goal_part(target, goal.compartment.organisation_id or by.organisation_id, now=now, by=by)  # type: ignore[arg-type]
    member = carried.members.get(goal.member_id) if goal.member_id else None
    made = _copy(goal, target, part, member=member, follows=goal.pk)
    organisations = {organisation for organisation, _ in there}
    for row in GoalPartner.objects.filter(goal=goal, until__isnull=True, organisation__in=organisations):
        GoalPartner(
            dossier=target.dossier,
            compartment=household_line(target, row.organisation_id, now=now, by=by),
            goal=made,
            organisation_id=row.organisation_id,
            ground=row.ground,
            decision_ref=row.decision_ref,
            since=now,
        ).save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_carry_goal(%s, %s, %s)", [goal.compartment_id, part.pk, made.key])
    for action in _running(goal.household).filter(goal=goal):
        _carry_action(action, made, target, there, carried, now=now, by=by)
    goal.status, goal.ended_at = GoalStatus.MOVED, now
    goal.save(update_fields=["status", "ended_at"])
    carried.goals += 1
    record.change("household.changed", dossier=goal.dossier, obj=goal, fields=["status"], by=by)
    record.change("household.changed", dossier=target.dossier, obj=made, fields=["goals"], by=by)


def _running(household: Household) -> Any:
    return Action.objects.filter(household=household, status__in=ACTION_RUNS)


def _carry_action(
    action: Action,
    goal: Goal | None,
    target: Household,
    there: set[tuple[UUID, UUID]],
    carried: Carried,
    *,
    now: datetime,
    by: Actor,
) -> None:
    """An action goes along when its owner takes part there; otherwise it stays where the owner reads it."""
    if (action.organisation_id, action.user_id) not in there:
        carried.left_behind += 1
        return
    line = household_line(target, action.organisation_id, now=now, by=by)
    _copy(action, target, line, goal=goal)
    action.status, action.ended_at, action.result = ActionStatus.DROPPED, now, WENT_ON
    action.save(update_fields=["status", "ended_at", "result"])
    carried.actions += 1
    record.change("household.changed", dossier=action.dossier, obj=action, fields=["status"], by=by)
