"""A household with a plan, in few words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from casework.models import Action, Goal, Household, SafetyAgreement
from casework.services.plans import actions, goals, safety
from casework.services.plans.actions import ActionInput
from casework.services.plans.concerns import ConcernInput
from casework.services.plans.goals import GoalInput
from casework.services.plans.safety import AgreementInput
from partners.models import Organisation, User
from privacy.actor import Actor
from privacy.unlock import unlock
from tests.world import GROUND, as_

SOON = date.today() + timedelta(days=21)


@contextmanager
def at_the_plan(person: User, household: Household) -> Iterator[Actor]:
    """Acting as this person, with whatever it may read of the household opened."""
    with as_(person) as (by, _):
        unlock([household.dossier_id], by=by)
        yield by


def about(*organisations: Organisation, ground: str = GROUND) -> tuple[ConcernInput, ...]:
    """The goal concerns these."""
    return tuple(ConcernInput(one.pk, ground) for one in organisations)


def a_goal(
    household: Household, person: User, title: str, *concerned: Organisation, domain: str = "huisvesting", **more: Any
) -> Goal:
    """A goal that this person adds; it concerns these organisations."""
    with at_the_plan(person, household) as by:
        given = GoalInput(title=title, domain=domain, **more)
        return goals.add_goal(household, given, concerns=about(*concerned), now=timezone.now(), by=by)


def an_action(
    household: Household, person: User, owner: User, text: str, goal: Goal | None = None, **more: Any
) -> Action:
    """An action for the owner, that this person adds."""
    with at_the_plan(person, household) as by:
        given = ActionInput(text, owner.pk, **{"due_on": SOON} | more)
        return actions.add_action(household, given, goal=goal, now=timezone.now(), by=by)


def an_agreement(household: Household, person: User, text: str, **more: Any) -> SafetyAgreement:
    """A safety agreement."""
    with at_the_plan(person, household) as by:
        return safety.agree(household, AgreementInput(text, **more), now=timezone.now(), by=by)


def reads(person: User, household: Household) -> set[str]:
    """The goals and actions that this person holds the keys of."""
    with at_the_plan(person, household):
        return {goal.title for goal in Goal.objects.all()} | {action.text for action in Action.objects.all()}
