"""Wie kan dit zien, en waarom? And a case as a participant sees it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from casework.models import Participation, Signal
from casework.queries.case_content import contributions
from casework.queries.cases import open_case
from casework.queries.households import open_household
from casework.queries.preview import as_seen_by
from casework.queries.who import readers_of_case, readers_of_contribution, readers_of_household, readers_of_signal
from casework.views import household_pages
from casework.views.case_pages import page
from privacy import grants
from privacy.access import ActorRequest, guarded, open_one, require, visible
from privacy.errors import NotKnown
from privacy.roles import Verb


@guarded(Verb.CASE_READ)
@require_GET
def of_case(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who can read which part of this case, as far as this reader may know."""
    head = open_case(pk, by=request.actor)
    readers = readers_of_case(head, contributions(head, by=request.actor), by=request.actor)
    return page(request, head, "case-who", {"readers": readers})


@guarded(Verb.CASE_READ)
@require_GET
def of_contribution(request: ActorRequest, pk: UUID, contribution_id: UUID) -> HttpResponse:
    """Who can read one contribution."""
    head = open_case(pk, by=request.actor)
    row = next((row for row in contributions(head, by=request.actor) if row.pk == contribution_id), None)
    if row is None:
        raise NotKnown
    readers = readers_of_contribution(head, row, by=request.actor)
    return page(request, head, "case-who-contribution", {"row": row, "readers": readers})


@guarded(Verb.CASE_DIRECT)
@require_GET
def as_participant(request: ActorRequest, pk: UUID, participation_id: UUID) -> HttpResponse:
    """The case as one participant sees it."""
    head = open_case(pk, by=request.actor)
    require(head.directs, "Alleen wie de regie heeft, kan dit bekijken.")
    there = visible(Participation, by=request.actor).select_related("user__organisation")
    participation = get_object_or_404(there, pk=participation_id, case=head.case)
    preview = as_seen_by(head, participation.user, by=request.actor)
    return page(request, head, "case-view-as", {"preview": preview})


@guarded(Verb.HOUSEHOLD_READ)
@require_GET
def of_household(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who can read which part of this household."""
    head = open_household(pk, by=request.actor)
    readers = readers_of_household(head, by=request.actor)
    return household_pages.page(request, head, "household-who", {"readers": readers})


@guarded(Verb.SIGNAL_FOLLOW)
@require_GET
def of_signal(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who can read which part of this signal."""
    signal = open_one(Signal, pk, by=request.actor)
    context = {
        "signal": signal,
        "reference": signal.dossier.reference,
        "readers": readers_of_signal(signal, by=request.actor),
        "directs": grants.directs(signal.dossier_id, by=request.actor),
    }
    return render(request, "casework/signal/who.html", context)
