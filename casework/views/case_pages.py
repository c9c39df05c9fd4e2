"""What every page of a case shares: the head, the tabs, and the way a form is taken."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.queries.cases import CaseHead, open_case
from privacy.access import ActorRequest, require

# Address, label, and whether it is there for who directs and for everybody else: Delen has the participants too.
TABS = (
    ("case-detail", "Overzicht", True, True),
    ("case-signals", "Signalen", True, True),
    ("case-subjects", "Betrokkenen", True, True),
    ("case-ladder", "Ladder", True, True),
    ("case-meetings", "Overleg", True, True),
    ("case-contributions", "Inbreng", True, True),
    ("case-people", "Deelnemers", False, True),
    ("case-sharing", "Delen", True, False),
    ("case-who", "Wie kan dit zien", True, True),
    ("case-looked", "Wie keek", True, True),
)

# Pages of their own that stand behind a tab.
BEHIND = {
    "case-detail": (
        "case-rename",
        "case-close",
        "case-export",
        "case-regie",
        "case-hand-over",
        "case-handover",
        "case-priority",
    ),
    "case-signals": ("case-share",),
    "case-subjects": (
        "case-subject-remove",
        "case-household",
        "case-join",
        "case-group",
        "case-group-member",
        "case-subject-period",
        "case-informing",
        "case-tell",
        "case-postpone",
    ),
    "case-contributions": (
        "case-consent",
        "case-correct",
        "case-withdraw",
        "case-attachment-remove",
        "case-share-contribution",
        "case-who-contribution",
    ),
    "case-sharing": (
        "case-end",
        "case-request",
        "case-view-as",
        "case-invite-preview",
        "case-exclusions",
        "case-flag",
        "case-exclusion-lift",
    ),
}
# The ladder is an app above this one: its pages stand behind its tab by the beginning of their names.
ABOVE = {"ladder-": "case-ladder"}
TAB_OF = {name: tab for tab, names in BEHIND.items() for name in names}


def _tab_of(active: str) -> str:
    above = (tab for beginning, tab in ABOVE.items() if active.startswith(beginning))
    return next(above, TAB_OF.get(active, active))


def page(
    request: ActorRequest,
    head: CaseHead,
    active: str,
    context: dict[str, Any],
    *,
    template: str = "",
    status: int = 200,
) -> HttpResponse:
    """One page of a case, with the tabs that this reader has: fewer for a partner, never grey ones.

    An app above this one names its own template.
    """
    tab = _tab_of(active)
    tabs = [
        {"url": reverse(name, args=[head.pk]), "label": label, "active": name == tab}
        for name, label, directing, others in TABS
        if (directing if head.directs else others)
    ]
    template = template or f"casework/case/{active.removeprefix('case-')}.html"
    return render(request, template, {"case": head, "tabs": tabs, **context}, status=status)


def directed(pk: UUID, request: ActorRequest) -> CaseHead:
    """The case, for who directs it; a participant without the regie is refused, anyone else knows nothing of it."""
    head = open_case(pk, by=request.actor)
    require(head.open, head.why_not)  # first: nobody directs a closed case any more
    require(head.directs, "Alleen wie de regie heeft, kan dit doen.")
    return head
