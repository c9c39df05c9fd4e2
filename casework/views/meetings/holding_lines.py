"""Lines typed at the table, each sent by itself: by a script that keeps what waits, or as an ordinary form.

The script gets what is on the screen now, and when a line was not understood the question as a form. Without a script
the same form comes on a page of its own. Nothing typed is thrown away by either.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseNotModified, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from casework import meeting_box
from casework.forms.meetings.holding import PresenceForm, ReviewForm, StanceForm
from casework.models import AgendaItem, ItemDecision, MeetingStatus, Stance
from casework.queries.meetings.live import STANCES, Live, live_of, stamp
from casework.queries.meetings.reading import led_item, led_item_unopened, open_item
from casework.services.meetings import agenda, attendance, consent, lines
from casework.services.meetings.running import day_of
from casework.services.plans.holding import Changed
from casework.spoken_days import spoken_day
from partners.profiling import profile_version
from privacy.access import ActorRequest, guarded, visible
from privacy.errors import Refused
from privacy.forms import PlainForm
from privacy.roles import Verb

SCRIPT = "X-Meeting-Box"
WALL = "scherm"
STATUS = {"saved": 200, "ask": 422, "refused": 409}
SOMEBODY_ELSE = "U bent nu ingelogd als iemand anders. Log in met uw eigen account, dan versturen we uw regels."


@dataclass(frozen=True, slots=True)
class Question:
    """The form that comes back when a line could not be taken as it was."""

    form: PlainForm
    address: str
    title: str
    theirs: tuple[tuple[str, str], ...] = ()


def on_the_wall(request: ActorRequest) -> bool:
    """Whether the screen is the one that everybody in the room sees."""
    return WALL in request.GET or WALL in request.POST


def live_context(request: ActorRequest, item: AgendaItem, live: Live | None) -> dict[str, Any]:
    """What the changing part of the screen shows."""
    profile = profile_version(item.case.profile, item.case.profile_version)
    runs = item.meeting.status == MeetingStatus.RUNNING
    shown = {"item": item, "live": live, "rules": profile.consents, "stances": STANCES}
    return shown | {"meeting_runs": runs, "wall": on_the_wall(request)}


@guarded(Verb.MEETING_LEAD)
@require_GET
def live(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What a colleague typed since `na`; 304 and nothing opened when that is nothing."""
    found = led_item_unopened(pk, by=request.actor)
    if request.GET.get("na") == stamp(found, by=request.actor):
        return HttpResponseNotModified()
    return _now(request, open_item(pk, by=request.actor), "saved", "")


def _now(
    request: ActorRequest, item: AgendaItem, state: str, said: str, *, html: str = "", status: int = 200
) -> HttpResponse:
    """The answer to the script: how it went, and what is on the screen now."""
    shown = live_of(item, by=request.actor)
    context = live_context(request, item, shown)
    body = {
        "state": state,
        "said": said,
        "html": html,
        "live": render_to_string("casework/meeting/_live.html", context, request),
        "stamp": shown.stamp,
        "open": shown.open,
        "token": get_token(request),
    }
    return JsonResponse(body, status=status)


def taken_line(
    request: ActorRequest, item: AgendaItem, form: PlainForm, act: Callable[[], str], ask: Callable[[], Question]
) -> HttpResponse:
    """Does `act` when the form is right; what is wrong comes back as a question with everything that was typed."""
    script = request.headers.get(SCRIPT)
    if script and script != meeting_box.name_of(item.meeting_id, by=request.actor):
        return JsonResponse({"state": "other", "said": SOMEBODY_ELSE}, status=409)
    state, said = _done(form, act)
    if script:
        html = _question(request, item, ask()) if state == "ask" else ""
        return _now(request, item, state, said, html=html, status=STATUS[state])
    if state == "saved":
        messages.success(request, said)
        return HttpResponseRedirect(address_of(request, item))
    return asked(request, item, ask(), said=said, status=409 if said else 422)


def _done(form: PlainForm, act: Callable[[], str]) -> tuple[str, str]:
    """How it went, and what to say of it."""
    if not form.is_valid():
        return "ask", ""
    try:
        with transaction.atomic():
            return "saved", act()
    except Changed as changed:
        return "ask", str(changed)
    except Refused as refusal:
        return "refused", str(refusal)


def asked(
    request: ActorRequest, item: AgendaItem, question: Question, *, said: str = "", status: int = 200
) -> HttpResponse:
    """A question on a page of its own."""
    back, wall = address_of(request, item), on_the_wall(request)
    context = {"item": item, "question": question, "said": said, "back": back, "wall": wall}
    return render(request, "casework/meeting/hold-line.html", context, status=status)


def _question(request: ActorRequest, item: AgendaItem, question: Question) -> str:
    context = {"item": item, "question": question, "wall": on_the_wall(request)}
    return render_to_string("casework/meeting/_question.html", context, request)


def address_of(request: ActorRequest, item: AgendaItem) -> str:
    """The screen with this item on it; on the wall when that is where it was."""
    wall = f"&{WALL}=1" if on_the_wall(request) else ""
    return f"{reverse('meeting-hold', args=[item.meeting_id])}?punt={item.pk}{wall}"


@guarded(Verb.MEETING_LEAD)
@require_POST
def presence(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Whether somebody is there; or that a guest signed for secrecy."""
    item = led_item(pk, by=request.actor)
    form = PresenceForm(request.POST)

    def act() -> str:
        data, now = form.cleaned_data, timezone.now()
        if data["signed"]:
            attendance.guest_signed(item, data["who"], now=now, by=request.actor)
            return "Genoteerd: deze gast tekende vandaag voor geheimhouding."
        attendance.note(item, data["who"], bool(data["present"]), now=now, by=request.actor)
        return "Aanwezigheid bewaard."

    return taken_line(request, item, form, act, lambda: Question(form, request.path, "Aanwezigheid"))


@guarded(Verb.MEETING_LEAD)
@require_POST
def stance(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What an organisation with a say finds of a decision."""
    item = led_item(pk, by=request.actor)
    form = StanceForm(request.POST)

    def act() -> str:
        data = form.cleaned_data
        row = get_object_or_404(
            visible(ItemDecision, by=request.actor).select_related("item__case", "item__meeting"),
            pk=data["decision"],
            item=item,
        )
        row.item = item
        consent.note(row, data["organisation"], Stance(data["stance"]), now=timezone.now(), by=request.actor)
        return "Instemming bewaard."

    return taken_line(request, item, form, act, lambda: Question(form, request.path, "Instemming"))


@guarded(Verb.MEETING_LEAD)
@require_POST
def review(request: ActorRequest, pk: UUID) -> HttpResponse:
    """When the table comes back to the case."""
    item = led_item(pk, by=request.actor)
    later = agenda.next_meeting(item.meeting)
    day = day_of(item.meeting)
    form = ReviewForm(request.POST, on=day, next_meeting=day_of(later) if later else None)

    def act() -> str:
        lines.come_back_on(item, form.cleaned_data["day"], by=request.actor)
        chosen = form.cleaned_data["day"]
        return f"Terug op tafel: {spoken_day(chosen)}." if chosen else "Er staat geen dag meer voor terugkomen."

    return taken_line(request, item, form, act, lambda: Question(form, request.path, "Terug op tafel"))
