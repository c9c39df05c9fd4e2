"""Which dossiers are kept and not used (AVG 18), for who reads their covers."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from casework.models import Restriction
from privacy.access import InCompartment, beside


def kept_back(rows: Iterable[InCompartment]) -> set[UUID]:
    """The restricted ones among the dossiers of these rows, which stand in their covers."""
    return set(beside(Restriction, rows).filter(lifted_at=None).values_list("dossier", flat=True))
