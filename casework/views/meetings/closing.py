"""Closing a meeting."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms.meetings.minutes import ClosingForm
from casework.queries.meetings.closing import closing
from casework.queries.meetings.reading import led_meeting
from casework.services.meetings.closing import Closed, close_meeting
from privacy.access import ActorRequest, guarded
from privacy.roles import Verb
from privacy.taking import take, typed


def _said(done: Closed) -> str:
    told = ["Het overleg is afgesloten."]
    if done.carried:
        told.append(f"{done.carried} {'punt staat' if done.carried == 1 else 'punten staan'} op het volgende overleg.")
    if done.waiting:
        many = "punt wordt" if done.waiting == 1 else "punten worden"
        told.append(f"{done.waiting} {many} voorgesteld voor het eerste overleg dat u plant.")
    if done.minutes:
        told.append("Controleer nu het verslag.")
    return " ".join(told)


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def close(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What was decided per item, what is not finished, and the button that ends the meeting."""
    meeting = led_meeting(pk, by=request.actor)
    now = timezone.now()
    shown = closing(meeting, now, by=request.actor)
    items = [(str(item.pk), f"{item.reference} {item.name}") for item in shown.unfinished]
    form = ClosingForm(typed(request), items=items)

    def act() -> str:
        return _said(close_meeting(meeting, form.finished(), now=now, by=request.actor))

    answer, status = take(request, form, act, lambda: ("meeting-minutes", pk))
    context = {"closing": shown, "meeting": meeting, "form": form}
    return answer or render(request, "casework/meeting/close.html", context, status=status)
