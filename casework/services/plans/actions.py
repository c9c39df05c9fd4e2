"""Actions of a plan: how one stands, by who does it."""

from __future__ import annotations

from datetime import datetime

from casework.models import ACTION_RUNS, Action, ActionStatus
from casework.services.locking import lock
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record

OVER = "Deze actie is al afgerond. Ververs de pagina om te zien door wie."


def _why_not(action: Action) -> str:
    return "" if action.status in ACTION_RUNS else OVER


def report(
    action: Action, status: ActionStatus, result: str, *, seen: int | None = None, now: datetime, by: Actor
) -> Action:
    """How it stands: busy or done. Raises Refused for an action that is over, and for who does not do it."""
    locked = lock(Action.objects.select_related("dossier"), action.pk, _why_not)
    require(not _why_not(locked), OVER)
    require(locked.organisation_id == by.home, "Alleen wie de actie doet, kan dit melden.")
    require(status != ActionStatus.DROPPED, "Alleen de regie laat een actie vervallen. Neem contact op.")
    locked.status, locked.result = status, result or locked.result
    locked.ended_at = None if status in ACTION_RUNS else now
    locked.save()
    record.change("plan.action_reported", dossier=locked.dossier, obj=locked, fields=["status"], by=by)
    return locked
