"""Reading a meeting and an item of it: each asks once whether this person may."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from casework.models import AgendaItem, Meeting
from casework.services.meetings.holding import leads, why_not_prepare
from privacy.access import open_one, require, visible
from privacy.actor import Actor
from privacy.errors import NotKnown


def tables_of(by: Actor) -> Collection[UUID]:
    """The tables where somebody sits: of these one may know when they meet."""
    return {seat.table_id for seat in by.seats}


def one_meeting(pk: UUID, *, by: Actor) -> Meeting:
    """A meeting of a table where the actor sits; raises NotKnown. It says nothing of what is on the agenda."""
    own = Meeting.objects.filter(table__in=tables_of(by)).select_related("table", "chair", "secretary")
    meeting = own.filter(pk=pk).first()
    if meeting is None:
        raise NotKnown
    return meeting


def led_meeting(pk: UUID, *, by: Actor) -> Meeting:
    """A meeting for who directs its table; raises NotKnown for who sits there without directing it."""
    meeting = one_meeting(pk, by=by)
    if not leads(meeting.table_id, by=by):
        raise NotKnown
    return meeting


def changing_meeting(pk: UUID, *, by: Actor) -> Meeting:
    """A meeting that can still be planned and prepared, for who directs its table; raises Refused when it is over."""
    meeting = led_meeting(pk, by=by)
    why = why_not_prepare(meeting)
    require(not why, why)
    return meeting


def open_item(pk: UUID, *, by: Actor) -> AgendaItem:
    """An item with the keys that the actor holds in its case, after the read was logged; raises NotKnown."""
    return open_one(AgendaItem, pk, also=["meeting__table", "case__table", "case__dossier"], by=by)


def led_item(pk: UUID, *, by: Actor) -> AgendaItem:
    """An item for who directs the table, opened and logged; raises NotKnown for who merely sits there.

    Nothing is opened for who does not lead.
    """
    led_item_unopened(pk, by=by)
    return open_item(pk, by=by)


def led_item_unopened(pk: UUID, *, by: Actor) -> AgendaItem:
    """The same, unopened: what is asked every few seconds while nothing changed opens nothing."""
    item = visible(AgendaItem, by=by).filter(pk=pk).first()
    if item is None:
        raise NotKnown
    led_meeting(item.meeting_id, by=by)
    return item
