"""The beheerder's home: what must be done now, and how much there is."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from partners.managing import counts
from partners.todo import todo
from privacy.access import ActorRequest, guarded
from privacy.roles import Verb


@guarded(Verb.MANAGE)
@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """What must I do now?"""
    context = {"todo": todo(timezone.now()), "counts": counts(timezone.localdate())}
    return render(request, "partners/home.html", context)
