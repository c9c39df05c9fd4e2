"""What who leads sees before a meeting is closed: per item what was decided and agreed, and what is not finished."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from casework.models import (
    AgendaItem,
    AgendaPlace,
    CaseFace,
    ItemDecision,
    ItemOutcome,
    Meeting,
    MeetingStatus,
    MinutesVersion,
    TableAction,
)
from casework.queries.urgent import MOST, Urgent
from casework.services.meetings.agenda import next_meeting
from casework.services.meetings.closing import LONG_AGO, lapses_at, why_not_close
from casework.services.meetings.minutes import places
from partners.models import Seat
from privacy import dossiers
from privacy.access import opened, visible
from privacy.actor import Actor
from privacy.models import CompartmentKind
from privacy.roles import Role
from privacy.unlock import unlock


@dataclass(frozen=True, slots=True)
class ToDo:
    """An action as it was typed at the table."""

    text: str
    owner: str
    organisation: str
    due_on: date


@dataclass(frozen=True, slots=True)
class ClosingItem:
    """One item with what came of it so far."""

    pk: UUID
    reference: str
    name: str
    outcome: str
    open: bool
    decisions: tuple[str, ...]
    actions: tuple[ToDo, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """Everything on the page on which a meeting is closed."""

    meeting: Meeting
    items: tuple[ClosingItem, ...]
    next: Meeting | None
    why_not: str
    lapsed_at: datetime | None

    @property
    def unfinished(self) -> tuple[ClosingItem, ...]:
        """The items that are not closed yet."""
        return tuple(item for item in self.items if item.open)

    @property
    def over(self) -> bool:
        """Whether there is nothing left to close."""
        return self.meeting.status == MeetingStatus.HELD and not self.unfinished


def closing(meeting: Meeting, now: datetime, *, by: Actor) -> Closing:
    """The items of a meeting with what was decided and agreed, opened and logged; for who leads it."""
    rows = visible(AgendaItem, by=by).filter(meeting=meeting).exclude(outcome=ItemOutcome.WITHDRAWN)
    items = list(rows.select_related("dossier"))
    actions = visible(TableAction, by=by).filter(item__in=items, taken_back=False)
    wanted = [pk for item in items for pk in (_table_part(item), item.compartment_id, item.record_id)]
    wanted += list(actions.values_list("compartment", flat=True))
    seen = {item.dossier_id: item.dossier.reference for item in items}
    unlock(seen, only=wanted, also_seen=seen.items(), object_pk=str(meeting.pk), by=by)
    places = dict(AgendaPlace.objects.filter(meeting=meeting).values_list("item", "position"))
    return Closing(
        meeting=meeting,
        items=tuple(_lines(sorted(items, key=lambda item: places.get(item.pk, 0)))),
        next=next_meeting(meeting),
        why_not=why_not_close(meeting),
        lapsed_at=lapses_at(meeting) if _left_open(meeting, now) else None,
    )


def _table_part(item: AgendaItem) -> UUID:
    return dossiers.part(item.dossier, CompartmentKind.TABLE).pk


def _left_open(meeting: Meeting, now: datetime) -> bool:
    return meeting.status == MeetingStatus.RUNNING and lapses_at(meeting) <= now


def _lines(items: Iterable[AgendaItem]) -> list[ClosingItem]:
    items = list(items)
    names = {face.dossier_id: face.short_name for face in opened(CaseFace)}
    said: dict[UUID, list[str]] = {}
    for line in opened(ItemDecision).filter(item__in=items, dropped_at__isnull=True):
        said.setdefault(line.item_id, []).append(line.text)
    todo: dict[UUID, list[ToDo]] = {}
    for row in opened(TableAction).filter(item__in=items, taken_back=False).select_related("user", "organisation"):
        made = ToDo(row.text, row.user.name, row.organisation.name, row.due_on)
        todo.setdefault(row.item_id, []).append(made)
    return [
        ClosingItem(
            pk=item.pk,
            reference=item.dossier.reference,
            name=names.get(item.dossier_id, ""),
            outcome=item.get_outcome_display(),
            open=item.outcome == ItemOutcome.OPEN,
            decisions=tuple(said.get(item.pk, ())),
            actions=tuple(todo.get(item.pk, ())),
        )
        for item in items
    ]


def to_finish(now: datetime, *, by: Actor) -> list[Urgent]:
    """Meetings that somebody who directs left open, and minutes that wait for this person to fix them.

    Also a meeting that was closed by who could not know of one of its items: that one waits for a colleague.
    """
    mine = by.tables_as(Role.PROCESREGISSEUR)
    over = Q(status=MeetingStatus.RUNNING, ends_at__lte=now - LONG_AGO)
    over |= Q(status=MeetingStatus.HELD, pk__in=visible(AgendaItem, by=by).filter(outcome="").values("meeting"))
    left = [
        Urgent("Overleg niet afgesloten", "", "meeting-close", row.pk, "Sluit af", _on(row))
        for row in Meeting.objects.filter(over, table__in=mine).order_by("starts_at")[:MOST]
    ]
    unfixed = MinutesVersion.objects.filter(meeting__table__in=mine, fixed_at__isnull=True).select_related("meeting")
    directing: dict[UUID, set[UUID]] = {}
    for seat in Seat.objects.valid_at(now).filter(table__in=mine, role=Role.PROCESREGISSEUR):
        directing.setdefault(seat.table_id, set()).add(seat.user_id)
    waiting = [row for row in unfixed.order_by("made_at") if _mine_to_fix(row, directing, by)]
    return left + [
        Urgent("Verslag vaststellen", "", "meeting-minutes", row.meeting_id, "Lees", _on(row.meeting), waits=True)
        for row in waiting[:MOST]
    ]


def _on(meeting: Meeting) -> str:
    return f"van {date_format(timezone.localtime(meeting.starts_at), 'j F')}"


def _mine_to_fix(version: MinutesVersion, directing: dict[UUID, set[UUID]], by: Actor) -> bool:
    places_of = places(version.meeting, directing.get(version.meeting.table_id, set()), by=by)
    return any(getattr(version, field) is None for field in places_of)
