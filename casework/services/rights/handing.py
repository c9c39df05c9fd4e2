"""One contact point handles a request: a colleague takes it over, or is handed it. The database moves it."""

from __future__ import annotations

from uuid import UUID

from casework.models import RightsRequest
from partners.notices import tell
from privacy import dossiers
from privacy.access import require, require_regie
from privacy.actor import Actor
from privacy.audit import record
from privacy.calling import value_of

ALREADY = (
    "Dit verzoek is al overgedragen of overgenomen, of deze collega werkt hier niet (meer). Laad de pagina opnieuw."
)


def hand_over(request: RightsRequest, person: UUID, *, by: Actor) -> None:
    """From now on this person handles it; also of what ended, since a restriction may stand."""
    require_regie(request, by=by)
    dossiers.one_at_a_time(request.dossier_id)
    require(bool(value_of("casework_rights_hand_over", request.pk, person)), ALREADY)
    if person != by.user_id:
        tell([person], about=None)
    record.change("rights.handed", dossier=request.dossier, obj=request, fields=["handled_by"], by=by)
