"""The agenda: putting cases on it, who sits at each, the order, publishing, and closing an item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import Max

from casework.circles import give_regie
from casework.models import (
    AgendaItem,
    AgendaPlace,
    Attendance,
    Case,
    ItemDecision,
    ItemOutcome,
    ItemQuestion,
    ItemReview,
    ItemSeat,
    Meeting,
    MeetingStatus,
    TableAction,
    Why,
)
from casework.services import cases, participants
from casework.services.disclosing import check_in_use, is_kept_back, taking_part
from casework.services.meetings.holding import hold_item, hold_open_meeting, require_leading
from casework.services.meetings.presence import note_presence
from casework.services.plans.holding import Changed
from partners.models import User
from partners.notices import tell
from privacy import dossiers, exclusions, grants
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.grants import Because
from privacy.models import AuditEntry, Compartment, CompartmentKind

# Access through an item ends when it closes; when nobody closes it, it ends by itself.
AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SeatInput:
    """Somebody who sits at an item, on which ground."""

    user: UUID
    ground: str


@dataclass(frozen=True, slots=True)
class ItemInput:
    """A case for an agenda. `urgent`: it can't wait, although the closing time is over."""

    why: Why
    goal: str = ""
    minutes: int = 15
    children: bool = False
    urgent: bool = False
    seats: Sequence[SeatInput] = field(default_factory=tuple)


def usual_seats(case: Case) -> list[SeatInput]:
    """Who sits at the items of a case by default: who takes part for everybody to know, and is not kept away."""
    away = exclusions.standing(case.dossier_id).values("user")
    there = taking_part(case).filter(compartment__kind=CompartmentKind.TABLE).exclude(user__in=away)
    return [SeatInput(one.user_id, one.ground) for one in there]


def _part_for_regie(case: Case, *, now: datetime, by: Actor) -> Compartment:
    made = dossiers.add_compartment(case.dossier, CompartmentKind.ITEM, organisation_id=by.home, by=by)
    give_regie([made], case.table_id, now=now, by=by)
    return made


def put_on(
    meeting: Meeting, case: Case, given: ItemInput, *, carried_from: AgendaItem | None = None, now: datetime, by: Actor
) -> AgendaItem:
    """Puts a case on the agenda, last. Nobody but the regie sees it before it is published."""
    case = cases.lock_open(case, by=by)
    meeting = hold_open_meeting(meeting, by=by)
    check_in_use(case.dossier_id)
    require(case.table_id == meeting.table_id, "Deze casus ligt bij een andere tafel.")
    require(
        now < meeting.cutoff_at or given.urgent or carried_from is not None,
        "De sluitingstijd van deze agenda is voorbij. Zeg dat dit punt niet kan wachten, of kies een later overleg.",
    )
    there = AgendaItem.objects.filter(meeting=meeting, case=case).exclude(outcome=ItemOutcome.WITHDRAWN)
    require(not there.exists(), "Deze casus staat al op de agenda van dit overleg.")
    item = AgendaItem(
        id=uuid4(),
        dossier=case.dossier,
        compartment=_part_for_regie(case, now=now, by=by),
        meeting=meeting,
        case=case,
        why=given.why,
        goal=given.goal or None,
        children=given.children,
        record=_part_for_regie(case, now=now, by=by),
        added_at=now,
        carried_from=carried_from,
    )
    item.save(force_insert=True)
    last = AgendaPlace.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"]
    AgendaPlace(
        dossier=case.dossier,
        compartment=dossiers.part(case.dossier, CompartmentKind.REGIE),
        item=item,
        meeting=meeting,
        position=0 if last is None else last + 1,
        minutes=given.minutes,
        urgent=now >= meeting.cutoff_at and carried_from is None,
    ).save(force_insert=True)
    for seat in given.seats:
        _seat(item, seat, now=now)
    record.change("meeting.item_added", dossier=case.dossier, obj=item, action=AuditEntry.Action.CREATE, by=by)
    return item


def _seat(item: AgendaItem, given: SeatInput, *, now: datetime) -> ItemSeat:
    """Somebody sits at an item: who takes part, or who may take part for as long as it is on the agenda."""
    user = User.objects.select_related("organisation").get(pk=given.user)
    there = taking_part(item.case).filter(user=user).select_related("compartment").first()
    if there is None:
        against = participants.why_not(item.case, user, given.ground, None, now)
        require(not against, against)
    else:
        require(not _kept_away(item.case, user), f"{user.name} is uitgesloten van deze casus. Kies een collega.")
        require(
            there.compartment.kind == CompartmentKind.TABLE,
            f"De andere deelnemers weten niet dat {user.name} meedoet. Deze persoon kan niet aanschuiven bij het punt.",
        )
    seat = ItemSeat(
        dossier=item.dossier,
        compartment_id=item.compartment_id,
        item=item,
        organisation=user.organisation,
        user=user,
        ground=there.ground if there else given.ground,
    )
    seat.save(force_insert=True)
    return seat


def seat(item: AgendaItem, given: SeatInput, *, now: datetime, by: Actor) -> ItemSeat:
    """Adds somebody to an item; when it is published already, that person sees it from now on."""
    item = hold_item(item, by=by)
    require(not item.seats.filter(user=given.user).exists(), "Deze persoon zit al bij dit punt.")
    made = _seat(item, given, now=now)
    record.change("meeting.seated", dossier=item.dossier, obj=item, fields=["seats"], ground=made.ground, by=by)
    if item.published_at is not None:
        _let_in(item, [made], now=now, by=by)
    return made


def unseat(seat: ItemSeat, *, now: datetime, by: Actor) -> None:
    """Takes somebody from an item; what that person got through it ends at once."""
    item = hold_item(seat.item, by=by)
    seat = ItemSeat.objects.select_related("item", "participation").get(pk=seat.pk, item=item)
    require(not hasattr(seat, "attendance"), "Van deze persoon is al genoteerd of die er was.")
    _let_out(item, [seat], now=now, by=by)
    record.change("meeting.unseated", dossier=item.dossier, obj=item, fields=["seats"], by=by)
    seat.delete()


def change(item: AgendaItem, given: ItemInput, *, seen: int, by: Actor) -> AgendaItem:
    """Changes what an item is for, how long it takes and whether it is about children. Its seats stay.

    `seen` is the version that was changed; raises Changed when a colleague was first.
    """
    item = hold_item(item, by=by)
    if item.version != seen:
        raise Changed
    item.why, item.goal, item.children = given.why, given.goal or None, given.children
    item.save(update_fields=["why", "goal", "children"])
    AgendaPlace.objects.filter(item=item).update(minutes=given.minutes)
    record.change("meeting.item_changed", dossier=item.dossier, obj=item, fields=["goal", "minutes", "why"], by=by)
    return item


def order(meeting: Meeting, items: Sequence[UUID], *, by: Actor) -> None:
    """Puts the items in this order; raises Refused when another set of items stands on the agenda by now."""
    meeting = hold_open_meeting(meeting, by=by)
    places = {place.item_id: place for place in AgendaPlace.objects.filter(meeting=meeting)}
    require(
        set(items) == set(places) and len(items) == len(places),
        "De agenda is intussen veranderd, misschien door een collega. Zet de punten opnieuw op volgorde.",
    )
    moved = [(places[pk], position) for position, pk in enumerate(items) if places[pk].position != position]
    for place, position in moved:
        place.position = position
        place.save(update_fields=["position"])
    if moved:
        record.change("meeting.ordered", fields=["order"], by=by)


def publish(meeting: Meeting, *, now: datetime, by: Actor) -> int:
    """Lets everybody see the items where they sit, and nothing else; returns how many became visible.

    What is put on later is published by publishing again, and so is what was restricted until then.
    """
    waiting = AgendaItem.objects.filter(meeting=meeting, published_at__isnull=True, outcome=ItemOutcome.OPEN)
    # Cases before the meeting: the order in which every act on an item holds them.
    held = {item.pk: cases.lock_open(item.case, by=by) for item in waiting.select_related("case").order_by("case")}
    meeting = hold_open_meeting(meeting, by=by)
    found = waiting.filter(pk__in=held).select_related("dossier")
    new = [item for item in found if not is_kept_back(item.dossier_id)]
    for item in new:
        item.case, item.meeting, item.published_at = held[item.pk], meeting, now
        item.save(update_fields=["published_at"])
        record.change("meeting.item_published", dossier=item.dossier, obj=item, fields=["published_at"], by=by)
        _let_in(item, item.seats.select_related("user__organisation"), now=now, by=by)
    if meeting.published_at is None:
        meeting.published_at = now
        meeting.save(update_fields=["published_at"])
    record.change("meeting.published", obj=meeting, fields=["published_at"], by=by)
    return len(new)


def _kept_away(case: Case, user: User) -> bool:
    """Whether somebody who takes part was excluded since."""
    return exclusions.standing(case.dossier_id).filter(user=user).exists()


def _let_in(item: AgendaItem, seats: Iterable[ItemSeat], *, now: datetime, by: Actor) -> None:
    """Who sits at a published item reads it, the case through it, and what its organisation is asked."""
    for one in seats:
        if not taking_part(item.case).filter(user=one.user_id).exists():
            _let_take_part(item, one, max(item.meeting.ends_at, now) + AFTER, now=now, by=by)
        because = access_of(item, one, now)
        assert because is not None  # who was just let in takes part
        grants.give([item.compartment], to=[one.user_id], level="view", because=because, by=by)
        let_answer(item, one, because, by=by)
        tell({one.user_id} - {by.user_id}, about=item.dossier_id)


def _let_take_part(item: AgendaItem, seat: ItemSeat, until: datetime, *, now: datetime, by: Actor) -> None:
    """Begins taking part for an item alone; raises Refused with the number of the case when that became impossible."""
    against = participants.why_not(item.case, seat.user, seat.ground, until, now)
    require(not against, f"{item.dossier.reference}: {against} Haal deze persoon van het punt.")
    invited = participants.invite(item.case, seat.user, ground=seat.ground, until=until, now=now, by=by)
    seat.participation = invited.participation
    seat.save(update_fields=["participation"])


def access_of(item: AgendaItem, seat: ItemSeat, now: datetime) -> Because | None:
    """Why and until when somebody has access through an item: no longer than taking part, and so than the seat lasts.

    None for who takes part no more.
    """
    there = taking_part(item.case).filter(user=seat.user_id).first()
    if there is None:
        return None
    until = max(item.meeting.ends_at, now) + AFTER
    return Because(seat.ground, item.key, min(until, there.until or until))


def let_answer(item: AgendaItem, seat: ItemSeat, because: Because, *, by: Actor) -> None:
    """Lets somebody read what the own organisation is asked about an item; who reads it may answer."""
    asked = ItemQuestion.objects.filter(item=item, organisation=seat.organisation_id).select_related("compartment")
    for question in asked:
        question.compartment.dossier = item.dossier
        grants.give([question.compartment], to=[seat.user_id], level="view", because=because, by=by)


def _let_out(item: AgendaItem, seats: Iterable[ItemSeat], *, now: datetime, by: Actor) -> None:
    for one in seats:
        grants.end(item.key, dossier_id=item.dossier_id, person=one.user_id, by=by)
        begun = one.participation
        if begun is not None and begun.ended_at is None:
            participants.end_participation(begun, now=now, by=by)
            _elsewhere(item, one, now=now, by=by)


def _elsewhere(item: AgendaItem, seat: ItemSeat, *, now: datetime, by: Actor) -> None:
    """Who also sits at an item of this case on another agenda, takes part through that one from now on."""
    open_ones = AgendaItem.objects.filter(case=item.case_id, outcome=ItemOutcome.OPEN, published_at__isnull=False)
    others = ItemSeat.objects.filter(item__in=open_ones.exclude(pk=item.pk), user=seat.user_id)
    for one in others.select_related("item__meeting", "item__dossier", "item__case__dossier", "user__organisation"):
        if _still(one.item.case, one, now):  # a seat or covenant that is over must not keep this item open
            _let_in(one.item, [one], now=now, by=by)


def close_item(item: AgendaItem, outcome: ItemOutcome, *, now: datetime, by: Actor) -> AgendaItem:
    """Closes an item: access through it ends at once. Who takes part in the case for longer keeps that."""
    require(outcome != ItemOutcome.OPEN, "Kies hoe dit punt eindigt.")
    item = hold_item(item, by=by)
    _close(item, outcome, now=now, by=by)
    return item


def _close(item: AgendaItem, outcome: ItemOutcome, *, now: datetime, by: Actor) -> None:
    item.outcome, item.closed_at = outcome, now
    item.save(update_fields=["outcome", "closed_at"])
    record.change("meeting.item_closed", dossier=item.dossier, obj=item, fields=["outcome"], by=by)
    note_presence(item)
    _let_out(item, item.seats.select_related("participation__case__dossier"), now=now, by=by)
    grants.end(item.key, dossier_id=item.dossier_id, by=by)
    if outcome == ItemOutcome.WITHDRAWN:
        AgendaPlace.objects.filter(item=item).delete()


def _spoken_of(item: AgendaItem) -> bool:
    """Whether something was noted at an item: then it belongs in the minutes."""
    return (
        ItemDecision.objects.filter(item=item, dropped_at__isnull=True).exists()
        or TableAction.objects.filter(item=item, taken_back=False).exists()
        or ItemReview.objects.filter(item=item).exists()
        or Attendance.objects.filter(item=item).exists()
    )


def take_off(item: AgendaItem, *, now: datetime, by: Actor) -> None:
    """Takes an item off the agenda, unless something was noted there: that would be in no minutes."""
    item = hold_item(item, by=by)
    require(not _spoken_of(item), "Bij dit punt is al iets vastgelegd. Sluit het punt in het overleg af.")
    _close(item, ItemOutcome.WITHDRAWN, now=now, by=by)


def case_closes(case: Case, *, now: datetime, by: Actor) -> None:
    """A case that closes leaves the agendas on which it still stands: part of closing it."""
    standing = AgendaItem.objects.filter(case=case, outcome=ItemOutcome.OPEN)
    for item in standing.select_related("dossier", "meeting", "case__dossier"):
        _close(item, ItemOutcome.WITHDRAWN, now=now, by=by)


def carry(item: AgendaItem, *, now: datetime, by: Actor) -> AgendaItem | None:
    """Closes an item that was not finished, and puts it on the next planned agenda of the table with who sat there.

    None when no next meeting is planned: then it is proposed for the next agenda that is. A case that stands on that
    agenda already is not put there twice.
    """
    held = close_item(item, ItemOutcome.CARRIED, now=now, by=by)
    later = next_meeting(held.meeting)
    if later is None:
        return None
    there = AgendaItem.objects.filter(meeting=later, case=held.case).exclude(outcome=ItemOutcome.WITHDRAWN).first()
    if there is not None:
        return _goes_on_from(there, held)
    seats = [SeatInput(one.user_id, one.ground) for one in held.seats.all() if _still(held.case, one, now)]
    place = AgendaPlace.objects.get(item=held)
    given = ItemInput(Why.CARRIED, held.goal or "", place.minutes, held.children, True, seats)
    return put_on(later, held.case, given, carried_from=held, now=now, by=by)


def _goes_on_from(item: AgendaItem, before: AgendaItem) -> AgendaItem:
    if item.carried_from_id is None:
        item.carried_from = before
        item.save(update_fields=["carried_from"])
    return item


def _still(case: Case, seat: ItemSeat, now: datetime) -> bool:
    """Whether somebody who sat at an item may sit there again: taking part now, or able to."""
    there = taking_part(case).filter(user=seat.user_id).select_related("compartment").first()
    if there is not None:
        return there.compartment.kind == CompartmentKind.TABLE and not _kept_away(case, seat.user)
    return participants.why_not(case, seat.user, seat.ground, None, now) == ""


def next_meeting(meeting: Meeting) -> Meeting | None:
    """The next planned meeting of the same table."""
    later = Meeting.objects.filter(
        table=meeting.table_id, status=MeetingStatus.PLANNED, starts_at__gt=meeting.starts_at
    )
    return later.order_by("starts_at").first()


def open_meeting(meeting: Meeting, *, now: datetime, by: Actor) -> Meeting:
    """Begins holding a meeting; doing it twice is the same as once."""
    require_leading(meeting.table_id, by=by)
    held = hold_open_meeting(meeting, by=by)
    if held.status == MeetingStatus.PLANNED:
        held.status, held.opened_at = MeetingStatus.RUNNING, now
        held.save(update_fields=["status", "opened_at"])
        record.change("meeting.opened", obj=held, fields=["status"], by=by)
    return held
