"""One file: opening it with a look, and locking it before its state is judged."""

from __future__ import annotations

from uuid import UUID

from privacy import desks, dossiers
from privacy.access import open_one, require, visible
from privacy.actor import Actor
from privacy.errors import Refused
from privacy.models import Breach, Desk

GONE = "Een collega wijzigde dit dossier terwijl u bezig was. Open de pagina opnieuw en neem over wat u typte."
CLOSED = "Dit datalek is afgesloten. Er verandert niets meer aan."
TWICE = "Dit was al bewaard. Er is niets dubbel vastgelegd."


def opened(pk: UUID, *, by: Actor) -> Breach:
    """A file with its keys, logged as a look; raises NotKnown."""
    desks.take_up(Desk.BREACH, by=by)
    return open_one(Breach, pk, event="breach.read", by=by)


def lock(breach: Breach, seen: int | None = None, *, by: Actor) -> Breach:
    """The file, locked; raises Refused when it is closed, or no longer the version that was on the screen."""
    dossiers.one_at_a_time(breach.dossier_id)
    row = visible(Breach, by=by).select_related("dossier").select_for_update(of=("self",)).filter(pk=breach.pk).first()
    if row is None:
        raise Refused(GONE)
    require(row.closed_at is None, CLOSED)
    require(seen is None or row.version == seen, GONE)
    return row
