"""What is typed and toggled at an item while the table talks, and a mark by which a page knows that it changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from casework.models import (
    AgendaItem,
    Attendance,
    Guest,
    ItemConsent,
    ItemDecision,
    ItemOutcome,
    ItemReview,
    ItemSeat,
    Stance,
    TableAction,
)
from casework.services.meetings.consent import taken
from casework.spoken_days import spoken_day
from partners.models import SecrecyStatement
from partners.profile_files import ConsentRule
from partners.profiling import profile_version
from privacy.access import opened, visible
from privacy.actor import Actor


@dataclass(frozen=True, slots=True)
class There:
    """Somebody who is expected at the item; `present` is None as long as nobody noted it."""

    pk: UUID
    name: str
    organisation: str
    guest: bool
    signed: bool
    present: bool | None


@dataclass(frozen=True, slots=True)
class Say:
    """An organisation that has a say, and what it finds."""

    pk: UUID
    name: str
    stance: str


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision; `rule` when the profile wants consent for it, and then whether it is taken."""

    pk: UUID
    text: str
    author: str
    version: int
    rule: ConsentRule | None
    says: tuple[Say, ...]
    taken: bool


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action as it was understood."""

    pk: UUID
    text: str
    owner: str
    organisation: str
    due_on: date
    due: str
    author: str
    version: int
    done: bool


@dataclass(frozen=True, slots=True)
class Live:
    """Everything that changes while the table talks. `stamp` is another one as soon as anything does."""

    stamp: str
    open: bool
    outcome: str
    there: tuple[There, ...]
    decisions: tuple[DecisionLine, ...]
    actions: tuple[ActionLine, ...]
    review_on: date | None
    review: str


def live_of(item: AgendaItem, *, by: Actor) -> Live:
    """What is typed and toggled at an item that was opened."""
    seats = list(opened(ItemSeat).filter(item=item).select_related("user", "organisation"))
    noted = list(opened(Attendance).filter(item=item))
    review = opened(ItemReview).filter(item=item).first()
    return Live(
        stamp=stamp(item, by=by),
        open=item.outcome == ItemOutcome.OPEN,
        outcome=ItemOutcome(item.outcome).label,
        there=(*_seated(item, seats, noted), *_guests(item, noted)),
        decisions=_decisions(item, seats, noted),
        actions=_actions(item),
        review_on=review.review_on if review else None,
        review=spoken_day(review.review_on) if review else "",
    )


def _seated(item: AgendaItem, seats: list[ItemSeat], noted: list[Attendance]) -> list[There]:
    present = {one.seat_id: one.present for one in noted}
    people = [seat.user_id for seat in seats]
    statements = SecrecyStatement.objects.filter(table=item.meeting.table_id, user__in=people)
    signed = set(statements.values_list("user", flat=True))
    return sorted(
        (There(s.pk, s.user.name, s.organisation.name, False, s.user_id in signed, present.get(s.pk)) for s in seats),
        key=lambda one: (one.organisation, one.name),
    )


def _guests(item: AgendaItem, noted: list[Attendance]) -> list[There]:
    present = {one.guest_id: one.present for one in noted}
    rows = opened(Guest).filter(item=item)
    return [
        There(guest.pk, guest.name, guest.organisation, True, guest.signed_on is not None, present.get(guest.pk))
        for guest in rows
    ]


def _decisions(item: AgendaItem, seats: list[ItemSeat], noted: list[Attendance]) -> tuple[DecisionLine, ...]:
    profile = profile_version(item.case.profile, item.case.profile_version)
    rows = opened(ItemDecision).filter(item=item, dropped_at__isnull=True).select_related("added_by")
    stances: dict[UUID, dict[UUID, str]] = {}
    for consent in opened(ItemConsent).filter(decision__item=item):
        stances.setdefault(consent.decision_id, {})[consent.organisation_id] = consent.stance
    here = {one.seat_id for one in noted if one.present}
    organisations = {seat.organisation for seat in seats if seat.pk in here}
    return tuple(_decision(row, profile.consent(row.asks), organisations, stances.get(row.pk, {})) for row in rows)


def _decision(
    row: ItemDecision, rule: ConsentRule | None, here: Iterable[Any], stances: dict[UUID, str]
) -> DecisionLine:
    asked = sorted((one for one in here if rule and one.kind in rule.who), key=lambda one: str(one.name))
    return DecisionLine(
        pk=row.pk,
        text=row.text,
        author=row.added_by.name,
        version=row.version,
        rule=rule,
        says=tuple(Say(one.pk, one.name, stances.get(one.pk, "")) for one in asked),
        taken=rule is None or taken({one.pk for one in asked}, stances),
    )


def _actions(item: AgendaItem) -> tuple[ActionLine, ...]:
    rows = opened(TableAction).filter(item=item, taken_back=False).order_by("added_at", "id")
    return tuple(action_line(row) for row in rows.select_related("user", "organisation", "added_by"))


def action_line(row: TableAction) -> ActionLine:
    """One action as it was understood."""
    return ActionLine(
        pk=row.pk,
        text=row.text,
        owner=row.user.name,
        organisation=row.organisation.name,
        due_on=row.due_on,
        due=spoken_day(row.due_on),
        author=row.added_by.name,
        version=row.version,
        done=row.ended_at is not None,
    )


def stamp(item: AgendaItem, *, by: Actor) -> str:
    """Tells two states of an item apart without opening anything: keys, versions and moments, no content."""
    found: list[Any] = [item.pk, item.outcome]
    decisions = visible(ItemDecision, by=by).filter(item=item).order_by("pk")
    found += decisions.values_list("pk", "version", "dropped_at")
    found += visible(ItemConsent, by=by).filter(decision__item=item).order_by("pk").values_list("pk", "stance")
    actions = visible(TableAction, by=by).filter(item=item).order_by("pk")
    found += actions.values_list("pk", "version", "status", "taken_back")
    found += visible(Attendance, by=by).filter(item=item).order_by("pk").values_list("pk", "present")
    found += visible(ItemSeat, by=by).filter(item=item).order_by("pk").values_list("pk", flat=True)
    found += visible(Guest, by=by).filter(item=item).order_by("pk").values_list("pk", "version")
    found += visible(ItemReview, by=by).filter(item=item).values_list("review_on", flat=True)
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16]


STANCES = tuple((stance.value, stance.label) for stance in Stance)
