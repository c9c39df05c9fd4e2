"""What splitting, merging and joining share: the order of locks, and who hears of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from casework.models import Household, HouseholdCase
from casework.services import regie
from partners.notices import tell
from partners.queries import regisseur_seats
from privacy.actor import Actor


def hold_cases(*households: Household) -> set[UUID]:
    """Lets who invites to, ends or closes one of their cases wait; to be called before the households are held.

    Returns the dossiers of those that are open, also of a case that asks to join.
    """
    running: set[UUID] = set()
    with connection.cursor() as cursor:
        for dossier_id in sorted({household.dossier_id for household in households}):
            cursor.execute("SELECT casework_hold_cases(%s)", [dossier_id])
            running |= {row[0] for row in cursor.fetchall()}
    return running


def hold_exclusions(*households: Household) -> None:
    """Lets who excludes somebody or ends a seat wait; to be called after the households are held, before any row is."""
    with connection.cursor() as cursor:
        for household in households:
            cursor.execute("SELECT casework_hold_exclusions(%s)", [household.dossier_id])


def people_hear(household: Household, *, now: datetime, by: Actor) -> None:
    """The other procesregisseurs and the casusregisseur hear that something changed."""
    tables = HouseholdCase.objects.filter(household=household, until__isnull=True).values_list("table", flat=True)
    people = {seat.user_id for table in set(tables) for seat in regisseur_seats(table, now)}
    holder = regie.holder(household)
    if holder is not None:
        people.add(holder.user_id)
    tell(people - {by.user_id}, about=household.dossier_id)
