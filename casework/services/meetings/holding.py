"""Who may lead a meeting, and holding a meeting or item so that of two people at once the second hears why."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from casework.models import AgendaItem, ItemOutcome, Meeting, MeetingStatus
from casework.services import cases
from privacy.access import require
from privacy.actor import Actor
from privacy.errors import NotKnown
from privacy.roles import Role

GONE = "Dit overleg is intussen veranderd, misschien door een collega. Open de pagina opnieuw."


def leads(table_id: UUID, *, by: Actor) -> bool:
    """Whether somebody plans and holds the meetings of a table: who directs it."""
    return table_id in by.tables_as(Role.PROCESREGISSEUR)


def require_leading(table_id: UUID, *, by: Actor) -> None:
    """Raises Refused unless the actor directs the table."""
    require(leads(table_id, by=by), "Alleen een procesregisseur van deze tafel kan dit doen.")


def hold_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """The meeting, locked, for who directs its table."""
    require_leading(meeting.table_id, by=by)
    found = Meeting.objects.select_for_update(of=("self",)).select_related("table").filter(pk=meeting.pk).first()
    if found is None:
        raise NotKnown
    return found


def why_not_prepare(meeting: Meeting) -> str:
    """Why nothing can be changed about a meeting and its agenda any more; empty when it can."""
    match MeetingStatus(meeting.status):
        case MeetingStatus.PLANNED | MeetingStatus.RUNNING:
            return ""
        case MeetingStatus.HELD:
            return "Dit overleg is al afgesloten."
        case MeetingStatus.CANCELLED:
            return "Dit overleg gaat niet door."


def hold_open_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """As `hold_meeting`; raises Refused when it was held or cancelled."""
    held = hold_meeting(meeting, by=by)
    why = why_not_prepare(held)
    require(not why, why)
    return held


def why_not_change(item: AgendaItem) -> str:
    """Why nothing can be changed about an item any more; empty when it can.

    Who closed the meeting may have been kept away from this case: then the item outlives it, until a colleague closes
    it.
    """
    if item.outcome != ItemOutcome.OPEN:
        return "Dit punt is al gesloten. Misschien was een collega u voor."
    return "" if item.meeting.status == MeetingStatus.HELD else why_not_prepare(item.meeting)


def open_items(meetings: Iterable[Meeting]) -> list[AgendaItem]:
    """What is still to be discussed there, as far as the actor may know of it, in the order in which cases are held.

    Who is kept away from a case finds it not: a colleague does.
    """
    rows = AgendaItem.objects.filter(meeting__in=meetings, outcome=ItemOutcome.OPEN)
    return list(rows.select_related("case__dossier", "dossier", "meeting").order_by("case"))


def hold_item(item: AgendaItem, *, by: Actor) -> AgendaItem:
    """An item that is not closed yet, with its case and meeting locked in that order; for who directs the case."""
    case = cases.lock_open(item.case, by=by)
    meeting = hold_meeting(item.meeting, by=by)
    held = AgendaItem.objects.select_for_update(of=("self",)).select_related("dossier").get(pk=item.pk)
    held.case, held.meeting = case, meeting
    why = why_not_change(held)
    require(not why, why)
    return held
