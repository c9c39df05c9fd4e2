"""Accountability to note: DPIAs by the officer, pentests by the beheerder, audits by the officer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from partners.accounting import evidence, judging
from partners.accounting.records import assessments, current_examinations, newest_assessment, one_examination
from partners.forms.accounting import AssessmentForm, AuditForm, PentestForm
from partners.models import Examination, ExaminationKind, ImpactAssessment
from partners.profile_files import Profile
from partners.profiling import profile_version, profiles
from partners.services.accounting import note_assessment, note_examination
from partners.views.accounting_tabs import tabs
from privacy.access import ActorRequest, guarded
from privacy.errors import NotKnown
from privacy.roles import Verb
from privacy.taking import take, typed


@guarded(Verb.ACCOUNT_READ)
@require_GET
def dpia_list(request: ActorRequest) -> HttpResponse:
    """Each version of each profile with its DPIA, and whether tables use it."""
    today = timezone.localdate()
    used = {(profile.code, profile.version) for profile in evidence.profiles_in_use()}
    rows = [
        {
            "profile": profile,
            "newest": newest_assessment(profile.code, profile.version),
            "used": (profile.code, profile.version) in used,
            "judged": judging.dpias([evidence.assessed(profile)], today),
        }
        for profile in sorted(profiles().versions, key=lambda one: (one.code, one.version), reverse=True)
    ]
    return render(request, "partners/accounting/dpia-list.html", {"rows": rows, **tabs(request)})


def _version(profile: str, version: str) -> Profile:
    try:
        return profile_version(profile, version)
    except KeyError as absent:
        raise NotKnown from absent


@guarded(Verb.ACCOUNT_READ)
@require_GET
def dpia(request: ActorRequest, profile: str, version: str) -> HttpResponse:
    """One version with every DPIA that was noted; the one that counts first."""
    context = {"profile": _version(profile, version), "rows": assessments(profile, version), **tabs(request)}
    return render(request, "partners/accounting/dpia.html", context)


@guarded(Verb.ACCOUNT_WRITE)
@require_http_methods(["GET", "POST"])
def dpia_new(request: ActorRequest, profile: str, version: str) -> HttpResponse:
    """Notes a DPIA, or a correction; what stands is filled in."""
    about = _version(profile, version)
    newest = newest_assessment(profile, version)
    initial = {name: getattr(newest, name) for name in ImpactAssessment.GIVEN} if newest else {}
    form = AssessmentForm(typed(request), initial=initial)

    def act() -> str:
        now = timezone.now()
        note_assessment(profile, version, form.cleaned_data, today=timezone.localdate(now), now=now, by=request.actor)
        return "De DPIA is genoteerd."

    answer, status = take(request, form, act, lambda: ("accounting-dpia-version", profile, version))
    context = {"form": form, "profile": about, "again": newest is not None, **tabs(request)}
    return answer or render(request, "partners/accounting/dpia-new.html", context, status=status)


@guarded(Verb.ACCOUNT_READ)
@require_GET
def examinations(request: ActorRequest) -> HttpResponse:
    """Pentests and audits as they stand."""
    context = {
        "pentests": current_examinations(ExaminationKind.PENTEST),
        "audits": current_examinations(ExaminationKind.AUDIT),
        "today": timezone.localdate(),
        **tabs(request),
    }
    return render(request, "partners/accounting/examinations.html", context)


def _examination(request: ActorRequest, kind: ExaminationKind, earlier: Examination | None) -> HttpResponse:
    make = AuditForm if kind == ExaminationKind.AUDIT else PentestForm
    initial = {name: getattr(earlier, name) for name in Examination.GIVEN} if earlier else {}
    form = make(typed(request), initial=initial)

    def act() -> str:
        now, given = timezone.now(), form.cleaned_data
        note_examination(kind, given, replaces=earlier, today=timezone.localdate(now), now=now, by=request.actor)
        return f"De {kind.label.lower()} is genoteerd."

    answer, status = take(request, form, act, lambda: ("accounting-examinations",))
    context: dict[str, Any] = {"form": form, "kind": kind, "again": earlier is not None, **tabs(request)}
    return answer or render(request, "partners/accounting/examination.html", context, status=status)


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def pentest_new(request: ActorRequest) -> HttpResponse:
    """Notes a pentest."""
    return _examination(request, ExaminationKind.PENTEST, None)


@guarded(Verb.MANAGE)
@require_http_methods(["GET", "POST"])
def pentest_follow(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Notes how a pentest stands now."""
    return _examination(request, ExaminationKind.PENTEST, one_examination(pk, ExaminationKind.PENTEST))


@guarded(Verb.ACCOUNT_WRITE)
@require_http_methods(["GET", "POST"])
def audit_new(request: ActorRequest) -> HttpResponse:
    """Notes an audit."""
    return _examination(request, ExaminationKind.AUDIT, None)


@guarded(Verb.ACCOUNT_WRITE)
@require_http_methods(["GET", "POST"])
def audit_follow(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Notes how an audit stands now."""
    return _examination(request, ExaminationKind.AUDIT, one_examination(pk, ExaminationKind.AUDIT))
