"""The priority list of the tables that somebody directs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework.models import Case, CaseFace, Priority
from casework.theme_files import Theme
from casework.theming import theme_version
from privacy.access import opened, visible
from privacy.actor import Actor
from privacy.models import CompartmentKind
from privacy.unlock import unlock


@dataclass(frozen=True, slots=True)
class Listed:
    """A case on the list."""

    case: UUID
    reference: str
    name: str
    table: str
    criterion: str
    reason: str
    since: datetime
    by: str


def _label(case: Case, criterion: str) -> str:
    theme: Theme = theme_version(case.theme, case.theme_version)
    return theme.label_of(theme.priority, criterion)


def priority_list(*, by: Actor) -> list[Listed]:
    """Who directs reads the list of the own tables, longest first; logged as a list."""
    rows = list(
        visible(Priority, by=by)
        .filter(until__isnull=True)
        .select_related("dossier", "case__table", "by")
        .order_by("since", "id")
    )
    seen = {row.dossier_id: row.dossier.reference for row in rows}
    parts = [CompartmentKind.TABLE, CompartmentKind.REGIE]
    unlock(seen, event="list", parts=parts, also_seen=seen.items(), by=by)
    names = {face.case_id: face.short_name for face in opened(CaseFace)}
    return [
        Listed(
            row.case_id,
            row.dossier.reference,
            names.get(row.case_id, ""),
            row.case.table.name,
            _label(row.case, row.criterion),
            row.reason,
            row.since,
            row.by.name,
        )
        for row in rows
    ]


def priorities_at(table_id: UUID, *, by: Actor) -> dict[UUID, str]:
    """Which cases of a table stand on the list, each with the words of its criterion; nothing is opened."""
    rows = visible(Priority, by=by).filter(case__table=table_id, until__isnull=True).select_related("case")
    return {row.case_id: _label(row.case, row.criterion) for row in rows.defer("reason")}


def priority_of(case: Case, *, by: Actor) -> str:
    """By which criterion a case stands on the list; empty when it does not, or for who does not direct it."""
    row = visible(Priority, by=by).filter(case=case, until__isnull=True).defer("reason").first()
    return _label(case, row.criterion) if row else ""
