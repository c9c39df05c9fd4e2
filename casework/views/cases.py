"""Reading cases: the list, the overview, who takes part, who looked, and a print of exactly what one may see."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework.models import CaseStatus
from casework.queries.admission import admission
from casework.queries.case_content import (
    KINDS,
    bundled,
    bundled_dossiers,
    contributions,
    no_longer_to_use,
    timeline,
)
from casework.queries.cases import case_count, case_rows, open_case, people, subjects
from casework.queries.extension import may_ask
from casework.queries.priority import priority_of
from casework.services.disclosing import check_in_use
from casework.tabled import known_of
from casework.views.case_pages import page
from privacy.access import COUNTED, ActorRequest, guarded
from privacy.paging import older_than
from privacy.queries import asked_about, looks_of_own_organisation
from privacy.roles import Verb


@guarded(Verb.CASE_READ)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """My cases, newest first."""
    before = older_than(request)
    status = request.GET.get("stand", "")
    status = status if status in CaseStatus.values else ""
    found = case_rows(before=before, status=status, by=request.actor)
    many = case_count(status=status, by=request.actor)
    context = {"rows": found.rows, "older": found.older, "status": status, "many": many, "counted": COUNTED}
    return render(request, "casework/case/list.html", context)


@guarded(Verb.CASE_READ)
@require_GET
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The overview of one case."""
    head = open_case(pk, by=request.actor)
    kind = request.GET.get("soort", "")
    context = {
        "moments": timeline(head, kind=kind, by=request.actor),
        "kinds": KINDS,
        "kind": kind,
        "admission": admission(head, by=request.actor),
        "changed": no_longer_to_use(head),
        "known": known_of(head.case, by=request.actor),
        "priority": priority_of(head.case, by=request.actor) if head.directs else "",
        "longer": not head.open and may_ask(head.case),
    }
    return page(request, head, "case-detail", context)


@guarded(Verb.CASE_READ)
@require_GET
def involved(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who takes part, as far as this reader may know."""
    head = open_case(pk, by=request.actor)
    now_there = [person for person in people(head, by=request.actor) if person.ended_at is None]
    return page(request, head, "case-people", {"people": now_there})


@guarded(Verb.LOG_OWN)
@require_GET
def looked(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who of my own organisation looked at this case."""
    head = open_case(pk, by=request.actor)
    lines = looks_of_own_organisation(head.dossier_id, head.reference, by=request.actor)
    asked = asked_about([head.dossier_id, *bundled_dossiers(head)]) if head.directs else []
    return page(request, head, "case-looked", {"lines": lines, "asked": asked})


@guarded(Verb.CASE_READ)
@require_GET
def export(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Everything of this case that this reader may see, to print; logged as a print."""
    head = open_case(pk, event="export", by=request.actor)
    check_in_use(head.dossier_id)
    signals = [one for one in bundled(head, event="export", by=request.actor) if not one.view.restricted]
    context = {
        "subjects": subjects(head, by=request.actor),
        "signals": signals,
        "contributions": contributions(head, by=request.actor),
        "people": people(head, by=request.actor),
        "known": known_of(head.case, by=request.actor),
    }
    return page(request, head, "case-export", context)
