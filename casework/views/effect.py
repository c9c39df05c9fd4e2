"""Assessments of who belongs to a household, drawn over time, and evaluations of its plan."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from casework.forms.effect import AssessmentForm, CorrectionForm, InterimForm
from casework.instrument_files import Instrument, newest_instruments
from casework.models import Member
from casework.queries.effect import (
    all_series,
    before,
    evaluate_on,
    evaluations,
    measured,
    member_of,
    one_measured,
    people,
)
from casework.queries.households import HouseholdHead, open_household
from casework.services import assessing, evaluating
from casework.views.household_pages import page, working
from privacy.access import ActorRequest, guarded, require
from privacy.errors import NotKnown
from privacy.roles import Verb
from privacy.taking import take, typed


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@guarded(Verb.HOUSEHOLD_READ)
@require_GET
def assessments(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One member over time: radar, lines and table of one series, and every assessment that this reader may read."""
    head = open_household(pk, by=request.actor)
    everybody = people(head)
    wanted = _uuid(request.GET.get("persoon", ""))
    person = next((one for one in everybody if one.pk == wanted), everybody[0] if everybody else None)
    found = measured(head, person.pk) if person else []
    series = all_series(found)
    key = request.GET.get("reeks", "")
    context = {
        "people": everybody,
        "person": person,
        "all_series": series,
        "series": next((one for one in series if one.key == key), series[0] if series else None),
        "measured": found,
        "before": before(person, by=request.actor),
        "instruments": newest_instruments(),
        "why_not": assessing.why_not_assess(head.household, by=request.actor),
    }
    return page(request, head, "household-assessments", context)


def _instrument(code: str, member: Member, request: ActorRequest) -> Instrument:
    try:
        return assessing.instrument_for(member, code, by=request.actor)
    except KeyError as gone:
        raise NotKnown from gone


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def assess(request: ActorRequest, pk: UUID, member_id: UUID, code: str) -> HttpResponse:
    """Fills in an instrument for one member, as far as the covenant of the own organisation goes."""
    head = open_household(pk, by=request.actor)
    _may(head, request)
    member, now = member_of(head, member_id), timezone.now()
    instrument = _instrument(code, member, request)
    domains = assessing.may_score(instrument, head.household, now, by=request.actor)
    require(bool(domains), assessing.NOT_COVERED)
    today = timezone.localdate(now)
    initial = {"assessed_on": f"{today:%-d-%-m-%Y}"}
    form = AssessmentForm(typed(request), instrument=instrument, domains=domains, today=today, initial=initial)

    def act() -> str:
        assessing.assess(head.household, member, instrument, form.as_input(), now=now, by=request.actor)
        return "De meting is vastgelegd."

    answer, status = take(request, form, act, lambda: (_of(pk, member.pk),))
    context = {"form": form, "member": member, "instrument": instrument, "left_out": _left_out(instrument, domains)}
    return answer or page(request, head, "household-assess", context, status=status)


def _may(head: HouseholdHead, request: ActorRequest) -> None:
    why = assessing.why_not_assess(head.household, by=request.actor)
    require(not why, why)


def _of(pk: UUID, member: UUID) -> str:
    return f"{reverse('household-assessments', args=[pk])}?persoon={member}"


def _left_out(instrument: Instrument, domains: tuple[object, ...]) -> list[str]:
    return [domain.label for domain in instrument.domains if domain not in domains]


@guarded(Verb.HOUSEHOLD_READ)
@require_GET
def assessment(request: ActorRequest, pk: UUID, assessment_id: UUID) -> HttpResponse:
    """One assessment, also one that was replaced."""
    head = open_household(pk, by=request.actor)
    row, shown = one_measured(head, assessment_id)
    mine = row.organisation_id == request.actor.home and not shown.corrected
    may = mine and not assessing.why_not_assess(head.household, by=request.actor)
    context = {"row": row, "shown": shown, "may_correct": may}
    return page(request, head, "household-assessment", context)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, pk: UUID, assessment_id: UUID) -> HttpResponse:
    """Replaces an assessment, with the reason."""
    head = open_household(pk, by=request.actor)
    row, shown = one_measured(head, assessment_id)
    _may(head, request)
    require(row.organisation_id == request.actor.home, assessing.NOT_YOURS)
    now = timezone.now()
    domains = assessing.may_score(shown.instrument, head.household, now, by=request.actor)
    initial = {"assessed_on": f"{shown.on:%-d-%-m-%Y}", "note": shown.note} | CorrectionForm.filled(shown.scores)
    form = CorrectionForm(
        typed(request), instrument=shown.instrument, domains=domains, today=timezone.localdate(now), initial=initial
    )

    def act() -> str:
        assessing.correct(row, form.as_input(), form.cleaned_data["reason"], now=now, by=request.actor)
        return "De meting is verbeterd. De oude blijft leesbaar als vervangen."

    answer, status = take(request, form, act, lambda: (_of(pk, row.member_id),))
    context = {"form": form, "row": row, "shown": shown, "left_out": _left_out(shown.instrument, domains)}
    return answer or page(request, head, "household-assessment-correct", context, status=status)


@guarded(Verb.HOUSEHOLD_READ)
@require_GET
def evaluated(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The evaluations of the plan, for who reads the whole."""
    head = open_household(pk, by=request.actor)
    require(head.whole, "Alleen de casusregisseur en de procesregisseur lezen de evaluaties.")
    due = evaluate_on(head)
    context = {
        "evaluations": evaluations(head),
        "evaluate_on": due,
        "overdue": head.open and due is not None and due < timezone.localdate(),
    }
    return page(request, head, "household-evaluations", context)


@guarded(Verb.PLAN_WRITE)
@require_http_methods(["GET", "POST"])
def evaluate(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Evaluates the plan on the way, and says when the next evaluation is."""
    head = working(pk, request)
    form = InterimForm(typed(request), today=timezone.localdate())

    def act() -> str:
        evaluating.evaluate(head.household, form.as_input(), now=timezone.now(), by=request.actor)
        return "De evaluatie is vastgelegd."

    answer, status = take(request, form, act, lambda: ("household-evaluations", pk))
    context = {
        "form": form,
        "goals": evaluating.goal_counts(head.household),
        "signals": evaluating.signal_counts(head.household, by=request.actor),
    }
    return answer or page(request, head, "household-evaluate", context, status=status)
