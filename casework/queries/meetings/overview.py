"""How often tables meet, what they did not reach and how long cases wait: counts of a year, without content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter

from django.db import connection

from partners.models import CaseTable

YEAR = timedelta(days=365)
# Order in the address: what it sorts on, and whether the biggest comes first.
ORDERS = {
    "tafel": ("name", False),
    "tafel-om": ("name", True),
    "gepland": ("planned", False),
    "gepland-om": ("planned", True),
    "gehouden": ("held", False),
    "gehouden-om": ("held", True),
    "afgezegd": ("cancelled", False),
    "afgezegd-om": ("cancelled", True),
    "niet-bereikt": ("unreached", False),
    "niet-bereikt-om": ("unreached", True),
    "wachttijd": ("waited", False),
    "wachttijd-om": ("waited", True),
}


@dataclass(frozen=True, slots=True)
class TableCounts:
    """One table. `lead_days` is None when too few cases lie behind it to say."""

    name: str
    area: str
    planned: int
    held: int
    cancelled: int
    unreached: int
    lead_days: int | None

    @property
    def waited(self) -> int:
        """To sort by: what is not known stands below everything."""
        return -1 if self.lead_days is None else self.lead_days


def overseen(order: str, now: datetime) -> list[TableCounts]:
    """The tables that the reader may oversee; the database says which, and counts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_tables_met(%s, %s)", [now - YEAR, now])
        counts = {row[0]: row[1:] for row in cursor.fetchall()}
    tables = CaseTable.objects.filter(pk__in=list(counts)).order_by("name")
    rows = [TableCounts(table.name, table.area, *counts[table.pk]) for table in tables]
    field, turned = ORDERS.get(order, ORDERS["tafel"])
    return sorted(rows, key=attrgetter(field), reverse=turned)
