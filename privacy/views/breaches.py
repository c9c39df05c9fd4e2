"""Reading about breaches: the register, one file, what goes to the AP. And telling of one, which everybody may."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from privacy.access import ActorRequest, guarded, require
from privacy.breaches import files, notices, register, reporting
from privacy.breaches.forms import ReportForm, ToldForm
from privacy.errors import NotKnown
from privacy.roles import Verb
from privacy.taking import take, typed


@guarded(Verb.BREACH_HANDLE)
@require_GET
def breaches(request: ActorRequest) -> HttpResponse:
    """All breaches."""
    lines = register.register(timezone.now(), by=request.actor)
    return render(request, "privacy/breaches.html", {"breach_lines": lines})


@guarded(Verb.BREACH_HANDLE)
@require_GET
def printed(request: ActorRequest) -> HttpResponse:
    """The register on paper: no names of persons, since none stands in it."""
    now = timezone.now()
    lines = register.register(now, printed=True, by=request.actor)
    return render(request, "privacy/breaches-print.html", {"breach_lines": lines, "now": now})


@guarded(Verb.BREACH_HANDLE)
@require_GET
def breach(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One file."""
    found = files.opened(pk, by=request.actor)
    page = register.page_of(found, timezone.now(), by=request.actor)
    return render(request, "privacy/breach.html", {"breach": found, "page": page})


@guarded(Verb.BREACH_HANDLE)
@require_GET
def for_ap(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What the form of the AP asks, to copy."""
    found = files.opened(pk, by=request.actor)
    blocks = register.blocks_for_ap(found, by=request.actor)
    return render(request, "privacy/breach-ap.html", {"breach": found, "blocks": blocks})


@guarded(Verb.BREACH_REPORT)
@require_http_methods(["GET", "POST"])
def report(request: ActorRequest) -> HttpResponse:
    """Tells of a possible breach."""
    now = timezone.now()
    form = ReportForm(typed(request), now=now, initial={"discovered_at": now})

    def act() -> str:
        made = reporting.report(form.as_report(), now=now, by=request.actor)
        return f"Uw melding is aangekomen onder nummer {made.dossier.reference}. De privacy officer heeft bericht."

    answer, status = take(request, form, act, lambda: ("breach-reported",))
    return answer or render(request, "privacy/breach-report.html", {"form": form}, status=status)


@guarded(Verb.BREACH_REPORT)
@require_GET
def reported(request: ActorRequest) -> HttpResponse:
    """What I told of before: that it arrived, and under which number."""
    receipts = reporting.receipts(by=request.actor)
    return render(request, "privacy/breach-reported.html", {"receipts": receipts})


@guarded(Verb.INFORMING)
@require_GET
def tasks(request: ActorRequest) -> HttpResponse:
    """What I was asked to tell persons."""
    return render(request, "privacy/breach-tasks.html", {"tasks": notices.own_tasks(by=request.actor)})


@guarded(Verb.INFORMING)
@require_http_methods(["GET", "POST"])
def task(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What to tell the persons of one dossier, and that it was done."""
    found = notices.opened_task(pk, by=request.actor)
    if found.person_id != request.actor.user_id:
        raise NotKnown
    now = timezone.now()
    form = ToldForm(typed(request), now=now, initial={"done_on": timezone.localdate(now)})

    def act() -> str:
        require(found.done_on is None, notices.ANSWERED)
        notices.answer(found, form.cleaned_data["done_on"], now=now, by=request.actor)
        return "Dank u. De privacy officer ziet dat het is verteld."

    answer, status = take(request, form, act, lambda: ("breach-tasks",))
    return answer or render(request, "privacy/breach-task.html", {"task": found, "form": form}, status=status)
