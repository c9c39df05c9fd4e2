"""The beheerder's page of keys and back-ups: what was done when, and what to do now."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from partners import upkeep
from privacy.access import ActorRequest, guarded
from privacy.roles import Verb
from privacy.stepup import heavy
from privacy.upkeep.facts import epochs


@guarded(Verb.MANAGE)
@require_GET
@heavy()
def index(request: ActorRequest) -> HttpResponse:
    """How keys and back-ups stand; no key material, no content."""
    keeper, wrong = upkeep.provider()
    context = {"lines": upkeep.lines(timezone.now()), "epochs": epochs(), "keeper": keeper, "wrong": wrong}
    return render(request, "partners/keys.html", context)
