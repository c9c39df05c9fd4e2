"""The own calendar: making, renewing and revoking its address, and what a calendar reads there."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework import calendars
from casework.queries.meetings import planning as queries
from casework.services.meetings import feeds
from privacy import limits
from privacy.access import ActorRequest, guarded, public
from privacy.acting import acting
from privacy.actor import SYSTEM_ID
from privacy.audit import record
from privacy.roles import Verb

HOUR = 3600
READS = 60  # an hour, of one calendar; a program that looks every minute is set wrong
UNKNOWN_LOGGED = 60  # an hour, of all that ask for what is not there: nobody fills the log from outside


@guarded(Verb.MEETING_ATTEND)
@require_http_methods(["GET", "POST"])
def page(request: ActorRequest) -> HttpResponse:
    """Whether there is an address; making one, which is told once: on this very page, as it is kept nowhere."""
    address = ""
    if request.method == "POST":
        token = feeds.make(now=timezone.now(), by=request.actor)
        address = f"{settings.SITE_URL}{reverse('calendar-feed', args=[token])}"
    context = {"address": address, "feed": queries.own_feed(request.actor)}
    return render(request, "casework/meeting/calendar.html", context)


@guarded(Verb.MEETING_ATTEND)
@require_POST
def revoke(request: ActorRequest) -> HttpResponse:
    """Ends the address."""
    feeds.revoke(now=timezone.now(), by=request.actor)
    messages.success(request, "Het adres werkt niet meer. Haal de agenda ook weg uit uw agendaprogramma.")
    return redirect("calendar")


@public
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """When somebody's tables meet, for who knows the address. Answers 404 for every other address, however it came."""
    user, now = queries.whose_calendar(token), timezone.now()
    if user is None:
        if limits.within("calendar.unknown", SYSTEM_ID, most=UNKNOWN_LOGGED, seconds=HOUR):
            record.look("calendar.unknown", outcome="refused", granted=False, by=None)
        raise Http404
    if not limits.within("calendar", user.pk, most=READS, seconds=HOUR):
        return render(request, "429.html", status=429)
    actor = replace(user.as_actor(), purpose="agenda-abonnement")
    with acting(actor):
        meetings = queries.for_calendar(now, by=actor) if actor.may(Verb.MEETING_ATTEND) else []
        record.look("calendar.read", by=actor)
    answer = HttpResponse(calendars.feed(meetings, now), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="overleg.ics"'
    return answer
