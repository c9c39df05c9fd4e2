"""The two pages that belong to the whole house: the work list and help."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from casework.queries.worklist import worklist
from privacy.access import ActorRequest, guarded
from privacy.roles import Verb


@guarded(Verb.WORKLIST)
def home(request: ActorRequest) -> HttpResponse:
    """What must I do now? For each role its own panels."""
    return render(request, "config/home.html", {"list": worklist(by=request.actor)})


@guarded(Verb.WORKLIST)
def help_page(request: ActorRequest) -> HttpResponse:
    """How to use it, per role, and the keys."""
    return render(request, "config/help.html")
