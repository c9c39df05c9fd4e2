"""Makes the plans of Voorbeeldstad's households: goals, actions, agreements, a version and who agreed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from casework.models import ActionStatus, Goal, GoalStatus, Household, Member
from casework.services.plans import actions, goals, safety, versions
from casework.services.plans.actions import ActionInput
from casework.services.plans.concerns import ConcernInput
from casework.services.plans.goals import GoalInput
from casework.services.plans.safety import AgreementInput
from config.demo_data.plans import Plan, PlannedAction, PlannedGoal
from config.demo_data.relative import Moment
from partners.models import Organisation, User
from privacy.actor import Actor


class Town(Protocol):
    """What is asked of the town that is being built."""

    today: date
    organisations: dict[str, Organisation]
    people: dict[str, User]

    def doing(self, person: str, *dossiers: UUID) -> AbstractContextManager[Actor]: ...


@dataclass
class Making:
    """One plan being made."""

    town: Town
    household: Household
    plan: Plan

    @property
    def now(self) -> datetime:
        return self.plan.made.at(self.town.today)

    @property
    def later(self) -> datetime:
        """Halfway from then to today: what was done since."""
        today = Moment(0).at(self.town.today)
        return self.now + (today - self.now) / 2

    def doing(self, person: str = "") -> AbstractContextManager[Actor]:
        return self.town.doing(person or self.plan.by, self.household.dossier_id)

    def day(self, days: int) -> date:
        return self.town.today + timedelta(days=days)


def load_plan(town: Town, household: Household, plan: Plan) -> None:
    """The plan of one household, by the people who made it."""
    making = Making(town, household, plan)
    with making.doing() as by:
        for one in plan.agreements:
            given = AgreementInput(one.text, one.watches, making.day(one.check), one.told)
            safety.agree(household, given, now=making.now, by=by)
        versions.evaluate_on(household, making.day(plan.evaluate), by=by)
    made = [(one, _goal(making, one)) for one in plan.goals]
    with making.doing() as by:
        version = versions.freeze(household, now=making.now, by=by)
    for person in plan.agreed:
        with making.doing(person) as by:
            versions.consent(household, version.number, True, "", now=making.now, by=by)
    for planned, goal in made:
        _outcome(making, planned, goal)


def _goal(making: Making, one: PlannedGoal) -> Goal:
    with making.doing() as by:
        members = {row.name: row.pk for row in Member.objects.filter(household=making.household)}
        given = GoalInput(
            title=one.title,
            domain=one.domain,
            member=members[one.member] if one.member else None,
            due_on=making.day(one.due),
            phase=one.phase,
            baseline=one.baseline,
            wished=one.wished,
            family_text=one.told,
            begun=one.phase != "recovery",
        )
        concerns = tuple(
            ConcernInput(making.town.organisations[key].pk, one.ground, one.decision_ref) for key in one.organisations
        )
        planned = tuple(_action(making, action) for action in one.actions)
        return goals.add_goal(making.household, given, concerns=concerns, actions=planned, now=making.now, by=by)


def _action(making: Making, one: PlannedAction) -> ActionInput:
    return ActionInput(one.text, making.town.people[one.person].pk, making.day(one.due), one.told)


def _reported(making: Making, one: PlannedGoal) -> Iterator[tuple[PlannedAction, ActionStatus]]:
    for action in one.actions:
        if action.status != ActionStatus.TODO:
            yield action, ActionStatus(action.status)


def _outcome(making: Making, one: PlannedGoal, goal: Goal) -> None:
    """What was done since the version: by who did it."""
    for action, status in _reported(making, one):
        with making.doing(action.person) as by:
            rows = making.household.actions.select_related("household__dossier").filter(goal=goal)
            row = next(row for row in rows if row.text == action.text)
            actions.report(row, status, action.result, now=making.later, by=by)
    if one.ended:
        with making.doing() as by:
            fresh = Goal.objects.select_related("household__dossier").get(pk=goal.pk)
            goals.end_goal(fresh, GoalStatus(one.ended), one.result, seen=fresh.version, now=making.later, by=by)
