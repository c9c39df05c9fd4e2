"""What the tests of stagnation and work lists share: households with a plan, and short ways to let time pass."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from casework.circles import goal_part, household_line
from casework.models import Action, Case, Goal, Household, Plan
from casework.queries.stagnation import Judged, judged
from partners.models import User
from privacy.unlock import unlock
from tests.casework.conftest import Browser, Browsers, words
from tests.world import Cast, a_case, a_household, a_signal, as_, invited

__all__ = ["Browser", "Browsers", "words"]


@pytest.fixture
def browser(login: Callable[..., object]) -> Browsers:
    """The browser of this person."""
    return lambda user: Browser(login(user))  # type: ignore[arg-type]


@pytest.fixture
def case(cast: Cast) -> Case:
    """On a signal of Wilma, who takes part with Pieter of the police and Carla."""
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.pieter, cast.carla)
    return found


@pytest.fixture
def household(cast: Cast, case: Case) -> Household:
    """Directed by Carla, on the case of Rosa."""
    return a_household(case, cast.rosa, cast.carla)


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
        goal = Goal(dossier=household.dossier, compartment=part, household=household, domain="wonen", title="Rust.")
        goal.save(force_insert=True)
        return goal


def evaluated_on(household: Household, day: date, by: User) -> None:
    """The day on which the plan is to be evaluated."""
    with as_(by):
        Plan.objects.filter(household=household).update(evaluate_on=day)


def looked(user: User, today: date | None = None) -> dict[UUID, Judged]:
    """What this person finds on a day, by dossier."""
    with as_(user) as (by, _):
        return {one.place.dossier_id: one for one in judged(today or timezone.localdate(), by=by)}


def alarms(user: User, household: Household, today: date | None = None) -> set[str]:
    """The alarms of one household that this person hears on a day."""
    return {one.alarm.value for one in looked(user, today)[household.dossier_id].stuck}
