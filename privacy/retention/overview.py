"""What the officers' pages show: counts and numbers of dossiers, and nothing of what is in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from privacy import desks
from privacy.access import visible
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import Desk, DestructionLine, DestructionList, DossierKind, Hold, HoldText, LineState
from privacy.retention import holds
from privacy.retention.terms import SOON

MOST = 100


@dataclass(frozen=True, slots=True)
class Going:
    """How many dossiers of each kind go in one month; without a month: those whose time has come."""

    month: date | None
    kinds: tuple[tuple[str, int], ...]

    @property
    def number(self) -> int:
        return sum(number for _, number in self.kinds)


def going(today: date) -> list[Going]:
    """What is due and what goes in the coming months, as counts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM privacy_going(%s)", [today + SOON])
        rows: list[tuple[date | None, str, int]] = cursor.fetchall()
    months = dict.fromkeys(month for month, _, _ in rows)
    return [
        Going(month, tuple((DossierKind(kind).label, number) for at, kind, number in rows if at == month))
        for month in months
    ]


def lists(*, by: Actor) -> list[DestructionList]:
    """The lists, newest first, with how many lines wait, went and stayed."""
    counts: dict[str, Any] = {
        name: Count("lines", filter=Q(lines__state__in=states))
        for name, states in (
            ("waits", [LineState.WAITS]),
            ("gone", [LineState.DONE]),
            ("stayed", [LineState.KEPT, LineState.REFUSED]),
        )
    }
    return list(DestructionList.objects.annotate(**counts)[:MOST])


def files(*, by: Actor) -> list[Hold]:
    """Holds and objections that stand, for who holds the desk; what lay there before comes along."""
    desks.take_up(Desk.RETENTION, by=by)
    rows = list(holds.standing_holds(by=by)[:MOST])
    seen = record.Seen(tuple(row.about_id for row in rows), tuple(row.reference for row in rows))
    record.look("retention.read", seen=seen, by=by)
    return rows


def shown(made: DestructionList, *, by: Actor) -> list[DestructionLine]:
    """The lines of a list; looking at them is logged first."""
    rows = list(DestructionLine.objects.filter(list=made))
    named = [row for row in rows if row.reference]
    seen = record.Seen(tuple(row.dossier_id for row in named), tuple(row.reference for row in named))
    record.look("retention.read", seen=seen, object_pk=str(made.pk), by=by)
    return rows


def texts_of(hold: Hold, *, by: Actor) -> list[HoldText]:
    """What was written about it, for who holds the key."""
    return list(visible(HoldText, by=by).filter(hold=hold).select_related("author"))
