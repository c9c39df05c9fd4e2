"""Emergency access: what it is, opening, one's own uses, answering the privacy officer, and ending it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.forms.emergency import EmergencyAnswerForm, EmergencyForm
from casework.services import emergency
from privacy import limits, uses
from privacy.access import ActorRequest, guarded, require
from privacy.audit import record
from privacy.errors import NotKnown
from privacy.models import Dossier
from privacy.roles import Verb
from privacy.stepup import confirm_url, confirmed
from privacy.taking import take, typed

TRIES, HOUR = 10, 60 * 60
TOO_MANY = "U probeerde het te vaak. Bel de regisseur, of probeer het over een uur opnieuw."
CONFIRM = "Te lang geleden dat u bevestigde dat u het bent. Doe dat in een nieuw tabblad, en verstuur dit dan opnieuw."


def _way_in(use: uses.Use) -> str:
    """The address of the dossier, as long as it can be opened."""
    about = Dossier.objects.filter(pk=use.about_id).first() if use.running else None
    if about is None:
        return ""
    name, pk = emergency.place_of(about)
    return reverse(name, args=[pk])


@guarded(Verb.ACCESS_EMERGENCY)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """What emergency access is, the way to it, and one's own uses."""
    own = [(use, _way_in(use)) for use in uses.own_uses(timezone.now(), by=request.actor)]
    seated = any(seat.role in emergency.WORKS for seat in request.actor.seats)
    return render(request, "casework/emergency/list.html", {"uses": own, "seated": seated})


@guarded(Verb.ACCESS_EMERGENCY)
@require_http_methods(["GET", "POST"])
def open_in_emergency(request: ActorRequest) -> HttpResponse:
    """After confirming who one is: which dossier, why, what follows, and the red button."""
    require(any(seat.role in emergency.WORKS for seat in request.actor.seats), emergency.NO_SEAT)
    here = reverse("emergency-open")
    if request.method == "GET" and not confirmed(request):
        return redirect(confirm_url(here))
    form = EmergencyForm(typed(request))
    if form.is_bound and form.is_valid():
        if not confirmed(request):
            form.add_error(None, CONFIRM)
        elif not limits.within("emergency", request.actor.user_id, most=TRIES, seconds=HOUR):
            form.add_error(None, TOO_MANY)
    place: list[object] = []

    def act() -> str:
        number, reason = form.cleaned_data["number"], form.cleaned_data["reason"]
        about, until = emergency.open_in_emergency(number, reason, now=timezone.now(), by=request.actor)
        place.extend(emergency.place_of(about))
        return (
            f"U hebt noodtoegang, tot {timezone.localtime(until):%H:%M}. De regisseurs en de privacy officer weten het."
        )

    answer, status = take(request, form, act, lambda: tuple(place))
    if answer is None and status == 409:
        record.look("emergency.refused", outcome="refused", granted=False, by=request.actor)
    context = {"form": form, "confirm_url": confirm_url(reverse("emergency")), "expired": not confirmed(request)}
    return answer or render(request, "casework/emergency/open.html", context, status=status)


@guarded(Verb.ACCESS_EMERGENCY)
@require_GET
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One use, for the person and for who directs the dossier: why, until when, and what came of it."""
    use = uses.opened_use(pk, by=request.actor)
    context = {
        "use": uses.use_of(use, timezone.now(), by=request.actor),
        "notes": uses.notes_of(use, by=request.actor),
        "form": EmergencyAnswerForm() if use.person_id == request.actor.user_id else None,
    }
    return render(request, "casework/emergency/detail.html", context)


@guarded(Verb.ACCESS_EMERGENCY)
@require_POST
def answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The person answers what the privacy officer asked."""
    use = uses.opened_use(pk, by=request.actor)
    if use.person_id != request.actor.user_id:
        raise NotKnown
    form = EmergencyAnswerForm(request.POST)

    def act() -> str:
        emergency.answer(use, form.cleaned_data["text"], now=timezone.now(), by=request.actor)
        return "Uw antwoord is verstuurd aan de privacy officer."

    done, status = take(request, form, act, lambda: ("emergency-use", pk))
    context = {
        "use": uses.use_of(use, timezone.now(), by=request.actor),
        "notes": uses.notes_of(use, by=request.actor),
        "form": form,
    }
    return done or render(request, "casework/emergency/detail.html", context, status=status)


@guarded(Verb.ACCESS_EMERGENCY)
@require_POST
def end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ends a use early: by the person, or by who directs the dossier."""
    use = uses.opened_use(pk, by=request.actor)
    with transaction.atomic():
        emergency.end(use, by=request.actor)
    messages.success(request, "De noodtoegang is beëindigd.")
    return redirect("emergency-use", pk)
