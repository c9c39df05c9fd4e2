"""The meetings of the tables where somebody sits; planning, moving and cancelling them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from casework.forms.meetings.planning import MeetingForm, SeenForm, WhenForm, WhereForm
from casework.models import Meeting
from casework.queries.meetings import planning as queries
from casework.queries.meetings.reading import changing_meeting
from casework.services.meetings import agenda, moving, planning
from casework.services.meetings.holding import open_items
from casework.services.meetings.planning import as_read
from privacy.access import ActorRequest, guarded
from privacy.forms import PlainForm
from privacy.roles import Verb
from privacy.taking import take, typed
from privacy.unlock import unlock


@guarded(Verb.MEETING_ATTEND)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """When my tables meet; for who directs one, in which rhythm."""
    by, now = request.actor, timezone.now()
    tables, led = queries.own_tables(by), queries.led_tables(by)
    chosen = next((table for table in tables if table.code == request.GET.get("tafel")), None)
    shown = [chosen] if chosen else tables
    found = queries.listed([one.pk for one in shown], now, everything="alles" in request.GET, by=by)
    rhythms = queries.rhythms(led, now)
    context = {
        "found": found,
        "tables": tables,
        "chosen": chosen,
        "led": [(table, rhythms[table.pk]) for table in led if table in shown],
    }
    return render(request, "casework/meeting/list.html", context)


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, table: UUID) -> HttpResponse:
    """Plans one meeting."""
    there, now = queries.led_table(table, by=request.actor), timezone.now()
    mine = {"chair": request.actor.user_id, "secretary": request.actor.user_id}
    form = MeetingForm(typed(request), people=queries.regisseurs(there, now), initial=mine)

    def act() -> str:
        meeting = planning.plan(there, form.meeting(), now=now, by=request.actor)
        return f"Het overleg van {timezone.localtime(meeting.starts_at):%d-%m-%Y, %H:%M} uur is gepland."

    answer, status = take(request, form, act, lambda: ("meeting-list",))
    return answer or render(request, "casework/meeting/plan-new.html", {"form": form, "table": there}, status=status)


def _show(
    request: ActorRequest, meeting: Meeting, page: str, form: PlainForm, status: int, **more: Any
) -> HttpResponse:
    context = {"form": form, "meeting": meeting, **more}
    return render(request, f"casework/meeting/plan-{page}.html", context, status=status)


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Changes where a meeting is, who leads and who writes."""
    meeting, now = changing_meeting(pk, by=request.actor), timezone.now()
    initial = {
        "chair": meeting.chair_id,
        "secretary": meeting.secretary_id,
        "place": meeting.place,
        "video_link": meeting.video_link,
        "was": as_read(meeting),
    }
    form = WhereForm(typed(request), people=queries.regisseurs(meeting.table, now), initial=initial)

    def act() -> str:
        planning.change(meeting, form.where(), form.seen(), now=now, by=request.actor)
        return "Het overleg is gewijzigd."

    answer, status = take(request, form, act, lambda: ("meeting-list",))
    return answer or _show(request, meeting, "edit", form, status)


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def move(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Moves a meeting to a later moment."""
    meeting, now = changing_meeting(pk, by=request.actor), timezone.now()
    starts_at = timezone.localtime(meeting.starts_at)
    initial = {
        "clock": starts_at.time(),
        "minutes": (meeting.ends_at - meeting.starts_at) // timedelta(minutes=1),
        "was": as_read(meeting),
    }
    form = WhenForm(typed(request), initial=initial)

    def act() -> str:
        moved = moving.move(meeting, form.moments(), form.seen(), now=now, by=request.actor)
        return f"Het overleg is nu op {timezone.localtime(moved.starts_at):%d-%m-%Y, %H:%M} uur."

    answer, status = take(request, form, act, lambda: ("meeting-list",))
    return answer or _show(request, meeting, "move", form, status)


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def cancel(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Cancels a meeting, after saying what happens with its agenda."""
    meeting = changing_meeting(pk, by=request.actor)
    form = SeenForm(typed(request), initial={"was": as_read(meeting)})
    items = open_items([meeting])

    def act() -> str:
        # What an item is for goes along to the next agenda, so it is opened.
        unlock([item.dossier_id for item in items], by=request.actor)
        went = moving.cancel(meeting, form.seen(), now=timezone.now(), by=request.actor)
        return "Het overleg is afgezegd." + (" De open punten gaan naar het volgende overleg." if went else "")

    answer, status = take(request, form, act, lambda: ("meeting-list",))
    later = agenda.next_meeting(meeting)
    return answer or _show(request, meeting, "cancel", form, status, items=items, later=later)
