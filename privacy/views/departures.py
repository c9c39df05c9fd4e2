"""The privacy officer reviews the last looks of who left: which dossiers and days, never content."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from privacy import departures
from privacy.access import ActorRequest, guarded
from privacy.forms import PlainForm
from privacy.models import DepartureVerdict, Why
from privacy.roles import Verb
from privacy.taking import take, typed


class VerdictForm(PlainForm):
    """A verdict and, as a code, why."""

    verdict = forms.ChoiceField(
        label="Was dit kijken terecht?",
        choices=DepartureVerdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een oordeel."},
    )
    why = forms.ChoiceField(
        label="Waarom?", choices=Why.choices, widget=forms.RadioSelect, error_messages={"required": "Kies waarom."}
    )


@guarded(Verb.LOG_REVIEW)
@require_http_methods(["GET", "POST"])
def review(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One person who left."""
    left = departures.departure(pk)
    form = VerdictForm(typed(request))

    def act() -> str:
        data = form.cleaned_data
        departures.judge(
            left, DepartureVerdict(data["verdict"]), Why(data["why"]), now=timezone.now(), by=request.actor
        )
        return "Uw oordeel is bewaard."

    answer, status = take(request, form, act, lambda: ("privacy-home",))
    if answer:
        return answer
    context = {"left": left, "looks": departures.looks_of(left, by=request.actor), "form": form}
    return render(request, "privacy/departure.html", context, status=status)
