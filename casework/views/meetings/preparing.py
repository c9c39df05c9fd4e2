"""Preparing a meeting: what is on the agenda, in which order, who sits at each item, and making it known."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.forms.meetings.preparing import ItemForm, SeatForm
from casework.models import AgendaItem, AgendaPlace, Case, ItemOutcome, ItemSeat
from casework.ordering import together
from casework.queries.meetings.preparing import agenda_of, first_reason, needs, placed, proposals, seatable
from casework.queries.meetings.reading import changing_meeting, led_item, led_meeting
from casework.services.meetings import agenda
from casework.services.meetings.agenda import ItemInput
from casework.services.meetings.holding import why_not_prepare
from casework.views.plan_parts import take_seen
from partners.profiling import profile_of
from privacy.access import ActorRequest, guarded, open_one, require, visible
from privacy.errors import NotKnown
from privacy.roles import Verb
from privacy.taking import press, take, typed


def _back(meeting: UUID, item: str = "") -> HttpResponse:
    """To the agenda, where the item stands that somebody moved."""
    return redirect(reverse("meeting-prepare", args=[meeting]) + (f"#punt-{item}" if item else ""))


def _every(request: HttpRequest) -> bool:
    """Whether somebody wants to choose among all open cases of the table."""
    return request.GET.get("alle") == "1"


@guarded(Verb.MEETING_LEAD)
@require_GET
def prepare(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The agenda as it stands, and which cases should be on it."""
    meeting, now = led_meeting(pk, by=request.actor), timezone.now()
    why_not = why_not_prepare(meeting)
    context = {
        "meeting": meeting,
        "agenda": agenda_of(meeting, now, by=request.actor),
        "proposals": [] if why_not else proposals(meeting, every=_every(request), by=request.actor),
        "every": _every(request),
        "why_not": why_not,
        "late": now >= meeting.cutoff_at,
    }
    return render(request, "casework/meeting/prepare.html", context)


@guarded(Verb.MEETING_LEAD)
@require_POST
def add(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Puts the cases that were ticked on the agenda, with who takes part in each."""
    meeting, now = changing_meeting(pk, by=request.actor), timezone.now()
    wanted = {str(case): found for case, found in needs(meeting, every=True, by=request.actor).items()}
    chosen = [pk for pk in dict.fromkeys(request.POST.getlist("casus")) if pk in wanted]
    if not chosen:
        messages.error(request, "Kruis eerst een casus aan. Wat er al op staat, kan niet nog eens.")
        return redirect("meeting-prepare", pk)
    urgent = now >= meeting.cutoff_at
    for key in chosen:
        case = open_one(Case, UUID(key), also=["table"], by=request.actor)
        given = ItemInput(first_reason(wanted[key]), urgent=urgent, seats=agenda.usual_seats(case))
        agenda.put_on(meeting, case, given, now=now, by=request.actor)
    many = f"{len(chosen)} casussen staan" if len(chosen) > 1 else "De casus staat"
    messages.success(request, f"{many} op de agenda, met wie eraan meedoet.")
    return redirect("meeting-prepare", pk)


@guarded(Verb.MEETING_LEAD)
@require_POST
def order(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Another order: the whole list as dragged, or one item up or down."""
    meeting = changing_meeting(pk, by=request.actor)
    items = [row for row in request.POST.getlist("punt") if row]
    there = placed(meeting, by=request.actor)
    move = request.POST.get("omhoog") or request.POST.get("omlaag") or request.POST.get("gesleept", "")
    if "omhoog" in request.POST or "omlaag" in request.POST:
        items = _moved([str(one.key) for one in there], move, -1 if "omhoog" in request.POST else 1)
    elif "samen" in request.POST:
        items = [str(key) for key in together(there)]

    def act() -> str:
        agenda.order(meeting, [_key(row) for row in items], by=request.actor)
        return "De volgorde is aangepast."

    press(request, act)
    return _back(pk, move)


def _key(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError as wrong:
        raise NotKnown from wrong


def _moved(items: list[str], item: str, by: int) -> list[str]:
    if item not in items:
        raise NotKnown
    here = items.index(item)
    there = min(max(here + by, 0), len(items) - 1)
    items.insert(there, items.pop(here))
    return items


@guarded(Verb.MEETING_LEAD)
@require_POST
def publish(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Lets everybody see the items where they sit."""
    meeting = changing_meeting(pk, by=request.actor)

    def act() -> str:
        many = agenda.publish(meeting, now=timezone.now(), by=request.actor)
        return f"De agenda is bekend. Nieuw te zien: {many} {'punt' if many == 1 else 'punten'}."

    press(request, act)
    return redirect("meeting-prepare", pk)


def _item(request: ActorRequest, pk: UUID) -> AgendaItem:
    """An item that is still open, for who directs the table."""
    item = led_item(pk, by=request.actor)
    require(item.outcome == ItemOutcome.OPEN, "Dit punt is al gesloten.")
    return item


@guarded(Verb.MEETING_LEAD)
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What an item is for, how long it takes, and who sits there."""
    item = _item(request, pk)
    form = ItemForm(typed(request), version=item.version, initial=_as_it_is(item))

    def act() -> str:
        agenda.change(item, form.given(), seen=form.cleaned_data["seen"], by=request.actor)
        return "Het punt is aangepast."

    back, theirs = ("meeting-prepare", item.meeting_id), _for_second(item)
    answer, status, shown = take_seen(request, form, act, lambda: back, theirs)
    return answer or _edit_page(
        request, item, form, _seat_form(request, item, bound=False), status, theirs=shown.get("theirs")
    )


def _as_it_is(item: AgendaItem) -> dict[str, Any]:
    minutes = AgendaPlace.objects.get(item=item).minutes
    return {"goal": item.goal, "why": item.why, "minutes": minutes, "children": item.children}


def _for_second(item: AgendaItem) -> list[tuple[str, str]]:
    """What stands in an item, for who was second."""
    shown = _as_it_is(item)
    children = "ja" if item.children else "nee"
    return [
        ("Doel", item.goal or "–"),
        ("Waarom", item.get_why_display()),
        ("Minuten", str(shown["minutes"])),
        ("Kinderen eerst", children),
    ]


def _seat_form(request: ActorRequest, item: AgendaItem, *, bound: bool) -> SeatForm:
    there = set(item.seats.values_list("user", flat=True))
    people = [one for one in seatable(item.case, timezone.now(), by=request.actor) if one.user not in there]
    return SeatForm(request.POST if bound else None, people=people, profile=profile_of(item.case.table))


def _edit_page(
    request: ActorRequest,
    item: AgendaItem,
    form: ItemForm,
    seats: SeatForm,
    status: int,
    *,
    theirs: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    context = {
        "item": item,
        "form": form,
        "seat_form": seats,
        "seats": item.seats.select_related("user", "organisation").order_by("organisation__name", "user__name"),
        "name": item.case.face.short_name,
        "theirs": theirs,
    }
    return render(request, "casework/meeting/item-edit.html", context, status=status)


@guarded(Verb.MEETING_LEAD)
@require_POST
def seat(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Lets somebody sit at an item."""
    item = _item(request, pk)
    form = _seat_form(request, item, bound=True)

    def act() -> str:
        agenda.seat(item, form.given(), now=timezone.now(), by=request.actor)
        return "Deze persoon schuift aan bij het punt."

    answer, status = take(request, form, act, lambda: ("meeting-item-edit", item.pk))
    return answer or _edit_page(request, item, ItemForm(version=item.version, initial=_as_it_is(item)), form, status)


@guarded(Verb.MEETING_LEAD)
@require_POST
def unseat(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Takes somebody from an item."""
    row = visible(ItemSeat, by=request.actor).filter(pk=pk).first()
    if row is None:
        raise NotKnown
    item = _item(request, row.item_id)

    def act() -> str:
        agenda.unseat(row, now=timezone.now(), by=request.actor)
        return "Deze persoon zit niet meer bij het punt."

    press(request, act)
    return redirect("meeting-item-edit", item.pk)


@guarded(Verb.MEETING_LEAD)
@require_POST
def take_off(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Takes an item off the agenda."""
    item = _item(request, pk)

    def act() -> str:
        agenda.take_off(item, now=timezone.now(), by=request.actor)
        return "Het punt is van de agenda gehaald."

    press(request, act)
    return redirect("meeting-prepare", item.meeting_id)
