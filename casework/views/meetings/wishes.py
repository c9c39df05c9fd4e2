"""Asking to discuss a case, and the regisseur's answer."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms.meetings.asking import WishAnswerForm, WishForm
from casework.models import AgendaWish, Case, Meeting, MeetingStatus
from casework.queries.cases import name_of, open_case
from casework.services.meetings import wishes
from casework.views.case_pages import page
from privacy.access import ActorRequest, guarded, open_one, opened, require, require_regie
from privacy.roles import Verb
from privacy.taking import take, typed

MINUTES = 15


@guarded(Verb.MEETING_ATTEND)
@require_http_methods(["GET", "POST"])
def ask(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What my organisation asked before, and asking it now."""
    head, now = open_case(pk, by=request.actor), timezone.now()
    require(not head.directs, "U leidt het overleg: zet de casus zelf op de agenda.")
    form = WishForm(typed(request))

    def act() -> str:
        wishes.ask(head.case, form.cleaned_data["reason"], now=now, by=request.actor)
        return "Uw vraag is verstuurd. De regisseur antwoordt hier."

    answer, status = take(request, form, act, lambda: ("meeting-wish", pk))
    rows = list(opened(AgendaWish).filter(case=head.case, organisation=request.actor.home).order_by("-at"))
    why_not = wishes.TWICE if any(row.answered_at is None for row in rows) else wishes.why_not(head.case, now)
    context = {"form": form, "rows": rows, "why_not": why_not, "next": wishes.next_open(head.case, now)}
    template = "casework/meeting/wish.html"
    return answer or page(request, head, "case-detail", context, template=template, status=status)


def _meetings(case: Case) -> list[Meeting]:
    open_ones = Meeting.objects.filter(table=case.table_id, status=MeetingStatus.PLANNED, starts_at__gt=timezone.now())
    return list(open_ones.order_by("starts_at")[:5])


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Puts the case on an agenda, or says why not now."""
    wish = open_one(AgendaWish, pk, also=["case__dossier", "case__table", "organisation", "user"], by=request.actor)
    require_regie(wish, by=request.actor)
    meetings = _meetings(wish.case)
    form = WishAnswerForm(typed(request), meetings=meetings)

    def act() -> str:
        return _take_decision(wish, form, {str(meeting.pk): meeting for meeting in meetings}, request)

    given, status = take(request, form, act, lambda: ("case-detail", wish.case_id))
    context = {"form": form, "wish": wish, "name": name_of(wish.case), "done": wishes.DONE if wish.answered_at else ""}
    return given or render(request, "casework/meeting/wish-answer.html", context, status=status)


def _take_decision(wish: AgendaWish, form: WishAnswerForm, meetings: dict[str, Meeting], request: ActorRequest) -> str:
    now, by = timezone.now(), request.actor
    if not form.granted:
        wishes.decline(wish, form.cleaned_data["answer"], now=now, by=by)
        return "Uw antwoord is verstuurd."
    given = wishes.as_asked(wish, form.cleaned_data["goal"], MINUTES, now=now)
    wishes.grant(wish, meetings[form.cleaned_data["meeting"]], given, now=now, by=by)
    return "De casus staat op de agenda. Wie openlijk meedoet, zit erbij."
