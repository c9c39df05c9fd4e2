"""The minutes of a meeting: reading, correcting and fixing them, and taking them along as a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.forms.meetings.minutes import CorrectionForm
from casework.letters import as_pdf
from casework.letters.minutes import as_docx
from casework.models import Meeting, MeetingStatus
from casework.queries.meetings.minutes import Minutes, Part, read_minutes, who_reads_what
from casework.queries.meetings.reading import led_meeting, one_meeting
from casework.services.disclosing import kept_back
from casework.services.meetings import minutes as minutes_of
from privacy.access import ActorRequest, guarded
from privacy.downloads import as_file
from privacy.errors import NotKnown
from privacy.forms import PlainForm
from privacy.roles import Verb
from privacy.taking import take, typed

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _read(request: ActorRequest, meeting: Meeting, event: str = "read") -> Minutes:
    asked = request.GET.get("versie", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    return read_minutes(meeting, number, event=event, now=timezone.now(), by=request.actor)


def _page(
    request: ActorRequest, meeting: Meeting, *, refused: PlainForm | None = None, status: int = 200
) -> HttpResponse:
    found = _read(request, meeting)
    context = {
        "meeting": meeting,
        "minutes": found,
        "refused": refused,
        "sides": who_reads_what(found, by=request.actor) if found.leads and found.version else (),
        "named": {"chair_at": "voorzitter", "secretary_at": "verslaglegger"},
        "closes": found.leads and meeting.status == MeetingStatus.RUNNING,
    }
    return render(request, "casework/meeting/minutes.html", context, status=status)


@guarded(Verb.MEETING_ATTEND)
@require_GET
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The minutes as this reader has them."""
    return _page(request, one_meeting(pk, by=request.actor))


@guarded(Verb.MEETING_LEAD)
@require_POST
def fix(request: ActorRequest, pk: UUID, number: int) -> HttpResponse:
    """Fixes a version, in one's own place."""
    meeting = led_meeting(pk, by=request.actor)
    form = PlainForm({})

    def act() -> str:
        done = minutes_of.fix(meeting, number, now=timezone.now(), by=request.actor)
        if done.fixed_at:
            return "Het verslag is vastgesteld. Iedereen leest nu het eigen deel en krijgt daarvan een mail."
        return "U hebt het verslag vastgesteld. Het wacht nog op uw collega."

    # Fixing needs the parts: who hands out must hold them. The page logs the same look.
    answer, status = take(request, form, act, lambda: ("meeting-minutes", pk))
    return answer or _page(request, meeting, refused=form, status=status)


def _part(found: Minutes, item: UUID) -> Part:
    part = next((part for part in found.parts if part.item == item and part.reads_item), None)
    if part is None:
        raise NotKnown
    return part


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, pk: UUID, item_id: UUID) -> HttpResponse:
    """Corrects what the minutes say of one item."""
    meeting = led_meeting(pk, by=request.actor)
    found = read_minutes(meeting, 0, now=timezone.now(), by=request.actor)
    part = _part(found, item_id)
    initial = {
        "decisions": "\n".join(one.text for one in part.decisions),
        "review_on": part.review_on,
        "remark": part.remark,
        "seen": part.piece,
    }
    form = CorrectionForm(typed(request), initial=initial)

    def act() -> str:
        given, seen = form.correction(), form.cleaned_data["seen"]
        minutes_of.correct(part.item, meeting, given, seen=seen, now=timezone.now(), by=request.actor)
        return "De verbetering is bewaard. Voorzitter en verslaglegger stellen het verslag opnieuw vast."

    answer, status = take(request, form, act, lambda: ("meeting-minutes", pk))
    context = {"meeting": meeting, "part": part, "form": form}
    return answer or render(request, "casework/meeting/minutes-correct.html", context, status=status)


# --- files --------------------------------------------------------------------------------------------


def _exported(request: ActorRequest, meeting: Meeting) -> Minutes:
    found = _read(request, meeting, "export")
    if found.version is None:
        raise NotKnown
    kept = kept_back(part.dossier for part in found.parts)
    return replace(found, parts=tuple(part for part in found.parts if part.dossier not in kept))


@guarded(Verb.MEETING_ATTEND)
@require_GET
def pdf(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The minutes as this reader has them, as an accessible PDF."""
    found = _exported(request, one_meeting(pk, by=request.actor))
    return as_file(as_pdf("verslag", _content(found, request)), "application/pdf", "verslag.pdf")


@guarded(Verb.MEETING_LEAD)
@require_GET
def docx(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The whole minutes for the archive of the municipality, for who leads."""
    found = _exported(request, led_meeting(pk, by=request.actor))
    return as_file(as_docx(_content(found, request)), DOCX, "verslag.docx")


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _content(found: Minutes, request: ActorRequest) -> dict[str, Any]:
    """The minutes as the templates of files read them: words, nothing else."""
    meeting, version = found.meeting, found.version
    assert version is not None
    starts = timezone.localtime(meeting.starts_at)
    return {
        "municipality": settings.MUNICIPALITY_NAME,
        "table": meeting.table.name,
        "day": date_format(starts, "l j F Y"),
        "place": meeting.place,
        "chair": meeting.chair.name,
        "secretary": meeting.secretary.name,
        "reader": request.actor.organisation_name,
        "state": f"Vastgesteld op {_day(timezone.localdate(version.fixed_at))}" if version.fixed_at else "Concept",
        "version": version.number,
        "parts": [_words(part) for part in found.parts],
    }


def _words(part: Part) -> dict[str, Any]:
    return {
        "reference": part.reference,
        "name": part.name,
        "reads_item": part.reads_item,
        "why": part.why,
        "goal": part.goal,
        "outcome": part.outcome,
        "remark": part.remark,
        "review_on": _day(part.review_on),
        "before": [_day(day) for day in part.before],
        "present": [f"{one.name} ({one.organisation})" for one in part.present],
        "absent": [f"{one.name} ({one.organisation})" for one in part.absent],
        "decisions": [
            {"text": one.text, "consents": "; ".join(f"{who}: {stance.lower()}" for who, stance in one.consents)}
            for one in part.decisions
        ],
        "actions": [
            {"text": one.text, "owner": one.owner, "organisation": one.organisation, "due": _day(one.due_on)}
            for one in part.actions
        ],
    }
