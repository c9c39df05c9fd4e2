"""Planning meetings of a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework.models import Meeting
from casework.services.meetings.holding import require_leading
from partners.models import CaseTable
from partners.queries import regisseur_seats
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry


@dataclass(frozen=True, slots=True)
class MeetingInput:
    """When and where a table meets, and who leads and writes."""

    starts_at: datetime
    ends_at: datetime
    cutoff_at: datetime
    chair: UUID
    secretary: UUID
    place: str = ""
    video_link: str = ""


def _check(table: CaseTable, given: MeetingInput, now: datetime) -> None:
    require(given.starts_at > now, "Kies een moment in de toekomst.")
    require(given.ends_at > given.starts_at, "Het einde ligt voor het begin. Kies een later einde.")
    require(given.cutoff_at <= given.starts_at, "De sluitingstijd van de agenda ligt na het begin van het overleg.")
    directing = {seat.user_id for seat in regisseur_seats(table.pk, now)}
    require(
        {given.chair, given.secretary} <= directing,
        "Voorzitter en verslaglegger zijn procesregisseur van deze tafel: alleen zij lezen alles wat op tafel komt.",
    )


def plan(table: CaseTable, given: MeetingInput, *, now: datetime, by: Actor) -> Meeting:
    """Plans one meeting."""
    require_leading(table.pk, by=by)
    _check(table, given, now)
    meeting = Meeting(
        table=table,
        starts_at=given.starts_at,
        ends_at=given.ends_at,
        cutoff_at=given.cutoff_at,
        chair_id=given.chair,
        secretary_id=given.secretary,
        place=given.place,
        video_link=given.video_link,
    )
    meeting.save(force_insert=True)
    record.change("meeting.planned", obj=meeting, action=AuditEntry.Action.CREATE, by=by)
    return meeting
