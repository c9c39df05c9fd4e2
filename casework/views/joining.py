"""A second case about a household comes to its one plan; and the answer to who asks for that."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casework.forms.moving import JoinCaseForm, NoForm, YesForm
from casework.models import AccessRequest, Household
from casework.queries.asking import AskedFor, asked_for, one_request
from casework.queries.cases import subjects
from casework.queries.households import HouseholdHead
from casework.queries.moving import Choice, directed_households
from casework.services import asking, cases, joining
from casework.views import case_pages
from casework.views.household_pages import directed, page
from privacy.access import ActorRequest, guarded, open_one, require
from privacy.forms import PlainForm
from privacy.roles import Verb
from privacy.taking import take, typed

ASKED = "Uw verzoek is verstuurd. Is er zo'n gezin, dan hoort u van de procesregisseur."


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def join(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Joins a plan that I direct, or asks for it; the answer to that is the same whatever the number."""
    head = case_pages.directed(pk, request)
    choices: list[Choice] = []
    if not head.households:
        people = [(row.name, row.birth_date) for row in subjects(head, by=request.actor)]
        choices = directed_households(people, by=request.actor)
    form = JoinCaseForm(typed(request), households=choices)

    def act() -> str:
        now, reason, chosen = timezone.now(), form.cleaned_data["reason"], form.chosen()
        case = cases.lock_open(head.case, by=request.actor)
        if chosen is None:
            joining.ask(form.cleaned_data["number"], case, reason, now=now, by=request.actor)
            return ASKED
        joining.join(open_one(Household, chosen, by=request.actor), case, reason, now=now, by=request.actor)
        return "Deze casus is aangesloten. Er is één plan met één casusregisseur."

    def to() -> tuple[object, ...]:
        chosen = form.chosen()
        return ("household-detail", chosen) if chosen else ("ask-list",)

    answer, status = take(request, form, act, to)
    return answer or case_pages.page(request, head, "case-join", {"form": form}, status=status)


def _asked(pk: UUID, request_id: UUID, request: ActorRequest) -> tuple[HouseholdHead, AccessRequest, AskedFor]:
    """A question about this household that waits; raises NotKnown, and Refused when a colleague was first."""
    head = directed(pk, request)
    found = one_request(request_id, by=request.actor)
    waiting = asked_for(head.dossier_id, timezone.now(), by=request.actor)
    shown = next((row for row in waiting if row.pk == found.pk), None)
    require(shown is not None, asking.DECIDED)
    assert shown is not None
    return head, found, shown


def _page(request: ActorRequest, head: HouseholdHead, shown: AskedFor, status: int, **forms: PlainForm) -> HttpResponse:
    context = {"asked": shown, "form": forms.get("yes") or YesForm(), "no_form": forms.get("no") or NoForm()}
    return page(request, head, "household-request", context, status=status)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def decide(request: ActorRequest, pk: UUID, request_id: UUID) -> HttpResponse:
    """Who asks, for which case and why; says yes."""
    head, found, shown = _asked(pk, request_id, request)
    form = YesForm(typed(request))

    def act() -> str:
        joining.accept(found, head.household, form.cleaned_data["reason"], now=timezone.now(), by=request.actor)
        return "De casus is aangesloten. Er blijft één plan met één casusregisseur."

    answer, status = take(request, form, act, lambda: ("household-detail", pk))
    return answer or _page(request, head, shown, status, yes=form)


@guarded(Verb.CASE_DIRECT)
@require_POST
def refuse(request: ActorRequest, pk: UUID, request_id: UUID) -> HttpResponse:
    """Says no, with a reason that who asked reads."""
    head, found, shown = _asked(pk, request_id, request)
    form = NoForm(request.POST)

    def act() -> str:
        joining.refuse(found, head.household, form.cleaned_data["no_reason"], now=timezone.now(), by=request.actor)
        return "De casus sluit niet aan. De procesregisseur leest uw reden."

    answer, status = take(request, form, act, lambda: ("household-detail", pk))
    return answer or _page(request, head, shown, status, no=form)
