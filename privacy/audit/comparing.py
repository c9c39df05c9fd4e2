"""Comparing two accounts of the same: the trigger's rows, which nobody can avoid, and the log, which people read.

Every transaction that changed a row inside a dossier has an entry; every entry of a change in a dossier changed
something. Both come from one transaction, so that nothing is ever half way; no clock decides what belongs together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg import Connection

from privacy.audit.findings import spoken

# Longer than any transaction: what bears an older moment may have been committed after the last comparison.
OVERLAP = timedelta(days=1)
SHOWN = 50
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)

_WITHOUT_ENTRY = """
SELECT r.xact, min(r.at), count(*), min(r.table_name), min(r.database_role) FROM privacy_rowchange r
WHERE r.at >= %(since)s AND NOT EXISTS (SELECT 1 FROM privacy_auditentry e
    WHERE e.xact = r.xact AND e.timestamp >= %(before)s)
GROUP BY r.xact ORDER BY 2
"""
# A table is watched when it has the trigger; the object of an entry names its table.
_WITHOUT_ROWS = """
SELECT e.xact, e.timestamp, e.event FROM privacy_auditentry e
WHERE e.xact IS NOT NULL AND e.timestamp >= %(since)s
    AND (e.event LIKE 'dossier.%%' OR replace(e.object_type, '.', '_') IN (
        SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname = c.relname || '_watch'))
    AND NOT EXISTS (SELECT 1 FROM privacy_rowchange r WHERE r.xact = e.xact AND r.at >= %(before)s)
ORDER BY e.timestamp
"""
_SEEN = "SELECT count(DISTINCT xact) FROM privacy_rowchange WHERE at >= %(since)s"


@dataclass
class Difference:
    """How many transactions were looked at, and what differs."""

    transactions: int = 0
    wrong: int = 0
    sentences: list[str] = field(default_factory=list)

    def add(self, sentence: str) -> None:
        """Counts a difference; keeps the first ones."""
        self.wrong += 1
        if len(self.sentences) < SHOWN:
            self.sentences.append(sentence)


def compare(connection: Connection[Any], since: datetime | None) -> Difference:
    """Compares what was written since a moment; from the beginning without one. 0 differences is right.

    Numbers of transactions begin anew in a restored database; only moments near each other are matched, so that an
    old number does not answer for a new one.
    """
    found = Difference()
    from_then = since - OVERLAP if since else BEGINNING
    window = {"since": from_then, "before": from_then - OVERLAP}
    ((found.transactions,),) = connection.execute(_SEEN, window).fetchall()
    for xact, at, count, table, role in connection.execute(_WITHOUT_ENTRY, window):
        who = f"{count} wijzigingen in {table} door {role}"
        found.add(f"{spoken(at)}: {who}, zonder regel in het logboek (transactie {xact}).")
    for xact, at, event in connection.execute(_WITHOUT_ROWS, window):
        found.add(f"{spoken(at)}: een regel '{event}' zonder wijziging in een dossier (transactie {xact}).")
    return found
