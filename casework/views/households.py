"""Reading households, and putting one on record in a case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from casework.forms.households import HouseholdForm
from casework.queries.asking import asked_for
from casework.queries.cases import subjects
from casework.queries.drawing import drawing
from casework.queries.households import (
    cases_of,
    decisions,
    households_of_case,
    members,
    open_household,
    others,
)
from casework.queries.one_plan import twins
from casework.services import cases, households
from casework.services.one_plan import settle
from casework.views import case_pages
from casework.views.case_regie import regie_choices
from casework.views.household_pages import page
from privacy.access import ActorRequest, guarded, require
from privacy.queries import looks_of_own_organisation
from privacy.roles import Verb
from privacy.taking import take, typed


@guarded(Verb.HOUSEHOLD_READ)
@require_GET
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who belongs to the household, which cases are about it, and what was decided."""
    head = open_household(pk, by=request.actor)
    people, about = members(head, by=request.actor), cases_of(head, by=request.actor)
    came_from, went_to = head.household.split_from_id, head.household.merged_into_id
    elsewhere = others([came_from, went_to], by=request.actor)
    context = {
        "drawing": drawing(head, people, about),
        "came_from": elsewhere.get(came_from) if came_from else None,
        "went_to": elsewhere.get(went_to) if went_to else None,
        "requests": asked_for(head.dossier_id, timezone.now(), by=request.actor) if head.directs else [],
        "now": [row for row in people if row.until is None],
        "before": [row for row in people if row.until is not None],
        "cases": about,
        "decisions": decisions(head),
    }
    return page(request, head, "household-detail", context)


@guarded(Verb.HOUSEHOLD_READ)
@require_GET
def looked(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who of my own organisation looked at this household."""
    head = open_household(pk, by=request.actor)
    lines = looks_of_own_organisation(head.dossier_id, head.reference, by=request.actor)
    return page(request, head, "household-looked", {"lines": lines})


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def found(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Puts the household of a case on record, with its casusregisseur and its one plan."""
    head = case_pages.directed(pk, request)
    require(not households_of_case(head.dossier_id, by=request.actor), households.HAS_HOUSEHOLD)
    there = [row for row in subjects(head, by=request.actor) if row.kind == "Persoon"]
    form = HouseholdForm(
        typed(request), people=regie_choices(head, request), subjects=there, today=timezone.localdate()
    )
    if form.is_bound and form.is_valid():
        form.ask_which(twins([(one.name, one.birth_date) for one in form.members()], by=request.actor))
    made: list[UUID] = []

    def act() -> str:
        now, plan = timezone.now(), form.one_plan()
        case = cases.lock_open(head.case, by=request.actor)
        household = households.found(case, form.as_input(), now=now, by=request.actor)
        made.append(household.pk)
        if plan is not None:
            settle(household.members.select_related("dossier", "household"), plan, now=now, by=request.actor)
        return "Het gezin is vastgelegd. Maak nu het plan."

    answer, status = take(request, form, act, lambda: ("household-detail", made[0]))
    return answer or case_pages.page(request, head, "case-household", {"form": form}, status=status)
