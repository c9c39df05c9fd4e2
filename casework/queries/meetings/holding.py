"""The screen from which a meeting is held: its agenda, and one item in full. A constant number of questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework.models import AgendaItem, AgendaPlace, CaseFace, ItemOutcome, Meeting, MeetingStatus
from casework.queries.meetings.live import Live, live_of
from casework.queries.meetings.reading import open_item
from casework.queries.meetings.summary import Summary, summary_of
from privacy.access import opened, visible
from privacy.actor import Actor
from privacy.errors import NotKnown
from privacy.models import CompartmentKind
from privacy.unlock import unlock


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the agenda. `used`: minutes it took, or takes so far; None before its turn."""

    pk: UUID
    number: int
    name: str
    reference: str
    outcome: str
    outcome_label: str
    minutes: int
    used: int | None
    children: bool
    published: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """The agenda of who leads: order, times and how far the table is."""

    rows: tuple[Row, ...]
    planned: int
    used: int
    done: int

    @property
    def place(self) -> int:
        """Which item is looked at, counted from one; 0 for none."""
        return next((row.number for row in self.rows if row.current), 0)

    @property
    def before(self) -> Row | None:
        """The item before the one that is looked at."""
        return self.rows[self.place - 2] if self.place > 1 else None

    @property
    def after(self) -> Row | None:
        """The item that comes next."""
        return self.rows[self.place] if 0 < self.place < len(self.rows) else None


@dataclass(frozen=True, slots=True)
class Held:
    """The whole screen. `live` is what people type and toggle; it is asked for anew every few seconds."""

    meeting: Meeting
    agenda: Agenda
    item: AgendaItem | None
    summary: Summary | None
    live: Live | None

    @property
    def running(self) -> bool:
        """Whether the meeting was begun and not closed yet."""
        return self.meeting.status == MeetingStatus.RUNNING

    @property
    def open(self) -> bool:
        """Whether lines can be typed at the item that is looked at."""
        return self.running and self.item is not None and self.item.outcome == ItemOutcome.OPEN

    @property
    def over(self) -> bool:
        """Whether every item was closed, and the meeting not yet."""
        return self.running and self.agenda.done == len(self.agenda.rows) > 0


def held(meeting: Meeting, wanted: UUID | None, *, now: datetime, by: Actor) -> Held:
    """The screen with the wanted item, or with the first that was not discussed yet."""
    places = list(
        visible(AgendaPlace, by=by).filter(meeting=meeting).select_related("item__dossier").order_by("position", "id")
    )
    items = [place.item for place in places]
    if wanted is not None and wanted not in {item.pk for item in items}:
        raise NotKnown
    current = wanted or next((item.pk for item in items if item.outcome == ItemOutcome.OPEN), None)
    current = current or (items[0].pk if items else None)
    seen = [(item.dossier_id, item.dossier.reference) for item in items]
    unlock([pk for pk, _ in seen], event="list", parts=[CompartmentKind.TABLE], also_seen=seen, by=by)
    names = {face.case_id: face.short_name for face in opened(CaseFace)}
    agenda = _agenda(meeting, places, current, names, now)
    if current is None:
        return Held(meeting, agenda, None, None, None)
    item = open_item(current, by=by)
    return Held(meeting, agenda, item, summary_of(item, by=by), live_of(item, by=by))


def _agenda(
    meeting: Meeting, places: Iterable[AgendaPlace], current: UUID | None, names: dict[UUID, str], now: datetime
) -> Agenda:
    took = _took(meeting, [place.item for place in places], current, now)
    rows = tuple(_row(number, place, current, names, took) for number, place in enumerate(places, start=1))
    return Agenda(
        rows=rows,
        planned=sum(row.minutes for row in rows),
        used=sum(row.used or 0 for row in rows),
        done=sum(row.outcome != ItemOutcome.OPEN for row in rows),
    )


def _row(number: int, place: AgendaPlace, current: UUID | None, names: dict[UUID, str], took: dict[UUID, int]) -> Row:
    item = place.item
    return Row(
        pk=item.pk,
        number=number,
        name=names.get(item.case_id, ""),
        reference=item.dossier.reference,
        outcome=item.outcome,
        outcome_label=ItemOutcome(item.outcome).label,
        minutes=place.minutes,
        used=took.get(item.pk),
        children=item.children,
        published=item.published_at is not None,
        current=item.pk == current,
    )


def _took(meeting: Meeting, items: list[AgendaItem], current: UUID | None, now: datetime) -> dict[UUID, int]:
    """How long each item took: from where the one before it ended. Items are taken one after the other."""
    since = meeting.opened_at
    if since is None:
        return {}
    took = {}
    closed = sorted((item.closed_at, item.pk) for item in items if item.closed_at is not None)
    for at, pk in closed:
        if at < since:  # taken off before the meeting began
            continue
        took[pk] = round((at - since).total_seconds() / 60)
        since = at
    if current is not None and current not in {pk for _, pk in closed} and meeting.status == MeetingStatus.RUNNING:
        took[current] = round((now - since).total_seconds() / 60)
    return took
