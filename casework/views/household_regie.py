"""The regie of a household: who has and had it, handing it over, being away, and whom the family calls."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.forms.regie import AbsentForm, ContactForm, DeclineForm, HandOverForm
from casework.models import Handover
from casework.queries.households import HouseholdHead, cases_of, open_household
from casework.queries.regie import candidates, household_terms, offers_of, process_of
from casework.services import handing, regie
from casework.views.household_pages import directed, page, working
from casework.views.offers import answering
from partners.models import User
from privacy.access import ActorRequest, guarded, opened, require
from privacy.errors import NotKnown
from privacy.forms import PlainForm
from privacy.roles import Verb
from privacy.taking import take, typed


@guarded(Verb.HOUSEHOLD_READ)
@require_GET
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who has the regie, who had it, and who directs the cases about the household."""
    return _regie(request, open_household(pk, by=request.actor))


def _regie(
    request: ActorRequest, head: HouseholdHead, form: PlainForm | None = None, status: int = 200
) -> HttpResponse:
    """The page itself; with a form that was refused, which says why."""
    offers = offers_of(head.household)
    context = {
        "terms": household_terms(head),
        "process": process_of(cases_of(head, by=request.actor), by=request.actor),
        "offers": offers,
        "standing": next((one for one in offers if one.open), None),
        "mine": next((one for one in offers if one.open and one.to_id == request.actor.user_id), None),
        "form": form,
    }
    return page(request, head, "household-regie", context, status=status)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def hand_over(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Offers the regie to a participant, with the reason."""
    head = working(pk, request)
    people = [one for one in candidates(head, by=request.actor) if one.pk != _present(head)]
    form = HandOverForm(typed(request), people=people)

    def act() -> str:
        to = User.objects.get(pk=form.cleaned_data["to"])
        handing.offer(head.household, to, form.cleaned_data["reason"], now=timezone.now(), by=request.actor)
        return f"De regie is aangeboden aan {to.name}. Tot {to.name} haar aanneemt, verandert er niets."

    answer, status = take(request, form, act, lambda: ("household-regie", pk))
    context = {"form": form, "people": people}
    return answer or page(request, head, "household-hand-over", context, status=status)


def _present(head: HouseholdHead) -> UUID | None:
    held = regie.holder(head.household)
    return held.user_id if held and not held.vacant_since else None


def _offer(request: ActorRequest, head: HouseholdHead, handover_id: UUID) -> Handover:
    """An offer that this reader may open; who may not, does not know of it."""
    rows = opened(Handover).filter(household=head.household).select_related("dossier", "case", "offered_by")
    return get_object_or_404(rows, pk=handover_id)


def _mine(request: ActorRequest, head: HouseholdHead, handover_id: UUID) -> Handover:
    handover = _offer(request, head, handover_id)
    if handover.to_id != request.actor.user_id:
        raise NotKnown
    return handover


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def accept(request: ActorRequest, pk: UUID, handover_id: UUID) -> HttpResponse:
    """The receiver takes the regie, after reading what that means."""
    head = open_household(pk, by=request.actor)
    handover = _mine(request, head, handover_id)
    form = PlainForm(typed(request))

    def act() -> str:
        handing.accept(handover, by=request.actor)
        return "U bent nu casusregisseur van dit gezin. Maak kennis met het gezin en lees het plan."

    answer, status = take(request, form, act, lambda: ("household-regie", pk))
    return answer or _answering(request, head, handover, form, status)


def _answering(
    request: ActorRequest, head: HouseholdHead, handover: Handover, form: PlainForm, status: int
) -> HttpResponse:
    return page(request, head, "household-handover", answering(handover, form, mine=True), status=status)


@guarded(Verb.PLAN_WRITE)
@require_POST
def decline(request: ActorRequest, pk: UUID, handover_id: UUID) -> HttpResponse:
    """The receiver says no, and why."""
    head = open_household(pk, by=request.actor)
    handover = _mine(request, head, handover_id)
    form = DeclineForm(request.POST)

    def act() -> str:
        handing.decline(handover, form.cleaned_data["answer"], now=timezone.now(), by=request.actor)
        return "U nam de regie niet aan. Wie haar aanbood, krijgt bericht."

    answer, status = take(request, form, act, lambda: ("household-regie", pk))
    return answer or _answering(request, head, handover, form, status)


@guarded(Verb.PLAN_WRITE)
@require_POST
def take_back(request: ActorRequest, pk: UUID, handover_id: UUID) -> HttpResponse:
    """Takes an offer back."""
    head = working(pk, request)
    handover = _offer(request, head, handover_id)
    form = PlainForm(request.POST)

    def act() -> str:
        handing.take_back(handover, now=timezone.now(), by=request.actor)
        return "Het aanbod is teruggenomen."

    answer, status = take(request, form, act, lambda: ("household-regie", pk))
    return answer or _regie(request, head, form, status)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def absent(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A procesregisseur says that the casusregisseur is ill or away."""
    head = directed(pk, request)
    form = AbsentForm(typed(request), today=timezone.localdate())

    def act() -> str:
        regie.absent(head.household, form.cleaned_data["back_on"], now=timezone.now(), by=request.actor)
        return f"{head.regisseur} is afwezig gemeld. Draag vandaag de regie over, of wijs een contactpersoon aan."

    answer, status = take(request, form, act, lambda: ("household-regie", pk))
    return answer or page(request, head, "household-absent", {"form": form}, status=status)


@guarded(Verb.CASE_DIRECT)
@require_POST
def back(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who was away is back."""
    head = directed(pk, request)
    form = PlainForm(request.POST)

    def act() -> str:
        regie.back(head.household, now=timezone.now(), by=request.actor)
        return f"{head.regisseur} is terug en heeft de regie weer."

    answer, status = take(request, form, act, lambda: ("household-regie", pk))
    return answer or _regie(request, head, form, status)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def contact(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Whom the family calls: the casusregisseur, or somebody else who takes part."""
    head = working(pk, request)
    require(head.open, head.why_not)
    people = candidates(head, by=request.actor)
    form = ContactForm(typed(request), people=people, initial={"contact": str(head.household.contact_id or "")})

    def act() -> str:
        chosen = form.cleaned_data["contact"]
        handing.name_contact(head.household, UUID(chosen) if chosen else None, by=request.actor)
        return "De contactpersoon is bewaard. Iedereen die meedoet, ziet wie het is."

    answer, status = take(request, form, act, lambda: ("household-regie", pk))
    return answer or page(request, head, "household-contact-person", {"form": form}, status=status)
