"""A partner asks to put its case on the agenda; who directs it does, or says why not now."""

from __future__ import annotations

from datetime import datetime

from casework import states
from casework.models import AgendaItem, AgendaWish, Case, ItemOutcome, Meeting, MeetingStatus, Why
from casework.services import cases, contributions
from casework.services.disclosing import people_of
from casework.services.meetings import agenda
from casework.services.meetings.agenda import ItemInput, usual_seats
from partners.models import User
from partners.notices import tell
from partners.queries import regisseur_seats
from privacy import dossiers
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, CompartmentKind

TWICE = "Uw organisatie vroeg dit al. De regisseur moet nog antwoorden."
DONE = "Hierop is al geantwoord, misschien door een collega."


def next_open(case: Case, now: datetime) -> Meeting | None:
    """The next meeting of the table of this case whose agenda is not closed yet."""
    planned = Meeting.objects.filter(table=case.table_id, status=MeetingStatus.PLANNED, cutoff_at__gt=now)
    return planned.order_by("starts_at").first()


def why_not(case: Case, now: datetime) -> str:
    """Why nobody can ask it now; empty when it is possible."""
    if states.why_not_work(case):
        return states.why_not_work(case)
    if next_open(case, now) is None:
        return (
            "De agenda van het volgende overleg is gesloten, of er is nog geen overleg gepland. Bel de procesregisseur."
        )
    return ""


def ask(case: Case, reason: str, *, now: datetime, by: Actor) -> AgendaWish:
    """Asks to discuss the case at the next meeting; once at a time per organisation."""
    case = contributions.hold(case)
    against = why_not(case, now)
    require(not against, against)
    require(by.user_id in people_of(case, by.home), "Alleen een deelnemer aan deze casus kan dit vragen.")
    waiting = AgendaWish.objects.filter(case=case, organisation_id=by.home, answered_at__isnull=True)
    require(not waiting.exists(), TWICE)
    line = dossiers.part(case.dossier, CompartmentKind.LIAISON, by.home)
    wish = AgendaWish(dossier=case.dossier, compartment=line, case=case, organisation_id=by.home, user_id=by.user_id)
    wish.reason, wish.at = reason, now
    wish.save(force_insert=True)
    record.change("meeting.wished", dossier=case.dossier, obj=wish, action=AuditEntry.Action.CREATE, by=by)
    tell([seat.user_id for seat in regisseur_seats(case.table_id, now)], about=case.dossier_id)
    return wish


def _hold(wish: AgendaWish, by: Actor) -> tuple[Case, AgendaWish]:
    case = cases.lock_open(wish.case, by=by)
    held = AgendaWish.objects.select_for_update(of=("self",)).get(pk=wish.pk)
    require(held.answered_at is None, DONE)
    return case, held


def _settle(wish: AgendaWish, granted: bool, answer: str | None, *, now: datetime, by: Actor) -> None:
    wish.granted, wish.answer, wish.answered_at = granted, answer, now
    wish.save(update_fields=["granted", "answer", "answered_at"])
    record.change("meeting.wish_answered", dossier=wish.case.dossier, obj=wish, fields=["granted"], by=by)
    tell([wish.user_id], about=wish.dossier_id)


def grant(wish: AgendaWish, meeting: Meeting, given: ItemInput, *, now: datetime, by: Actor) -> AgendaItem:
    """Puts the case on the agenda, with who asked at it; what stands there already is only answered."""
    case, held = _hold(wish, by)
    held.case = case
    there = AgendaItem.objects.filter(meeting=meeting, case=case, outcome=ItemOutcome.OPEN).first()
    item = there or agenda.put_on(meeting, case, given, now=now, by=by)
    _settle(held, True, None, now=now, by=by)
    return item


def decline(wish: AgendaWish, answer: str, *, now: datetime, by: Actor) -> None:
    """Says why not now."""
    case, held = _hold(wish, by)
    held.case = case
    _settle(held, False, answer, now=now, by=by)


def as_asked(wish: AgendaWish, goal: str, minutes: int, *, now: datetime) -> ItemInput:
    """The item for what was asked: whoever takes part openly sits at it.

    That a partner asked is said of one that the others may know of.
    """
    seats = usual_seats(wish.case)
    open_ones = User.objects.filter(pk__in=[one.user for one in seats], organisation=wish.organisation_id)
    why = Why.ASKED if open_ones.exists() else Why.OTHER
    return ItemInput(why, goal, minutes, urgent=True, seats=seats)
