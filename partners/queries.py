"""Questions about tables, seats and covenants. Nothing here is about a dossier, so no grant is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from partners.models import CaseTable, Covenant, Organisation, Seat, StagnationSettings, User
from privacy.roles import Role


def regisseur_seats(table_id: UUID, now: datetime) -> list[Seat]:
    """Seats of the procesregisseurs of a table that count now."""
    return list(Seat.objects.valid_at(now).filter(table_id=table_id, role=Role.PROCESREGISSEUR))


def seat_ends(seats: Iterable[Seat]) -> dict[UUID, datetime | None]:
    """Until when each person sits: the longest of several seats, None for as long as nobody ends it."""
    found: dict[UUID, datetime | None] = {}
    for seat in seats:
        ends = (seat.valid_until, found.get(seat.user_id, seat.valid_until))
        found[seat.user_id] = None if None in ends else max(end for end in ends if end)
    return found


def regisseurs_to_be(table_id: UUID, now: datetime) -> set[UUID]:
    """Who directs a table, also from a later day on."""
    seats = Seat.objects.filter(table_id=table_id, role=Role.PROCESREGISSEUR, ended_at__isnull=True)
    return set(seats.exclude(valid_until__lte=now).values_list("user_id", flat=True))


def casusregie_at(table_id: UUID, person: UUID) -> int:
    """Of how many dossiers at a table somebody is casusregisseur: a count, which the database tells a beheerder."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_casusregisseur_at(%s, %s)", [table_id, person])
        return int(cursor.fetchone()[0])


def open_cases_at(tables: list[UUID]) -> dict[UUID, int]:
    """How many open cases each of these tables has: counts, which the database tells a beheerder."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_id, counted FROM casework_open_at(%s)", [tables])
        return dict(cursor.fetchall())


def regisseurs_but(table_id: UUID, person: UUID, now: datetime) -> bool:
    """Whether somebody else directs this table now and can log in."""
    seats = Seat.objects.valid_at(now).filter(table_id=table_id, role=Role.PROCESREGISSEUR, user__is_active=True)
    return seats.exclude(user_id=person).exists()


def successor_of(person: UUID, table_id: UUID, now: datetime) -> User | None:
    """Who was proposed to take over from a person at a table, as long as that one sits there and can log in."""
    left = Seat.objects.filter(user_id=person, table_id=table_id, successor__isnull=False).order_by("-ended_at").first()
    if left is None or left.successor_id is None:
        return None
    there = Seat.objects.valid_at(now).filter(table_id=table_id, user__is_active=True)
    return User.objects.select_related("organisation").filter(pk=left.successor_id, seats__in=there).first()


def hold_seats(table_id: UUID) -> None:
    """Keeps the regie of a table as it is until this transaction ends: what is made now reaches every regisseur.

    Whoever gives a seat at that moment waits, and then hands over what was made; without it both would miss the other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM partners_casetable WHERE id = %s FOR SHARE", [table_id])


def bound_organisations(theme: str, on: date) -> QuerySet[Organisation]:
    """Active organisations that a covenant binds for this theme on this day."""
    covenants = Covenant.objects.valid_on(on).filter(themes__contains=[theme])
    return Organisation.objects.filter(active=True, covenants__in=covenants).distinct()


def is_bound(organisation_id: UUID, theme: str, on: date) -> bool:
    """Whether a covenant binds this organisation for this theme on this day."""
    return Covenant.objects.valid_on(on).between(organisation_id, theme).exists()


def covered_categories(organisation_id: UUID, theme: str, on: date) -> frozenset[str]:
    """The categories of data that covenants in force let this organisation bring to tables of this theme."""
    covenants = Covenant.objects.valid_on(on).between(organisation_id, theme)
    return frozenset(category for covenant in covenants for category in covenant.categories)


def tables_for(organisation_id: UUID, on: date) -> list[CaseTable]:
    """Active tables to which this organisation may hand in signals."""
    tables = CaseTable.objects.filter(active=True)
    return [table for table in tables if is_bound(organisation_id, table.theme, on)]


def seated_people(table: CaseTable, now: datetime) -> QuerySet[User]:
    """Active people with a seat at the table now, of organisations that are bound for its theme."""
    seats = Seat.objects.valid_at(now).filter(table=table)
    return (
        User.objects.filter(
            is_active=True, seats__in=seats, organisation__in=bound_organisations(table.theme, now.date())
        )
        .select_related("organisation")
        .order_by("organisation__name", "name")
        .distinct()
    )


def table_in_use(table_id: UUID) -> bool:
    """Whether a table has dossiers: the one bit that is told to who may see none of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT partners_table_in_use(%s)", [table_id])
        return bool(cursor.fetchone()[0])


def limits_of(tables: Iterable[UUID]) -> dict[UUID, StagnationSettings]:
    """When something counts as stuck at each of these tables; the defaults for a table that nobody set."""
    wanted = set(tables)
    kept = {row.table_id: row for row in StagnationSettings.objects.filter(table__in=wanted)}
    return {table: kept.get(table) or StagnationSettings(table_id=table) for table in wanted}
