"""A case on the agendas of its table, as one reader may know: when, what came of it, the minutes, and the next time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from casework.models import (
    ACTION_RUNS,
    AgendaItem,
    ItemOutcome,
    MeetingStatus,
    MinutesPiece,
    MinutesPieceKind,
    TableAction,
)
from casework.queries.cases import CaseHead
from casework.queries.meetings.minutes import OUTCOMES
from privacy.access import opened


@dataclass(frozen=True, slots=True)
class Ahead:
    """A meeting at which the case is to be discussed."""

    meeting: UUID
    at: datetime
    why: str
    published: bool
    running: bool


@dataclass(frozen=True, slots=True)
class TableTask:
    """An action from a meeting, as it stands now."""

    pk: UUID
    text: str
    owner: str
    organisation: str
    due_on: date
    status: str
    result: str
    runs: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Discussed:
    """A meeting at which the case was on the agenda. `minutes`: whether this reader has any of it."""

    meeting: UUID
    at: datetime
    outcome: str
    minutes: bool
    decisions: tuple[str, ...] = ()
    review_on: date | None = None
    before: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class AtTheTable:
    """Everything on the page."""

    ahead: tuple[Ahead, ...]
    discussed: tuple[Discussed, ...]
    actions: tuple[TableTask, ...]


def at_the_table(head: CaseHead) -> AtTheTable:
    """Of a case that was opened. A partner reads of items where it sits, and afterwards of minutes that it has."""
    items = list(opened(AgendaItem).filter(case=head.case).select_related("meeting"))
    ahead = [
        Ahead(
            item.meeting_id,
            item.meeting.starts_at,
            item.get_why_display(),
            published=item.published_at is not None,
            running=item.meeting.status == MeetingStatus.RUNNING,
        )
        for item in items
        if item.outcome == ItemOutcome.OPEN
    ]
    found = _from_minutes(head)
    for item in items:
        if item.outcome not in (ItemOutcome.OPEN, ItemOutcome.WITHDRAWN) and item.pk not in found:
            at, outcome = item.meeting.starts_at, item.get_outcome_display()
            found[item.pk] = Discussed(item.meeting_id, at, outcome, minutes=False)
    return AtTheTable(
        ahead=tuple(sorted(ahead, key=lambda one: one.at)),
        discussed=tuple(sorted(found.values(), key=lambda one: one.at, reverse=True)),
        actions=_actions(head),
    )


def _from_minutes(head: CaseHead) -> dict[UUID, Discussed]:
    """By item, what its newest minutes say. Of a version that is not fixed the database shows who directs alone."""
    rows = opened(MinutesPiece).filter(dossier=head.dossier_id, kind=MinutesPieceKind.ITEM)
    found = {}
    for piece in rows.select_related("minutes__meeting").order_by("minutes__number"):
        meeting, body = piece.minutes.meeting, piece.body
        found[piece.original] = Discussed(
            meeting.pk,
            meeting.starts_at,
            OUTCOMES[body["outcome"]],
            minutes=True,
            decisions=tuple(one["text"] for one in body["decisions"]),
            review_on=date.fromisoformat(body["review_on"]) if body["review_on"] else None,
            before=tuple(date.fromisoformat(day) for day in body["before"]),
        )
    return found


def _actions(head: CaseHead) -> tuple[TableTask, ...]:
    rows = opened(TableAction).filter(case=head.case, taken_back=False).select_related("user", "organisation")
    today = timezone.localdate()
    return tuple(
        TableTask(
            row.pk,
            row.text,
            row.user.name,
            row.organisation.name,
            row.due_on,
            row.get_status_display(),
            row.result or "",
            row.status in ACTION_RUNS,
            row.status in ACTION_RUNS and row.due_on < today,
        )
        for row in rows
    )
