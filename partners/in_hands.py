"""What is in the hands of who leaves, for the beheerder: seats by name, work as counts, and who could take over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from partners import managing
from partners.models import CaseTable, Seat, User
from partners.queries import regisseurs_but
from privacy.roles import Role

WHAT = {
    "participations": ("deelname aan een open casus", "deelnames aan open casussen"),
    "regie": ("keer casusregisseur", "keer casusregisseur"),
    "asked": ("vraag van een regisseur die nog wacht", "vragen van een regisseur die nog wachten"),
    "drafts": ("concept", "concepten"),
}


@dataclass(frozen=True, slots=True)
class AtTable:
    """One table: who could take over there, and whether a procesregisseur must come."""

    table: CaseTable
    colleagues: tuple[User, ...]
    needs_regisseur: bool
    regisseurs: tuple[User, ...]


def counts(people: Iterable[UUID]) -> dict[tuple[UUID | None, str], int]:
    """How much is in the hands of these people, per table; the database tells a beheerder, and only counts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_id, what, counted FROM partners_in_hands(%s)", [list(people)])
        return {(table_id, what): counted for table_id, what, counted in cursor.fetchall() if counted}


def totals(people: Iterable[UUID]) -> list[tuple[int, str]]:
    """The same over all tables, in words."""
    found = counts(people)
    summed = {what: sum(n for (_, kind), n in found.items() if kind == what) for what in WHAT}
    return [(summed[what], words[summed[what] > 1]) for what, words in WHAT.items() if summed[what]]


def _colleagues(user: User, seats: QuerySet[Seat]) -> tuple[User, ...]:
    same = User.objects.filter(seats__in=seats, is_active=True, organisation=user.organisation_id)
    return tuple(same.exclude(pk=user.pk).distinct().order_by("name"))


def tables_of(user: User, now: datetime) -> list[AtTable]:
    """The tables where this person sits."""
    seats = Seat.objects.filter(user=user, ended_at__isnull=True).select_related("table")
    roles: dict[CaseTable, set[str]] = {}
    for seat in seats.order_by("table__name"):
        roles.setdefault(seat.table, set()).add(seat.role)
    return [_at(user, table, Role.PROCESREGISSEUR in held, now) for table, held in roles.items()]


def _at(user: User, table: CaseTable, directs: bool, now: datetime) -> AtTable:
    needs = directs and table.active and not regisseurs_but(table.pk, user.pk, now)
    others = managing.who_may_sit(table, timezone.localdate(now)).filter(organisation=user.organisation_id)
    return AtTable(
        table,
        _colleagues(user, Seat.objects.valid_at(now).filter(table=table)),
        needs,
        tuple(others.exclude(pk=user.pk)) if needs else (),
    )
