"""Handing the regie over: offered with a reason, and taken by the receiver's own word. Until then nothing changes."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from casework.circles import household_line
from casework.models import Case, Handover, Household, RegieKind
from casework.services import regie
from casework.services.cases import assign_regie, lock_open
from partners.models import User
from partners.notices import tell
from partners.queries import regisseur_seats
from privacy import dossiers, exclusions, jobs
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import Refused
from privacy.models import AuditEntry, CompartmentKind

LAPSES = "regie.offer_lapses"
OVER = "Dit aanbod is er niet meer: het is beantwoord, teruggenomen of verlopen. Open de pagina opnieuw."
WAITING = "Er staat al een aanbod open. Wacht op het antwoord, of neem het eerst terug."
HAS = "{} heeft de regie al."
# What `casework_take_over` answers when it changed nothing.
REFUSALS = {
    "over": OVER,
    "has": "U hebt de regie al.",
    "gone": "U doet niet meer mee aan een casus over dit gezin. De procesregisseur kiest iemand anders.",
    "directs": "U bent procesregisseur van een casus over dit gezin en kunt daarom geen casusregisseur worden.",
}
NO_SEAT = "Kies een andere procesregisseur van deze tafel."


def offer(household: Household, to: User, reason: str, *, now: datetime, by: Actor) -> Handover:
    """Offers the regie of a household to a participant, by who has it or a procesregisseur.

    Raises Refused when an offer stands, or when this person may not become casusregisseur.
    """
    dossiers.one_at_a_time(household.dossier_id)
    held = regie.holder(household)
    if held is None:
        raise Refused("Dit gezin heeft geen lopende regie meer.")
    require(held.user_id != to.pk or held.vacant_since is not None, HAS.format(to.name))
    regie.check(household, to.pk, now=now)
    _make_room(Handover.objects.filter(household=household), now)
    line = household_line(household, to.organisation_id, now=now, by=by)
    made = Handover(dossier=household.dossier, compartment=line, household=household, to=to, reason=reason)
    return _offered(made, "household.regie_offered", now, by)


def offer_process(case: Case, to: User, reason: str, *, now: datetime, by: Actor) -> Handover:
    """Offers the process of a case to another procesregisseur of its table."""
    case = lock_open(case, by=by)
    held = case.regie.filter(kind=RegieKind.PROCESS, until__isnull=True).first()
    require(held is None or held.user_id != to.pk or held.vacant_since is not None, HAS.format(to.name))
    _check_process(case, to.pk, now)
    _make_room(Handover.objects.filter(case=case), now)
    part = dossiers.part(case.dossier, CompartmentKind.REGIE)
    made = Handover(dossier=case.dossier, compartment=part, case=case, to=to, reason=reason)
    return _offered(made, "case.regie_offered", now, by)


def _check_process(case: Case, user_id: UUID, now: datetime) -> None:
    seats = regisseur_seats(case.table_id, now)
    require(any(seat.user_id == user_id and seat.user.is_active for seat in seats), NO_SEAT)
    require(not exclusions.standing(case.dossier_id).filter(user=user_id).exists(), NO_SEAT)


def _make_room(rows: QuerySet[Handover], now: datetime) -> None:
    """An offer that nobody answered in time makes room for a new one."""
    standing = rows.select_for_update(of=("self",)).filter(answered_at__isnull=True).first()
    if standing is not None:
        require(standing.lapsed(now), WAITING)
        standing.answered_at = now
        standing.save(update_fields=["answered_at"])


def _offered(made: Handover, event: str, now: datetime, by: Actor) -> Handover:
    made.offered_by_id, made.offered_at = by.user_id, now
    made.expires_at = now + timedelta(days=settings.REGIE_OFFER_DAYS)
    made.save(force_insert=True)
    record.change(event, dossier=made.dossier, obj=made, action=AuditEntry.Action.CREATE, by=by)
    tell([made.to_id], about=made.dossier_id)
    jobs.enqueue(LAPSES, made.pk, not_before=made.expires_at)
    return made


def accept(handover: Handover, *, by: Actor) -> None:
    """Takes the regie: the one before ends at that very moment, with the access that came with it."""
    require(handover.to_id == by.user_id, "Dit aanbod is niet aan u gedaan.")
    before = exclusions.regie_of(handover.dossier_id)
    if handover.case is not None:
        _accept_process(handover, handover.case, by)
    else:
        _accept_household(handover, by)
    tell({*before, handover.offered_by_id} - {by.user_id}, about=handover.dossier_id)


def _accept_household(handover: Handover, by: Actor) -> None:
    # Whoever closes, merges or hands over holds this first too; without it the two would wait for each other's rows.
    dossiers.one_at_a_time(handover.dossier_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_take_over(%s)", [handover.pk])
        said = cursor.fetchone()[0]
    require(said == "done", REFUSALS.get(said, OVER))
    record.change("household.regie", dossier=handover.dossier, obj=handover, fields=["accepted", "regie"], by=by)


def _accept_process(handover: Handover, case: Case, by: Actor) -> None:
    case = lock_open(case, by=by)
    now = timezone.now()  # after waiting for who was first
    row = _standing(handover)
    require(not row.lapsed(now), OVER)
    _check_process(case, by.user_id, now)
    assign_regie(case, RegieKind.PROCESS, by.user_id, now=now, by=by)
    row.answered_at, row.accepted = now, True
    row.save(update_fields=["answered_at", "accepted"])
    record.change("case.regie", dossier=case.dossier, obj=row, fields=["accepted", "regie"], by=by)


def _standing(handover: Handover) -> Handover:
    """The offer, locked, that nobody answered yet."""
    rows = Handover.objects.select_for_update(of=("self",)).select_related("dossier")
    row = rows.filter(pk=handover.pk, answered_at__isnull=True).first()
    if row is None:
        raise Refused(OVER)
    return row


def decline(handover: Handover, answer: str, *, now: datetime, by: Actor) -> None:
    """Says no, with a reason that who offered it reads."""
    require(handover.to_id == by.user_id, "Dit aanbod is niet aan u gedaan.")
    row = _standing(handover)
    row.answered_at, row.accepted, row.answer = now, False, answer
    row.save(update_fields=["answered_at", "accepted", "answer"])
    record.change("regie.declined", dossier=row.dossier, obj=row, fields=["accepted", "answer"], by=by)
    tell([row.offered_by_id], about=row.dossier_id)


def take_back(handover: Handover, *, now: datetime, by: Actor) -> None:
    """Takes an offer back that was not answered; the database lets who may make one."""
    row = _standing(handover)
    row.answered_at = now
    row.save(update_fields=["answered_at"])
    record.change("regie.taken_back", dossier=row.dossier, obj=row, fields=["answered_at"], by=by)
    tell([row.to_id], about=row.dossier_id)


def name_contact(household: Household, person: UUID | None, *, by: Actor) -> None:
    """Whom the family calls; None is the casusregisseur. The database lets only who works on the whole plan."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_name_contact(%s, %s)", [household.pk, person])
        named = bool(cursor.fetchone()[0])
    require(named, regie.NOT_THERE)
    record.change("household.contact", dossier=household.dossier, obj=household, fields=["contact"], by=by)


def lapsed(handover_id: UUID, *, by: Actor) -> None:
    """Nobody answered in time: who offered it and who directs hear of it. Nothing when it was answered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT dossier, person FROM casework_offer_lapsed(%s)", [handover_id])
        people = cursor.fetchall()
    for dossier_id in {dossier for dossier, _ in people}:
        record.change("regie.offer_lapsed", dossier_id=dossier_id, fields=["expires_at"], by=by)
        tell([person for _, person in people], about=dossier_id)
