"""Questions before a meeting: what waits for me, and for who directs: who answered what, and who not yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from casework.models import AgendaItem, AgendaWish, ItemOutcome, ItemQuestion, Meeting, RefusalReason, Reply
from casework.queries.urgent import Urgent
from privacy.access import opened, visible
from privacy.actor import Actor
from privacy.errors import NotKnown
from privacy.roles import Role


@dataclass(frozen=True, slots=True)
class Asked:
    """What one organisation was asked about an item, and how it stands; never what it answered."""

    item: UUID
    organisation_id: UUID
    organisation: str
    reply: str
    label: str
    answer_by: datetime
    replied_at: datetime | None
    late: bool

    @property
    def open(self) -> bool:
        """Whether the question may still be sharpened."""
        return self.reply == Reply.OPEN


def _asked(row: ItemQuestion, now: datetime) -> Asked:
    return Asked(
        item=row.item_id,
        organisation_id=row.organisation_id,
        organisation=row.organisation.name,
        reply=row.reply,
        label=row.get_reply_display(),
        answer_by=row.answer_by,
        replied_at=row.replied_at,
        late=row.is_late(now),
    )


def asked_of(meeting: Meeting, *, by: Actor) -> dict[UUID, list[Asked]]:
    """By item of a meeting: which organisations were asked, and who answered, is late or did not yet."""
    rows = visible(ItemQuestion, by=by).filter(item__meeting=meeting).exclude(item__outcome=ItemOutcome.WITHDRAWN)
    found: dict[UUID, list[Asked]] = {}
    for row in rows.select_related("organisation").order_by("organisation__name"):
        found.setdefault(row.item_id, []).append(_asked(row, timezone.now()))
    return found


@dataclass(frozen=True, slots=True)
class AskedText:
    """A question with its words; why nothing is shared only for the chair and who wrote it."""

    about: Asked
    text: str
    reason: str


def asked_at(item: AgendaItem, *, by: Actor) -> list[AskedText]:
    """What was asked about an item that was opened."""
    rows = opened(ItemQuestion).filter(item=item).select_related("organisation").order_by("organisation__name")
    why = {one.question_id: one.text for one in opened(RefusalReason).filter(question__item=item)}
    return [AskedText(_asked(row, timezone.now()), row.text, why.get(row.pk, "")) for row in rows]


def mine(by: Actor) -> QuerySet[ItemQuestion]:
    """What my organisation is asked about items where I sit, until they close."""
    return visible(ItemQuestion, by=by).filter(
        organisation=by.home,
        item__seats__user=by.user_id,
        item__published_at__isnull=False,
        item__outcome=ItemOutcome.OPEN,
    )


def my_question(item: AgendaItem, *, by: Actor) -> ItemQuestion:
    """What my organisation is asked about an item that was opened; raises NotKnown when it is asked nothing."""
    row = mine(by).filter(item=item).select_related("dossier").first()
    if row is None:
        raise NotKnown
    row.item = item
    return row


def waiting_for_me(*, by: Actor) -> list[Urgent]:
    """A line for each question that nobody of my organisation answered yet."""
    rows = mine(by).filter(reply=Reply.OPEN).select_related("dossier").order_by("answer_by")
    return [
        Urgent(
            "Vraag voor het overleg",
            row.dossier.reference,
            "meeting-item",
            row.item_id,
            "Antwoord",
            f"vóór {date_format(timezone.localtime(row.answer_by), 'l j F, H:i')}",
            row.dossier_id,
        )
        for row in rows
    ]


def wishes_waiting(*, by: Actor) -> list[Urgent]:
    """A line for who directs, for each partner that asks to discuss a case."""
    led = visible(AgendaWish, by=by).filter(case__table__in=by.tables_as(Role.PROCESREGISSEUR))
    rows = led.filter(answered_at__isnull=True).select_related("dossier").order_by("at")
    return [
        Urgent(
            "Een partner vraagt om een casus te bespreken",
            row.dossier.reference,
            "meeting-wish-answer",
            row.pk,
            "Beslis",
            dossier_id=row.dossier_id,
        )
        for row in rows
    ]
