"""Versions of a plan: fixing one, what changed, and who agreed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.forms.plans import PlanConsentForm
from casework.queries.households import HouseholdHead, open_household
from casework.queries.plan_versions import differences, standing, version_rows
from casework.services.plans import versions
from casework.views.household_pages import page, working
from privacy.access import ActorRequest, guarded, require
from privacy.forms import PlainForm
from privacy.roles import Verb
from privacy.taking import take


def _page(
    request: ActorRequest,
    head: HouseholdHead,
    *,
    form: PlanConsentForm | None = None,
    refused: PlainForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now = standing(head, by=request.actor)
    if form is None and now.mine is not None and head.open:
        said = {"agreed": {True: "ja", False: "nee", None: ""}[now.mine.agreed], "remark": now.mine.remark}
        form = PlanConsentForm(initial={"number": now.number, **said})
    context = {"standing": now, "rows": version_rows(head), "form": form, "refused": refused}
    return page(request, head, "household-versions", context, status=status)


@guarded(Verb.HOUSEHOLD_READ)
@require_GET
def index(request: ActorRequest, pk: UUID) -> HttpResponse:
    """All versions, and who agreed with the newest."""
    return _page(request, open_household(pk, by=request.actor))


@guarded(Verb.PLAN_WRITE)
@require_POST
def freeze(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Fixes the plan as it stands."""
    head = working(pk, request)
    form = PlainForm({})

    def act() -> str:
        made = versions.freeze(head.household, now=timezone.now(), by=request.actor)
        return f"Versie {made.number} is vastgesteld. Wie het plan uitvoert, krijgt een mail met de vraag om akkoord."

    answer, status = take(request, form, act, lambda: ("household-versions", pk))
    return answer or _page(request, head, refused=form, status=status)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["POST"])
def consent(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One's own organisation agrees, or not, with the newest version."""
    head = open_household(pk, by=request.actor)
    require(head.open, head.why_not)
    form = PlanConsentForm(request.POST)

    def act() -> str:
        data = form.cleaned_data
        agreed = data["agreed"] == "ja"
        now, by = timezone.now(), request.actor
        versions.consent(head.household, data["number"], agreed, data["remark"], now=now, by=by)
        return "Uw antwoord is bewaard."

    answer, status = take(request, form, act, lambda: ("household-versions", pk))
    return answer or _page(request, head, form=form, status=status)


@guarded(Verb.HOUSEHOLD_READ)
@require_GET
def detail(request: ActorRequest, pk: UUID, number: int) -> HttpResponse:
    """What changed in a version, since the one before or another that was asked for."""
    head = open_household(pk, by=request.actor)
    asked = request.GET.get("met", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 9 else number - 1
    context = {
        "number": number,
        "before": before,
        "changes": differences(head, before, number),
        "rows": [row for row in version_rows(head) if row.number < number],
    }
    return page(request, head, "household-version", context)
