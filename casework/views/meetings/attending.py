"""A meeting for who sits there: the own items, one item, and answering what the own organisation is asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.forms.contributions import ContributionForm
from casework.forms.meetings.asking import RefuseForm
from casework.models import ItemQuestion
from casework.queries.meetings.asking import my_question
from casework.queries.meetings.attending import ItemView, own_agenda, own_item, view_of, while_open
from casework.queries.meetings.reading import one_meeting, open_item
from casework.services.meetings import asking
from casework.services.meetings.holding import leads
from casework.views.contributions import first_guess, form_for
from privacy.access import ActorRequest, guarded, require
from privacy.roles import Verb
from privacy.taking import press, take, typed


@guarded(Verb.MEETING_ATTEND)
@require_GET
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What is on the agenda for me; who leads the table prepares it."""
    meeting = one_meeting(pk, by=request.actor)
    if leads(meeting.table_id, by=request.actor):
        return HttpResponseRedirect("voorbereiden/")
    agenda = own_agenda(meeting, by=request.actor)
    return render(request, "casework/meeting/detail.html", {"meeting": meeting, "agenda": agenda})


def _page(
    request: ActorRequest, view: ItemView, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    shown = {"view": view, "item": view.item, "case": view.head, "meeting": view.item.meeting, **context}
    return render(request, f"casework/meeting/{template}.html", shown, status=status)


@guarded(Verb.MEETING_ATTEND)
@require_GET
def item(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One item: goal, who sits there, the case, and what my organisation is asked."""
    found = open_item(pk, by=request.actor)
    sits = found.seats.filter(user=request.actor.user_id).exists()
    if not sits and leads(found.meeting.table_id, by=request.actor):
        return redirect("meeting-questions", pk)
    view = view_of(while_open(found), by=request.actor)
    return _page(request, view, "item", {"may_bring": request.actor.may(Verb.CASE_CONTRIBUTE)})


def _asked(request: ActorRequest, pk: UUID) -> ItemQuestion:
    return my_question(own_item(pk, by=request.actor), by=request.actor)


def _form(request: ActorRequest, view: ItemView) -> ContributionForm:
    return form_for(view.head, request, first_guess(view.head, request))


@guarded(Verb.CASE_CONTRIBUTE)
@require_http_methods(["GET", "POST"])
def bring(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Answers with a contribution to the case: category, ground and readers as always."""
    question = _asked(request, pk)
    view = view_of(question.item, by=request.actor)
    require(view.head.open, view.head.why_not)
    form = _form(request, view)

    def act() -> str:
        asking.bring(question, form.as_input(), now=timezone.now(), by=request.actor)
        return "Uw inbreng is bewaard, en de vraag is beantwoord."

    answer, status = take(request, form, act, lambda: ("meeting-item", pk))
    return answer or _page(request, view, "bring", {"form": form}, status)


@guarded(Verb.MEETING_ATTEND)
@require_POST
def nothing(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Answers that nothing is known, with one button."""
    question = _asked(request, pk)

    def act() -> str:
        asking.know_nothing(question, by=request.actor)
        return "De regisseur ziet nu dat bij uw organisatie niets bekend is."

    press(request, act)
    return redirect("meeting-item", pk)


@guarded(Verb.MEETING_ATTEND)
@require_http_methods(["GET", "POST"])
def refuse(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Answers that nothing is shared; why is for the chair alone."""
    question = _asked(request, pk)
    view = view_of(question.item, by=request.actor)
    form = RefuseForm(typed(request))

    def act() -> str:
        asking.refuse(question, form.cleaned_data["text"], now=timezone.now(), by=request.actor)
        return "Uw antwoord is bewaard. Alleen de voorzitter leest uw reden."

    answer, status = take(request, form, act, lambda: ("meeting-item", pk))
    return answer or _page(request, view, "refuse", {"form": form}, status)
