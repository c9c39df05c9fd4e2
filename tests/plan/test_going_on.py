"""A goal goes on in another plan, with its circle as far as it takes part there; the old one stays with its readers."""

from __future__ import annotations

import pytest
from django.utils import timezone

from casework.models import Action, Goal, GoalStatus, Household
from casework.services.plans import continue_in
from privacy.errors import Refused
from privacy.unlock import unlock
from tests.plan.scene import a_goal, an_action, at_the_plan, reads
from tests.world import Cast, a_case, a_household, a_signal, invited


@pytest.fixture
def other(cast: Cast) -> Household:
    """Another household, on a case with Wilma, of which Wout is casusregisseur."""
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.wout)
    return a_household(case, cast.rosa, cast.wout)


def test_who_takes_part_there_goes_along(cast: Cast, household: Household, other: Household) -> None:
    goal = a_goal(household, cast.carla, "De huur is betaald", cast.corporatie, cast.politie)
    an_action(household, cast.carla, cast.wilma, "Regeling maken", goal)
    an_action(household, cast.carla, cast.pieter, "Langsgaan", goal)
    with at_the_plan(cast.rosa, household) as by:
        unlock([other.dossier_id], by=by)
        row = Goal.objects.select_related("household__dossier").get(pk=goal.pk)
        new = continue_in(row, other, None, now=timezone.now(), by=by)
        assert (new.follows, new.status, new.title) == (goal.pk, GoalStatus.OPEN, goal.title)
    with at_the_plan(cast.wilma, other):
        assert {one.text for one in Action.objects.filter(household=other)} == {"Regeling maken"}
    with at_the_plan(cast.pieter, household):
        assert {one.title for one in Goal.objects.all()} == {goal.title}
        assert Goal.objects.get().status == GoalStatus.MOVED
        assert Action.objects.get().result == "Gaat verder in een ander plan."
    assert reads(cast.wout, other) >= {"De huur is betaald", "Regeling maken"}
    with at_the_plan(cast.pieter, other):
        assert not Goal.objects.filter(household=other).exists()


def test_who_directs_one_of_both_moves_nothing(cast: Cast, household: Household, other: Household) -> None:
    goal = a_goal(household, cast.carla, "De huur is betaald")
    with at_the_plan(cast.carla, household) as by, pytest.raises(Refused):
        row = Goal.objects.select_related("household__dossier").get(pk=goal.pk)
        continue_in(row, other, None, now=timezone.now(), by=by)
