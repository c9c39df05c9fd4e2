"""Somebody leaves, today: log-in, sessions, password links, seats and access end in one transaction.

Nobody hands dossiers over but who directs them: a successor is proposed here, and invited by each regisseur.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from partners.models import CaseTable, Seat, User
from partners.notices import tell
from partners.queries import regisseur_seats, regisseurs_but
from partners.services.seats import end_seat, seat
from privacy import departures, jobs
from privacy.access import require
from privacy.actor import Actor
from privacy.roles import Role

DRAFTS_KEPT = timedelta(days=30)
DRAFTS = "leaver.drafts"  # the job that destroys what was never handed in; done by casework


def hand_on(
    user: User, *, successors: Mapping[UUID, User], regisseurs: Mapping[UUID, User], now: datetime, by: Actor
) -> None:
    """Proposes who takes over, per table, and seats the new procesregisseur where that is asked for.

    Raises Refused for a successor of another organisation or without a seat, and when a colleague was first.
    """
    _hold(user)
    for table_id, successor in regisseurs.items():
        seat(CaseTable.objects.get(pk=table_id), successor, Role.PROCESREGISSEUR, now=now, by=by)
    for table_id, successor in successors.items():
        sits = Seat.objects.valid_at(now).filter(table=table_id, user=successor, user__is_active=True).exists()
        require(
            sits and successor.organisation_id == user.organisation_id and successor.pk != user.pk,
            "Kies een opvolger van dezelfde organisatie met een zetel aan deze tafel.",
        )
        Seat.objects.filter(table=table_id, user=user, ended_at__isnull=True).update(successor=successor)


def _hold(user: User) -> User:
    """The account as it is stored, held until this transaction ends; raises Refused when a colleague was first."""
    stored = User.objects.select_for_update().get(pk=user.pk)
    require(stored.is_active, f"{user.name} is al uit dienst.")
    return stored


def open_seats(user: User) -> list[Seat]:
    """Seats that were not ended."""
    return list(Seat.objects.filter(user=user, ended_at__isnull=True))


def check_leaving(user: User, *, now: datetime) -> None:
    """Raises Refused when nobody would manage any more, or a table would be without procesregisseur.

    Tables and beheerders are held, so that of two who leave at once the second hears it.
    """
    if Role.BEHEERDER in _hold(user).roles:
        others = User.objects.select_for_update().filter(roles__contains=[Role.BEHEERDER], is_active=True)
        require(
            any(other.pk != user.pk for other in others.order_by("pk")),
            "Dit is de laatste beheerder. Geef eerst iemand anders deze rol.",
        )
    directed = {seat.table_id for seat in open_seats(user) if seat.role == Role.PROCESREGISSEUR}
    for table in CaseTable.objects.select_for_update().filter(pk__in=directed, active=True).order_by("pk"):
        require(
            regisseurs_but(table.pk, user.pk, now),
            f"{user.name} is de enige procesregisseur van {table.name}. Geef eerst iemand anders die zetel.",
        )


def close_account(user: User, *, by: Actor) -> None:
    """Ends everything of a person who may no longer log in; it works on the next request."""
    now, seats = timezone.now(), open_seats(user)
    tables = {one.table_id for one in seats}
    for one in seats:
        end_seat(one, by=by)
    departures.leave(user.pk, name=user.name, organisation=user.organisation.name, now=now, by=by)
    end_sessions(user, now)
    tell((left.user_id for table_id in tables for left in regisseur_seats(table_id, now)), about=None)
    jobs.enqueue(DRAFTS, user.pk, not_before=now + DRAFTS_KEPT, once=True)


def end_sessions(user: User, now: datetime, *, but: str | None = None) -> None:
    """Takes away every session of this person, `but` one. Sessions hold no name in the clear: each is looked into."""
    ended = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=now).exclude(pk=but).iterator(500)
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(pk__in=ended).delete()
