"""A table that meets, in few words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.models import AgendaItem, Case, ItemOutcome, Meeting, Why
from casework.services.meetings import agenda, planning
from casework.services.meetings.agenda import ItemInput, SeatInput
from casework.services.meetings.planning import MeetingInput
from partners.models import CaseTable, User
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
