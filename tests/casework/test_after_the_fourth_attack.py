"""What an attack on the writing side of households, plans and regie found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from casework.circles import goal_part
from casework.models import (
    Case,
    Goal,
    GoalStatus,
    Household,
    HouseholdCase,
    HouseholdDecision,
    HouseholdStatus,
    HouseholdStep,
    Phase,
    Plan,
)
from privacy.unlock import unlock
from tests.casework.conftest import Browsers
from tests.household.conftest import Home, home, joined
from tests.world import Cast, as_

__all__ = ["home", "joined"]

WHY = {"outcome": "hulp_loopt", "reason": "Het is rustig op straat."}


def test_a_case_of_another_table_closes_and_the_household_goes_on(cast: Cast, joined: Home, browser: Browsers) -> None:
    """Victor came to the household through this case alone: what he decides is written before he is out."""
    sent = browser(cast.victor).do("case-close", joined.other.pk, sure="on", **WHY)
    assert sent.status_code == 302
    assert joined.open(cast.victor) == []
    with as_(cast.rosa) as (by, _):
        unlock([joined.household.dossier_id], by=by)
        household = Household.objects.get(pk=joined.household.pk)
        assert household.status == HouseholdStatus.ACTIVE
        running = HouseholdCase.objects.filter(household=household, until__isnull=True)
        assert [link.case_dossier_id for link in running] == [joined.case.dossier_id]
        said = HouseholdDecision.objects.get(household=household, step=HouseholdStep.UNLINKED)
        assert (said.decided_by_id, said.reason) == (cast.victor.pk, "De casus is gesloten.")


def _release(home: Home) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_release_household(%s, %s)", [home.household.dossier_id, home.case.dossier_id])


PAST_EVERY_SERVICE: dict[str, Callable[[Home], Any]] = {
    "the last case is released": _release,
    "the last link is ended": lambda home: home.household.links.update(until=timezone.now()),
    "the last case closes alone": lambda home: Case.objects.filter(pk=home.case.pk).update(
        status="closed", closed_at=timezone.now(), outcome_code="hulp_loopt"
    ),
    "the plan is deleted": lambda home: Plan.objects.filter(household=home.household).delete(),
}


@pytest.mark.parametrize("what", PAST_EVERY_SERVICE)
def test_the_database_keeps_a_plan_and_an_open_case_for_a_household_that_runs(
    cast: Cast, home: Home, what: str
) -> None:
    with as_(cast.rosa), pytest.raises(IntegrityError, match="has a plan and an open case"), transaction.atomic():
        PAST_EVERY_SERVICE[what](home)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_recovery_that_says_to_go_on_from_elsewhere_must_really_have_run_there(cast: Cast, home: Home) -> None:
    household = home.household
    with as_(cast.rosa) as (by, _):
        unlock([household.dossier_id], by=by)

        def a_goal(phase: Phase, **more: Any) -> Goal:
            part = goal_part(household, by.home, now=timezone.now(), by=by)
            goal = Goal(
                dossier=household.dossier, compartment=part, household=household, domain="huisvesting", title="Rust.",
                phase=phase, status=GoalStatus.OPEN, **more,
            )  # fmt: skip
            goal.save(force_insert=True)
            return goal

        direct = a_goal(Phase.DIRECT)
        with pytest.raises(IntegrityError, match="recovery waits"), transaction.atomic():
            a_goal(Phase.RECOVERY, follows=direct.pk)
