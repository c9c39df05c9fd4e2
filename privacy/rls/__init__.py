"""Row level security and the content-free trigger, as SQL (wall 2). Used by migrations; tests read it back.

One rule for every table inside a dossier: a row is there for who holds a valid grant on its compartment. The grant
table shows only the reader's own valid rows, so validity is spelled once. `OFFSET 0` keeps the planner from hashing
the whole grant table (performance.md).
"""

from __future__ import annotations

from privacy.rls.spelling import APP, AUDIT, MAINTENANCE
from privacy.rls.tables import (
    as_maintenance,
    definer,
    force,
    only_owner_changes,
    only_regie_adds,
    only_regie_writes,
    only_regie_writes_once_founded,
    protect,
    protection,
    watch,
)

__all__ = [
    "APP",
    "AUDIT",
    "MAINTENANCE",
    "as_maintenance",
    "definer",
    "force",
    "only_owner_changes",
    "only_regie_adds",
    "only_regie_writes",
    "only_regie_writes_once_founded",
    "protect",
    "protection",
    "watch",
]
