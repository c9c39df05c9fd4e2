"""The demo moves along with today and is the same every time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from config.demo_data import Birth, DemoData, Moment, load
from config.demo_data.relative import birth, moment


def test_it_reads_the_same_twice(demo: DemoData) -> None:
    assert load() == demo


def test_signals_and_cases_run_from_old_to_new(demo: DemoData) -> None:
    assert list(demo.signals) == sorted(demo.signals, key=lambda one: (one.sent.age, one.key))
    assert list(demo.cases) == sorted(demo.cases, key=lambda one: (one.opened.age, one.key))


def test_a_moment_is_so_many_days_before_today_in_dutch_time(today: date) -> None:
    then = moment("-12 09:30")

    assert then.on(today) == date(2026, 11, 11)
    assert then.at(today) == datetime(2026, 11, 11, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


def test_an_unknown_hour_counts_as_noon(today: date) -> None:
    assert moment("-1") == Moment(1)
    assert moment("-1").at(today).time() == time(12)


@pytest.mark.parametrize("text", ["", "12 09:30", "-0 10:00", "-3 9:30", "gisteren", "-3 25:00"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        moment(text)


@pytest.mark.parametrize(("day", "month"), [(22, 11), (23, 11), (24, 11), (31, 12), (1, 1)])
def test_who_is_sixteen_stays_sixteen(today: date, day: int, month: int) -> None:
    born = Birth(age=16, day=day, month=month)

    for later in range(0, 800, 50):
        now = today + timedelta(days=later)
        then = born.on(now)
        assert now.year - then.year - ((now.month, now.day) < (then.month, then.day)) == 16


def test_a_fixed_date_of_birth_stands_still(today: date) -> None:
    assert birth("1981-03-12").on(today) == date(1981, 3, 12)


def test_nobody_is_born_on_a_day_that_not_every_year_has() -> None:
    with pytest.raises(ValueError):
        birth("16 jaar, 29-2")


def test_nothing_happens_in_the_future(demo: DemoData, today: date) -> None:
    moments = [signal.sent for signal in demo.signals] + [case.opened for case in demo.cases]
    moments += [contribution.moment for case in demo.cases for contribution in case.contributions]

    assert all(one.days_ago >= 1 and one.on(today) < today for one in moments)
