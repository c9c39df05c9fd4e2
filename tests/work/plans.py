"""Short ways to fill a plan and to let time pass."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from casework.circles import goal_part, household_line
from casework.models import Action, Goal, Household, Plan
from partners.models import User
from privacy.unlock import unlock
from tests.world import as_


def began(household: Household, days_ago: int, by: User) -> None:
    """The plan began so many days ago."""
    with as_(by):
        Household.objects.filter(pk=household.pk).update(opened_at=timezone.now() - timedelta(days=days_ago))


def an_action(household: Household, who: User, due: date, by: User, text: str = "Bel de huurder.") -> Action:
    """An action of this person, given by the regie."""
    with as_(by) as (actor, _):
        unlock([household.dossier_id], by=actor)
        line = household_line(household, who.organisation_id, now=timezone.now(), by=actor)
        action = Action(
            dossier=household.dossier, compartment=line, household=household, organisation_id=who.organisation_id,
            user=who, text=text, due_on=due,
        )  # fmt: skip
        action.save(force_insert=True)
        return action


def a_goal(household: Household, by: User) -> Goal:
    """A goal for the whole household."""
    with as_(by) as (actor, _):
        unlock([household.dossier_id], by=actor)
        part = goal_part(household, actor.home, now=timezone.now(), by=actor)
        goal = Goal(
            dossier=household.dossier, compartment=part, household=household, domain="huisvesting", title="Rust."
        )
        goal.save(force_insert=True)
        return goal


def evaluated_on(household: Household, day: date, by: User) -> None:
    """The day on which the plan is to be evaluated."""
    with as_(by):
        Plan.objects.filter(household=household).update(evaluate_on=day)
