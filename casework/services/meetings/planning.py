"""Planning meetings of a table: one more, and who leads and where."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s
from uuid import UUID

from casework.models import Meeting, MeetingSeries, MeetingStatus
from casework.services.meetings.asking import follow_chair
from casework.services.meetings.calling import call
from casework.services.meetings.holding import GONE, hold_open_meeting, require_leading
from partners.models import CaseTable
from partners.queries import regisseur_seats
from privacy import dossiers
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry

_CHANGING = (
    "starts_at", "ends_at", "cutoff_at", "status", "chair_id", "secretary_id", "place", "video_link", "rhythm", "every",
    "weekday", "nth", "begins_on", "minutes", "cutoff_days", "cutoff_time", "ended_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WhereInput:
    """Where a table meets, and who leads and writes."""

    chair: UUID
    secretary: UUID
    place: str = ""
    video_link: str = ""


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


def as_read(row: Meeting | MeetingSeries) -> str:
    """What somebody saw of a meeting or series: a form sends it along, so that a colleague's change is noticed."""
    values = [str(getattr(row, name, "")) for name in _CHANGING]
    return blake2s("\x1f".join(values).encode(), digest_size=8).hexdigest()


def require_as_read(row: Meeting | MeetingSeries, was: str) -> None:
    """Raises Refused when a meeting or series is no longer what the page showed."""
    require(was == as_read(row), GONE)


def hold_planning(table_id: UUID, *, by: Actor) -> None:
    """Lets others who plan meetings of this table wait; raises Refused unless the actor directs it."""
    require_leading(table_id, by=by)
    dossiers.one_at_a_time(table_id)


def may_lead(table_id: UUID, people: Set[UUID], now: datetime) -> bool:
    """Whether all of these direct the table now."""
    return people <= {seat.user_id for seat in regisseur_seats(table_id, now)}


def require_directing(table_id: UUID, chair: UUID, secretary: UUID, now: datetime) -> None:
    """Raises Refused unless who leads and who writes both direct the table now."""
    require(
        may_lead(table_id, {chair, secretary}, now),
        "Voorzitter en verslaglegger zijn procesregisseur van deze tafel: alleen zij lezen alles wat op tafel komt.",
    )


def require_moments(starts_at: datetime, ends_at: datetime, cutoff_at: datetime, now: datetime) -> None:
    """Raises Refused for a meeting in the past, or one whose moments contradict each other."""
    require(starts_at > now, "Kies een moment in de toekomst.")
    require(ends_at > starts_at, "Het einde ligt voor het begin. Kies een later einde.")
    require(cutoff_at <= starts_at, "De sluitingstijd van de agenda ligt na het begin van het overleg.")


def require_free(table_id: UUID, starts_at: datetime) -> None:
    """Raises Refused when the table meets at this moment already: also what a second click gets."""
    there = Meeting.objects.filter(table=table_id, starts_at=starts_at).exclude(status=MeetingStatus.CANCELLED)
    require(not there.exists(), "Op dit moment is er al een overleg van deze tafel. Misschien was een collega u voor.")


def plan(table: CaseTable, given: MeetingInput, *, now: datetime, by: Actor) -> Meeting:
    """Plans one meeting."""
    hold_planning(table.pk, by=by)
    require_moments(given.starts_at, given.ends_at, given.cutoff_at, now)
    require_directing(table.pk, given.chair, given.secretary, now)
    require_free(table.pk, given.starts_at)
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
    call(meeting, now=now, by=by)
    return meeting


def change(meeting: Meeting, given: WhereInput, was: str, *, now: datetime, by: Actor) -> Meeting:
    """Changes where a meeting is, and who leads and writes. No calendar is told: it holds neither."""
    held = hold_open_meeting(meeting, by=by)
    require_as_read(held, was)
    require_directing(held.table_id, given.chair, given.secretary, now)
    held.chair_id, held.secretary_id = given.chair, given.secretary
    held.place, held.video_link = given.place, given.video_link
    fields = ["chair", "place", "secretary", "video_link"]
    held.save(update_fields=fields)
    record.change("meeting.changed", obj=held, fields=fields, by=by)
    follow_chair(held, by=by)
    return held
