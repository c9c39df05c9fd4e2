"""What the desks of requests, breaches and review did, as counts: the database gives them to who accounts, unnamed."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from privacy.models import BreachRisk

Desks = dict[tuple[int, str], dict[str, int]]


@dataclass(frozen=True, slots=True)
class InTime:
    """How many there were, and how many of them were done in time."""

    all: int
    in_time: int


def desks() -> dict[str, InTime]:
    """Of the last year: requests answered, breaches reported within 72 hours, and looks judged."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM partners_desks_counted(%s)", [settings.TIME_ZONE])
        return {what: InTime(number, in_time) for what, number, in_time in cursor.fetchall()}


def of_years() -> Desks:
    """Requests of persons concerned and breaches of every year, by kind in words."""
    found: Desks = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM partners_desks_of_year(%s)", [settings.TIME_ZONE])
        for year, what, kind, number in cursor.fetchall():
            name = kind.capitalize() if what == "requests" else str(BreachRisk(kind).label)
            found.setdefault((year, what), {})[name] = number
    return found
