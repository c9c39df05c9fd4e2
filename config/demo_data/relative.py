"""Dates that move along with today, so that the demo looks the same in every week."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from zoneinfo import ZoneInfo

from config.demo_data.errors import DemoDataError

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOON = clock_time(12, 0)
_MOMENT = re.compile(r"-(?P<days>\d+)(?: (?P<hour>\d\d):(?P<minute>\d\d))?")
_AGE = re.compile(r"(?P<age>\d+) jaar, (?P<day>\d+)-(?P<month>\d+)")


@dataclass(frozen=True, order=True)
class Moment:
    """So many days before today, at a time of day or at an unknown one."""

    days_ago: int
    time: clock_time | None = None

    def on(self, today: date) -> date:
        """The day itself."""
        return today - timedelta(days=self.days_ago)

    def at(self, today: date) -> datetime:
        """The exact moment in Dutch time; noon when the hour is unknown."""
        return datetime.combine(self.on(today), self.time or NOON, tzinfo=AMSTERDAM)

    @property
    def age(self) -> tuple[int, clock_time]:
        """Sorts from old to new."""
        return (-self.days_ago, self.time or NOON)


@dataclass(frozen=True)
class Birth:
    """A date of birth: a fixed one, or one that keeps somebody at the same age."""

    fixed: date | None = None
    age: int | None = None
    day: int = 0
    month: int = 0

    def on(self, today: date) -> date:
        """The date of birth as it would be written down today."""
        if self.fixed is not None:
            return self.fixed
        birthday_to_come = (self.month, self.day) > (today.month, today.day)
        return date(today.year - (self.age or 0) - birthday_to_come, self.month, self.day)


def moment(text: str) -> Moment:
    """`-12 09:30` is half past nine, twelve days ago; without an hour the hour is unknown."""
    found = _MOMENT.fullmatch(text)
    if found is None or int(found["days"]) < 1:
        raise DemoDataError(f"{text!r} is no moment such as '-12 09:30', at least one day ago")
    at = clock_time(int(found["hour"]), int(found["minute"])) if found["hour"] else None
    return Moment(int(found["days"]), at)


def birth(text: str) -> Birth:
    """`1981-03-12` stands still; `16 jaar, 19-11` stays sixteen."""
    found = _AGE.fullmatch(text)
    if found is not None:
        day, month = int(found["day"]), int(found["month"])
        date(2001, month, day)  # 29 February does not exist in every year, so it is refused here
        return Birth(age=int(found["age"]), day=day, month=month)
    return Birth(fixed=date.fromisoformat(text))
