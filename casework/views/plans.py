"""The page of the plan, its safety agreements, and when it is evaluated."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from casework.forms.plans import AgreementForm, EvaluationForm, NewAgreementForm, ReasonForm
from casework.models import SafetyAgreement
from casework.queries.households import HouseholdHead, open_household
from casework.queries.plan_versions import standing
from casework.queries.plans import plan_page
from casework.services.plans import safety, versions
from casework.views.household_pages import page, working
from casework.views.plan_parts import as_typed, take_seen
from privacy.access import ActorRequest, guarded, visible
from privacy.roles import Verb
from privacy.taking import take, typed


@guarded(Verb.HOUSEHOLD_READ)
@require_GET
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Safety first, then the life domains with goals and actions; each reader as far as its keys reach."""
    head = open_household(pk, by=request.actor)
    context = {
        "plan": plan_page(head, timezone.localdate(), by=request.actor),
        "standing": standing(head, by=request.actor),
        "adds": head.open and request.actor.may(Verb.PLAN_WRITE),
    }
    return page(request, head, "household-plan", context)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def evaluation(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The day on which the plan is evaluated."""
    head = working(pk, request)
    day = head.household.plan.evaluate_on
    form = EvaluationForm(typed(request), today=timezone.localdate(), initial={"day": as_typed(day)})

    def act() -> str:
        versions.evaluate_on(head.household, form.cleaned_data["day"], by=request.actor)
        return "De evaluatiedatum is bewaard."

    answer, status = take(request, form, act, lambda: ("household-plan", pk))
    return answer or page(request, head, "household-evaluation", {"form": form}, status=status)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def agree(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A new safety agreement."""
    head = working(pk, request)
    form = NewAgreementForm(typed(request), today=timezone.localdate())

    def act() -> str:
        safety.agree(head.household, form.as_agreement(), now=timezone.now(), by=request.actor)
        return "De veiligheidsafspraak is vastgelegd."

    answer, status = take(request, form, act, lambda: ("household-plan", pk))
    return answer or page(request, head, "household-agreement-new", {"form": form}, status=status)


def _agreement(head: HouseholdHead, agreement_id: UUID, request: ActorRequest) -> SafetyAgreement:
    rows = visible(SafetyAgreement, by=request.actor).filter(household=head.household)
    return get_object_or_404(rows.select_related("household__dossier", "dossier"), pk=agreement_id)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def change_agreement(request: ActorRequest, pk: UUID, agreement_id: UUID) -> HttpResponse:
    """Changes a safety agreement that stands."""
    head = working(pk, request)
    row = _agreement(head, agreement_id, request)
    initial = {
        "text": row.text,
        "watches": row.watches,
        "check_on": as_typed(row.check_on),
        "for_family": row.for_family,
    }
    form = AgreementForm(typed(request), version=row.version, today=timezone.localdate(), initial=initial)

    def act() -> str:
        given, seen = form.as_agreement(), form.cleaned_data["seen"]
        safety.change_agreement(row, given, seen=seen, by=request.actor)
        return "De afspraak is gewijzigd."

    theirs = [("Afspraak", row.text), ("Wie let erop", row.watches or "–")]
    answer, status, context = take_seen(request, form, act, lambda: ("household-plan", pk), theirs)
    return answer or page(request, head, "household-agreement", context | {"row": row}, status=status)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def end_agreement(request: ActorRequest, pk: UUID, agreement_id: UUID) -> HttpResponse:
    """Ends a safety agreement, with why."""
    head = working(pk, request)
    row = _agreement(head, agreement_id, request)
    form = ReasonForm(typed(request))

    def act() -> str:
        safety.end_agreement(row, form.cleaned_data["reason"], now=timezone.now(), by=request.actor)
        return "De afspraak is beëindigd."

    answer, status = take(request, form, act, lambda: ("household-plan", pk))
    return answer or page(request, head, "household-agreement-end", {"form": form, "row": row}, status=status)
