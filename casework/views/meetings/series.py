"""The rhythm in which a table meets: beginning, changing and ending it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms.meetings.planning import SeenForm, SeriesForm
from casework.models import MeetingSeries
from casework.queries.meetings import planning as queries
from casework.rhythm import in_words
from casework.services.meetings import series
from casework.services.meetings.holding import open_items
from casework.services.meetings.planning import as_read
from privacy.access import ActorRequest, guarded, require
from privacy.roles import Verb
from privacy.taking import take, typed
from privacy.unlock import unlock


def _count(many: int) -> str:
    return "1 overleg" if many == 1 else f"{many} overleggen"


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, table: UUID) -> HttpResponse:
    """Sets the rhythm of a table."""
    there, now = queries.led_table(table, by=request.actor), timezone.now()
    mine = {"chair": request.actor.user_id, "secretary": request.actor.user_id}
    form = SeriesForm(typed(request), people=queries.regisseurs(there, now), initial=mine)
    made: list[MeetingSeries] = []

    def act() -> str:
        begun, many = series.begin(there, form.timing(), form.where(), now=now, by=request.actor)
        made.append(begun)
        return f"Het ritme is bewaard. Er staan nu {_count(many)} gepland."

    answer, status = take(request, form, act, lambda: ("series-detail", made[0].pk))
    return answer or render(request, "casework/meeting/plan-series.html", {"form": form, "table": there}, status=status)


def _open_agendas(found: MeetingSeries, request: ActorRequest) -> None:
    """What stands on agendas that may not go on goes along to another, so it is opened."""
    items = open_items(series.following(found, timezone.now()))
    if items:
        unlock([item.dossier_id for item in items], by=request.actor)


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A rhythm: its coming meetings, the days that are skipped, and changing it."""
    found, now = queries.led_series(pk, by=request.actor), timezone.now()
    # From the first meeting that follows: so "every two weeks" stays in the same weeks unless somebody wants otherwise.
    first = series.following(found, now).order_by("starts_at").first()
    begins_on = timezone.localdate(first.starts_at if first else now + timedelta(days=1))
    initial = (
        {"begins_on": begins_on}
        | {
            name: getattr(found, name)
            for name in ("rhythm", "every", "weekday", "nth", "minutes", "cutoff_days", "place", "video_link")
        }
        | {
            "chair": found.chair_id,
            "secretary": found.secretary_id,
            "clock": found.starts_at,
            "cutoff_clock": found.cutoff_time,
            "was": as_read(found),
        }
    )
    form = SeriesForm(typed(request), people=queries.regisseurs(found.table, now), initial=initial)

    def act() -> str:
        _open_agendas(found, request)
        _, many = series.change(found, form.timing(), form.where(), form.seen(), now=now, by=request.actor)
        return f"Het ritme is gewijzigd. {_count(many)} volgen dit ritme. Wat bekendgemaakt was, bleef staan."

    answer, status = take(request, form, act, lambda: ("series-detail", pk))
    context = {
        "form": form,
        "table": found.table,
        "series": found,
        "words": in_words(found),
        "coming": queries.coming_of(found, now),
        "skipped": queries.skipped(found, now),
    }
    return answer or render(request, "casework/meeting/plan-series.html", context, status=status)


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ends a rhythm, after saying which meetings go."""
    found, now = queries.led_series(pk, by=request.actor), timezone.now()
    require(found.ended_at is None, "Deze reeks is al gestopt.")
    form = SeenForm(typed(request), initial={"was": as_read(found)})

    def act() -> str:
        _open_agendas(found, request)
        gone = series.end(found, form.seen(), now=now, by=request.actor)
        return f"De reeks is gestopt. {_count(gone)} afgezegd."

    answer, status = take(request, form, act, lambda: ("meeting-list",))
    context = {"form": form, "series": found, "words": in_words(found), "going": series.following(found, now).count()}
    return answer or render(request, "casework/meeting/plan-series-end.html", context, status=status)
