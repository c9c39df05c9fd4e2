"""Bringing in information, and keeping control over what one brought in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms.contributions import ConsentForm, ContributionForm, ShareFurtherForm
from casework.models import Attachment, Consent, Contribution, Participation
from casework.queries.case_content import ContributionRow, no_longer_to_use
from casework.queries.case_content import contributions as rows_of
from casework.queries.cases import CaseHead, open_case
from casework.queries.who import readers_of_contribution
from casework.services import contributions
from casework.services.contributions import could_be_kept_from
from casework.services.disclosing import terms_of
from casework.views.case_pages import page
from partners.models import Organisation
from partners.queries import covered_categories
from privacy.access import ActorRequest, guarded, require, visible
from privacy.errors import NotKnown
from privacy.forms import PlainForm
from privacy.roles import Verb
from privacy.taking import take, tries, try_out, typed
from privacy.who import Reader


def _others(head: CaseHead, request: ActorRequest) -> list[Organisation]:
    """The other organisations in the case, as far as this reader may know of them."""
    there = visible(Participation, by=request.actor).filter(case=head.case, ended_at__isnull=True)
    return list(Organisation.objects.filter(pk__in=there.values("organisation")).exclude(pk=request.actor.home))


def first_guess(head: CaseHead, request: ActorRequest) -> dict[str, Any]:
    """The ground on which one takes part: what one brings in mostly rests on the same."""
    mine = visible(Participation, by=request.actor).filter(case=head.case, user=request.actor.user_id, ended_at=None)
    return dict(mine.values("ground").first() or {})


def form_for(
    head: CaseHead,
    request: ActorRequest,
    initial: dict[str, Any] | None = None,
    kept: Sequence[Attachment] = (),
) -> ContributionForm:
    """The form to bring something into a case: wherever somebody does."""
    return ContributionForm(
        typed(request),
        request.FILES or None,
        kept=kept,
        profile=head.profile,
        partners=_others(head, request),
        bound=could_be_kept_from(head.case, timezone.now(), by=request.actor),
        own_kind=request.actor.organisation_kind,
        covered=covered_categories(request.actor.home, head.theme.code, timezone.localdate()),
        today=timezone.localdate(),
        initial=initial,
    )


def would_read(head: CaseHead, form: ContributionForm, request: ActorRequest) -> list[Reader]:
    """Who would read this contribution: it is brought in, looked at and taken back."""
    made = contributions.contribute(head.case, form.as_input(), now=timezone.now(), by=request.actor)
    return readers_of_contribution(head, _row(head, made.pk, request), by=request.actor)


@guarded(Verb.CASE_READ)
@require_http_methods(["GET", "POST"])
def index(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Write at the top, list below."""
    head = open_case(pk, by=request.actor)
    may = head.open and request.actor.may(Verb.CASE_CONTRIBUTE)
    require(may or request.method == "GET", head.why_not or "Uw rol kan hier niets inbrengen.")
    form = form_for(head, request, first_guess(head, request))

    def act() -> str:
        contributions.contribute(head.case, form.as_input(), now=timezone.now(), by=request.actor)
        return "Uw inbreng is bewaard."

    rows = rows_of(head, by=request.actor)
    context: dict[str, Any] = {"form": form if may else None, "rows": rows, "changed": no_longer_to_use(head)}
    if tries(request):
        context["readers"], status = try_out(form, lambda: would_read(head, form, request))
        return page(request, head, "case-contributions", context, status=status)
    answer, status = take(request, form, act, lambda: ("case-contributions", pk))
    return answer or page(request, head, "case-contributions", context, status=status)


def _own(head: CaseHead, contribution_id: UUID, request: ActorRequest) -> Contribution:
    """One's own contribution; of another's one learns nothing here."""
    mine = visible(Contribution, by=request.actor).filter(case=head.case, organisation=request.actor.organisation_id)
    return get_object_or_404(mine.select_related("compartment"), pk=contribution_id)


def _row(head: CaseHead, contribution_id: UUID, request: ActorRequest) -> ContributionRow:
    found = next((row for row in rows_of(head, by=request.actor) if row.pk == contribution_id), None)
    if found is None:
        raise NotKnown
    return found


@guarded(Verb.CASE_CONTRIBUTE)
@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, pk: UUID, contribution_id: UUID) -> HttpResponse:
    """Replaces one's own contribution by a better one."""
    head = open_case(pk, by=request.actor)
    old = _own(head, contribution_id, request)
    names = ("text", "kind", "category", "audience", "ground", "decision_ref", "origin", "conditions")
    initial = {name: getattr(old, name) for name in names}
    initial["recipients"] = [
        str(pk) for pk in old.disclosures.filter(ended_at=None).values_list("organisation", flat=True)
    ]
    terms = terms_of(old)
    initial |= {"not_to": [str(pk) for pk in terms.not_to], "ask_first": terms.ask_first}
    kept = list(visible(Attachment, by=request.actor).filter(contribution=old))
    form = form_for(head, request, initial, kept)

    def act() -> str:
        contributions.correct(old, form.as_input(), now=timezone.now(), by=request.actor)
        return "Uw inbreng is verbeterd. De oude versie is gemarkeerd. Wie die las, krijgt bericht."

    answer, status = take(request, form, act, lambda: ("case-contributions", pk))
    return answer or page(request, head, "case-correct", {"form": form}, status=status)


@guarded(Verb.CASE_CONTRIBUTE)
@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, pk: UUID, contribution_id: UUID) -> HttpResponse:
    """Takes one's own contribution back, after saying what that does."""
    head = open_case(pk, by=request.actor)
    own = _own(head, contribution_id, request)
    form = PlainForm({} if request.method == "POST" else None)

    def act() -> str:
        contributions.withdraw(own, now=timezone.now(), by=request.actor)
        return "Uw inbreng is ingetrokken. De tekst is weg. Wie die las, krijgt bericht."

    answer, status = take(request, form, act, lambda: ("case-contributions", pk))
    context = {"form": form, "row": _row(head, contribution_id, request)}
    return answer or page(request, head, "case-withdraw", context, status=status)


@guarded(Verb.CASE_CONTRIBUTE)
@require_http_methods(["GET", "POST"])
def remove_file(request: ActorRequest, pk: UUID, contribution_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Takes one file off one's own contribution, after saying what that does."""
    head = open_case(pk, by=request.actor)
    own = _own(head, contribution_id, request)
    file = get_object_or_404(visible(Attachment, by=request.actor).filter(contribution=own), pk=attachment_id)
    form = PlainForm({} if request.method == "POST" else None)

    def act() -> str:
        contributions.remove_file(own, attachment_id, by=request.actor)
        return "De bijlage is weg."

    answer, status = take(request, form, act, lambda: ("case-contributions", pk))
    return answer or page(request, head, "case-attachment-remove", {"form": form, "file": file}, status=status)


@guarded(Verb.CASE_CONTRIBUTE)
@require_http_methods(["GET", "POST"])
def share(request: ActorRequest, pk: UUID, contribution_id: UUID) -> HttpResponse:
    """Gives one's own contribution to more organisations."""
    head = open_case(pk, by=request.actor)
    own = _own(head, contribution_id, request)
    row = _row(head, contribution_id, request)
    not_yet = [partner for partner in _others(head, request) if partner.name not in row.readers]
    require(bool(not_yet), "Alle andere deelnemers lezen deze inbreng al.")
    form = ShareFurtherForm(typed(request), partners=not_yet)

    def act() -> str:
        chosen = Organisation.objects.filter(pk__in=form.cleaned_data["organisations"])
        contributions.share_further(own, chosen, now=timezone.now(), by=request.actor)
        return "Uw inbreng is gedeeld."

    answer, status = take(request, form, act, lambda: ("case-contributions", pk))
    context = {"form": form, "row": row}
    return answer or page(request, head, "case-share-contribution", context, status=status)


@guarded(Verb.CASE_CONTRIBUTE)
@require_http_methods(["GET", "POST"])
def consent(request: ActorRequest, consent_id: UUID) -> HttpResponse:
    """May one more organisation get what we brought in? The owner says yes or no."""
    asked = get_object_or_404(
        visible(Consent, by=request.actor).select_related("receiver", "case"),
        pk=consent_id,
        organisation=request.actor.organisation_id,
    )
    head = open_case(asked.case_id, by=request.actor)
    form = ConsentForm(typed(request))

    def act() -> str:
        agreed = form.cleaned_data["answer"] == "ja"
        contributions.answer(asked, agreed, now=timezone.now(), by=request.actor)
        return f"{asked.receiver.name} krijgt uw inbreng{'' if agreed else ' niet'}."

    answer, status = take(request, form, act, lambda: ("case-contributions", head.pk))
    context = {"form": form, "row": _row(head, asked.contribution_id, request), "asked": asked}
    return answer or page(request, head, "case-consent", context, status=status)
