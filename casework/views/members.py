"""Who belongs to a household: adding, correcting, and noting that somebody left."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms.members import CorrectForm, JoinForm, LeaveForm, NameForm, OnePlanForm
from casework.models import Left, Member
from casework.queries.households import HouseholdHead
from casework.queries.one_plan import twins
from casework.services import members
from casework.views.household_pages import page, working
from privacy.access import ActorRequest, guarded, opened
from privacy.roles import Verb
from privacy.taking import take, typed


def _today(request: ActorRequest) -> dict[str, str]:
    return {"since": f"{timezone.localdate():%d-%m-%Y}"}


def _asks_which(
    form: OnePlanForm, people: list[tuple[str, object]], head: HouseholdHead, request: ActorRequest
) -> None:
    found = twins(people, but=head.dossier_id, by=request.actor)  # type: ignore[arg-type]  # names with birth dates
    form.ask_which(found)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def join(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Adds somebody; who is in another plan that I know comes with a decision which plan goes on."""
    head = working(pk, request)
    form = JoinForm(typed(request), today=timezone.localdate(), initial=_today(request))
    if form.is_bound and form.is_valid():
        _asks_which(form, [form.person()], head, request)

    def act() -> str:
        given, reason, plan = form.as_input(), form.cleaned_data["reason"], form.one_plan()
        members.join(head.household, given, reason, one_plan=plan, now=timezone.now(), by=request.actor)
        return f"{given.name} staat in het gezin."

    answer, status = take(request, form, act, lambda: ("household-detail", pk))
    return answer or page(request, head, "household-member-new", {"form": form}, status=status)


def _member(head: HouseholdHead, member_id: UUID) -> Member:
    rows = opened(Member).select_related("dossier", "household")
    return get_object_or_404(rows, pk=member_id, household=head.household, until__isnull=True)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, pk: UUID, member_id: UUID) -> HttpResponse:
    """Corrects a mistake, or notes another role."""
    head = working(pk, request)
    member = _member(head, member_id)
    first = {
        "name": member.name,
        "relation": member.relation,
        "birth_date": f"{member.birth_date:%d-%m-%Y}" if member.birth_date else "",
        "since": f"{member.since:%d-%m-%Y}",
    }
    form = CorrectForm(typed(request), today=timezone.localdate(), initial=first)

    def act() -> str:
        given = form.as_correction()
        members.correct(member, given, form.cleaned_data["reason"], now=timezone.now(), by=request.actor)
        return f"De gegevens van {given.name} zijn aangepast."

    answer, status = take(request, form, act, lambda: ("household-detail", pk))
    context = {"form": form, "member": member}
    return answer or page(request, head, "household-member", context, status=status)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def rename(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Another name or address."""
    head = working(pk, request)
    form = NameForm(typed(request), initial={"name": head.name, "address": head.address})

    def act() -> str:
        members.rename(head.household, **form.cleaned_data, by=request.actor)
        return "Naam en adres zijn bewaard."

    answer, status = take(request, form, act, lambda: ("household-detail", pk))
    return answer or page(request, head, "household-rename", {"form": form}, status=status)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def leave(request: ActorRequest, pk: UUID, member_id: UUID) -> HttpResponse:
    """Notes that somebody does not belong to the household any more."""
    head = working(pk, request)
    member = _member(head, member_id)
    name = member.name
    form = LeaveForm(typed(request), today=timezone.localdate(), initial={"on": f"{timezone.localdate():%d-%m-%Y}"})

    def act() -> str:
        data, now = form.cleaned_data, timezone.now()
        members.leave(member, Left(data["because"]), data["on"], data["reason"], now=now, by=request.actor)
        return f"{name} hoort niet meer bij het gezin."

    answer, status = take(request, form, act, lambda: ("household-detail", pk))
    context = {"form": form, "member": member, "name": name}
    return answer or page(request, head, "household-member-leave", context, status=status)
