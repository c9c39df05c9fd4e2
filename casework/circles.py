"""Who gets which part of a dossier: the few combinations this application knows, in one place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from casework.models import Case
from partners.queries import hold_seats, regisseur_seats
from partners.services.seats import SEAT_GROUND
from privacy import grants
from privacy.actor import Actor
from privacy.dossiers import add_compartment, part
from privacy.grants import Because
from privacy.models import Compartment, CompartmentKind, Dossier


def give_regie(compartments: Iterable[Compartment], table_id: UUID, *, now: datetime, by: Actor) -> list[UUID]:
    """Gives every procesregisseur of the table these compartments, for as long as the seat lasts."""
    hold_seats(table_id)
    parts = list(compartments)
    directing = [c for c in parts if c.kind == CompartmentKind.REGIE]
    others = [c for c in parts if c.kind != CompartmentKind.REGIE]
    # A seat given a moment ago counts too, also when this act began before it.
    seats = regisseur_seats(table_id, max(now, timezone.now()))
    for seat in seats:
        because = Because(SEAT_GROUND, seat.key, seat.valid_until)
        grants.give(others, to=[seat.user_id], level="contribute", because=because, by=by)
        grants.give(directing, to=[seat.user_id], level="direct", because=because, by=by)
    return [seat.user_id for seat in seats]


def ensure_liaison(case: Case, organisation_id: UUID, *, now: datetime, by: Actor) -> Compartment:
    """The line of one organisation with the regie in this case, made when it is first needed."""
    line = part(case.dossier, CompartmentKind.LIAISON, organisation_id)
    if Compartment.objects.filter(pk=line.pk).exists():
        return line
    line = add_compartment(case.dossier, CompartmentKind.LIAISON, organisation_id=organisation_id, by=by)
    give_regie([line], case.table_id, now=now, by=by)
    return line


def signal_parts(dossier: Dossier, source_id: UUID) -> dict[CompartmentKind, Compartment]:
    """The four compartments of a signal."""
    return {
        CompartmentKind.COVER: part(dossier, CompartmentKind.COVER),
        CompartmentKind.TABLE: part(dossier, CompartmentKind.TABLE),
        CompartmentKind.REGIE: part(dossier, CompartmentKind.REGIE),
        CompartmentKind.LIAISON: part(dossier, CompartmentKind.LIAISON, source_id),
    }
