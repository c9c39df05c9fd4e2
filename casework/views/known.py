"""Is this person or address known already? By POST: what is asked is personal and belongs in no address or log."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms.known import KnownForm
from casework.known import address_in
from casework.models import Signal, SignalPlace
from casework.queries import known
from partners.models import CaseTable
from partners.profiling import profile_of
from privacy.access import ActorRequest, guarded, open_one, require
from privacy.actor import Actor, ActorSeat
from privacy.roles import Verb
from privacy.taking import typed

FILL = "invullen"  # the value of the button elsewhere that fills in this form


def _may_bsn(seats: list[ActorSeat], by: Actor) -> bool:
    tables = CaseTable.objects.filter(pk__in=[seat.table_id for seat in seats])
    return any(profile_of(table).may_see_bsn(by.organisation_kind) for table in tables)


def _of_signal(pk: UUID, *, by: Actor) -> dict[str, Any]:
    """What the asker reads in a signal, to fill the form with; opened and logged as any other time."""
    signal = open_one(Signal, pk, by=by)
    # Of a signal that was decided there is nothing left to fill in with.
    place = SignalPlace.objects.filter(signal=signal).first()
    subject = signal.subjects.select_related("number").order_by("pk").first()
    filled: dict[str, Any] = {"from_table": str(signal.table_id)}
    if place is not None:
        filled |= {"street": place.street, "number": place.number, "postcode": place.postcode, "city": place.city}
    if subject is not None:
        number = getattr(subject, "number", None)
        born = subject.birth_date.strftime("%d-%m-%Y") if subject.birth_date else ""
        filled |= {"name": subject.name, "birth_date": born, "bsn": number.bsn if number else ""}
    return filled


def _of_typed(request: ActorRequest) -> dict[str, Any]:
    """What was typed of somebody on a page of a case, to ask about; it came by POST and asks nothing by itself."""
    given = request.POST.dict()
    place = address_in(given.get("address", ""))
    where = {"street": place.street, "number": place.number, "postcode": place.postcode, "city": place.city}
    return {name: given.get(name, "") for name in ("name", "birth_date", "bsn")} | where


@guarded(Verb.KNOWN_ASK)
@require_http_methods(["GET", "POST"])
def ask(request: ActorRequest, signal: UUID | None = None) -> HttpResponse:
    """Asks and answers on one page; a signal only fills in the form, it asks nothing by itself."""
    seats = known.asking_seats(by=request.actor)
    require(bool(seats), known.NOT_ALLOWED)
    filled_in = request.POST.get("go") == FILL
    initial = _of_signal(signal, by=request.actor) if signal and request.method == "GET" else {}
    if filled_in:
        initial = _of_typed(request)
    may_bsn = _may_bsn(seats, request.actor)
    sent = None if filled_in else typed(request)
    form = KnownForm(sent, seats=seats, may_bsn=may_bsn, today=timezone.localdate(), initial=initial)
    answer, status = None, 422 if form.is_bound else 200
    if form.is_valid():
        try:
            answer, status = known.ask(form.question(), by=request.actor), 200
        except known.TooManyQuestions as refusal:
            form.add_error(None, str(refusal))
            status = 429
    return render(request, "casework/known.html", {"form": form, "answer": answer}, status=status)
