"""Who looked at this person: the officer names the dossiers, and gets a letter to give."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from privacy.access import ActorRequest, guarded
from privacy.logbook import looked
from privacy.logbook.purposes import USES
from privacy.roles import Verb
from privacy.views.logbook.forms import PersonForm


def _context(request: ActorRequest) -> tuple[dict[str, object], int]:
    form = PersonForm(request.GET if "nummers" in request.GET else None)
    context: dict[str, object] = {"form": form, "letter": None, "query": request.GET.urlencode()}
    if not form.is_valid():
        return context, 422 if form.is_bound else 200
    now = timezone.now()
    by = replace(request.actor, purpose=USES["subject"].label.lower())
    made = looked.letter(form.cleaned_data["nummers"], since=form.since(), until=now, by=by)
    context |= {"letter": made, "today": timezone.localdate(now), "since": form.cleaned_data["van"]}
    context["unknown"] = ", ".join(made.unknown)
    return context | {"municipality_name": settings.MUNICIPALITY_NAME}, 200


@guarded(Verb.LOG_REVIEW)
@require_GET
def person(request: ActorRequest) -> HttpResponse:
    """The letter, with the question above it."""
    context, status = _context(request)
    return render(request, "privacy/logbook-person.html", context, status=status)


@guarded(Verb.LOG_REVIEW)
@require_GET
def person_print(request: ActorRequest) -> HttpResponse:
    """The letter on a page of its own, to print."""
    context, status = _context(request)
    page = "privacy/logbook-letter-print.html" if context["letter"] else "privacy/logbook-person.html"
    return render(request, page, context, status=status)
