"""Reading households, and putting one on record in a case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from casework.forms.households import HouseholdForm
from casework.queries.cases import subjects
from casework.queries.households import (
    cases_of,
    decisions,
    household_rows,
    households_of_case,
    members,
    open_household,
)
from casework.queries.one_plan import twins
from casework.services import cases, households
from casework.services.one_plan import settle
from casework.views import case_pages
from casework.views.case_regie import regie_choices
from casework.views.household_pages import page
from privacy.access import ActorRequest, guarded, require
from privacy.paging import older_than
from privacy.roles import Verb
from privacy.taking import take, typed


@guarded(Verb.HOUSEHOLD_READ)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """My households, newest first."""
    rows, older = household_rows(before=older_than(request), by=request.actor)
    return render(request, "casework/household/list.html", {"rows": rows, "older": older})


@guarded(Verb.HOUSEHOLD_READ)
@require_GET
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who belongs to the household, which cases are about it, and what was decided."""
    head = open_household(pk, by=request.actor)
    people = members(head, by=request.actor)
    context = {
        "now": [row for row in people if row.until is None],
        "before": [row for row in people if row.until is not None],
        "cases": cases_of(head, by=request.actor),
        "decisions": decisions(head),
    }
    return page(request, head, "household-detail", context)


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
