"""On which days a table meets: pure functions of a rhythm and the calendar. No database, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from django.utils import timezone

from casework.models import Rhythm, Weekday
from privacy.free_days import FreeDays

NTH = {1: "eerste", 2: "tweede", 3: "derde", 4: "vierde", -1: "laatste"}


class Rhythmic(Protocol):
    """What says when a table meets."""

    rhythm: str
    every: int
    weekday: int
    nth: int
    begins_on: date
    starts_at: time
    minutes: int
    cutoff_days: int
    cutoff_time: time


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a rhythm; `why_not` says why the table does not meet then, empty when it does."""

    on: date
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Moments:
    """When a meeting begins and ends, and until when something may be asked for its agenda."""

    starts_at: datetime
    ends_at: datetime
    cutoff_at: datetime


def days(series: Rhythmic, first: date, last: date, free: FreeDays) -> list[Day]:
    """The days of a rhythm in a period, also those on which nobody works: these are skipped, not moved."""
    # The rule counts "every two weeks" from its first day, so it always begins there.
    on = series.weekday if series.rhythm == Rhythm.WEEKLY else weekday(series.weekday, series.nth)
    rule = rrule(
        WEEKLY if series.rhythm == Rhythm.WEEKLY else MONTHLY,
        interval=series.every,
        byweekday=on,
        dtstart=datetime.combine(series.begins_on, time()),
        until=datetime.combine(last, time()),
    )
    found: Iterable[datetime] = rule
    return [Day(at.date(), free.why_not_working(at.date())) for at in found if at.date() >= first]


def local(day: date, clock: time) -> datetime:
    """The moment at which the clock on the wall says this, in summer as in winter; in UTC, so that sums are right."""
    return timezone.make_aware(datetime.combine(day, clock), timezone.get_default_timezone()).astimezone(UTC)


def cutoff(on: date, days_before: int, clock: time, free: FreeDays) -> datetime:
    """Until when something may be asked for an agenda: so many days before, or the working day before that one."""
    return local(free.working_day_before(on - timedelta(days=days_before)), clock)


def moments(series: Rhythmic, on: date, free: FreeDays) -> Moments:
    """The moments of the meeting on this day."""
    starts_at = local(on, series.starts_at)
    ends_at = starts_at + timedelta(minutes=series.minutes)
    return Moments(starts_at, ends_at, cutoff(on, series.cutoff_days, series.cutoff_time, free))


def in_words(series: Rhythmic) -> str:
    """The rhythm as a person says it: "elke 2 weken op dinsdag"."""
    day = Weekday(series.weekday).label
    if series.rhythm == Rhythm.WEEKLY:
        return f"elke week op {day}" if series.every == 1 else f"elke {series.every} weken op {day}"
    month = "elke maand" if series.every == 1 else f"elke {series.every} maanden"
    return f"{month} op de {NTH[series.nth]} {day}"
