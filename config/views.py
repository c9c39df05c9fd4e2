"""The two pages that belong to the whole house: the work list and help."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.queries.known import asking_seats
from casework.queries.meetings.coming import coming
from casework.queries.rights.asked import to_answer
from casework.queries.worklist import worklist
from escalation.queries.decisions import to_decide
from escalation.queries.due import due
from partners.todo import todo
from privacy.access import ActorRequest, guarded
from privacy.roles import Verb


@guarded(Verb.WORKLIST)
@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """What must I do now? For each role its own panels."""
    found = worklist(by=request.actor)
    if request.actor.may(Verb.DECIDE):
        found = replace(found, urgent=(*found.urgent, *to_decide(by=request.actor)))
    if request.actor.may(Verb.CASE_DIRECT):
        found = replace(found, urgent=(*found.urgent, *due(timezone.now(), by=request.actor)))
    if request.actor.may(Verb.RIGHTS_ANSWER):
        asked = to_answer(timezone.localdate(), by=request.actor)
        found = replace(found, urgent=(*found.urgent, *asked))
    context: dict[str, object] = {"list": found}
    if request.actor.may(Verb.MEETING_ATTEND):
        context["meetings"] = coming(timezone.now(), by=request.actor)
    if request.actor.may(Verb.SIGNAL_TRIAGE):
        context["may_ask_known"] = bool(asking_seats(by=request.actor))
    if request.actor.may(Verb.MANAGE):
        context["todo"] = todo(timezone.now())
    return render(request, "config/home.html", context)


@guarded(Verb.WORKLIST)
@require_GET
def help_page(request: ActorRequest) -> HttpResponse:
    """How to use it, per role, and the keys."""
    return render(request, "config/help.html")
