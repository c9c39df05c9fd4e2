"""Must show 7: what a page asks the database does not grow with the plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import Goal, Household
from casework.services.plans import goals, versions
from casework.services.plans.actions import ActionInput
from casework.services.plans.goals import GoalInput
from partners.models import User
from tests.plan.scene import SOON, about, at_the_plan
from tests.world import Cast

Login = Callable[[User], Client]
PAGES = (
    ("carla", ""),
    ("rosa", ""),
    ("wilma", ""),
    ("wilma", "versies/1/"),
    ("carla", "versies/1/"),
    ("carla", "versies/"),
    ("carla", "brief/"),
    ("carla", "brief/afdrukken/"),
)


def grow(household: Household, cast: Cast, to: int) -> None:
    """The plan has this many goals, each of the corporation with an action of Wilma that the family may read."""
    with at_the_plan(cast.carla, household) as by:
        for number in range(Goal.objects.count(), to):
            given = GoalInput(f"Doel nummer {number}", "huisvesting", family_text=f"Voor u {number}")
            action = ActionInput(f"Actie {number}", cast.wilma.pk, SOON, f"Wij doen {number}")
            goals.add_goal(
                household, given, concerns=about(cast.corporatie), actions=(action,), now=timezone.now(), by=by
            )
        versions.freeze(household, now=timezone.now(), by=by)


def asked(login: Login, cast: Cast, household: Household) -> dict[tuple[str, str], int]:
    found = {}
    for name, page in PAGES:
        client = login(cast.people[name])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(f"/gezinnen/{household.pk}/plan/{page}")
        assert answer.status_code == 200
        found[name, page] = len(queries)
    return found


@pytest.mark.timeout(300)
def test_one_ten_and_a_hundred_goals_ask_the_same(cast: Cast, household: Household, login: Login) -> None:
    counted = []
    for size in (1, 10, 100):
        grow(household, cast, size)
        counted.append(asked(login, cast, household))
    assert counted[0] == counted[1] == counted[2]
    assert max(counted[0].values()) <= 60
