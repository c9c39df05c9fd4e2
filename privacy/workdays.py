"""Terms in working days: no weekends, no recognised holidays."""

from __future__ import annotations

from datetime import datetime, timedelta

from privacy.free_days import free_days


def after(moment: datetime, days: int) -> datetime:
    """The same time of day so many working days later."""
    while days:
        moment += timedelta(days=1)
        days -= not free_days().why_not_working(moment.date())
    return moment
