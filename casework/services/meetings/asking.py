"""Asking beforehand: a short question per organisation and item, and its answer.

An organisation answers with what it brings in, with "niets bekend", or refuses for a weighty reason that the chair
alone reads (WGS 1.5(1), 2.29(3)). The database writes the answer, and asks who gives it (privacy/rls/at_table.py).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from casework.circles import give_regie
from casework.models import (
    AgendaItem,
    BroughtFor,
    Contribution,
    ItemOutcome,
    ItemQuestion,
    ItemSeat,
    Meeting,
    RefusalReason,
    Reply,
)
from casework.services import contributions
from casework.services.meetings.agenda import access_of
from casework.services.meetings.holding import hold_item
from casework.services.plans.holding import Changed
from casework.values import ContributionInput
from partners.models import Organisation, Seat
from partners.notices import tell
from partners.queries import regisseur_seats
from privacy import dossiers, grants
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import Refused
from privacy.grants import Because
from privacy.models import AuditEntry, CompartmentKind

OVER = (
    "Dit punt is gesloten. Uw antwoord is niet bewaard. Wilt u iets delen? Doe dat in de casus, of bel de voorzitter."
)
ANSWERED = "Op deze vraag is al geantwoord, misschien door een collega."


@dataclass(frozen=True, slots=True)
class AskInput:
    """What is asked, of which organisations, and until when they may answer."""

    organisations: Collection[UUID]
    text: str
    answer_by: datetime


def usual_term(meeting: Meeting, now: datetime) -> datetime:
    """Until the agenda closes; until the meeting begins when it closed already."""
    return meeting.cutoff_at if meeting.cutoff_at > now else meeting.starts_at


def times_asked(item: AgendaItem) -> int:
    """Goes up whenever something is asked about an item, or a question becomes another."""
    return int(ItemQuestion.objects.filter(item=item).aggregate(times=Sum("version", default=0))["times"])


def ask(item: AgendaItem, given: AskInput, *, seen: int | None = None, now: datetime, by: Actor) -> None:
    """Asks organisations that sit at an item, or sharpens what they were asked and did not answer yet.

    They read it from publication. Raises Refused when one of them answered in the meantime, and Changed when a
    colleague asked something since (`seen`: how often was asked before).
    """
    item = hold_item(item, by=by)
    if seen is not None and seen != times_asked(item):
        raise Changed
    require(now < given.answer_by <= item.meeting.ends_at, "Kies een termijn na nu, en niet na het overleg.")
    sits = {seat.organisation_id for seat in item.seats.all()}
    require(bool(given.organisations), "Kies aan welke organisaties u dit vraagt.")
    require(set(given.organisations) <= sits, "Een gekozen organisatie zit niet (meer) bij dit punt.")
    asked = {question.organisation_id: question for question in ItemQuestion.objects.filter(item=item)}
    for organisation in Organisation.objects.filter(pk__in=given.organisations).order_by("name"):
        question = asked.get(organisation.pk)
        require(
            question is None or question.reply == Reply.OPEN,
            f"{organisation.name} heeft al geantwoord. Haal het vinkje weg bij deze organisatie.",
        )
        _ask(item, organisation, question, given, now=now, by=by)


def _ask(
    item: AgendaItem,
    organisation: Organisation,
    question: ItemQuestion | None,
    given: AskInput,
    *,
    now: datetime,
    by: Actor,
) -> None:
    if question is not None:
        question.text, question.answer_by = given.text, given.answer_by
        question.save(update_fields=["text", "answer_by"])
    else:
        part = dossiers.add_compartment(item.dossier, CompartmentKind.ITEM, organisation_id=organisation.pk, by=by)
        give_regie([part], item.meeting.table_id, now=now, by=by)
        question = ItemQuestion(dossier=item.dossier, compartment=part, item=item, organisation=organisation)
        question.text, question.answer_by = given.text, given.answer_by
        question.asked_by_id, question.asked_at = by.user_id, now
        question.save(force_insert=True)
    record.change("meeting.asked", dossier=item.dossier, obj=question, fields=["answer_by", "text"], by=by)
    if item.published_at is not None:
        _let_read(item, question, now=now, by=by)


def _let_read(item: AgendaItem, question: ItemQuestion, *, now: datetime, by: Actor) -> None:
    seats = ItemSeat.objects.filter(item=item, organisation=question.organisation_id)
    for seat in seats:
        because = access_of(item, seat, now)
        if because is not None:
            grants.give([question.compartment], to=[seat.user_id], level="view", because=because, by=by)
    tell({seat.user_id for seat in seats} - {by.user_id}, about=item.dossier_id)


def _hold(question: ItemQuestion) -> ItemQuestion:
    """The question with its item while nobody else acts on the case; raises Refused when the item closed just now."""
    contributions.hold(question.item.case)
    held = ItemQuestion.objects.select_related("item__meeting", "item__case", "dossier").filter(pk=question.pk).first()
    if held is None or held.item.outcome != ItemOutcome.OPEN:
        raise Refused(OVER)
    return held


def _answer(question: ItemQuestion, reply: Reply, contribution: Contribution | None = None, *, by: Actor) -> None:
    with connection.cursor() as cursor:
        values: list[UUID | str | None] = [question.pk, reply.value, contribution.pk if contribution else None]
        cursor.execute("SELECT casework_answer(%s, %s, %s)", values)
    record.change("meeting.answered", dossier=question.dossier, obj=question, fields=["reply"], by=by)


def bring(question: ItemQuestion, given: ContributionInput, *, now: datetime, by: Actor) -> Contribution:
    """Answers with a contribution, also when something was answered before; the same words twice are one."""
    question = _hold(question)
    mine = BroughtFor.objects.filter(question=question, contribution__author=by.user_id)
    for brought in mine.select_related("contribution"):
        if brought.contribution.text == given.text:
            return brought.contribution
    made = contributions.contribute(question.item.case, given, now=now, by=by)
    _answer(question, Reply.BROUGHT, made, by=by)
    return made


def know_nothing(question: ItemQuestion, *, by: Actor) -> None:
    """Answers that nothing is known."""
    question = _hold(question)
    require(question.reply == Reply.OPEN, ANSWERED)
    _answer(question, Reply.NOTHING, by=by)


def refuse(question: ItemQuestion, reason: str, *, now: datetime, by: Actor) -> RefusalReason:
    """Answers that nothing is shared; the reason is for the chair and who wrote it, the other regisseurs hear that."""
    question = _hold(question)
    require(question.reply == Reply.OPEN, ANSWERED)
    chair = _hold_chair(question.item.meeting, now)
    part = dossiers.add_compartment(question.dossier, CompartmentKind.ITEM, organisation_id=by.home, by=by)
    made = RefusalReason(dossier=question.dossier, compartment=part, question=question, chair_id=chair.user_id)
    made.text, made.at = reason, now
    made.save(force_insert=True)
    seat = ItemSeat.objects.get(item=question.item_id, user=by.user_id)
    mine = access_of(question.item, seat, now)
    grants.give([part], to=[chair.user_id], level="view", because=_because(seat, made, chair.valid_until), by=by)
    grants.give(
        [part], to=[by.user_id], level="view", because=_because(seat, made, mine.until if mine else None), by=by
    )
    record.change("meeting.refused", dossier=question.dossier, obj=made, action=AuditEntry.Action.CREATE, by=by)
    _answer(question, Reply.REFUSED, by=by)
    tell([chair.user_id], about=question.dossier_id)
    return made


def _hold_chair(meeting: Meeting, now: datetime) -> Seat:
    """The seat of who is chair until this act is over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_hold_chair(%s)", [meeting.pk])
        (person,) = cursor.fetchone()
    chair = next((seat for seat in regisseur_seats(meeting.table_id, now) if seat.user_id == person), None)
    if chair is None:
        raise Refused("Dit overleg heeft nu geen voorzitter die uw reden kan lezen. Bel de procesregisseur.")
    return chair


def _because(seat: ItemSeat, reason: RefusalReason, until: datetime | None) -> Because:
    return Because(seat.ground, reason.key, until)


def follow_chair(meeting: Meeting, *, by: Actor) -> int:
    """Gives the reasons of refusals to the chair that a meeting has now, and ends them for the one before.

    Part of changing the chair, after it was changed; returns how many went along.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_follow_chair(%s)", [meeting.pk])
        followed = int(cursor.fetchone()[0])
    if followed:
        record.change("meeting.chair_followed", obj=meeting, fields=["chair"], by=by)
    return followed
