"""Actions of a plan: adding, changing, and saying how it stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms.plans import ActionForm, NewActionForm, ReportForm
from casework.models import Action, ActionStatus, Goal
from casework.queries import plan_choices
from casework.queries.households import HouseholdHead, open_household
from casework.services.plans import actions
from casework.services.plans.people import partners_of
from casework.views.household_pages import page, working
from casework.views.plan_parts import action_of, as_typed, goal_of, take_seen
from privacy.access import ActorRequest, guarded, require
from privacy.roles import Verb
from privacy.taking import take, typed


def _goal(head: HouseholdHead, chosen: str, request: ActorRequest) -> Goal | None:
    return goal_of(head, UUID(chosen), request) if chosen else None


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """An action: of the regie for anybody who takes part, of a partner for itself at a goal that concerns it."""
    head = open_household(pk, by=request.actor)
    require(head.open, head.why_not)
    running = plan_choices.running_goals(head)
    require(head.whole or bool(running), "U kunt een actie toevoegen bij een doel dat u ziet. Dat is er nu niet.")
    form = NewActionForm(
        typed(request),
        people=plan_choices.people(partners_of(head.household)),
        goals=running,
        whole=head.whole,
        today=timezone.localdate(),
        initial={"goal": request.GET.get("doel") or (running[0][0] if len(running) == 1 else "")},
    )

    def act() -> str:
        goal = _goal(head, form.cleaned_data["goal"], request)
        given = form.as_action(request.actor.user_id)
        actions.add_action(head.household, given, goal=goal, now=timezone.now(), by=request.actor)
        return "De actie staat in het plan."

    to = "household-action-new" if "nog" in request.POST else "household-plan"
    answer, status = take(request, form, act, lambda: (to, pk))
    return answer or page(request, head, "household-action-new", {"form": form}, status=status)


def _now(action: Action) -> list[tuple[str, str]]:
    """What stands in an action, for who was second."""
    return [
        ("Actie", action.text),
        ("Wie", f"{action.user.name}, {action.organisation.name}"),
        ("Voor wanneer", as_typed(action.due_on)),
        ("Stand", action.get_status_display()),
        ("Resultaat", action.result or "–"),
    ]


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, pk: UUID, action_id: UUID) -> HttpResponse:
    """Changes an action; it stays with its organisation."""
    head = working(pk, request)
    action = action_of(head, action_id, request)
    there = [one for one in partners_of(head.household) if one.organisation_id == action.organisation_id]
    initial = {
        "text": action.text,
        "user": str(action.user_id),
        "due_on": as_typed(action.due_on),
        "family_text": action.family_text,
    }
    form = ActionForm(
        typed(request),
        version=action.version,
        people=plan_choices.people(there),
        whole=True,
        today=timezone.localdate(),
        initial=initial,
    )

    def act() -> str:
        given, seen = form.as_action(request.actor.user_id), form.cleaned_data["seen"]
        actions.change_action(action, given, seen=seen, now=timezone.now(), by=request.actor)
        return "De actie is gewijzigd."

    answer, status, context = take_seen(request, form, act, lambda: ("household-plan", pk), _now(action))
    return answer or page(request, head, "household-action", context | {"action": action}, status=status)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def report(request: ActorRequest, pk: UUID, action_id: UUID) -> HttpResponse:
    """How it stands with an action: by its owner, or by the regie."""
    head = open_household(pk, by=request.actor)
    require(head.open, head.why_not)
    action = action_of(head, action_id, request)
    initial: dict[str, Any] = {"status": ActionStatus.DONE, "result": action.result}
    form = ReportForm(typed(request), version=action.version, whole=head.whole, initial=initial)

    def act() -> str:
        data = form.cleaned_data
        status = ActionStatus(data["status"])
        actions.report(action, status, data["result"], seen=data["seen"], now=timezone.now(), by=request.actor)
        return f"Bewaard: {status.label.lower()}."

    answer, status, context = take_seen(request, form, act, lambda: ("household-plan", pk), _now(action))
    context |= {"action": action}
    return answer or page(request, head, "household-action-report", context, status=status)
