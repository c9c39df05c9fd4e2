"""The next meeting of each of somebody's tables, for the home page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from casework.models import AgendaItem, ItemOutcome, ItemQuestion, Meeting, MeetingStatus, Reply
from casework.queries.meetings.reading import tables_of
from casework.services.meetings.closing import LONG_AGO
from casework.services.meetings.holding import leads
from privacy.access import visible
from privacy.actor import Actor

AHEAD = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting that comes or runs. The counts are for who directs the table: a partner's say nothing of others."""

    pk: UUID
    table: str
    starts_at: datetime
    runs: bool
    leads: bool
    items: int
    hidden: int
    waiting: int


def coming(now: datetime, *, by: Actor) -> tuple[Coming, ...]:
    """The first meeting of each own table that runs or comes within four weeks; nothing of any case is opened.

    One that runs late stays here until it is said that it was left open (`closing.to_finish`).
    """
    comes = Q(status=MeetingStatus.PLANNED, ends_at__gt=now, starts_at__lt=now + AHEAD)
    runs = Q(status=MeetingStatus.RUNNING, ends_at__gt=now - LONG_AGO)
    rows = Meeting.objects.filter(comes | runs, table__in=tables_of(by))
    first: dict[UUID, Meeting] = {}
    for row in rows.select_related("table").order_by("starts_at"):
        first.setdefault(row.table_id, row)
    led = [row.pk for row in first.values() if leads(row.table_id, by=by)]
    items, hidden, waiting = _counts(led, by)
    return tuple(
        Coming(
            row.pk,
            row.table.name,
            row.starts_at,
            row.status == MeetingStatus.RUNNING,
            row.pk in led,
            items.get(row.pk, 0),
            hidden.get(row.pk, 0),
            waiting.get(row.pk, 0),
        )
        for row in first.values()
    )


def _counts(meetings: Sequence[UUID], by: Actor) -> tuple[dict[UUID, int], dict[UUID, int], dict[UUID, int]]:
    """By meeting: open items, those that nobody but the regie sees yet, and questions without an answer."""
    if not meetings:
        return {}, {}, {}
    open_ones = visible(AgendaItem, by=by).filter(meeting__in=meetings, outcome=ItemOutcome.OPEN)
    asked = visible(ItemQuestion, by=by).filter(item__in=open_ones, reply=Reply.OPEN)
    counted = [
        (open_ones, "meeting"),
        (open_ones.filter(published_at__isnull=True), "meeting"),
        (asked, "item__meeting"),
    ]
    found = [dict(rows.order_by().values_list(key).annotate(many=Count("pk"))) for rows, key in counted]
    return found[0], found[1], found[2]
