"""A table that meets, in few words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.models import (
    AgendaItem,
    AgendaWish,
    Audience,
    Case,
    Contribution,
    Guest,
    ItemKind,
    ItemOutcome,
    ItemQuestion,
    Meeting,
    RefusalReason,
    Why,
)
from casework.queries.meetings.asking import my_question
from casework.queries.meetings.attending import own_item
from casework.services.meetings import agenda, asking, guests, planning, wishes
from casework.services.meetings.agenda import ItemInput, SeatInput
from casework.services.meetings.asking import AskInput
from casework.services.meetings.guests import GuestInput
from casework.services.meetings.planning import MeetingInput
from casework.values import ContributionInput
from partners.models import CaseTable, Organisation, User
from privacy.actor import Actor
from privacy.unlock import unlock
from tests.world import GROUND, as_


@contextmanager
def leading(person: User, *cases: Case) -> Iterator[Actor]:
    """Acting as who directs, with these cases opened."""
    with as_(person) as (by, _):
        unlock([case.dossier_id for case in cases], by=by)
        yield by


def a_meeting(table: CaseTable, person: User, *, in_days: int = 7, **more: Any) -> Meeting:
    """A meeting of this table, planned, led and written down by this person."""
    begins = timezone.now() + timedelta(days=in_days)
    values: dict[str, Any] = {
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=2),
        "cutoff_at": begins - timedelta(days=1),
        "chair": person.pk,
        "secretary": person.pk,
        "place": "Stadhuis, kamer 2",
    } | more
    with as_(person) as (by, _):
        return planning.plan(table, MeetingInput(**values), now=timezone.now(), by=by)


def an_item(meeting: Meeting, case: Case, by: User, *at_it: User, **more: Any) -> AgendaItem:
    """A case on the agenda, with these people at it."""
    seats = [SeatInput(person.pk, GROUND) for person in at_it]
    given = ItemInput(**({"why": Why.NEW, "goal": "Wie gaat wat doen?", "seats": seats} | more))
    with leading(by, case) as actor:
        return agenda.put_on(meeting, case, given, now=timezone.now(), by=actor)


def published(meeting: Meeting, by: User, *cases: Case) -> int:
    """The agenda, made known."""
    with leading(by, *cases) as actor:
        return agenda.publish(meeting, now=timezone.now(), by=actor)


def closed(item: AgendaItem, by: User, outcome: ItemOutcome = ItemOutcome.DISCUSSED) -> AgendaItem:
    """The item is over."""
    with leading(by, item.case) as actor:
        return agenda.close_item(item, outcome, now=timezone.now(), by=actor)


def asked(item: AgendaItem, by: User, text: str, *organisations: Organisation, **more: Any) -> None:
    """The regisseur asks these organisations something."""
    given = AskInput([one.pk for one in organisations], text, more.get("answer_by", item.meeting.cutoff_at))
    with leading(by, item.case) as actor:
        asking.ask(item, given, now=timezone.now(), by=actor)


@contextmanager
def answering(person: User, item: AgendaItem) -> Iterator[tuple[ItemQuestion, Actor]]:
    """Acting as who answers, with the item open."""
    with as_(person) as (by, _):
        yield my_question(own_item(item.pk, by=by), by=by), by


def brings(person: User, item: AgendaItem, text: str, **more: Any) -> Contribution:
    """Answers with a contribution for all participants."""
    values: dict[str, Any] = {
        "kind": ItemKind.OBSERVATION,
        "category": "algemeen",
        "ground": GROUND,
        "text": text,
        "audience": Audience.TABLE,
    }
    with answering(person, item) as (question, by):
        return asking.bring(question, ContributionInput(**(values | more)), now=timezone.now(), by=by)


def refused(person: User, item: AgendaItem, reason: str) -> RefusalReason:
    """Answers that nothing is shared, and why."""
    with answering(person, item) as (question, by):
        return asking.refuse(question, reason, now=timezone.now(), by=by)


def knows_nothing(person: User, item: AgendaItem) -> None:
    """Answers that nothing is known."""
    with answering(person, item) as (question, by):
        asking.know_nothing(question, by=by)


def wished(person: User, case: Case, reason: str) -> AgendaWish:
    """Asks to discuss a case."""
    with as_(person) as (by, _):
        unlock([case.dossier_id], by=by)
        return wishes.ask(case, reason, now=timezone.now(), by=by)


def a_guest(item: AgendaItem, by: User, **more: Any) -> Guest:
    """Somebody from outside comes to this item."""
    given = GuestInput(**({"name": "Gast Proef", "organisation": "School Proef", "why": "Kent het kind."} | more))
    with leading(by, item.case) as actor:
        return guests.invite(item, given, now=timezone.now(), by=actor)


def begun(meeting: Meeting, person: User, *cases: Case) -> Meeting:
    """The meeting is being held."""
    with leading(person, *cases) as by:
        return agenda.open_meeting(meeting, now=timezone.now(), by=by)
