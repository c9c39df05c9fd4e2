"""One request at a time: as it is now, for who holds it at the desk."""

from __future__ import annotations

from datetime import datetime

from casework.models import RightsNote, RightsRequest
from privacy import dossiers
from privacy.access import require, require_regie
from privacy.actor import Actor
from privacy.calling import value_of
from privacy.errors import NotKnown
from privacy.models import CompartmentKind

OVER = "Dit verzoek is al afgehandeld. Laad de pagina opnieuw."
KEPT_AWAY = (
    "U kunt dit verzoek niet afmaken. Een collega van het contactpunt moet het overnemen. Draag het over. "
    "Is er geen collega, vraag de beheerder dan om iemand aan te wijzen."
)
OF_ANOTHER = "Een collega behandelt dit verzoek. Neem het eerst over."
MOVED_ON = "Dit verzoek is intussen verder. Misschien was een collega u voor. Laad de pagina opnieuw."


def kept_away(request: RightsRequest) -> bool:
    """Whether this reader is kept away from something that it may be about; what, is told to nobody."""
    return bool(value_of("casework_rights_kept_away", request.pk))


def handles(request: RightsRequest, *, by: Actor) -> bool:
    """Whether it is this reader's to handle."""
    return request.handled_by_id in (None, by.user_id)


def check_handles(request: RightsRequest, *, by: Actor) -> None:
    """Raises Refused for who does not handle it, or may not. The database holds the same (privacy/rls/handling.py)."""
    require(not kept_away(request), KEPT_AWAY)
    require(handles(request, by=by), OF_ANOTHER)


def hold(request: RightsRequest, *states: str, by: Actor) -> RightsRequest:
    """The request for this act alone; raises Refused when it is in another state by now."""
    require_regie(request, by=by)
    dossiers.one_at_a_time(request.dossier_id)
    fresh = RightsRequest.objects.select_related("dossier").filter(pk=request.pk).first()
    if fresh is None:
        raise NotKnown
    require(fresh.open, OVER)
    check_handles(fresh, by=by)
    require(not states or fresh.state in states, MOVED_ON)
    return fresh


def note(request: RightsRequest, kind: str, text: str, *, now: datetime, by: Actor) -> None:
    """Keeps why something was decided, for the desk alone."""
    if text:
        RightsNote(
            dossier=request.dossier,
            compartment=dossiers.part(request.dossier, CompartmentKind.REGIE),
            request=request,
            kind=kind,
            text=text,
            written_by_id=by.user_id,
            at=now,
        ).save(force_insert=True)
