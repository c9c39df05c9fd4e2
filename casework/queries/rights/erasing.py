"""How an erasure stands, for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework.erasing_rules import ALL
from casework.models import Erase, RightsErasure, RightsKind, RightsPassage, RightsRequest, RightsState
from casework.services.rights.erasing import pairs_of, to_do


@dataclass(frozen=True, slots=True)
class Line:
    """One passage with what its source decided and what was done."""

    pk: UUID
    number: int
    reference: str
    source: str
    organisation: str
    decision: str
    ground: str
    reason: str
    to_do: bool
    done_at: datetime | None
    held: bool
    told: int


def erasures(request: RightsRequest) -> tuple[Line, ...]:
    """Every passage of a request to erase that was opened; of another kind nothing."""
    if request.kind != RightsKind.ERASE or request.state in (RightsState.NEW, RightsState.COLLECTING):
        return ()
    return tuple(_line(number, row, said) for number, (row, said) in enumerate(pairs_of(request), 1))


def _line(number: int, row: RightsPassage, said: RightsErasure | None) -> Line:
    law = "{1} ({0})".format(*ALL[said.ground]) if said else ""
    return Line(
        row.pk,
        number,
        row.reference,
        row.source,
        row.organisation.name,
        Erase(said.decision).label if said else "",
        law,
        (said.reason or "") if said else "",
        to_do(said) or bool(said and said.held_at),
        said.carried_out_at if said else None,
        bool(said and said.held_at),
        said.told if said else 0,
    )
