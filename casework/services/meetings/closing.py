"""Closing a meeting: what was not finished goes on to the next one, and the minutes are made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from casework.models import AgendaItem, ItemOutcome, Meeting, MeetingStatus, MinutesVersion
from casework.services import cases
from casework.services.meetings import minutes
from casework.services.meetings.agenda import AFTER, carry, close_item
from casework.services.meetings.holding import hold_meeting, open_items, require_leading
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record

NOT_BEGUN = "Dit overleg is nog niet begonnen. Begin het overleg eerst, of zeg het af."
CANCELLED = "Dit overleg gaat niet door. U hoeft het niet af te sluiten."
LONG_AGO = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing did: how many items went to the next meeting, how many wait for one, and the minutes."""

    carried: int
    waiting: int
    minutes: MinutesVersion | None


def why_not_close(meeting: Meeting) -> str:
    """Why a meeting can't be closed; empty when it can, or when it was already."""
    match MeetingStatus(meeting.status):
        case MeetingStatus.PLANNED:
            return NOT_BEGUN
        case MeetingStatus.CANCELLED:
            return CANCELLED
        case _:
            return ""


def lapses_at(meeting: Meeting) -> datetime:
    """When access through the items of a meeting ends by itself, when nobody closes it."""
    return max(meeting.ends_at, meeting.published_at or meeting.ends_at) + AFTER


def close_meeting(meeting: Meeting, discussed: Collection[UUID], *, now: datetime, by: Actor) -> Closed:
    """Closes the items of `discussed`, carries the other open ones, and ends the meeting.

    Twice is the same as once. Cases are held before the meeting, as every act does.
    """
    require_leading(meeting.table_id, by=by)
    items = open_items([meeting])
    for item in items:
        cases.lock_open(item.case, by=by)
    held = hold_meeting(meeting, by=by)
    why = why_not_close(held)
    require(not why, why)
    # What a colleague closed a moment ago is not open any more.
    left = {item.pk for item in open_items([held])}
    carried = [_end(item, item.pk in discussed, now=now, by=by) for item in items if item.pk in left]
    if held.status == MeetingStatus.RUNNING:
        held.status, held.closed_at = MeetingStatus.HELD, now
        held.save(update_fields=["status", "closed_at"])
        record.change("meeting.closed", obj=held, fields=["status"], by=by)
    return Closed(carried.count(True), carried.count(False), minutes.make(held, now=now, by=by))


def _end(item: AgendaItem, discussed: bool, *, now: datetime, by: Actor) -> bool | None:
    """Closes one item; whether it stands on a next agenda, None when it is finished."""
    if discussed:
        close_item(item, ItemOutcome.DISCUSSED, now=now, by=by)
        return None
    return carry(item, now=now, by=by) is not None
