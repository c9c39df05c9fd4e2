"""The people of a group that a case is about, and the role and period of any subject."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casework.forms.periods import GroupMemberForm, RolePeriodForm
from casework.models import CaseSubject, GroupMember, SubjectKind
from casework.queries.cases import CaseHead, open_case
from casework.services import groups
from casework.views.case_pages import directed, page
from privacy.access import ActorRequest, guarded, opened
from privacy.errors import Refused
from privacy.roles import Verb
from privacy.taking import take, typed


def _typed_day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


def _subject(head: CaseHead, subject_id: UUID) -> CaseSubject:
    return get_object_or_404(opened(CaseSubject), pk=subject_id, case=head.case)


def _group(head: CaseHead, subject_id: UUID) -> CaseSubject:
    return get_object_or_404(opened(CaseSubject), pk=subject_id, case=head.case, kind=SubjectKind.GROUP)


def _member(group: CaseSubject, member_id: UUID) -> GroupMember:
    return get_object_or_404(opened(GroupMember), pk=member_id, subject=group)


@guarded(Verb.CASE_READ)
@require_http_methods(["GET", "POST"])
def of_group(request: ActorRequest, pk: UUID, subject_id: UUID) -> HttpResponse:
    """Who is in the group, in which role and when; the regie adds."""
    head = open_case(pk, by=request.actor)
    group, form, status = _group(head, subject_id), None, 200
    if head.directs and head.open:
        form = GroupMemberForm(typed(request), today=timezone.localdate())
        given = form

        def act() -> str:
            groups.add(head.case, group, given.as_input(), by=request.actor)
            return "De persoon staat bij de groep."

        answer, status = take(request, form, act, lambda: ("case-group", pk, subject_id))
        if answer:
            return answer
    elif request.method == "POST":
        raise Refused(head.why_not or "Alleen wie de regie heeft, kan dit doen.")
    rows = sorted(opened(GroupMember).filter(subject=group), key=lambda row: (row.until is not None, row.role))
    return page(request, head, "case-group", {"group": group, "rows": rows, "form": form}, status=status)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, pk: UUID, subject_id: UUID, member_id: UUID) -> HttpResponse:
    """Another role or period, or a better name."""
    head = directed(pk, request)
    group = _group(head, subject_id)
    row = _member(group, member_id)
    first = {"name": row.name, "role": row.role, "birth_date": _typed_day(row.birth_date)}
    first |= {"since": _typed_day(row.since), "until": _typed_day(row.until)}
    form = GroupMemberForm(typed(request), today=timezone.localdate(), initial=first)

    def act() -> str:
        groups.change(head.case, row, form.as_input(), by=request.actor)
        return "De gegevens zijn aangepast."

    answer, status = take(request, form, act, lambda: ("case-group", pk, subject_id))
    context = {"form": form, "group": group, "member": row}
    return answer or page(request, head, "case-group-member", context, status=status)


@guarded(Verb.CASE_DIRECT)
@require_POST
def remove(request: ActorRequest, pk: UUID, subject_id: UUID, member_id: UUID) -> HttpResponse:
    """Takes somebody out who does not belong in the group."""
    head = directed(pk, request)
    row = _member(_group(head, subject_id), member_id)
    with transaction.atomic():
        groups.remove(head.case, row, by=request.actor)
    messages.success(request, "De persoon is uit de groep gehaald. Wat er stond, is gewist.")
    return redirect("case-group", pk, subject_id)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def period(request: ActorRequest, pk: UUID, subject_id: UUID) -> HttpResponse:
    """The role of a subject, and from when until when."""
    head = directed(pk, request)
    subject = _subject(head, subject_id)
    first = {"role": subject.role, "since": _typed_day(subject.since), "until": _typed_day(subject.until)}
    form = RolePeriodForm(typed(request), theme=head.theme, today=timezone.localdate(), initial=first)

    def act() -> str:
        groups.set_period(head.case, subject, **form.cleaned_data, by=request.actor)
        return "Rol en periode zijn bewaard."

    answer, status = take(request, form, act, lambda: ("case-subjects", pk))
    return answer or page(request, head, "case-subject-period", {"form": form, "subject": subject}, status=status)
