"""What every page of a case shares: the head, the tabs, and the way a form is taken."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.queries.cases import CaseHead
from privacy.access import ActorRequest

TABS = (
    ("case-detail", "Overzicht", False),
    ("case-signals", "Signalen", False),
    ("case-subjects", "Betrokkenen", False),
    ("case-contributions", "Inbreng", False),
    ("case-people", "Deelnemers", False),
    ("case-sharing", "Delen", True),
    ("case-who", "Wie kan dit zien", False),
    ("case-looked", "Wie keek", False),
)


def page(
    request: ActorRequest, head: CaseHead, active: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """One page of a case, with the tabs that this reader has: fewer for a partner, never grey ones."""
    tabs = [
        {"url": reverse(name, args=[head.pk]), "label": label, "active": name == active}
        for name, label, regie_only in TABS
        if head.directs or not regie_only
    ]
    template = f"casework/case/{active.removeprefix('case-')}.html"
    return render(request, template, {"case": head, "tabs": tabs, **context}, status=status)
