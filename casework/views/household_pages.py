"""What every page of a household shares: the head and the tabs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.instrument_files import instruments
from casework.queries.households import HouseholdHead, open_household
from privacy.access import ActorRequest, require

# Address, label, and whether it is there for everybody who is admitted, or only for who reads the whole.
TABS: tuple[tuple[str, str, bool], ...] = (
    ("household-detail", "Gezin", True),
    ("household-plan", "Plan", True),
    ("household-assessments", "Zelfredzaamheid", True),
    ("household-evaluations", "Evaluatie", False),
    ("household-contact", "Contact", False),
    ("household-regie", "Regie", True),
    ("household-who", "Wie kan dit zien", True),
    ("household-looked", "Wie keek", True),
)

# Pages of their own that stand behind a tab.
BEHIND: dict[str, tuple[str, ...]] = {
    "household-assessments": ("household-assess", "household-assessment", "household-assessment-correct"),
    "household-evaluations": ("household-evaluate",),
    "household-plan": (
        "household-goal-new",
        "household-goal",
        "household-goal-end",
        "household-goal-partners",
        "household-goal-partner-end",
        "household-action-new",
        "household-action",
        "household-action-report",
        "household-agreement-new",
        "household-agreement",
        "household-agreement-end",
        "household-versions",
        "household-version",
        "household-evaluation",
        "household-letter",
        "household-letter-print",
        "household-plan-link",
        "household-plan-link-end",
    ),
    "household-regie": ("household-hand-over", "household-handover", "household-absent", "household-contact-person"),
    "household-detail": (
        "household-member-new",
        "household-member",
        "household-member-leave",
        "household-rename",
        "household-split",
        "household-merge",
        "household-request",
    ),
}
TAB_OF = {name: tab for tab, names in BEHIND.items() for name in names}


def page(
    request: ActorRequest, head: HouseholdHead, active: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """One page of a household, with the tabs that this reader has."""
    tabs = [
        {"url": reverse(name, args=[head.pk]), "label": label, "active": name == TAB_OF.get(active, active)}
        for name, label, everybody in TABS
        if (everybody or head.whole) and (name != "household-assessments" or instruments())
    ]
    template = f"casework/household/{active.removeprefix('household-')}.html"
    return render(request, template, {"household": head, "tabs": tabs, **context}, status=status)


def working(pk: UUID, request: ActorRequest) -> HouseholdHead:
    """The household, for who works on the whole plan; others who are admitted are refused."""
    head = open_household(pk, by=request.actor)
    require(head.open, head.why_not)
    require(head.whole, "Alleen de casusregisseur en de procesregisseur kunnen dit doen.")
    return head


def directed(pk: UUID, request: ActorRequest) -> HouseholdHead:
    """The household, for a procesregisseur of a case about it."""
    head = open_household(pk, by=request.actor)
    require(head.open, head.why_not)
    require(head.directs, "Alleen een procesregisseur kan dit doen.")
    return head
