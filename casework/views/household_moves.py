"""Splitting a household, and merging two."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms.moving import MergeForm, SplitForm
from casework.models import Household
from casework.queries.households import HouseholdHead, MemberRow, members
from casework.queries.moving import could_direct, directed_households, linked_cases
from casework.services import merging, splitting
from casework.services.carrying import Carried
from casework.views.household_pages import directed, page
from privacy.access import ActorRequest, guarded, open_one
from privacy.roles import Verb
from privacy.taking import take, typed


def _now(head: HouseholdHead, request: ActorRequest) -> list[MemberRow]:
    return [row for row in members(head, by=request.actor) if row.until is None]


def _went(carried: Carried) -> str:
    told = f"Meegegaan: {carried.goals} doelen en {carried.actions} acties."
    if carried.left_behind:
        told += f" {carried.left_behind} acties blijven hier: wie ze doet, doet daar niet mee."
    return told


def _today() -> dict[str, str]:
    return {"on": f"{timezone.localdate():%d-%m-%Y}"}


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def split(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who goes gets a household with a plan of its own."""
    head = directed(pk, request)
    form = SplitForm(
        typed(request),
        members=[(str(row.pk), row.name) for row in _now(head, request)],
        people=could_direct(head, by=request.actor),
        cases=linked_cases(head),
        today=timezone.localdate(),
        initial=_today(),
    )
    made: list[UUID] = []

    def act() -> str:
        done = splitting.split(head.household, form.as_input(), now=timezone.now(), by=request.actor)
        made.append(done.household.pk)
        return f"Het gezin is gesplitst. {_went(done.carried)}"

    answer, status = take(request, form, act, lambda: ("household-detail", made[0]))
    return answer or page(request, head, "household-split", {"form": form}, status=status)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def merge(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Two households that are directed by the same regisseur become one, with one plan."""
    head = directed(pk, request)
    people = [(row.name, row.birth_date) for row in _now(head, request)]
    choices = directed_households(people, but=[head.pk], by=request.actor)
    form = MergeForm(typed(request), households=choices, today=timezone.localdate(), initial=_today())
    goes_on: list[UUID] = []

    def act() -> str:
        other = open_one(Household, UUID(form.cleaned_data["other"]), by=request.actor)
        here = form.cleaned_data["goes_on"] == MergeForm.HERE
        source, target = (other, head.household) if here else (head.household, other)
        done = merging.merge(source, target, form.as_input(), now=timezone.now(), by=request.actor)
        goes_on.append(target.pk)
        return f"De gezinnen zijn samengevoegd. {_went(done)}"

    answer, status = take(request, form, act, lambda: ("household-detail", goes_on[0]))
    context = {"form": form, "choices": choices}
    return answer or page(request, head, "household-merge", context, status=status)
