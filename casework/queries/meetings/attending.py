"""A meeting as a partner sees it: the own items, what waits for an answer, and the own actions.

Nothing here counts, numbers or times what else is on the agenda.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import timezone

from casework.models import (
    ACTION_RUNS,
    AgendaItem,
    BroughtFor,
    CaseFace,
    Guest,
    ItemOutcome,
    ItemQuestion,
    ItemSeat,
    Meeting,
    RefusalReason,
    Reply,
    TableAction,
)
from casework.queries.case_content import ContributionRow, contributions
from casework.queries.cases import CaseHead, head_of
from casework.queries.meetings.asking import mine
from casework.queries.meetings.reading import open_item
from privacy import dossiers
from privacy.access import opened, visible
from privacy.actor import Actor
from privacy.errors import NotKnown
from privacy.models import CompartmentKind
from privacy.unlock import unlock


@dataclass(frozen=True, slots=True)
class OwnItem:
    """An item where the reader sits. `number` counts the reader's own items and nothing else."""

    pk: UUID
    number: int
    reference: str
    name: str
    why: str
    goal: str
    question: ItemQuestion | None


@dataclass(frozen=True, slots=True)
class OwnTask:
    """An action of the reader's own that was agreed at this table."""

    pk: UUID
    reference: str
    text: str
    due_on: date
    late: bool


@dataclass(frozen=True, slots=True)
class OwnAgenda:
    """A meeting as one person sees it."""

    items: tuple[OwnItem, ...]
    tasks: tuple[OwnTask, ...]


def own_order(meeting: Meeting) -> dict[UUID, int]:
    """The place of the reader's own items among each other, as the database tells it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT item, place FROM casework_own_order(%s)", [meeting.pk])
        return dict(cursor.fetchall())


def own_agenda(meeting: Meeting, *, by: Actor) -> OwnAgenda:
    """What is on the agenda for this reader; the log names the cases before anything is shown."""
    order = own_order(meeting)
    rows = list(visible(AgendaItem, by=by).filter(pk__in=order).select_related("dossier"))
    tasks = list(_tasks(meeting, by))
    asked = {question.item_id: question for question in mine(by).filter(item__in=rows)}
    parts = [dossiers.compartment_id(row.dossier, CompartmentKind.TABLE) for row in rows]
    parts += [row.compartment_id for row in (*rows, *tasks, *asked.values())]
    seen = {row.dossier_id: row.dossier.reference for row in (*rows, *tasks)}
    unlock(seen, event="list", only=parts, also_seen=seen.items(), object_pk=str(meeting.pk), by=by)
    names = {face.case_id: face.short_name for face in opened(CaseFace)}
    items = [_item(row, order[row.pk], names.get(row.case_id, ""), asked.get(row.pk)) for row in rows]
    today = timezone.localdate()
    return OwnAgenda(
        tuple(sorted(items, key=lambda item: item.number)),
        tuple(OwnTask(t.pk, t.dossier.reference, t.text, t.due_on, t.due_on < today) for t in tasks),
    )


def _tasks(meeting: Meeting, by: Actor) -> list[TableAction]:
    running = visible(TableAction, by=by).filter(user=by.user_id, status__in=ACTION_RUNS, taken_back=False)
    at_table = running.filter(dossier__table_id=meeting.table_id)
    return list(at_table.select_related("dossier").order_by("due_on", "id"))


def _item(row: AgendaItem, number: int, name: str, question: ItemQuestion | None) -> OwnItem:
    return OwnItem(row.pk, number, row.dossier.reference, name, row.get_why_display(), row.goal or "", question)


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item with everything that who sits there reads of it."""

    item: AgendaItem
    head: CaseHead
    people: tuple[tuple[str, str], ...]
    guests: tuple[tuple[str, str], ...]
    question: ItemQuestion | None
    late: bool
    answered_by: str
    reason: str
    brought: tuple[ContributionRow, ...]

    @property
    def waits(self) -> bool:
        """Whether my organisation is asked something and did not answer yet."""
        return self.question is not None and self.question.reply == Reply.OPEN


def own_item(pk: UUID, *, by: Actor) -> AgendaItem:
    """An item where the reader sits, from publication until it closes; the read is logged. Raises NotKnown."""
    return while_open(open_item(pk, by=by))


def while_open(item: AgendaItem) -> AgendaItem:
    """An item that is published and not closed; raises NotKnown, also for who directs its case."""
    if item.published_at is None or item.outcome != ItemOutcome.OPEN:
        raise NotKnown
    return item


def view_of(item: AgendaItem, *, by: Actor) -> ItemView:
    """What stands on the page of an item that was opened."""
    head = head_of(item.case, opened(CaseFace).filter(case=item.case).first(), by=by)
    question = mine(by).filter(item=item).select_related("replied_by").first()
    seats = opened(ItemSeat).filter(item=item).select_related("user", "organisation")
    guests = opened(Guest).filter(item=item)
    reason = opened(RefusalReason).filter(question=question).first() if question else None
    return ItemView(
        item=item,
        head=head,
        people=tuple((s.user.name, s.organisation.name) for s in seats.order_by("organisation__name", "user__name")),
        guests=tuple((guest.name, guest.organisation) for guest in guests),
        question=question,
        late=question is not None and question.is_late(timezone.now()),
        answered_by=question.replied_by.name if question and question.replied_by else "",
        reason=reason.text if reason else "",
        brought=_brought(question, head, by),
    )


def _brought(question: ItemQuestion | None, head: CaseHead, by: Actor) -> tuple[ContributionRow, ...]:
    if question is None:
        return ()
    made = set(opened(BroughtFor).filter(question=question).values_list("contribution", flat=True))
    return tuple(row for row in contributions(head, by=by) if row.pk in made) if made else ()
