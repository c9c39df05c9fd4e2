"""Linking the plans of two households that somebody directs both."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms.plans import PlanLinkForm, ReasonForm
from casework.models import Household, PlanLink
from casework.queries.plan_choices import other_households
from casework.services.plans import links
from casework.services.plans.links import LinkInput
from casework.views.household_pages import directed, page
from privacy.access import ActorRequest, guarded, open_one, visible
from privacy.roles import Verb
from privacy.taking import take, typed


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Links this plan with another, with the three statements of BGS 2.20(2)."""
    head = directed(pk, request)
    others = other_households(head, by=request.actor)
    form = PlanLinkForm(typed(request), others=others, today=timezone.localdate())

    def act() -> str:
        data = form.cleaned_data
        other = open_one(Household, UUID(data["other"]), by=request.actor)
        given = LinkInput(data["circle"], data["depends"], data["needed"], data["review_on"])
        links.tie(head.household, other, given, now=timezone.now(), by=request.actor)
        return "De plannen zijn gekoppeld."

    answer, status = take(request, form, act, lambda: ("household-plan", pk))
    return answer or page(request, head, "household-plan-link", {"form": form, "others": others}, status=status)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def end(request: ActorRequest, pk: UUID, link_id: UUID) -> HttpResponse:
    """Ends a link on both sides, with why."""
    head = directed(pk, request)
    rows = visible(PlanLink, by=request.actor).filter(household=head.household, until__isnull=True)
    link = get_object_or_404(rows.select_related("household__dossier"), pk=link_id)
    form = ReasonForm(typed(request))

    def act() -> str:
        other = visible(Household, by=request.actor).filter(dossier=link.other_id).first()
        if other is not None:
            open_one(Household, other.pk, by=request.actor)
        links.untie(link, form.cleaned_data["reason"], now=timezone.now(), by=request.actor)
        return "De koppeling is beëindigd."

    answer, status = take(request, form, act, lambda: ("household-plan", pk))
    return answer or page(request, head, "household-plan-link-end", {"form": form, "link": link}, status=status)
