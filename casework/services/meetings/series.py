"""The rhythm of a table: beginning, changing and ending a series, and making its meetings half a year ahead."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from casework.models import Meeting, MeetingSeries, MeetingStatus, Rhythm
from casework.rhythm import Moments, days, local, moments
from casework.services import cases
from casework.services.meetings import moving
from casework.services.meetings.asking import follow_chair
from casework.services.meetings.calling import call
from casework.services.meetings.holding import open_items
from casework.services.meetings.planning import (
    WhereInput,
    hold_planning,
    may_lead,
    require_as_read,
    require_directing,
)
from partners.models import CaseTable
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import NotKnown
from privacy.free_days import free_days
from privacy.models import AuditEntry
from privacy.roles import Role

AHEAD = timedelta(weeks=26)
CANCELLED = MeetingStatus.CANCELLED


@dataclass(frozen=True, slots=True)
class RhythmInput:
    """When a table meets, from which day on."""

    rhythm: str
    every: int
    weekday: int
    nth: int
    begins_on: date
    starts_at: time
    minutes: int
    cutoff_days: int
    cutoff_time: time


def _require_sound(table_id: UUID, given: RhythmInput, where: WhereInput, now: datetime) -> None:
    require(given.begins_on > timezone.localdate(now), "Kies een eerste dag na vandaag.")
    require(
        given.begins_on <= timezone.localdate(now) + AHEAD,
        "Wij plannen een half jaar vooruit. Kies een eerste dag binnen een half jaar.",
    )
    require(
        given.cutoff_days > 0 or given.cutoff_time <= given.starts_at,
        "De sluitingstijd van de agenda ligt na het begin van het overleg.",
    )
    require_directing(table_id, where.chair, where.secretary, now)


def _set(series: MeetingSeries, given: RhythmInput, where: WhereInput) -> None:
    for name, value in asdict(given).items():
        setattr(series, name, value)
    series.chair_id, series.secretary_id = where.chair, where.secretary
    series.place, series.video_link = where.place, where.video_link


def _taken(series: MeetingSeries, but: Collection[UUID] = ()) -> set[datetime]:
    """When the table meets already: at such a moment a series makes nothing."""
    there = Meeting.objects.filter(table=series.table_id).exclude(status=CANCELLED)
    return set(there.exclude(pk__in=but).values_list("starts_at", flat=True))


def _wanted(series: MeetingSeries, first: date, until: date, taken: Collection[datetime]) -> list[Moments]:
    free = free_days()
    found = [moments(series, day.on, free) for day in days(series, first, until, free) if not day.why_not]
    return [one for one in found if one.starts_at not in taken]


def _make(series: MeetingSeries, wanted: Sequence[Moments], *, now: datetime, by: Actor) -> list[Meeting]:
    made = [
        Meeting(
            table=series.table,
            series=series,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            cutoff_at=one.cutoff_at,
            chair_id=series.chair_id,
            secretary_id=series.secretary_id,
            place=series.place,
            video_link=series.video_link,
        )
        for one in wanted
    ]
    Meeting.objects.bulk_create(made)
    for meeting in made:
        record.change("meeting.planned", obj=meeting, action=AuditEntry.Action.CREATE, by=by)
        call(meeting, now=now, by=by)
    return made


def begin(
    table: CaseTable, given: RhythmInput, where: WhereInput, *, now: datetime, by: Actor
) -> tuple[MeetingSeries, int]:
    """Sets the rhythm of a table and makes its meetings; returns how many there are now."""
    hold_planning(table.pk, by=by)
    _require_sound(table.pk, given, where, now)
    series = MeetingSeries(table=table)
    _set(series, given, where)
    until = timezone.localdate(now) + AHEAD
    wanted = _wanted(series, given.begins_on, until, _taken(series))
    require(
        bool(wanted),
        "In het komende half jaar is er geen dag waarop dit kan, of de tafel overlegt dan al. "
        "Misschien was een collega u voor. Kies een ander ritme.",
    )
    series.made_until = until
    series.save(force_insert=True)
    record.change("meeting.series", obj=series, action=AuditEntry.Action.CREATE, by=by)
    return series, len(_make(series, wanted, now=now, by=by))


def hold(series: MeetingSeries, *, by: Actor) -> MeetingSeries:
    """The series, locked, with everything that is planned of its table; raises Refused when it has ended."""
    hold_planning(series.table_id, by=by)
    found = MeetingSeries.objects.select_for_update(of=("self",)).select_related("table").filter(pk=series.pk).first()
    if found is None:
        raise NotKnown
    require(found.ended_at is None, "Deze reeks is al gestopt. Misschien was een collega u voor.")
    return found


def following(series: MeetingSeries, now: datetime) -> QuerySet[Meeting]:
    """Meetings that follow their series when it changes: from tomorrow on, and not made known."""
    planned = Meeting.objects.filter(series=series, status=MeetingStatus.PLANNED, published_at__isnull=True)
    return planned.filter(starts_at__gte=local(timezone.localdate(now) + timedelta(days=1), time()))


def _to_come(series: MeetingSeries, now: datetime, by: Actor) -> list[Meeting]:
    """The same, held with the cases on their agendas."""
    coming = following(series, now)
    # Cases before meetings: the order in which every act on an item holds them.
    for item in open_items(coming):
        cases.lock_open(item.case, by=by)
    return list(coming.select_for_update(of=("self",)).select_related("table").order_by("starts_at"))


def _turn(series: MeetingSeries, at: datetime) -> tuple[int, int]:
    """Which turn of the rhythm a moment belongs to: its week, or its month. A table meets once in a turn."""
    day = timezone.localdate(at)
    return day.isocalendar()[:2] if series.rhythm == Rhythm.WEEKLY else (day.year, day.month)


def _made_known(series: MeetingSeries, now: datetime) -> set[tuple[int, int]]:
    """The turns of which everybody knows the meeting already: there it stays as it is."""
    known = Meeting.objects.filter(series=series, published_at__isnull=False, ends_at__gt=now)
    return {_turn(series, at) for at in known.exclude(status=CANCELLED).values_list("starts_at", flat=True)}


@dataclass(frozen=True, slots=True)
class _Plan:
    """What becomes of what was planned: it stays or moves within its turn; the rest is made, or goes."""

    stay: list[tuple[Meeting, Moments]]
    make: list[Moments]
    go: list[Meeting]


def _fit(series: MeetingSeries, waiting: Sequence[Meeting], wanted: Sequence[Moments]) -> _Plan:
    """The meetings of a series on its new days. Who stands on a wanted moment stays there: so no two ever collide."""
    turns: dict[tuple[int, int], list[Meeting]] = {}
    for meeting in waiting:
        turns.setdefault(_turn(series, meeting.starts_at), []).append(meeting)
    stay, make = [], []
    for to in wanted:
        there = turns.get(_turn(series, to.starts_at), [])
        same = [meeting for meeting in there if meeting.starts_at == to.starts_at] or there[:1]
        if same:
            there.remove(same[0])
            stay.append((same[0], to))
        else:
            make.append(to)
    return _Plan(stay, make, [meeting for there in turns.values() for meeting in there])


def change(
    series: MeetingSeries, given: RhythmInput, where: WhereInput, was: str, *, now: datetime, by: Actor
) -> tuple[MeetingSeries, int]:
    """Changes the rhythm: what is to come and was not made known follows. Returns how many meetings follow it.

    A meeting of a week (or month) in which the table still meets stays that meeting, with what is on its agenda. Of a
    week that falls out the meeting is cancelled, and what was on its agenda goes to the next one.
    """
    series = hold(series, by=by)
    require_as_read(series, was)
    _require_sound(series.table_id, given, where, now)
    _set(series, given, where)
    waiting, known = _to_come(series, now, by), _made_known(series, now)
    until = timezone.localdate(now) + AHEAD
    every = _wanted(series, given.begins_on, until, _taken(series, but=[one.pk for one in waiting]))
    wanted = [one for one in every if _turn(series, one.starts_at) not in known]
    require(bool(wanted), "In het komende half jaar is er geen dag waarop dit kan. Kies een ander ritme.")
    series.made_until = until
    series.save()
    record.change("meeting.series", obj=series, fields=["rhythm"], by=by)
    plan = _fit(series, waiting, wanted)
    for meeting, to in plan.stay:
        _follow(meeting, to, series, now=now, by=by)
    _make(series, plan.make, now=now, by=by)
    for meeting in plan.go:
        moving.cancel(meeting, now=now, by=by)
    return series, len(wanted)


def _follow(meeting: Meeting, to: Moments, series: MeetingSeries, *, now: datetime, by: Actor) -> None:
    moving.put(meeting, to, by=by)
    meeting.chair_id, meeting.secretary_id = series.chair_id, series.secretary_id
    meeting.place, meeting.video_link = series.place, series.video_link
    meeting.save(update_fields=["chair", "secretary", "place", "video_link"])
    follow_chair(meeting, by=by)
    call(meeting, now=now, by=by)


def end(series: MeetingSeries, was: str, *, now: datetime, by: Actor) -> int:
    """Ends a series: what is to come and was not made known is cancelled; returns how many."""
    series = hold(series, by=by)
    require_as_read(series, was)
    series.ended_at = now
    series.save(update_fields=["ended_at"])
    record.change("meeting.series", obj=series, fields=["ended_at"], by=by)
    # The last one first: what was on an agenda goes straight to the meeting that stays.
    going = _to_come(series, now, by)
    for meeting in reversed(going):
        moving.cancel(meeting, now=now, by=by)
    return len(going)


def top_up(*, now: datetime, by: Actor) -> int:
    """Makes the meetings of the weeks that came within half a year, of the series that this person chairs."""
    until = timezone.localdate(now) + AHEAD
    own = MeetingSeries.objects.filter(chair=by.user_id, table__in=by.tables_as(Role.PROCESREGISSEUR))
    made = 0
    for one in own.filter(ended_at__isnull=True, made_until__lt=until):
        series = hold(one, by=by)
        if not may_lead(series.table_id, {series.chair_id, series.secretary_id}, now):
            continue  # the list of meetings says so to who directs the table
        first = max(series.made_until or series.begins_on, timezone.localdate(now)) + timedelta(days=1)
        wanted = _wanted(series, first, until, _taken(series))
        series.made_until = until
        series.save(update_fields=["made_until"])
        made += len(_make(series, wanted, now=now, by=by))
    return made
