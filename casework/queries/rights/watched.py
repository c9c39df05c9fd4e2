"""What the privacy officer sees of requests: terms and states, and never who asks or what was found."""

from __future__ import annotations

from datetime import date

from casework.models import RightsRequest
from casework.queries.rights.desk import MOST, Line, by_term, line_of
from privacy.actor import Actor
from privacy.audit import record


def watched(today: date, *, by: Actor) -> list[Line]:
    """Every request by its term; the database lets the officer read these rows and nothing else of their dossiers."""
    rows = list(RightsRequest.objects.order_by("-received_on")[:MOST])
    seen = record.Seen(tuple(row.dossier_id for row in rows), tuple(row.reference for row in rows))
    record.look("rights.watched", seen=seen, by=by)
    return by_term([line_of(row, today) for row in rows])
