"""Meetings and series as pages and calendars show them. Who sits at a table may know when it meets; nothing more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from casework.models import CalendarFeed, Meeting, MeetingCall, MeetingSeries, MeetingStatus
from casework.queries.meetings.reading import tables_of
from casework.rhythm import Day, days, in_words
from casework.services.meetings.feeds import hash_of
from casework.services.meetings.holding import leads
from partners.models import CaseTable, Seat, User
from partners.queries import regisseur_seats
from privacy.actor import Actor
from privacy.errors import NotKnown
from privacy.free_days import free_days
from privacy.roles import Role

SOON = timedelta(weeks=13)
PAST_SHOWN = 20
CALENDAR_BACK = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting in the list, and whether the reader leads it."""

    meeting: Meeting
    leads: bool


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A series as the list shows it. `stuck`: no next meetings are made, as who leads or writes left."""

    series: MeetingSeries
    words: str
    stuck: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """The meetings of one's tables: coming, past, and whether there are more to come."""

    coming: list[Row]
    past: list[Row]
    more: bool


def _mine(tables: Collection[UUID]) -> QuerySet[Meeting]:
    return Meeting.objects.filter(table__in=tables).select_related("table")


def listed(tables: Collection[UUID], now: datetime, *, everything: bool, by: Actor) -> Listed:
    """The meetings of these tables; of what is to come the first three months, unless everything is asked.

    What was called off before anybody was called is not among it: a rhythm that changed would fill the list with that.
    """
    called = Exists(MeetingCall.objects.filter(meeting=OuterRef("pk")))
    every = _mine(tables).filter(~Q(status=MeetingStatus.CANCELLED) | called)
    coming = every.filter(ends_at__gt=now).order_by("starts_at")
    shown = coming if everything else coming.filter(starts_at__lte=now + SOON)
    more = not everything and coming.filter(starts_at__gt=now + SOON).exists()
    past = every.filter(ends_at__lte=now).order_by("-starts_at")[:PAST_SHOWN]
    return Listed(_rows(shown, by), _rows(past, by), more)


def _rows(meetings: QuerySet[Meeting], by: Actor) -> list[Row]:
    return [Row(meeting, leads(meeting.table_id, by=by)) for meeting in meetings]


def own_tables(by: Actor) -> list[CaseTable]:
    """The tables where somebody sits."""
    return list(CaseTable.objects.filter(pk__in=tables_of(by)).order_by("name"))


def led_tables(by: Actor) -> list[CaseTable]:
    """The tables that somebody directs."""
    return list(CaseTable.objects.filter(pk__in=by.tables_as(Role.PROCESREGISSEUR)).order_by("name"))


def led_table(pk: UUID, *, by: Actor) -> CaseTable:
    """A table that the actor directs; raises NotKnown for another."""
    table = CaseTable.objects.filter(pk=pk).first() if leads(pk, by=by) else None
    if table is None:
        raise NotKnown
    return table


def rhythms(tables: Collection[CaseTable], now: datetime) -> dict[UUID, list[Rhythm]]:
    """The running series of these tables, by table."""
    found: dict[UUID, list[Rhythm]] = {table.pk: [] for table in tables}
    running = MeetingSeries.objects.filter(table__in=list(found), ended_at__isnull=True)
    seats = Seat.objects.valid_at(now).filter(table__in=list(found), role=Role.PROCESREGISSEUR)
    directing = set(seats.values_list("table_id", "user_id"))
    for one in running:
        lead = {(one.table_id, one.chair_id), (one.table_id, one.secretary_id)}
        found[one.table_id].append(Rhythm(one, in_words(one), not lead <= directing))
    return found


def led_series(pk: UUID, *, by: Actor) -> MeetingSeries:
    """A series of a table that the actor directs; raises NotKnown."""
    series = MeetingSeries.objects.filter(pk=pk).select_related("table", "chair", "secretary").first()
    if series is None or not leads(series.table_id, by=by):
        raise NotKnown
    return series


def skipped(series: MeetingSeries, now: datetime) -> list[Day]:
    """The coming days of a rhythm on which nobody works, with why: no meeting was made there."""
    if series.ended_at is not None or series.made_until is None:
        return []
    return [day for day in days(series, timezone.localdate(now), series.made_until, free_days()) if day.why_not]


def coming_of(series: MeetingSeries, now: datetime) -> QuerySet[Meeting]:
    """What is planned of a series."""
    planned = Meeting.objects.filter(series=series, ends_at__gt=now)
    return planned.exclude(status=MeetingStatus.CANCELLED).order_by("starts_at")


def regisseurs(table: CaseTable, now: datetime) -> list[User]:
    """Who can lead or write at this table."""
    people = [seat.user_id for seat in regisseur_seats(table.pk, now)]
    return list(User.objects.filter(pk__in=people, is_active=True).order_by("name"))


def own_feed(by: Actor) -> CalendarFeed | None:
    """The address that the reader has for a calendar; what it is, nobody knows any more."""
    return CalendarFeed.objects.filter(user=by.user_id, revoked_at__isnull=True).first()


def whose_calendar(token: str) -> User | None:
    """Whose calendar asks at this address; nobody for what is unknown, revoked or of who can't log in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_calendar_of(%s)", [hash_of(token)])
        found = cursor.fetchone()[0]
    return User.objects.select_related("organisation").filter(pk=found, is_active=True).first() if found else None


def for_calendar(now: datetime, *, by: Actor) -> list[Meeting]:
    """All meetings of the own tables, also where one has nothing on the agenda.

    An entry that came and went with the agenda would tell of it.
    """
    return list(_mine(tables_of(by)).filter(ends_at__gt=now - CALENDAR_BACK).order_by("starts_at"))
