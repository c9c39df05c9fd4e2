"""Holding a meeting: the one screen, beginning it, and closing its items."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from casework import meeting_box
from casework.forms.meetings.holding import CloseForm
from casework.models import AgendaItem, ItemOutcome
from casework.queries.meetings.holding import Held, held
from casework.queries.meetings.reading import led_item, led_meeting
from casework.services.meetings import agenda
from casework.services.meetings.running import day_of
from casework.spoken_days import spoken_day
from casework.theming import theme_version
from casework.views.meetings.holding_lines import address_of, live_context, on_the_wall
from privacy.access import ActorRequest, guarded
from privacy.audit import record
from privacy.errors import NotKnown
from privacy.roles import Verb
from privacy.taking import press

SHOWN, SUMMARY = "toon", "samenvatting"


def _wanted(request: ActorRequest) -> UUID | None:
    typed = request.GET.get("punt", "")
    try:
        return UUID(typed) if typed else None
    except ValueError as wrong:
        raise NotKnown from wrong


@guarded(Verb.MEETING_LEAD)
@require_GET
def page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The screen from which a meeting is held; looking at it does not begin it."""
    meeting = led_meeting(pk, by=request.actor)
    screen = held(meeting, _wanted(request), now=timezone.now(), by=request.actor)
    wall = on_the_wall(request)
    context = {
        "meeting": meeting,
        "day": spoken_day(day_of(meeting)),
        "today": day_of(meeting) == timezone.localdate(),
        "held": screen,
        "wall": wall,
        "shown": _reveal(request, screen) if wall else "",
        "box": meeting_box.name_of(meeting.pk, by=request.actor),
        "key": meeting_box.key_of(meeting.pk, by=request.actor),
    }
    if screen.item is not None:
        context |= live_context(request, screen.item, screen.live) | _ends(screen.item, screen)
    return render(request, "casework/meeting/hold.html", context)


def _reveal(request: ActorRequest, screen: Held) -> str:
    """What was asked to be shown on the wall: one person, or the summary. It is in the log before it is shown."""
    wanted = request.GET.get(SHOWN, "")
    if screen.summary is None or screen.item is None or not wanted:
        return ""
    if wanted != SUMMARY and wanted not in {str(one.pk) for one in screen.summary.subjects}:
        return ""
    seen = record.Seen((screen.item.dossier_id,), (screen.summary.reference,))
    fields = ["summary"] if wanted == SUMMARY else ["address", "birth_date"]
    record.look("meeting.revealed", seen=seen, fields=fields, object_pk=wanted, by=request.actor)
    return wanted


def _ends(item: AgendaItem, screen: Held) -> dict[str, object]:
    theme = theme_version(item.case.theme, item.case.theme_version)
    return {"theme": theme.name, "decision_key": uuid4(), "action_key": uuid4(), "summary": screen.summary}


@guarded(Verb.MEETING_LEAD)
@require_POST
def begin(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Begins the meeting."""
    meeting = led_meeting(pk, by=request.actor)

    def act() -> str:
        agenda.open_meeting(meeting, now=timezone.now(), by=request.actor)
        return ""

    press(request, act)
    return redirect("meeting-hold", pk)


@guarded(Verb.MEETING_LEAD)
@require_POST
def close(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Closes an item, discussed or carried to the next meeting, and goes on to the one that comes next."""
    item = led_item(pk, by=request.actor)
    form = CloseForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Kies hoe dit punt eindigt.")
        return HttpResponseRedirect(address_of(request, item))
    done = press(request, lambda: _closed(item, ItemOutcome(form.cleaned_data["outcome"]), request))
    # On the wall the next case waits until somebody asks for it: who sat at this one may still be in the room.
    if not done or on_the_wall(request):
        return HttpResponseRedirect(address_of(request, item))
    return redirect("meeting-hold", item.meeting_id)


def _closed(item: AgendaItem, outcome: ItemOutcome, request: ActorRequest) -> str:
    now = timezone.now()
    if outcome == ItemOutcome.DISCUSSED:
        agenda.close_item(item, outcome, now=now, by=request.actor)
        return f"{item.dossier.reference} is besproken. De toegang via dit punt is gestopt."
    carried = agenda.carry(item, now=now, by=request.actor)
    if carried is None:
        return f"{item.dossier.reference} komt terug zodra er een volgend overleg is gepland."
    return f"{item.dossier.reference} staat op de agenda van {spoken_day(day_of(carried.meeting))}."
