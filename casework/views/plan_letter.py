"""The plan as the family reads it: looked at first, then printed or as PDF. Made by the regie alone, and logged."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from casework.letters import as_pdf
from casework.queries.households import HouseholdHead, open_household
from casework.queries.plan_letter import Letter, ToldAction, letter
from casework.services.disclosing import RESTRICTED
from casework.views.household_pages import page
from privacy.access import ActorRequest, guarded, require
from privacy.downloads import as_file
from privacy.roles import Verb

ONLY_REGIE = "Alleen de casusregisseur en de procesregisseur maken de brief aan het gezin."


def _head(request: ActorRequest, pk: UUID, event: str) -> HouseholdHead:
    """The household, for who may make the letter; a letter that leaves the house is an export in the log."""
    head = open_household(pk, event=event, by=request.actor)
    require(head.whole, ONLY_REGIE)
    require(head.open, head.why_not)
    require(not head.restricted, RESTRICTED)
    return head


@guarded(Verb.HOUSEHOLD_READ)
@require_GET
def preview(request: ActorRequest, pk: UUID) -> HttpResponse:
    """How the letter reads, and what is not in it and why."""
    head = _head(request, pk, "read")
    made, left_out = letter(head, timezone.localdate())
    return page(request, head, "household-letter", {"letter": made, "left_out": left_out})


@guarded(Verb.HOUSEHOLD_READ)
@require_GET
def printed(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The letter on a page of its own, to print."""
    head = _head(request, pk, "export")
    made, _ = letter(head, timezone.localdate())
    return page(request, head, "household-letter-print", {"letter": made})


@guarded(Verb.HOUSEHOLD_READ)
@require_GET
def pdf(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The letter as an accessible PDF. Its name tells nothing."""
    made, _ = letter(_head(request, pk, "export"), timezone.localdate())
    return as_file(as_pdf("gezin", _content(made)), "application/pdf", "plan.pdf")


def _day(day: date | None, *, after: date | None = None) -> str:
    """A day in words; empty when there is none, or when it was over before `after`."""
    return date_format(day, "j F Y") if day and (after is None or day >= after) else ""


def _action(action: ToldAction, made: Letter) -> dict[str, Any]:
    return {
        "text": action.text,
        "organisation": action.organisation,
        "due": _day(action.due_on, after=made.day),
        "done": action.done,
    }


def _content(made: Letter) -> dict[str, Any]:
    """The letter as the template reads it."""
    goals = [
        {
            "text": goal.text,
            "who": goal.who,
            "due": _day(goal.due_on, after=made.day),
            "actions": [_action(action, made) for action in goal.actions],
        }
        for goal in made.goals
    ]
    return {
        "municipality": settings.MUNICIPALITY_NAME,
        "name": made.name,
        "address": made.address,
        "day": _day(made.day),
        "contact": made.contact,
        "contact_organisation": made.contact_organisation,
        "agreements": list(made.agreements),
        "goals": goals,
        "others": [_action(action, made) for action in made.others],
        "evaluate": _day(made.evaluate_on, after=made.day),
    }
