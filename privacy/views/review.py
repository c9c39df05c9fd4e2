"""The privacy officer's pages: who did what with a dossier, and what was refused. Never content."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from privacy import departures, queries, uses, waiting, who
from privacy.access import ActorRequest, guarded
from privacy.audit import overview
from privacy.breaches import register
from privacy.forms import PlainForm
from privacy.logbook import purposes
from privacy.paging import older_than
from privacy.roles import Verb
from privacy.views.logbook.forms import PurposeForm


class ReferenceForm(PlainForm):
    """Which dossier: its reference, as it stands on letters and pages."""

    hide_optional = True
    ref = forms.CharField(
        label="Nummer van het dossier",
        max_length=30,
        help_text="Bijvoorbeeld 2026-7K3QF voor een casus of S26-7K3QF voor een signaal.",
        error_messages={"required": "Vul het nummer van een dossier in, bijvoorbeeld 2026-7K3QF."},
        widget=forms.TextInput(attrs={"class": "ct-w-20", "autocomplete": "off"}),
    )

    def clean_ref(self) -> str:
        return str(self.cleaned_data["ref"]).strip().upper()


@guarded(Verb.LOG_REVIEW)
@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """What waits for a judgement, what was refused lately, and the way to a dossier's log."""
    now, by = timezone.now(), request.actor
    emergencies, breach_lines = uses.to_review(now, by=by), register.still_open(now, by=by)
    context = {
        "waits": waiting.waits(breach_lines, emergencies, now=now, by=by),
        "form": ReferenceForm(),
        "refused": queries.newest_events(["refused", "login.failed", "known.limited"], by=by),
        "status": overview.status(now=now),
        "emergencies": emergencies,
        "left": departures.waiting(),
        "breach_lines": breach_lines,
    }
    return render(request, "privacy/home.html", context)


@guarded(Verb.LOG_REVIEW)
@require_GET
def log_of_dossier(request: ActorRequest) -> HttpResponse:
    """Who did what with one dossier, found by its reference; first it is asked for what."""
    form = ReferenceForm(request.GET if "ref" in request.GET else None)
    context: dict[str, object] = {"form": form, "lines": None}
    if form.is_valid():
        by = purposes.using(request.session, now=timezone.now(), by=request.actor)
        if by is None:
            asks = PurposeForm(initial={"nummer": form.cleaned_data["ref"]})
            return render(request, "privacy/logbook-purpose.html", {"form": asks})
        lines = queries.log_of_reference(form.cleaned_data["ref"], before=older_than(request), by=by)
        context |= {
            "lines": lines,
            "reference": form.cleaned_data["ref"],
            "older": lines[-1].at.isoformat() if len(lines) == queries.PAGE else "",
        }
    return render(request, "privacy/log.html", context)


@guarded(Verb.LOG_REVIEW)
@require_GET
def who_can_see(request: ActorRequest) -> HttpResponse:
    """Who can read which part of one dossier now, and why."""
    form = ReferenceForm(request.GET if "ref" in request.GET else None)
    context: dict[str, object] = {"form": form, "readers": None}
    if form.is_valid():
        reference = form.cleaned_data["ref"]
        known = queries.dossiers_named(reference)
        readers = who.readers_of(known[0], reference, by=request.actor) if known else []
        context |= {"readers": readers, "reference": reference}
    return render(request, "privacy/who.html", context)
