"""Open cases whose term is over: who directs one closes it, or else an officer says that it goes.

The database holds that none goes without either (privacy/rls/open_cases.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.calling import rows_of, value_of
from privacy.errors import NotKnown
from privacy.models import OpenReason
from privacy.retention.terms import table_name

OVERTAKEN = "Dit kan niet meer: de casus is intussen gesloten, of een collega was u voor. Bekijk de pagina opnieuw."


@dataclass(frozen=True, slots=True)
class StillOpen:
    """One of them: its number, its table, and the day on which it should have gone."""

    pk: UUID
    reference: str
    table: str
    goes_on: date


def _over() -> list[StillOpen]:
    over = rows_of("privacy_open_over")
    return [StillOpen(pk, number, table_name(str(table or "")), day) for pk, number, table, day in over]


def still_open(*, by: Actor) -> list[StillOpen]:
    """The ones that an officer has to see, the one that is longest over first; logged before they are shown."""
    rows = _over()
    seen = record.Seen(tuple(row.pk for row in rows), tuple(row.reference for row in rows))
    record.look("retention.read", seen=seen, by=by)
    return rows


def let_go(pk: UUID, reason: OpenReason, *, by: Actor) -> str:
    """Says that this one may go on a list though nobody closed it; gives its number. Raises NotKnown or Refused."""
    found = next((row for row in _over() if row.pk == pk), None)
    if found is None:
        raise NotKnown
    require(value_of("privacy_open_goes", pk, reason), OVERTAKEN)
    record.change("retention.open_goes", dossier_id=pk, fields=[reason], by=by)
    return found.reference
