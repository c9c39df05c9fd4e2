"""On which days a table meets: holidays and weekends are skipped, and ten o'clock is ten o'clock all year."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from casework.models import MeetingSeries, Rhythm, Weekday
from casework.rhythm import days, in_words, moments
from privacy.free_days import free_days
from tests.meetings.planning_scene import HERE

YEAR = (date(2026, 9, 1), date(2027, 8, 31))


def rhythm(**more: object) -> MeetingSeries:
    values = {
        "rhythm": Rhythm.WEEKLY, "every": 1, "weekday": Weekday.TUESDAY, "nth": 1, "begins_on": date(2026, 9, 1),
        "starts_at": time(10), "minutes": 120, "cutoff_days": 1, "cutoff_time": time(12),
    } | more  # fmt: skip
    return MeetingSeries(**values)


def met(series: MeetingSeries) -> list[date]:
    return [day.on for day in days(series, *YEAR, free_days()) if not day.why_not]


def skipped(series: MeetingSeries) -> dict[date, str]:
    return {day.on: day.why_not for day in days(series, *YEAR, free_days()) if day.why_not}


def test_every_two_weeks_counts_from_the_first_day() -> None:
    found = met(rhythm(every=2, begins_on=date(2026, 9, 8)))
    assert found[:3] == [date(2026, 9, 8), date(2026, 9, 22), date(2026, 10, 6)]


def test_making_ahead_in_parts_gives_the_same_days_as_at_once() -> None:
    series = rhythm(every=3)
    cut = date(2026, 11, 11)
    first = days(series, YEAR[0], cut, free_days())
    assert first + days(series, date(2026, 11, 12), YEAR[1], free_days()) == days(series, *YEAR, free_days())


@pytest.mark.parametrize(
    ("nth", "first_three"),
    [
        (1, [date(2026, 9, 1), date(2026, 10, 6), date(2026, 11, 3)]),
        (3, [date(2026, 9, 15), date(2026, 10, 20), date(2026, 11, 17)]),
        (-1, [date(2026, 9, 29), date(2026, 10, 27), date(2026, 11, 24)]),
    ],
)
def test_a_fixed_day_of_the_month(nth: int, first_three: list[date]) -> None:
    assert met(rhythm(rhythm=Rhythm.MONTHLY, nth=nth))[:3] == first_three


def test_christmas_new_year_easter_and_the_kings_day_are_skipped_and_said() -> None:
    fridays = skipped(rhythm(weekday=Weekday.FRIDAY))
    assert set(fridays) == {date(2026, 12, 25), date(2027, 1, 1), date(2027, 3, 26)}
    assert "kerstdag" in fridays[date(2026, 12, 25)].casefold()
    mondays = skipped(rhythm(weekday=Weekday.MONDAY))
    assert {date(2027, 3, 29), date(2027, 5, 17)} <= set(mondays)
    assert date(2027, 4, 27) in skipped(rhythm(weekday=Weekday.TUESDAY))


def test_a_day_that_is_skipped_moves_no_other_day() -> None:
    found = met(rhythm(weekday=Weekday.FRIDAY, every=2, begins_on=date(2026, 12, 11)))
    assert found[:3] == [date(2026, 12, 11), date(2027, 1, 8), date(2027, 1, 22)]


def test_ten_o_clock_is_ten_o_clock_in_summer_and_in_winter() -> None:
    summer, winter = (
        moments(rhythm(), date(2026, 10, 20), free_days()),
        moments(rhythm(), date(2026, 10, 27), free_days()),
    )
    assert summer.starts_at.astimezone(HERE).time() == winter.starts_at.astimezone(HERE).time() == time(10)
    assert (winter.starts_at - summer.starts_at).total_seconds() == (7 * 24 + 1) * 3600
    spring = moments(rhythm(), date(2027, 3, 30), free_days())
    assert spring.starts_at.astimezone(HERE).time() == time(10)
    assert spring.starts_at.hour != winter.starts_at.hour


def test_the_agenda_closes_the_day_before_at_noon() -> None:
    found = moments(rhythm(), date(2026, 10, 27), free_days())
    assert found.cutoff_at == datetime(2026, 10, 26, 12, tzinfo=HERE)


def test_the_agenda_of_a_monday_closes_on_friday_and_after_easter_on_thursday() -> None:
    monday = moments(rhythm(weekday=Weekday.MONDAY), date(2026, 10, 26), free_days())
    assert monday.cutoff_at == datetime(2026, 10, 23, 12, tzinfo=HERE)
    after_easter = moments(rhythm(), date(2027, 3, 30), free_days())
    assert after_easter.cutoff_at == datetime(2027, 3, 25, 12, tzinfo=HERE), "Monday and Friday are free as well"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "elke week op dinsdag"),
        ({"every": 2}, "elke 2 weken op dinsdag"),
        ({"rhythm": Rhythm.MONTHLY}, "elke maand op de eerste dinsdag"),
        ({"rhythm": Rhythm.MONTHLY, "every": 3, "nth": -1}, "elke 3 maanden op de laatste dinsdag"),
    ],
)
def test_a_rhythm_is_said_in_words(more: dict[str, object], words: str) -> None:
    assert in_words(rhythm(**more)) == words
