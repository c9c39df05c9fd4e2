"""Actions agreed at the table, for the regie: handing on and dropping. Who has one reports it from the work list."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms.meetings.minutes import DropForm, HandOnForm
from casework.models import TableAction
from casework.services.meetings import actions
from privacy.access import ActorRequest, guarded, open_one, require_regie
from privacy.forms import PlainForm
from privacy.roles import Verb
from privacy.taking import take, typed


def _directed(pk: UUID, request: ActorRequest) -> TableAction:
    """An action for who directs its case; who has it is refused, anyone else knows nothing of it."""
    action = open_one(TableAction, pk, also=["user__organisation"], by=request.actor)
    require_regie(action, by=request.actor)
    return action


def _page(
    request: ActorRequest, action: TableAction, form: PlainForm, template: str, status: int = 200
) -> HttpResponse:
    context = {"action": action, "form": form, "reference": action.dossier.reference}
    return render(request, f"casework/meeting/{template}.html", context, status=status)


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def hand_on(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Gives an action to somebody else, or another day."""
    action = _directed(pk, request)
    now = timezone.now()
    people = actions.may_have(action, now).order_by("organisation__name", "name")
    choices = [(str(one.pk), f"{one.name}, {one.organisation.name}") for one in people]
    initial = {"user": str(action.user_id), "due_on": action.due_on}
    form = HandOnForm(typed(request), people=choices, initial=initial)

    def act() -> str:
        data = form.cleaned_data
        done = actions.hand_on(action, UUID(data["user"]), data["due_on"], now=now, by=request.actor)
        return f"De actie staat op naam van {done.user.name}."

    answer, status = take(request, form, act, lambda: ("case-meetings", action.case_id))
    return answer or _page(request, action, form, "action", status)


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def drop(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Decides that an action is not done."""
    action = _directed(pk, request)
    form = DropForm(typed(request))

    def act() -> str:
        actions.drop(action, form.cleaned_data["reason"], now=timezone.now(), by=request.actor)
        return "De actie is vervallen. Wie de actie had, krijgt een mail."

    answer, status = take(request, form, act, lambda: ("case-meetings", action.case_id))
    return answer or _page(request, action, form, "action-drop", status)
