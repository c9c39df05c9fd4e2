"""The regisseur decides who takes over from somebody who left."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from casework.models import Participation, Signal
from casework.queries.cases import open_case
from casework.services import succeeding
from privacy.access import ActorRequest, guarded, open_one, require, require_regie, visible
from privacy.models import CompartmentKind
from privacy.roles import Verb
from privacy.taking import press


@guarded(Verb.CASE_DIRECT)
@require_POST
def participant(request: ActorRequest, pk: UUID, participation_id: UUID) -> HttpResponse:
    """Invites the successor of a participant who left, or says that nobody takes over."""
    head = open_case(pk, by=request.actor)
    require(head.directs, "Alleen wie de regie heeft, kan dit doen.")
    rows = visible(Participation, by=request.actor).select_related("user", "organisation", "compartment")
    row = get_object_or_404(rows, pk=participation_id, case=head.case)
    hidden = row.compartment.kind == CompartmentKind.LIAISON
    now = timezone.now()

    def act() -> str:
        if "niemand" in request.POST:
            succeeding.leave_open(row, now=now, by=request.actor)
            return f"Er komt geen opvolger van {row.organisation.name}."
        done = succeeding.succeed(row, hidden=hidden, now=now, by=request.actor)
        kept = f" {done.withheld} eerdere inbreng mag volgens het profiel niet mee." if done.withheld else ""
        return f"{done.participation.user.name} is uitgenodigd.{kept}"

    press(request, act)
    return redirect("case-sharing", pk)


@guarded(Verb.SIGNAL_TRIAGE)
@require_POST
def reporter(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Lets the successor of a reporter who left answer the question."""
    signal = open_one(Signal, pk, by=request.actor)
    require_regie(signal, by=request.actor)

    def act() -> str:
        succeeding.succeed_reporter(signal, now=timezone.now(), by=request.actor)
        return "De opvolger van de melder ziet uw vraag en kan antwoorden."

    press(request, act)
    return redirect("triage-detail", pk)
