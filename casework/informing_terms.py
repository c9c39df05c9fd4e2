"""When somebody must be told (AVG 14(3)), and how that stands; pure, no database and no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

NEARLY = timedelta(days=7)
MOST_MONTHS = 3  # a reason is looked at again within three months


class How(StrEnum):
    """How it stands with one person."""

    TOLD = "told"
    RECHECK = "recheck"
    POSTPONED = "postponed"
    LATE = "late"
    NEARLY = "nearly"
    TO_DO = "to_do"


@dataclass(frozen=True, slots=True)
class Waits:
    """What decides it: when the term ends, the reasons that count now, and the last day on which one ended."""

    due_on: date
    rechecks: Sequence[date] = ()
    resumed_on: date | None = None
    told_on: date | None = None


def due_on(first_processed_on: date, opened_on: date, added_on: date, days: int) -> date:
    """The last day of the term: from the first processing, or for who was added later from that day."""
    return (added_on if added_on > opened_on else first_processed_on) + timedelta(days=days)


def stands(one: Waits, today: date) -> How:
    """How it stands today."""
    if one.told_on is not None:
        return How.TOLD
    if one.rechecks:
        return How.RECHECK if min(one.rechecks) <= today else How.POSTPONED
    if last_day(one) < today:
        return How.LATE
    return How.NEARLY if last_day(one) <= today + NEARLY else How.TO_DO


def last_day(one: Waits) -> date:
    """The last day to tell. When a reason ended after the term it is to be done at once: that very day (BGS 1.3)."""
    return max(one.due_on, one.resumed_on) if one.resumed_on else one.due_on


def words(one: Waits, today: date) -> str:
    """The same in words; what was told is never late any more."""
    how = stands(one, today)
    if how is How.TOLD:
        assert one.told_on is not None
        return f"geïnformeerd op {one.told_on:%d-%m-%Y}"
    if how is How.RECHECK:
        return "kijk opnieuw of de reden nog geldt"
    if how is How.POSTPONED:
        return f"uitgesteld, opnieuw bekijken op {min(one.rechecks):%d-%m-%Y}"
    if one.resumed_on and one.resumed_on >= one.due_on:
        return "de reden is voorbij: vertel het nu"
    days = (last_day(one) - today).days
    return f"de termijn is {_days(-days)} voorbij" if how is How.LATE else f"nog {_days(days)}" if days else "vandaag"


def _days(number: int) -> str:
    return f"{number} {'dag' if number == 1 else 'dagen'}"


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))
