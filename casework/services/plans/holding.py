"""What every act on a plan begins with: one at a time, in a plan that runs, by who may."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet

from casework.circles import works_on_whole
from casework.models import Household, HouseholdStatus
from casework.services.locking import GONE
from privacy import dossiers
from privacy.access import require
from privacy.actor import Actor
from privacy.errors import Refused
from privacy.models import SealedModel

Row = TypeVar("Row", bound=SealedModel)
CLOSED = "Dit plan is afgesloten en afgeschermd."
NOT_WHOLE = "Alleen de casusregisseur en de procesregisseur kunnen dit doen."


class Changed(Refused):
    """A colleague changed the same thing since it was shown."""

    def __init__(self) -> None:
        super().__init__(
            "Een collega was u voor: dit is gewijzigd nadat u de pagina opende. Hieronder staat wat er nu staat, naast "
            "uw eigen tekst. Bewaart u nu, dan geldt uw tekst."
        )


def hold(household: Household) -> Household:
    """The household as it is now that nobody else acts on its plan; raises Refused when it was closed."""
    dossiers.one_at_a_time(household.dossier_id)
    fresh = Household.objects.select_related("dossier").filter(pk=household.pk).first()
    require(fresh is not None and fresh.status == HouseholdStatus.ACTIVE, CLOSED)
    assert fresh is not None
    return fresh


def hold_whole(household: Household, *, by: Actor) -> Household:
    """The same, for who works on the whole plan."""
    held = hold(household)
    require(works_on_whole(held, by=by), NOT_WHOLE)
    return held


def fresh_row(rows: QuerySet[Row], row: Row, seen: int | None) -> Row:
    """A row as it is now, locked; raises Changed when it is not what was seen (None: whatever it says)."""
    found = rows.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise Refused(GONE)
    if seen is not None and found.version != seen:
        raise Changed
    return found
