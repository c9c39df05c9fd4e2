"""Goals of a plan: adding, changing, ending, and which partners they concern."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms.plan_goals import ConcernForm, EndGoalForm, GoalForm, NewGoalForm
from casework.models import Goal, GoalPartner, GoalStatus
from casework.queries import plan_choices
from casework.queries.households import HouseholdHead
from casework.queries.plans import EVERYBODY, domain_list
from casework.services.plans import concerns, goals
from casework.services.plans.people import partners_of
from casework.views.household_pages import page, working
from casework.views.plan_parts import as_typed, goal_of, take_seen
from privacy.access import ActorRequest, guarded, visible
from privacy.forms import PlainForm
from privacy.roles import Verb
from privacy.taking import take, typed


def _common(head: HouseholdHead, goal: Goal | None = None) -> dict[str, Any]:
    return {
        "domains": domain_list(head),
        "members": plan_choices.members(head, goal),
        # A goal keeps its phase, also when the case that asks for phases has closed.
        "phased": bool(goal and goal.phase) or goals.goes_by_phases(head.household),
        "waits": goals.direct_safety_runs(head.household, but=goal.pk if goal else None),
        "today": timezone.localdate(),
    }


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A goal with its first actions, on one page."""
    head = working(pk, request)
    there = partners_of(head.household)
    form = NewGoalForm(
        typed(request),
        organisations=plan_choices.organisations(there),
        grounds=plan_choices.grounds(there),
        people=plan_choices.people(there),
        initial={"domain": request.GET.get("leefgebied", "")},
        **_common(head),
    )

    def act() -> str:
        goals.add_goal(
            head.household,
            form.as_goal(),
            concerns=form.as_concerns(),
            actions=form.as_actions(),
            now=timezone.now(),
            by=request.actor,
        )
        return "Het doel staat in het plan."

    to = "household-goal-new" if "nog" in request.POST else "household-plan"
    answer, status = take(request, form, act, lambda: (to, pk))
    return answer or page(request, head, "household-goal-new", {"form": form}, status=status)


def _now(goal: Goal) -> list[tuple[str, str]]:
    """What stands in a goal, for who was second."""
    return [
        ("Doel", goal.title),
        ("Voor wie", goal.member.name if goal.member else EVERYBODY),
        ("Nu", goal.baseline or "–"),
        ("Gewenst", goal.wished or "–"),
        ("Klaar op", as_typed(goal.due_on) or "–"),
        ("In de brief", goal.family_text or "–"),
    ]


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, pk: UUID, goal_id: UUID) -> HttpResponse:
    """Changes a goal."""
    head = working(pk, request)
    goal = goal_of(head, goal_id, request)
    initial = {
        "title": goal.title,
        "domain": goal.domain,
        "member": str(goal.member_id or ""),
        "phase": goal.phase,
        "due_on": as_typed(goal.due_on),
        "baseline": goal.baseline,
        "wished": goal.wished,
        "family_text": goal.family_text,
        "later": goal.status == GoalStatus.PROPOSED,
    }
    form = GoalForm(typed(request), version=goal.version, initial=initial, **_common(head, goal))

    def act() -> str:
        given, seen = form.as_goal(), form.cleaned_data["seen"]
        goals.change_goal(goal, given, seen=seen, now=timezone.now(), by=request.actor)
        return "Het doel is gewijzigd."

    answer, status, context = take_seen(request, form, act, lambda: ("household-plan", pk), _now(goal))
    return answer or page(request, head, "household-goal", context | {"goal": goal}, status=status)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def end(request: ActorRequest, pk: UUID, goal_id: UUID) -> HttpResponse:
    """Reached, partly reached or missed."""
    head = working(pk, request)
    goal = goal_of(head, goal_id, request)
    form = EndGoalForm(typed(request), version=goal.version)

    def act() -> str:
        how, data = GoalStatus(form.cleaned_data["how"]), form.cleaned_data
        goals.end_goal(goal, how, data["result"], seen=data["seen"], now=timezone.now(), by=request.actor)
        return f"Het doel is afgerond: {how.label.lower()}."

    answer, status, context = take_seen(request, form, act, lambda: ("household-plan", pk), _now(goal))
    return answer or page(request, head, "household-goal-end", context | {"goal": goal}, status=status)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def partners(request: ActorRequest, pk: UUID, goal_id: UUID) -> HttpResponse:
    """Which partners a goal concerns: they read it."""
    head = working(pk, request)
    goal = goal_of(head, goal_id, request)
    there = partners_of(head.household)
    rows = GoalPartner.objects.filter(goal=goal, until__isnull=True).select_related("organisation")
    not_yet = plan_choices.organisations(there, but=plan_choices.concerned(goal))
    form = ConcernForm(typed(request), organisations=not_yet, grounds=plan_choices.grounds(there))

    def act() -> str:
        concerns.concern(goal, form.as_concern(), now=timezone.now(), by=request.actor)
        return "Deze partner ziet het doel nu."

    answer, status = take(request, form, act, lambda: ("household-goal-partners", pk, goal_id))
    context = {"form": form if not_yet else None, "goal": goal, "rows": list(rows.order_by("organisation__name"))}
    return answer or page(request, head, "household-goal-partners", context, status=status)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def end_partner(request: ActorRequest, pk: UUID, goal_id: UUID, concern_id: UUID) -> HttpResponse:
    """A goal does not concern a partner any more, after saying what that does."""
    head = working(pk, request)
    goal = goal_of(head, goal_id, request)
    mine = visible(GoalPartner, by=request.actor).filter(goal=goal)
    row = get_object_or_404(mine.select_related("organisation", "goal__household__dossier"), pk=concern_id)
    form = PlainForm({} if request.method == "POST" else None)

    def act() -> str:
        concerns.end_concern(row, now=timezone.now(), by=request.actor)
        return f"{row.organisation.name} ziet dit doel niet meer."

    answer, status = take(request, form, act, lambda: ("household-goal-partners", pk, goal_id))
    return answer or page(request, head, "household-goal-partner-end", {"goal": goal, "row": row}, status=status)
