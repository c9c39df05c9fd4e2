"""Decisions, actions and the day of review, each typed in one line while the table talks.

The key of a line is made where it is typed. Sending it again changes nothing; sending another text under it is a
change by who typed it first. Of two who change one line the second hears what the first wrote, and keeps the own text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model

from casework.circles import give_regie
from casework.models import (
    ACTION_RUNS,
    ActionStatus,
    AgendaItem,
    ItemConsent,
    ItemDecision,
    ItemReview,
    TableAction,
)
from casework.services.meetings.actions import GROUND
from casework.services.meetings.running import STRANGE, day_of, hold_running, owner_at
from casework.services.plans.holding import Changed
from partners.models import User
from partners.notices import tell
from partners.profiling import profile_version
from privacy import dossiers, grants
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import Refused
from privacy.grants import Because
from privacy.models import AuditEntry, CompartmentKind

Line = TypeVar("Line", ItemDecision, TableAction)
DROPPED = "Deze regel is weggehaald, misschien door een collega. Typ hem opnieuw als hij toch nodig is."


@dataclass(frozen=True, slots=True)
class DecisionInput:
    """What was decided. `asks`: what the profile wants consent for."""

    text: str
    asks: str = ""


@dataclass(frozen=True, slots=True)
class ActionInput:
    """Who does what by when."""

    text: str
    user: UUID
    due_on: date


def _found(model: type[Line], item: AgendaItem, key: UUID) -> Line | None:
    """The line that was sent before under this key, locked; raises Refused for one of another item."""
    row = model._default_manager.select_for_update(of=("self",)).filter(pk=key).first()
    require(row is None or row.item_id == item.pk, STRANGE)
    return row


def _insert(row: Model) -> None:
    """Stores a new line; a key that is in use where the actor does not read is refused."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as taken:
        raise Refused(STRANGE) from taken


def _may_change(row: Line, gone: bool, seen: int | None, *, by: Actor) -> None:
    """Raises unless this other text may take the place of what stands there.

    Without `seen` it is the same line sent again: of its author, as long as nobody changed it since.
    """
    require(not gone, DROPPED)
    require(seen is not None or row.added_by_id == by.user_id, STRANGE)
    if row.version != (1 if seen is None else seen):
        raise Changed


def decide(
    item: AgendaItem, key: UUID, given: DecisionInput, *, seen: int | None = None, now: datetime, by: Actor
) -> ItemDecision:
    """A decision: new, sent again, or changed (`seen` is the version that was changed)."""
    item = hold_running(item, by=by)
    profile = profile_version(item.case.profile, item.case.profile_version)
    require(not given.asks or profile.consent(given.asks) is not None, "Kies waarvoor instemming nodig is.")
    row = _found(ItemDecision, item, key)
    if row is None:
        require(seen is None, DROPPED)
        return _new_decision(item, key, given, now=now, by=by)
    if row.dropped_at is None and (row.text, row.asks) == (given.text, given.asks):
        return row
    _may_change(row, row.dropped_at is not None, seen, by=by)
    row.text, row.asks, row.changed_at = given.text, given.asks, now
    row.save(update_fields=["text", "asks", "changed_at"])
    # Who agreed, agreed with what stood there.
    ItemConsent.objects.filter(decision=row).delete()
    record.change("meeting.decision_changed", dossier=item.dossier, obj=row, fields=["text"], by=by)
    return row


def _new_decision(item: AgendaItem, key: UUID, given: DecisionInput, *, now: datetime, by: Actor) -> ItemDecision:
    row = ItemDecision(
        id=key,
        dossier=item.dossier,
        compartment_id=item.record_id,
        item=item,
        text=given.text,
        asks=given.asks,
        added_by_id=by.user_id,
        added_at=now,
        changed_at=now,
    )
    _insert(row)
    record.change("meeting.decided", dossier=item.dossier, obj=row, action=AuditEntry.Action.CREATE, by=by)
    return row


def drop(decision: ItemDecision, *, seen: int, now: datetime, by: Actor) -> None:
    """Takes a decision away, while its item is open; doing it twice is the same as once."""
    item = hold_running(decision.item, by=by)
    row = _found(ItemDecision, item, decision.pk)
    require(row is not None, DROPPED)
    assert row is not None
    if row.dropped_at is not None:
        return
    if row.version != seen:
        raise Changed
    row.dropped_at = row.changed_at = now
    row.save(update_fields=["dropped_at", "changed_at"])
    record.change("meeting.decision_dropped", dossier=item.dossier, obj=row, fields=["dropped_at"], by=by)


def agree(
    item: AgendaItem, key: UUID, given: ActionInput, *, seen: int | None = None, now: datetime, by: Actor
) -> TableAction:
    """An action of somebody who sits at the item: new, sent again, or changed (`seen`: the version changed)."""
    item = hold_running(item, by=by)
    owner = owner_at(item, given.user)
    require(given.due_on >= day_of(item.meeting), "Deze dag ligt voor het overleg. Kies een latere dag.")
    row = _found(TableAction, item, key)
    if row is None:
        require(seen is None, DROPPED)
        return _new_action(item, key, given, owner, now=now, by=by)
    if not row.taken_back and (row.text, row.user_id, row.due_on) == (given.text, given.user, given.due_on):
        return row
    _may_change(row, row.taken_back, seen, by=by)
    require(row.status in ACTION_RUNS, "Deze actie is al afgerond.")
    return _changed_action(row, item, given, owner, now=now, by=by)


def _new_action(
    item: AgendaItem, key: UUID, given: ActionInput, owner: User, *, now: datetime, by: Actor
) -> TableAction:
    part = dossiers.add_compartment(item.dossier, CompartmentKind.ITEM, organisation_id=by.home, by=by)
    give_regie([part], item.case.table_id, now=now, by=by)
    row = TableAction(
        id=key,
        dossier=item.dossier,
        compartment=part,
        item=item,
        case=item.case,
        organisation=owner.organisation,
        user=owner,
        text=given.text,
        due_on=given.due_on,
        added_by_id=by.user_id,
        added_at=now,
        changed_at=now,
    )
    _insert(row)
    record.change("meeting.agreed", dossier=item.dossier, obj=row, action=AuditEntry.Action.CREATE, by=by)
    _let_do(row, item, by=by)
    return row


def _let_do(row: TableAction, item: AgendaItem, *, by: Actor) -> None:
    """Whoever has an action reads it, for longer than the item lasts: until the seat at the table ends."""
    part = row.compartment
    part.dossier = item.dossier
    grants.give([part], to=[row.user_id], level="contribute", because=Because(GROUND, row.key), by=by)
    tell({row.user_id} - {by.user_id}, about=item.dossier_id)


def _changed_action(
    row: TableAction, item: AgendaItem, given: ActionInput, owner: User, *, now: datetime, by: Actor
) -> TableAction:
    before = row.user_id
    row.text, row.due_on, row.changed_at = given.text, given.due_on, now
    row.user, row.organisation = owner, owner.organisation
    row.save(update_fields=["text", "due_on", "changed_at", "user", "organisation"])
    record.change("meeting.action_changed", dossier=item.dossier, obj=row, fields=["text", "user", "due_on"], by=by)
    if owner.pk != before:
        grants.end(row.key, dossier_id=item.dossier_id, by=by)
        _let_do(row, item, by=by)
    return row


def take_back(action: TableAction, *, seen: int, now: datetime, by: Actor) -> None:
    """A slip of the pen: the action never was one, and who was to do it no longer reads it."""
    item = hold_running(action.item, by=by)
    row = _found(TableAction, item, action.pk)
    require(row is not None, DROPPED)
    assert row is not None
    if row.taken_back:
        return
    if row.version != seen:
        raise Changed
    row.status, row.taken_back = ActionStatus.DROPPED, True
    row.ended_at = row.changed_at = now
    row.save(update_fields=["status", "taken_back", "ended_at", "changed_at"])
    grants.end(row.key, dossier_id=item.dossier_id, by=by)
    record.change("meeting.action_taken_back", dossier=item.dossier, obj=row, fields=["taken_back"], by=by)


def come_back_on(item: AgendaItem, day: date | None, *, by: Actor) -> None:
    """When the table comes back to this case; None for no day. The newest counts."""
    item = hold_running(item, by=by)
    require(day is None or day > day_of(item.meeting), "Kies een dag na dit overleg.")
    found = ItemReview.objects.filter(item=item).first()
    if day is None:
        if found is not None:
            found.delete()
    elif found is None:
        row = ItemReview(dossier=item.dossier, compartment_id=item.record_id, item=item, review_on=day)
        row.save(force_insert=True)
    else:
        found.review_on = day
        found.save(update_fields=["review_on"])
    record.change("meeting.review_set", dossier=item.dossier, obj=item, fields=["review_on"], by=by)
