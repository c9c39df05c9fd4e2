"""The actions that somebody has to do, from the plans of all households."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.models import ACTION_RUNS, Action
from privacy.access import visible
from privacy.actor import Actor
from privacy.models import CompartmentKind
from privacy.unlock import unlock

MOST = 8


@dataclass(frozen=True, slots=True)
class OwnAction:
    """An action of the reader's own that runs."""

    pk: UUID
    household: UUID
    reference: str
    text: str
    due_on: date
    late: bool


def own_actions(today: date, *, by: Actor) -> tuple[OwnAction, ...]:
    """What is due first; the log names the households before anything is shown."""
    running = visible(Action, by=by).filter(user=by.user_id, status__in=ACTION_RUNS)
    rows = list(running.select_related("dossier").order_by("due_on", "id")[:MOST])
    if rows:
        seen = {row.dossier_id: row.dossier.reference for row in rows}
        unlock(seen, event="list", parts=[CompartmentKind.LIAISON], also_seen=seen.items(), by=by)
    return tuple(
        OwnAction(row.pk, row.household_id, row.dossier.reference, row.text, row.due_on, row.due_on < today)
        for row in rows
    )
