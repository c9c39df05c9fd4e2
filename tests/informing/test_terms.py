"""Every boundary day of telling somebody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.informing_terms import How, Waits, due_on, months_later, stands, words

TODAY = date(2026, 11, 27)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("due", "how"),
    [
        (TODAY - DAY, How.LATE),
        (TODAY, How.NEARLY),
        (TODAY + 7 * DAY, How.NEARLY),
        (TODAY + 8 * DAY, How.TO_DO),
    ],
)
def test_the_term(due: date, how: How) -> None:
    assert stands(Waits(due), TODAY) is how


def test_what_was_told_is_never_late() -> None:
    told = Waits(TODAY - 100 * DAY, told_on=TODAY - 90 * DAY)
    assert stands(told, TODAY) is How.TOLD
    assert "voorbij" not in words(told, TODAY)


@pytest.mark.parametrize(("recheck", "how"), [(TODAY, How.RECHECK), (TODAY + DAY, How.POSTPONED)])
def test_a_reason_counts_until_it_is_looked_at_again(recheck: date, how: How) -> None:
    assert stands(Waits(TODAY - 50 * DAY, rechecks=[TODAY + 60 * DAY, recheck]), TODAY) is how


def test_when_the_reason_ended_after_the_term_it_is_to_be_done_that_day() -> None:
    assert stands(Waits(TODAY - 50 * DAY, resumed_on=TODAY), TODAY) is How.NEARLY
    assert stands(Waits(TODAY - 50 * DAY, resumed_on=TODAY - DAY), TODAY) is How.LATE
    assert words(Waits(TODAY - 50 * DAY, resumed_on=TODAY), TODAY) == "de reden is voorbij: vertel het nu"


def test_the_term_counts_from_the_first_processing_or_from_who_was_added_later() -> None:
    first, opened = date(2026, 1, 1), date(2026, 1, 20)
    assert due_on(first, opened, opened, 31) == date(2026, 2, 1)
    assert due_on(first, opened, opened + DAY, 31) == date(2026, 2, 21)


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 11, 27), date(2027, 2, 27)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 9, 15), date(2026, 12, 15)),
    ],
)
def test_three_months(day: date, later: date) -> None:
    assert months_later(day, 3) == later
