"""What the pages of a plan share: one part of it, and a form of which somebody else may be first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from casework.forms.plans import SeenForm
from casework.models import Action, Goal
from casework.queries.households import HouseholdHead
from privacy.access import ActorRequest, visible
from privacy.taking import take


def as_typed(day: date | None) -> str:
    """A day as somebody would type it."""
    return f"{day.day}-{day.month}-{day.year}" if day else ""


def goal_of(head: HouseholdHead, goal_id: UUID, request: ActorRequest) -> Goal:
    """A goal of this plan that the reader holds."""
    rows = visible(Goal, by=request.actor).filter(household=head.household)
    found = rows.select_related("household__dossier", "household__plan", "member", "compartment__dossier")
    return get_object_or_404(found, pk=goal_id)


def action_of(head: HouseholdHead, action_id: UUID, request: ActorRequest) -> Action:
    """An action of this plan that the reader holds."""
    rows = visible(Action, by=request.actor).filter(household=head.household)
    return get_object_or_404(rows.select_related("household__dossier", "user", "organisation"), pk=action_id)


def take_seen(
    request: ActorRequest,
    form: SeenForm,
    act: Callable[[], str],
    to: Callable[[], tuple[Any, ...]],
    theirs: list[tuple[str, str]],
) -> tuple[HttpResponse | None, int, dict[str, Any]]:
    """Takes a form that changes a row; when a colleague was first, `theirs` stands beside what was typed."""
    answer, status = take(request, form, act, to)
    context: dict[str, Any] = {"form": form}
    if status == 409 and form.behind():
        context["theirs"] = theirs
    return answer, status, context
