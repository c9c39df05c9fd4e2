"""The two pages that belong to the whole house: the work list and help."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.queries.extension import to_consent
from casework.queries.known import asking_seats
from casework.queries.looks import about_own_looks
from casework.queries.meetings.coming import coming
from casework.queries.rights.asked import to_answer
from casework.queries.rights.weighing import to_weigh
from casework.queries.worklist import worklist
from escalation.queries.decisions import to_decide
from escalation.queries.due import due
from partners.accounting.people import own
from partners.todo import todo
from privacy.access import ActorRequest, guarded
from privacy.breaches import notices
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
        weigh = to_weigh(timezone.localdate(), by=request.actor)
        found = replace(found, urgent=(*found.urgent, *asked, *weigh))
    if request.actor.may(Verb.RETENTION_CONSENT):
        found = replace(found, urgent=(*found.urgent, *to_consent(timezone.localdate(), by=request.actor)))
    explain = list(about_own_looks(timezone.localdate(), by=request.actor))
    urgent, soon = ([one for one in explain if one.waits is waits] for waits in (False, True))
    found = replace(found, urgent=(*found.urgent, *urgent), soon=(*found.soon, *soon))
    context: dict[str, object] = {"list": found, "proofs": own(request.actor.user_id, timezone.now())}
    if request.actor.may(Verb.MEETING_ATTEND):
        context["meetings"] = coming(timezone.now(), by=request.actor)
    if request.actor.may(Verb.SIGNAL_TRIAGE):
        context["may_ask_known"] = bool(asking_seats(by=request.actor))
    if request.actor.may(Verb.INFORMING):
        context["to_tell"] = notices.how_many_wait(by=request.actor)
    if request.actor.may(Verb.MANAGE):
        context["todo"] = todo(timezone.now())
    return render(request, "config/home.html", context)


@guarded(Verb.WORKLIST)
@require_GET
def help_page(request: ActorRequest) -> HttpResponse:
    """How to use it, per role, and the keys."""
    return render(request, "config/help.html")
