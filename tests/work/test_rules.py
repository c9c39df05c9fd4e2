"""Each rule at its edge: the last day that is in time, and the day after. No database."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from casework import stagnation
from casework.stagnation import Facts
from partners.models import Alarm, StagnationSettings

DAY = date(2026, 11, 23)
LONG_AGO = DAY - timedelta(days=3)


def limits(**more: object) -> StagnationSettings:
    return StagnationSettings(table_id=uuid4(), **more)


def found(facts: Facts, today: date = DAY, **more: object) -> set[Alarm]:
    return {one.alarm for one in stagnation.found(facts, limits(**more), today)}


def fresh(**more: object) -> Facts:
    """A household where nothing is the matter on the day itself."""
    return Facts(**({"opened": LONG_AGO, "contact": DAY} | more))


@pytest.mark.parametrize(
    ("alarm", "in_time", "too_late"),
    [
        (Alarm.OVERDUE, {"due": (DAY - timedelta(days=7),)}, {"due": (DAY - timedelta(days=8),)}),
        (Alarm.CONTACT, {"contact": DAY - timedelta(weeks=4)}, {"contact": DAY - timedelta(days=29)}),
        (Alarm.CONTACT, {"contact": None, "opened": DAY - timedelta(days=28)},
         {"contact": None, "opened": DAY - timedelta(days=29)}),
        (Alarm.HANDOVER, {"offered": DAY - timedelta(days=5)}, {"offered": DAY - timedelta(days=6)}),
        (Alarm.EVALUATION, {"evaluate_on": DAY}, {"evaluate_on": DAY - timedelta(days=1)}),
        (Alarm.NO_GOALS, {"goals": False, "opened": DAY - timedelta(days=21)},
         {"goals": False, "opened": DAY - timedelta(days=22)}),
        (Alarm.NO_ACTIONS, {"actions": False, "opened": DAY - timedelta(days=21)},
         {"actions": False, "opened": DAY - timedelta(days=22)}),
    ],
)  # fmt: skip
def test_the_limit_itself_is_in_time_and_the_day_after_is_not(
    alarm: Alarm, in_time: dict[str, object], too_late: dict[str, object]
) -> None:
    assert found(fresh(**in_time)) == set()
    assert found(fresh(**too_late)) == {alarm}


def test_nobody_who_directs_is_an_alarm_on_the_day_itself() -> None:
    assert found(fresh(regie_gone=DAY)) == {Alarm.REGIE}
    assert found(fresh(process_gone=DAY)) == {Alarm.REGIE}
    assert found(fresh(household=False, regie_gone=DAY)) == {Alarm.REGIE}


def test_a_case_without_household_has_no_plan_to_be_late_with() -> None:
    old = DAY - timedelta(days=400)
    assert found(Facts(opened=old, household=False, goals=False)) == set()


def test_a_case_without_household_is_late_with_what_was_agreed_at_the_table() -> None:
    late = Facts(opened=DAY, household=False, due=(DAY - timedelta(days=8),))
    assert found(late) == {Alarm.OVERDUE}


def test_a_plan_without_goals_is_not_told_of_its_actions_too() -> None:
    assert found(fresh(goals=False, actions=False, opened=DAY - timedelta(days=22))) == {Alarm.NO_GOALS}


def test_a_table_that_asks_less_hears_less_but_always_of_a_missing_regisseur() -> None:
    facts = fresh(due=(DAY - timedelta(days=30),), regie_gone=DAY)
    assert found(facts, alarms=["contact"]) == {Alarm.REGIE}
    assert found(facts, overdue_days=60) == {Alarm.REGIE}
    assert found(facts, overdue_days=29) == {Alarm.REGIE, Alarm.OVERDUE}


def test_of_two_tables_the_first_moment_counts_and_it_is_said_once() -> None:
    facts = fresh(due=(DAY - timedelta(days=20),))
    every = stagnation.strictest(facts, [limits(overdue_days=9), limits(overdue_days=2), limits(overdue_days=50)], DAY)
    assert [(one.alarm, one.since) for one in every] == [(Alarm.OVERDUE, DAY - timedelta(days=17))]


def test_who_waits_waits_until_the_day_and_not_on_it() -> None:
    facts = fresh(waits={"overdue": DAY})
    assert stagnation.waits(facts, Alarm.OVERDUE, DAY - timedelta(days=1))
    assert not stagnation.waits(facts, Alarm.OVERDUE, DAY)
    assert not stagnation.waits(facts, Alarm.CONTACT, DAY - timedelta(days=1))


@pytest.mark.parametrize("alarm", list(Alarm))
def test_every_alarm_says_since_when_whose_turn_it_is_and_proposes_something(alarm: Alarm) -> None:
    old = DAY - timedelta(days=200)
    facts = Facts(
        opened=old, due=(old,), regie_gone=old, offered=old, evaluate_on=old,
        goals=alarm is not Alarm.NO_GOALS, actions=alarm is not Alarm.NO_ACTIONS,
    )  # fmt: skip
    one = next(one for one in stagnation.found(facts, limits(), DAY) if one.alarm is alarm)
    assert "2026" in one.sentence
    assert one.since <= DAY
    assert one.turn
    assert one.proposal.startswith("Voorstel: ")
