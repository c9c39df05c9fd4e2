"""A personal tie: reporting one's own, and keeping somebody away, by the regie or by the privacy officer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casework.forms.exclusions import ExcludeForm, NameForm, TieForm
from casework.models import Case, RegieKind, Signal
from casework.queries.exclusions import anyone_named, could_be_excluded, excluded
from casework.services import cases
from casework.services import exclusions as ties
from casework.views.case_pages import directed, page
from partners.models import User
from privacy import exclusions
from privacy.access import ActorRequest, guarded, open_one
from privacy.errors import NotKnown
from privacy.models import ExclusionReason
from privacy.queries import dossier_of_reference
from privacy.roles import Verb
from privacy.taking import take, typed

# Nothing here names the dossier: this text stands on a page that the person still sees.
NO_LONGER = "Dank voor uw melding. U ziet dit dossier niet meer."
ASKED = "De beheerder heeft bericht gekregen. Meld uw band zodra er een tweede procesregisseur is."


def _report(request: ActorRequest, row: Case | Signal, back: str) -> HttpResponse:
    """Reports one's own tie; the last regisseur can only ask for another one first."""
    spared = exclusions.can_be_spared(row.dossier_id)
    form = TieForm(typed(request))
    actor = request.actor

    def act() -> str:
        if not spared:
            ties.ask_second_regisseur(row.dossier_id, row.table, now=timezone.now(), by=actor)
            return ASKED
        ties.report_own_tie(row.dossier_id, ExclusionReason(form.cleaned_data["reason"]), by=actor)
        return NO_LONGER

    if not spared:
        form.fields.pop("reason")
    answer, status = take(request, form, act, lambda: ("home",))
    context = {"form": form, "reference": row.dossier.reference, "spared": spared, "back": back}
    return answer or render(request, "casework/tie.html", context, status=status)


@guarded(Verb.CASE_READ)
@require_http_methods(["GET", "POST"])
def report_in_case(request: ActorRequest, pk: UUID) -> HttpResponse:
    """I have a personal tie with somebody in this case."""
    return _report(request, open_one(Case, pk, parts=(), by=request.actor), reverse("case-detail", args=[pk]))


@guarded(Verb.SIGNAL_FOLLOW)
@require_http_methods(["GET", "POST"])
def report_in_signal(request: ActorRequest, pk: UUID) -> HttpResponse:
    """I have a personal tie with somebody in this signal."""
    return _report(request, open_one(Signal, pk, parts=(), by=request.actor), reverse("signal-detail", args=[pk]))


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def of_case(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who is kept away from this case, and keeping one more away."""
    head = directed(pk, request)
    search = NameForm(request.GET)
    name = search.cleaned_data["naam"] if search.is_valid() else ""
    form = ExcludeForm(typed(request), people=could_be_excluded(head.case, name, by=request.actor))

    def act() -> str:
        return _exclude(head.dossier_id, form, request)

    answer, status = take(request, form, act, lambda: ("case-exclusions", pk))
    rows = excluded(head.dossier_id, case=head.case, by=request.actor)
    context = {"rows": rows, "form": form, "search": search, "name": name}
    return answer or page(request, head, "case-exclusions", context, status=status)


def _exclude(dossier_id: UUID, form: ExcludeForm, request: ActorRequest) -> str:
    person = User.objects.get(pk=form.cleaned_data["user"])
    ties.exclude(dossier_id, person, ExclusionReason(form.cleaned_data["reason"]), by=request.actor)
    return f"{person.name} ziet dit dossier niet meer en krijgt er geen bericht van."


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def lift_in_case(request: ActorRequest, pk: UUID, exclusion_id: UUID) -> HttpResponse:
    """Ends an exclusion, after saying what that gives back."""
    head = directed(pk, request)
    exclusion = get_object_or_404(exclusions.standing(head.dossier_id).select_related("user"), pk=exclusion_id)
    if request.method == "POST":
        ties.lift(exclusion, by=request.actor)
        messages.success(request, "De uitsluiting is opgeheven.")
        return redirect("case-exclusions", pk)
    return page(request, head, "case-exclusion-lift", {"exclusion": exclusion})


@guarded(Verb.CASE_DIRECT)
@require_POST
def take_over(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Becomes procesregisseur of a case instead of who is kept away from it, or is not there any more."""
    head = directed(pk, request)
    case = cases.lock_open(head.case, by=request.actor)
    cases.assign_regie(case, RegieKind.PROCESS, request.actor.user_id, now=timezone.now(), by=request.actor)
    messages.success(request, "U bent nu procesregisseur van deze casus.")
    return redirect("case-regie", pk)


@guarded(Verb.EXCLUDE)
@require_http_methods(["GET", "POST"])
def of_number(request: ActorRequest, reference: str) -> HttpResponse:
    """The same for the privacy officer, who knows a dossier by its number and sees nothing else of it."""
    dossier_id = _by_number(reference, request)
    search = NameForm(request.GET)
    name = search.cleaned_data["naam"] if search.is_valid() else ""
    form = ExcludeForm(typed(request), people=anyone_named(dossier_id, name, by=request.actor))

    def act() -> str:
        return _exclude(dossier_id, form, request)

    answer, status = take(request, form, act, lambda: ("privacy-exclusions", reference))
    context = {
        "rows": excluded(dossier_id, by=request.actor),
        "form": form,
        "search": search,
        "name": name,
        "reference": reference,
    }
    return answer or render(request, "casework/exclusions.html", context, status=status)


@guarded(Verb.EXCLUDE)
@require_http_methods(["GET", "POST"])
def lift_by_number(request: ActorRequest, reference: str, exclusion_id: UUID) -> HttpResponse:
    """Ends an exclusion as privacy officer."""
    dossier_id = _by_number(reference, request)
    exclusion = get_object_or_404(exclusions.standing(dossier_id).select_related("user"), pk=exclusion_id)
    if request.method == "POST":
        ties.lift(exclusion, by=request.actor)
        messages.success(request, "De uitsluiting is opgeheven.")
        return redirect("privacy-exclusions", reference)
    return render(request, "casework/exclusion-lift.html", {"exclusion": exclusion, "reference": reference})


def _by_number(reference: str, request: ActorRequest) -> UUID:
    found = dossier_of_reference(reference, by=request.actor)
    if found is None:
        raise NotKnown
    return found
