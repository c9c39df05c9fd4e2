"""Terms in working days. Weekends are left out; Dutch holidays are not known here yet."""

from __future__ import annotations

from datetime import datetime, timedelta

SATURDAY = 5


def after(moment: datetime, days: int) -> datetime:
    """The same time of day so many working days later."""
    while days:
        moment += timedelta(days=1)
        days -= moment.weekday() < SATURDAY
    return moment
