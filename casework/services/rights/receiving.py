"""Who received data of a person, now and earlier, at which tables they lie and how long they are kept (AVG 15(1))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format

from casework.models import Case, Disclosure, Participation
from partners.models import CaseTable
from privacy.access import opened
from privacy.models import CompartmentKind


def overview(ids: Iterable[UUID], now: datetime) -> dict[str, Any]:
    """Of dossiers that were opened. Who takes part without the others knowing is not told to the person either."""
    there = list(ids)
    until = _until(there, now)
    tables = opened(Case).filter(dossier__in=there).values("table")
    kept = opened(Case).filter(dossier__in=there).select_related("dossier")
    return {
        "recipients": sorted(name for name, end in until.items() if end is None),
        "earlier": [
            {"name": name, "until": date_format(timezone.localdate(end), "j F Y")}
            for name, end in sorted(until.items())
            if end is not None
        ],
        "unseen": sorted(_unseen(there)),
        "tables": sorted(CaseTable.objects.filter(pk__in=tables).values_list("name", flat=True)),
        "kept": [f"{case.dossier.reference}: tot en met {case.retain_until:%d-%m-%Y}" for case in kept],
    }


def _unseen(ids: list[UUID]) -> set[str]:
    """Who stands in the line with the regie alone."""
    rows = opened(Participation).filter(dossier__in=ids).exclude(compartment__kind=CompartmentKind.TABLE)
    return set(rows.values_list("organisation__name", flat=True))


def _until(ids: list[UUID], now: datetime) -> dict[str, datetime | None]:
    """Until when each organisation received something; None when it still does."""
    takes_part = opened(Participation).filter(dossier__in=ids, compartment__kind=CompartmentKind.TABLE)
    found: dict[str, datetime | None] = {}
    for name, until, ended in takes_part.values_list("organisation__name", "until", "ended_at"):
        _later(found, name, ended or (until if until and until <= now else None))
    hidden = _unseen(ids) - set(found)
    given = opened(Disclosure).filter(dossier__in=ids).exclude(organisation__name__in={*found, *hidden})
    for name, ended in given.values_list("organisation__name", "ended_at"):
        _later(found, name, ended)
    return found


def _later(found: dict[str, datetime | None], name: str, end: datetime | None) -> None:
    there = found.get(name, end)
    found[name] = max(there, end) if there and end else None
