"""A rhythm, in few words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from casework.models import Meeting, MeetingSeries, Rhythm, Weekday
from casework.services.meetings import series
from casework.services.meetings.planning import WhereInput
from casework.services.meetings.series import RhythmInput
from partners.models import CaseTable, User
from tests.meetings.scene import leading

HERE = ZoneInfo("Europe/Amsterdam")
# A fixed day, after the seats of the cast began, from which half a year holds the end of summer time, Christmas and New
# Year. Its calendar is that of 2026.
NOW = datetime(2054, 9, 1, 9, 0, tzinfo=HERE)


def a_rhythm(**more: Any) -> RhythmInput:
    """Every Tuesday at ten for two hours, from tomorrow on."""
    values: dict[str, Any] = {
        "rhythm": Rhythm.WEEKLY,
        "every": 1,
        "weekday": Weekday.TUESDAY,
        "nth": 1,
        "begins_on": NOW.date() + timedelta(days=1),
        "starts_at": time(10),
        "minutes": 120,
        "cutoff_days": 1,
        "cutoff_time": time(12),
    } | more
    return RhythmInput(**values)


def where(person: User, **more: Any) -> WhereInput:
    """Led and written by this person."""
    return WhereInput(**({"chair": person.pk, "secretary": person.pk, "place": "Stadhuis, kamer 2"} | more))


def a_series(table: CaseTable, person: User, *, now: datetime = NOW, **more: Any) -> MeetingSeries:
    """The rhythm of a table."""
    with leading(person) as by:
        return series.begin(table, a_rhythm(**more), where(person), now=now, by=by)[0]


def meetings_of(one: MeetingSeries, person: User, **filters: Any) -> list[Meeting]:
    """The meetings of a series, first one first."""
    with leading(person):
        return list(Meeting.objects.filter(series=one, **filters).order_by("starts_at").select_related("table"))


def days_of(one: MeetingSeries, person: User, **filters: Any) -> list[date]:
    """On which days a series has meetings, as the calendar on the wall says it."""
    return [meeting.starts_at.astimezone(HERE).date() for meeting in meetings_of(one, person, **filters)]
