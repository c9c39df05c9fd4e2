"""Locking a row before its state is judged, so that of two people at once the second hears why."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from privacy import dossiers
from privacy.errors import Refused
from privacy.models import DossierRow

Row = TypeVar("Row", bound=DossierRow)
GONE = "Dit is intussen veranderd, misschien door een collega. Open de pagina opnieuw."


def lock(rows: QuerySet[Row], pk: UUID, why_not: Callable[[Row], str]) -> Row:
    """The row, locked; raises Refused when it can't be changed any more.

    What a colleague closed or rejected a moment ago may still be read, but no longer be locked; what was forwarded is
    not there at all.
    """
    dossier_id = rows.filter(pk=pk).values_list("dossier_id", flat=True).first()
    if dossier_id is not None:
        dossiers.one_at_a_time(dossier_id)
    found = rows.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        left = rows.filter(pk=pk).first()
        raise Refused((why_not(left) if left else "") or GONE)
    return found
