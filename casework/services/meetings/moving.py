"""A meeting that goes to a later moment, or does not go on: access and agenda follow, and calendars are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from casework.models import AgendaItem, Case, ItemSeat, Meeting, MeetingStatus
from casework.rhythm import Moments
from casework.services import cases
from casework.services.meetings import agenda
from casework.services.meetings.calling import call
from casework.services.meetings.holding import GONE, hold_open_meeting, open_items
from casework.services.meetings.planning import hold_planning, require_as_read, require_free, require_moments
from partners.notices import tell
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record


def _hold(meeting: Meeting, items: Sequence[AgendaItem], *, by: Actor) -> tuple[Meeting, list[AgendaItem]]:
    """Cases before the meeting: the order in which every act on an item holds them."""
    held: dict[object, Case] = {item.pk: cases.lock_open(item.case, by=by) for item in items}
    meeting = hold_open_meeting(meeting, by=by)
    require(meeting.status == MeetingStatus.PLANNED, "Dit overleg is al begonnen.")
    still = open_items([meeting])
    require(all(item.pk in held for item in still), GONE)
    for item in still:
        item.case, item.meeting = held[item.pk], meeting
    return meeting, still


def put(meeting: Meeting, to: Moments, *, by: Actor) -> None:
    """Puts a meeting that was not made known on another moment; no change when it stands there. Part of an act."""
    if (meeting.starts_at, meeting.ends_at) != (to.starts_at, to.ends_at):
        meeting.sequence += 1
    meeting.starts_at, meeting.ends_at, meeting.cutoff_at = to.starts_at, to.ends_at, to.cutoff_at
    fields = ["starts_at", "ends_at", "cutoff_at", "sequence"]
    meeting.save(update_fields=fields)
    record.change("meeting.changed", obj=meeting, fields=fields[:3], by=by)


def move(meeting: Meeting, to: Moments, was: str, *, now: datetime, by: Actor) -> Meeting:
    """Moves a meeting to a later moment. Who sits at a published item keeps it until a day after that."""
    hold_planning(meeting.table_id, by=by)
    meeting, items = _hold(meeting, open_items([meeting]), by=by)
    require_as_read(meeting, was)
    require_moments(to.starts_at, to.ends_at, to.cutoff_at, now)
    require(
        to.starts_at > meeting.starts_at,
        "Een overleg kan alleen naar later: wie erbij zit, rekent op de tijd tot dan. "
        "Zeg het overleg af en plan een nieuw overleg als het eerder moet.",
    )
    require_free(meeting.table_id, to.starts_at)
    put(meeting, to, by=by)
    for item in items:
        if item.published_at is not None:
            _follow(item, by=by)
    call(meeting, now=now, by=by)
    return meeting


def _follow(item: AgendaItem, *, by: Actor) -> None:
    """What was given through an item until its meeting lasts until the new one. The database reads until when."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_item_follows(%s)", [item.pk])
    record.change("meeting.item_follows", dossier=item.dossier, obj=item, fields=["until"], by=by)


def cancel(meeting: Meeting, was: str | None = None, *, now: datetime, by: Actor) -> int:
    """Cancels a meeting; what was on its agenda goes to the next one. Returns how many items there were.

    Access through its items ends; who had one hears that something changed. `was` is what the person saw.
    """
    hold_planning(meeting.table_id, by=by)
    meeting, items = _hold(meeting, open_items([meeting]), by=by)
    if was is not None:
        require_as_read(meeting, was)
    for item in items:
        sat = set(ItemSeat.objects.filter(item=item).values_list("user_id", flat=True))
        agenda.carry(item, now=now, by=by)
        if item.published_at is not None:
            tell(sat - {by.user_id}, about=item.dossier_id)
    with connection.cursor() as cursor:  # and what this person may not know of: the database lets it go
        cursor.execute("SELECT casework_let_go_unseen(%s)", [meeting.pk])
    meeting.status = MeetingStatus.CANCELLED
    meeting.sequence += 1
    meeting.save(update_fields=["status", "sequence"])
    record.change("meeting.cancelled", obj=meeting, fields=["status"], by=by)
    call(meeting, now=now, by=by)
    return len(items)
