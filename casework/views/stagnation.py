"""Why something is stuck and what could be done, waiting with an alarm, and contact with the family."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.forms.worklists import ContactForm, PauseForm
from casework.models import ContactKind
from casework.queries.stuck import Standstill, contacts, open_stuck, standing_still
from casework.services import stagnation
from casework.views.household_pages import page, working
from partners.models import Alarm
from privacy.access import ActorRequest, guarded, require
from privacy.errors import NotKnown
from privacy.roles import Verb
from privacy.taking import take, typed


@guarded(Verb.CASE_DIRECT)
@require_GET
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One household or case: what is stuck, since when, whose turn, and a proposal."""
    found = open_stuck(pk, timezone.localdate(), by=request.actor)
    return render(request, "casework/work/stuck.html", {"stuck": found})


def _known(alarm: str) -> Alarm:
    if alarm not in Alarm.values:
        raise NotKnown
    return Alarm(alarm)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def wait(request: ActorRequest, pk: UUID, alarm: str) -> HttpResponse:
    """Waits with an alarm until a day, with why."""
    which, today = _known(alarm), timezone.localdate()
    found = open_stuck(pk, today, by=request.actor)
    require(found.has(which), "Dit loopt niet (meer) vast. Er is niets om op te wachten.")
    form = PauseForm(typed(request))

    def act() -> str:
        data, now = form.cleaned_data, timezone.now()
        stagnation.pause(found.dossier, which, data["until"], data["reason"], now=now, today=today, by=request.actor)
        return f"Wij wachten tot {data['until']:%d-%m-%Y}. Dan staat het alarm er weer."

    answer, status = take(request, form, act, lambda: ("stuck-detail", pk))
    context = {"stuck": found, "form": form, "alarms": [one for one in found.every if one.alarm is which]}
    return answer or render(request, "casework/work/wait.html", context, status=status)


@guarded(Verb.CASE_DIRECT)
@require_POST
def go_on(request: ActorRequest, pk: UUID, alarm: str) -> HttpResponse:
    """Waits no longer."""
    which = _known(alarm)
    found: Standstill = open_stuck(pk, timezone.localdate(), by=request.actor)
    stagnation.resume(found.dossier, which, now=timezone.now(), by=request.actor)
    messages.success(request, "Het alarm staat er weer.")
    return redirect("stuck-detail", pk)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def contact(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Contact with the family: what was noted, and one more."""
    head, today = working(pk, request), timezone.localdate()
    form = ContactForm(typed(request), today=today)

    def act() -> str:
        data = form.cleaned_data
        stagnation.note_contact(
            head.household,
            data["held_on"],
            ContactKind(data["kind"]),
            whom=data["whom"],
            note=data["note"],
            now=timezone.now(),
            today=today,
            by=request.actor,
        )
        return "Het contact is genoteerd."

    answer, status = take(request, form, act, lambda: ("household-contact", pk))
    context = {"form": form, "contacts": contacts(head), "stuck": standing_still(head, today)}
    return answer or page(request, head, "household-contact", context, status=status)
