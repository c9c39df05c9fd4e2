"""Informing persons: per case for who directs it, and in numbers for the privacy officer."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.forms.informing import PostponeForm, TellForm
from casework.models import CaseSubject, Postponement, SubjectKind
from casework.queries.cases import CaseHead
from casework.queries.informing import may_claim, people_of, register
from casework.services import informing
from casework.views.case_pages import directed, page
from partners.profiling import profile_version
from privacy.access import ActorRequest, guarded, opened
from privacy.roles import Verb
from privacy.taking import press, take, typed


def _person(head: CaseHead, subject_id: UUID) -> CaseSubject:
    return get_object_or_404(opened(CaseSubject), pk=subject_id, case=head.case, kind=SubjectKind.PERSON)


@guarded(Verb.INFORMING)
@require_GET
def of_case(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Every person of the case: told, postponed, or still to be told."""
    head = directed(pk, request)
    profile = profile_version(head.case.profile, head.case.profile_version)
    context = {"people": people_of(head, timezone.localdate()), "profile": profile}
    return page(request, head, "case-informing", context)


@guarded(Verb.INFORMING)
@require_http_methods(["GET", "POST"])
def tell(request: ActorRequest, pk: UUID, subject_id: UUID) -> HttpResponse:
    """Notes that somebody was told."""
    head = directed(pk, request)
    subject, today = _person(head, subject_id), timezone.localdate()
    profile = profile_version(head.case.profile, head.case.profile_version)
    start = {"told_on": today, "told_by": request.actor.name, "text": profile.notice}
    form = TellForm(typed(request), today=today, initial=start)

    def act() -> str:
        given, now = form.as_telling(), timezone.now()
        informing.tell(head.case, subject, given, now=now, today=today, by=request.actor)
        return "Vastgelegd. Voor deze casus is nog een keer vertellen niet nodig."

    answer, status = take(request, form, act, lambda: ("case-informing", pk))
    return answer or page(request, head, "case-tell", {"subject": subject, "form": form}, status=status)


@guarded(Verb.INFORMING)
@require_http_methods(["GET", "POST"])
def postpone(request: ActorRequest, pk: UUID, subject_id: UUID) -> HttpResponse:
    """Notes why telling somebody waits."""
    head = directed(pk, request)
    subject, today = _person(head, subject_id), timezone.localdate()
    claiming = may_claim(head.case, by=request.actor)
    form = PostponeForm(typed(request), today=today, organisations=claiming)

    def act() -> str:
        allowed = {one.pk for one in claiming}
        given, now = form.as_waiting(), timezone.now()
        informing.postpone(head.case, subject, given, allowed=allowed, now=now, today=today, by=request.actor)
        return f"Uitgesteld. Op {given.recheck_on:%d-%m-%Y} kijkt u opnieuw."

    answer, status = take(request, form, act, lambda: ("case-informing", pk))
    return answer or page(request, head, "case-postpone", {"subject": subject, "form": form}, status=status)


@guarded(Verb.INFORMING)
@require_POST
def resume(request: ActorRequest, pk: UUID, postponement_id: UUID) -> HttpResponse:
    """The reason ended."""
    head = directed(pk, request)
    row = get_object_or_404(opened(Postponement), pk=postponement_id, case=head.case)

    def act() -> str:
        informing.resume(head.case, row, today=timezone.localdate(), by=request.actor)
        return "De reden geldt niet meer. Vertel het deze persoon nu, als geen andere reden meer geldt."

    press(request, act)
    return redirect("case-informing", pk)


@guarded(Verb.LOG_REVIEW)
@require_GET
def for_officer(request: ActorRequest) -> HttpResponse:
    """The register in numbers: references, counts, terms and grounds."""
    return render(request, "casework/informing.html", {"register": register(timezone.localdate(), by=request.actor)})
