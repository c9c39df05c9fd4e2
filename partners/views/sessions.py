"""The page of one's own sessions, and what a page asks to know whether it may go on."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from partners.login import clock, sessions
from privacy.access import ActorRequest, guarded, public
from privacy.roles import Verb
from privacy.taking import press


@guarded(Verb.WORKLIST, unsigned=True)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """Where I am logged in."""
    rows = sessions.running(timezone.now(), by=request.actor)
    context = {"rows": rows, "here": request.session.session_key}
    return render(request, "partners/sessions.html", context)


@guarded(Verb.WORKLIST, unsigned=True)
@require_POST
def end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Logs out in another browser."""

    def act() -> str:
        sessions.end(pk, by=request.actor)
        return "U bent daar uitgelogd."

    press(request, act)
    return redirect("session-list")


@guarded(Verb.WORKLIST, unsigned=True)
@require_POST
def end_everywhere(request: ActorRequest) -> HttpResponse:
    """Logs out in every browser."""
    sessions.end_everywhere(by=request.actor)
    request.session.flush()
    return redirect("account_login")


@public
@require_http_methods(["GET", "POST"])
def state(request: HttpRequest) -> HttpResponse:
    """How long this session lasts, and a fresh token after logging in anew. GET asks; POST is "I am still here"."""
    if not request.user.is_authenticated:
        return JsonResponse({"seconds": 0, "who": "", "token": ""})
    left = clock.seconds_left(request.session, timezone.now())
    return JsonResponse({"seconds": left, "who": clock.who(request), "token": get_token(request)})
