"""Guests at an item, and the one sheet of paper that a guest may get."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.forms.meetings.asking import ChangedGuestForm, GuestForm, as_noted
from casework.letters import as_pdf
from casework.models import AgendaItem, Guest
from casework.queries.cases import name_of
from casework.queries.meetings.reading import led_item
from casework.services.meetings import guests
from casework.services.meetings.holding import leads, why_not_change
from casework.views.plan_parts import take_seen
from privacy.access import ActorRequest, guarded, open_one, opened, require
from privacy.downloads import as_file
from privacy.errors import NotKnown
from privacy.roles import Verb
from privacy.taking import press, take, typed


def _page(
    request: ActorRequest,
    item: AgendaItem,
    form: GuestForm,
    status: int,
    *,
    guest: Guest | None = None,
    theirs: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    rows = opened(Guest).filter(item=item)
    context = {"item": item, "meeting": item.meeting, "name": name_of(item.case), "rows": rows, "guest": guest}
    context |= {"form": form, "why_not": why_not_change(item), "theirs": theirs}
    return render(request, f"casework/meeting/guest{'' if guest else 's'}.html", context, status=status)


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def index(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who comes besides the partners, and noting one more."""
    item = led_item(pk, by=request.actor)
    form = GuestForm(typed(request))

    def act() -> str:
        guests.invite(item, form.as_input(), now=timezone.now(), by=request.actor)
        return "De gast is genoteerd."

    answer, status = take(request, form, act, lambda: ("meeting-guests", pk))
    return answer or _page(request, item, form, status)


def _guest(request: ActorRequest, pk: UUID, event: str = "read") -> Guest:
    also = ["item__meeting", "item__case__dossier", "item__dossier"]
    guest = open_one(Guest, pk, event=event, also=also, by=request.actor)
    if not leads(guest.item.meeting.table_id, by=request.actor):
        raise NotKnown
    return guest


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What is noted of a guest, such as the day on which the statement was signed."""
    guest = _guest(request, pk)
    form = ChangedGuestForm(typed(request), version=guest.version, initial=as_noted(guest))

    def act() -> str:
        guests.change(guest, form.as_input(), seen=form.cleaned_data["seen"], by=request.actor)
        return "Bewaard."

    theirs = [(str(form[name].label), text) for name, text in as_noted(guest).items() if text]
    answer, status, shown = take_seen(request, form, act, lambda: ("meeting-guests", guest.item_id), theirs)
    return answer or _page(request, guest.item, form, status, guest=guest, theirs=shown.get("theirs"))


@guarded(Verb.MEETING_LEAD)
@require_POST
def remove(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A guest who does not come after all."""
    guest = _guest(request, pk)

    def act() -> str:
        guests.remove(guest, by=request.actor)
        return "De gast komt niet meer."

    press(request, act)
    return redirect("meeting-guests", guest.item_id)


@guarded(Verb.MEETING_LEAD)
@require_GET
def sheet(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The sheet for this guest at this item, as PDF: goal, question and agreements, and nothing of the case besides."""
    guest = _guest(request, pk, "export")
    why = guests.why_no_sheet(guest)
    require(not why, why)
    return as_file(as_pdf("gast", _content(guest)), "application/pdf", "blad.pdf")


def _content(guest: Guest) -> dict[str, str]:
    meeting = guest.item.meeting
    return {
        "municipality": settings.MUNICIPALITY_NAME,
        "name": guest.name,
        "organisation": guest.organisation,
        "when": date_format(timezone.localtime(meeting.starts_at), "l j F Y, H:i"),
        "place": meeting.place,
        "goal": guest.item.goal or "",
        "question": guest.question or "",
        "agreements": guest.agreements or "",
        "signed": date_format(guest.signed_on, "j F Y"),
    }
