"""What was typed at the table, in few words: decisions, actions, who was there."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from casework.circles import give_regie
from casework.models import (
    AgendaItem,
    Attendance,
    ItemDecision,
    ItemOutcome,
    ItemReview,
    Meeting,
    MinutesVersion,
    TableAction,
)
from casework.services.meetings import closing, minutes
from casework.services.meetings.closing import Closed
from partners.models import User
from privacy import dossiers, grants
from privacy.actor import Actor
from privacy.audit import record
from privacy.grants import Because
from privacy.models import CompartmentKind
from privacy.unlock import unlock
from tests.meetings.scene import leading
from tests.world import as_


def decided(item: AgendaItem, by: User, text: str) -> ItemDecision:
    """The table decided this."""
    with leading(by, item.case) as actor:
        row = ItemDecision(
            dossier=item.dossier, compartment=item.record, item=item, text=text, added_by_id=actor.user_id
        )
        row.save(force_insert=True)
        record.change("meeting.item_changed", dossier=item.dossier, obj=row, by=actor)
        return row


def agreed(item: AgendaItem, by: User, who: User, text: str, due_on: date | None = None) -> TableAction:
    """This person does this."""
    with leading(by, item.case) as actor:
        part = dossiers.add_compartment(item.dossier, CompartmentKind.ITEM, organisation_id=actor.home, by=actor)
        give_regie([part], item.case.table_id, now=timezone.now(), by=actor)
        action = TableAction(
            id=uuid4(), dossier=item.dossier, compartment=part, item=item, case=item.case,
            organisation_id=who.organisation_id, user=who, text=text, added_by_id=actor.user_id,
            due_on=due_on or timezone.localdate() + timedelta(days=7),
        )  # fmt: skip
        action.save(force_insert=True)
        because = Because("actie uit het overleg", action.key)
        grants.give([part], to=[who.pk], level="contribute", because=because, by=actor)
        return action


def noted(item: AgendaItem, by: User, who: User, present: bool = True) -> Attendance:
    """Whether this person was there."""
    with leading(by, item.case) as actor:
        row = Attendance(
            dossier=item.dossier, compartment=item.record, item=item, seat=item.seats.get(user=who), present=present,
            noted_by_id=actor.user_id,
        )  # fmt: skip
        row.save(force_insert=True)
        record.change("meeting.item_changed", dossier=item.dossier, obj=row, by=actor)
        return row


def back_on(item: AgendaItem, by: User, day: date) -> None:
    """The table comes back to it on this day."""
    with leading(by, item.case) as actor:
        row = ItemReview(dossier=item.dossier, compartment=item.record, item=item, review_on=day)
        row.save(force_insert=True)
        record.change("meeting.item_changed", dossier=item.dossier, obj=row, by=actor)


def all_of(meeting: Meeting, by: Actor) -> None:
    """Every case on the agenda that this person reads, opened."""
    unlock(set(AgendaItem.objects.filter(meeting=meeting).values_list("dossier_id", flat=True)), by=by)


def ended(meeting: Meeting, by: User, *discussed: AgendaItem) -> Closed:
    """The meeting is closed; these items are finished, and the others that were open go on."""
    with as_(by) as (actor, _):
        all_of(meeting, actor)
        return closing.close_meeting(meeting, {item.pk for item in discussed}, now=timezone.now(), by=actor)


def fixed(meeting: Meeting, *people: User) -> MinutesVersion:
    """These people fix the newest minutes, one after the other."""
    for person in people:
        with as_(person) as (actor, _):
            all_of(meeting, actor)
            last = minutes.newest(meeting)
            assert last is not None
            done = minutes.fix(meeting, last.number, now=timezone.now(), by=actor)
    return done


def outcome_of(item: AgendaItem, by: User) -> ItemOutcome:
    """How an item ended."""
    with as_(by):
        return ItemOutcome(AgendaItem.objects.get(pk=item.pk).outcome)
