"""How often tables meet, for who coordinates: counts of many tables, no content."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.queries.meetings.overview import ORDERS, overseen
from privacy.access import ActorRequest, guarded
from privacy.audit import record
from privacy.roles import Verb

HEADINGS = (
    ("tafel", "Tafel", False),
    ("gepland", "Gepland", True),
    ("gehouden", "Gehouden", True),
    ("afgezegd", "Afgezegd", True),
    ("niet-bereikt", "Punten niet bereikt", True),
    ("wachttijd", "Van signaal tot tafel", True),
)


@guarded(Verb.MEETING_OVERSEE)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """Every table that the reader oversees, in the order of `?volgorde=`."""
    order = request.GET.get("volgorde", "")
    order = order if order in ORDERS else "tafel"
    record.look("meeting.overseen", by=request.actor)
    columns: list[dict[str, Any]] = [
        {
            "label": label,
            "url": f"?volgorde={code}-om" if order == code else f"?volgorde={code}",
            "sorted": {code: "ascending", f"{code}-om": "descending"}.get(order, ""),
            "numeric": numeric,
        }
        for code, label, numeric in HEADINGS
    ]
    context = {"rows": overseen(order, timezone.now()), "columns": columns}
    return render(request, "casework/meeting/overview.html", context)
