"""Asking for access to a case by its number, one's own requests, and the regisseur's answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.forms.asking import AskForm, GiveForm, NoForm
from casework.models import AccessRequest
from casework.queries.asking import AskedFor, asked_for, one_request, own_requests
from casework.queries.cases import CaseHead
from casework.services import asking
from casework.views.case_pages import directed, page
from privacy.access import ActorRequest, guarded, require
from privacy.forms import PlainForm
from privacy.roles import Verb
from privacy.taking import take, typed

SENT = "Uw verzoek is verstuurd. Als dit nummer bij een tafel hoort waaraan u zit, hoort u van de regisseur."


@guarded(Verb.ACCESS_ASK)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """My requests, and the way to a new one."""
    rows = own_requests(timezone.now(), by=request.actor)
    return render(request, "casework/asking/list.html", {"rows": rows, "seated": bool(request.actor.seats)})


@guarded(Verb.ACCESS_ASK)
@require_http_methods(["GET", "POST"])
def ask(request: ActorRequest) -> HttpResponse:
    """Asks for access to a case; the answer is the same whatever the number is."""
    form = AskForm(typed(request), today=timezone.localdate())

    def act() -> str:
        data = form.cleaned_data
        asking.ask(data["number"], data["reason"], data["until"], now=timezone.now(), by=request.actor)
        return SENT

    answer, status = take(request, form, act, lambda: ("ask-list",))
    return answer or render(request, "casework/asking/new.html", {"form": form}, status=status)


@guarded(Verb.ACCESS_ASK)
@require_POST
def withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Takes back one's own request."""
    with transaction.atomic():
        asking.withdraw(one_request(pk, by=request.actor), now=timezone.now(), by=request.actor)
    messages.success(request, "Uw verzoek is ingetrokken.")
    return redirect("ask-list")


def _asked(pk: UUID, request_id: UUID, request: ActorRequest) -> tuple[CaseHead, AccessRequest, AskedFor]:
    """A request for this case that waits; raises NotKnown, and Refused when a colleague was first."""
    head = directed(pk, request)
    found = one_request(request_id, by=request.actor)
    shown = next(
        (row for row in asked_for(head.dossier_id, timezone.now(), by=request.actor) if row.pk == found.pk), None
    )
    require(shown is not None, asking.DECIDED)
    assert shown is not None
    return head, found, shown


def _page(request: ActorRequest, head: CaseHead, shown: AskedFor, status: int, **forms: PlainForm) -> HttpResponse:
    today = timezone.localdate()
    first = {"until": f"{shown.needed_until:%d-%m-%Y}"}
    context: dict[str, Any] = {
        "asked": shown,
        "form": forms.get("give") or GiveForm(today=today, profile=head.profile, initial=first),
        "no_form": forms.get("no") or NoForm(),
    }
    return page(request, head, "case-request", context, status=status)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def decide(request: ActorRequest, pk: UUID, request_id: UUID) -> HttpResponse:
    """Who asks, why and until when; says yes with a ground and an end."""
    head, found, shown = _asked(pk, request_id, request)
    if request.method == "GET":
        return _page(request, head, shown, 200)
    form = GiveForm(request.POST, today=timezone.localdate(), profile=head.profile)

    def act() -> str:
        given = {"ground": form.cleaned_data["ground"], "hidden": form.cleaned_data["hidden"]}
        asking.give(found, head.case, until=form.until_moment(), **given, now=timezone.now(), by=request.actor)
        return f"{shown.name} heeft nu toegang."

    answer, status = take(request, form, act, lambda: ("case-sharing", pk))
    return answer or _page(request, head, shown, status, give=form)


@guarded(Verb.CASE_DIRECT)
@require_POST
def refuse(request: ActorRequest, pk: UUID, request_id: UUID) -> HttpResponse:
    """Says no, with a reason that the asker reads."""
    head, found, shown = _asked(pk, request_id, request)
    form = NoForm(request.POST)

    def act() -> str:
        asking.refuse(found, head.case, form.cleaned_data["reason"], now=timezone.now(), by=request.actor)
        return "Het verzoek is afgewezen. De aanvrager leest uw reden."

    answer, status = take(request, form, act, lambda: ("case-sharing", pk))
    return answer or _page(request, head, shown, status, no=form)
