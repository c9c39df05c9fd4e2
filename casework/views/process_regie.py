"""The regie of a case: who had it when, and handing the process over to another procesregisseur of the table."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.forms.regie import DeclineForm, HandOverForm
from casework.models import Handover, RegieKind
from casework.queries.cases import CaseHead, open_case
from casework.queries.regie import case_terms, offers_of_case, process_candidates
from casework.services import handing
from casework.views.case_pages import directed, page
from casework.views.offers import answering
from partners.models import User
from privacy.access import ActorRequest, guarded, opened
from privacy.forms import PlainForm
from privacy.roles import Verb
from privacy.taking import take, typed


@guarded(Verb.CASE_READ)
@require_GET
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who had the regie of this case when."""
    return _regie(request, open_case(pk, by=request.actor))


def _regie(request: ActorRequest, head: CaseHead, form: PlainForm | None = None, status: int = 200) -> HttpResponse:
    """The page itself; with a form that was refused, which says why."""
    offers = offers_of_case(head.case)
    terms = case_terms(head.case, RegieKind.PROCESS)
    context = {
        "terms": terms,
        "case_terms": case_terms(head.case, RegieKind.CASE),
        "offers": offers,
        "standing": next((one for one in offers if one.open), None),
        "mine": next((one for one in offers if one.open and one.to_id == request.actor.user_id), None),
        "vacant": any(term.vacant for term in terms),
        "form": form,
    }
    return page(request, head, "case-regie", context, status=status)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def hand_over(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Offers the process to a colleague at the table, with the reason."""
    head = directed(pk, request)
    held = head.case.regie.filter(kind=RegieKind.PROCESS, until__isnull=True, vacant_since__isnull=True).first()
    people = [one for one in process_candidates(head.case) if held is None or one.pk != held.user_id]
    form = HandOverForm(typed(request), people=people)

    def act() -> str:
        to = User.objects.get(pk=form.cleaned_data["to"])
        handing.offer_process(head.case, to, form.cleaned_data["reason"], now=timezone.now(), by=request.actor)
        return f"De procesregie is aangeboden aan {to.name}. Tot {to.name} haar aanneemt, verandert er niets."

    answer, status = take(request, form, act, lambda: ("case-regie", pk))
    return answer or page(request, head, "case-hand-over", {"form": form, "people": people}, status=status)


def _offer(request: ActorRequest, head: CaseHead, handover_id: UUID) -> Handover:
    rows = opened(Handover).filter(case=head.case).select_related("dossier", "case", "offered_by")
    return get_object_or_404(rows, pk=handover_id)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def accept(request: ActorRequest, pk: UUID, handover_id: UUID) -> HttpResponse:
    """The receiver takes the process."""
    head = directed(pk, request)
    handover = _offer(request, head, handover_id)
    form = PlainForm(typed(request))

    def act() -> str:
        handing.accept(handover, by=request.actor)
        return "U bent nu procesregisseur van deze casus."

    answer, status = take(request, form, act, lambda: ("case-regie", pk))
    return answer or _answering(request, head, handover, form, status)


def _answering(request: ActorRequest, head: CaseHead, handover: Handover, form: PlainForm, status: int) -> HttpResponse:
    mine = handover.to_id == request.actor.user_id
    return page(request, head, "case-handover", answering(handover, form, mine=mine), status=status)


@guarded(Verb.CASE_DIRECT)
@require_POST
def decline(request: ActorRequest, pk: UUID, handover_id: UUID) -> HttpResponse:
    """The receiver says no, and why."""
    head = directed(pk, request)
    handover = _offer(request, head, handover_id)
    form = DeclineForm(request.POST)

    def act() -> str:
        handing.decline(handover, form.cleaned_data["answer"], now=timezone.now(), by=request.actor)
        return "U nam de procesregie niet aan. Wie haar aanbood, krijgt bericht."

    answer, status = take(request, form, act, lambda: ("case-regie", pk))
    return answer or _answering(request, head, handover, form, status)


@guarded(Verb.CASE_DIRECT)
@require_POST
def take_back(request: ActorRequest, pk: UUID, handover_id: UUID) -> HttpResponse:
    """Takes an offer back."""
    head = directed(pk, request)
    handover = _offer(request, head, handover_id)
    form = PlainForm(request.POST)

    def act() -> str:
        handing.take_back(handover, now=timezone.now(), by=request.actor)
        return "Het aanbod is teruggenomen."

    answer, status = take(request, form, act, lambda: ("case-regie", pk))
    return answer or _regie(request, head, form, status)
