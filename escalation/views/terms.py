"""Terms and measures of a case: what runs until when, and what who directs does with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casework.queries.cases import CaseHead
from casework.views.case_pages import directed
from escalation.authority_files import authorities
from escalation.forms.terms import BeginForm, BreachForm, ExtendForm, WithdrawForm
from escalation.laddering import ladder_version
from escalation.models import Measure, Standing, Term
from escalation.queries.terms import TermRow, terms_of
from escalation.rungs import SINCE, Rung, RungTerm, TermRole
from escalation.services import proposing, terms
from escalation.situations import ladder_of
from escalation.views.pages import page, panel, standing_in
from privacy.access import ActorRequest, guarded, opened
from privacy.forms import PlainForm
from privacy.roles import Verb
from privacy.taking import take, typed


def _rung_term(standing: Standing, rung: str, key: str) -> tuple[Rung, RungTerm]:
    """A term of this ladder, with its rung; 404 when there is none."""
    every = ((one, term) for one in ladder_of(standing).rungs if one.key == rung for term in one.terms)
    found = next((pair for pair in every if pair[1].key == key), None)
    if found is None:
        raise Http404
    return found


def _term(head: CaseHead, pk: UUID) -> Term:
    rows = opened(Term).filter(standing__case=head.case)
    return get_object_or_404(rows.select_related("dossier", "measure", "standing__dossier", "standing__case"), pk=pk)


def _measure(head: CaseHead, pk: UUID) -> Measure:
    rows = opened(Measure).filter(standing__case=head.case)
    return get_object_or_404(rows.select_related("dossier", "standing__dossier", "standing__case"), pk=pk)


def _shown(standing: Standing, pk: UUID, now: datetime, request: ActorRequest) -> TermRow:
    return next(row for row in terms_of(standing, now, by=request.actor).terms if row.pk == pk)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def begin(request: ActorRequest, pk: UUID, code: str, rung: str, key: str) -> HttpResponse:
    """Says when something happened from which a term counts."""
    head, now = directed(pk, request), timezone.now()
    standing = standing_in(head, code)
    step, term = _rung_term(standing, rung, key)
    entry = terms.entry_of(standing, step)
    decided = entry.lengths.get(key) if entry and term.role is TermRole.MEASURE else None
    form = BeginForm(typed(request), term=term, decided=decided, today=timezone.localdate(now))

    def act() -> str:
        made = terms.start(standing, step, key, form.since(), number=form.number_given(), now=now, by=request.actor)
        return f"De termijn loopt {_shown(standing, made.pk, now, request).end}."

    answer, status = take(request, form, act, lambda: ("case-ladder", pk))
    context: dict[str, object] = {
        "form": form, "term": term, "rung": step, "since": SINCE[term.since],
        "why_not": terms.why_not_begin(standing, step, term, entry),
    }  # fmt: skip
    return answer or page(request, head, "ladder-term-start", context, status=status)


@guarded(Verb.CASE_DIRECT)
@require_POST
def kept(request: ActorRequest, pk: UUID, term_id: UUID) -> HttpResponse:
    """What a term was for has happened."""
    head = directed(pk, request)
    term, form = _term(head, term_id), PlainForm(request.POST)

    def act() -> str:
        terms.done(term, now=timezone.now(), by=request.actor)
        return "De termijn is gehaald. Er volgt geen herinnering meer."

    answer, status = take(request, form, act, lambda: ("case-ladder", pk))
    return answer or panel(request, head, form, status)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def extend(request: ActorRequest, pk: UUID, term_id: UUID) -> HttpResponse:
    """Puts an extension to who may extend."""
    head, now = directed(pk, request), timezone.now()
    row = _term(head, term_id)
    shown, of_rung = _shown(row.standing, row.pk, now, request), ladder_of(row).get(row.rung).term(row.key)
    about = {"about": head.name}
    today = timezone.localdate(now)
    form = ExtendForm(typed(request), term=of_rung, latest=shown.latest, today=today, initial=about)

    def act() -> str:
        why = {"about": form.cleaned_data["about"], "reason": form.cleaned_data["reason"]}
        proposing.propose_extension(row, form.until(), now=now, by=request.actor, **why)
        return f"De verlenging is voorgelegd aan {authorities().named(of_rung.extend_decides)}."

    answer, status = take(request, form, act, lambda: ("case-ladder", pk))
    return answer or page(request, head, "ladder-extend", {"form": form, "term": shown}, status=status)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, pk: UUID, measure_id: UUID) -> HttpResponse:
    """Puts ending a measure before its time to who decides that."""
    head = directed(pk, request)
    measure = _measure(head, measure_id)
    form = WithdrawForm(typed(request), initial={"about": head.name})

    def propose() -> str:
        data = form.cleaned_data
        proposing.propose_withdrawal(
            measure, about=data["about"], reason=data["reason"], now=timezone.now(), by=request.actor
        )
        return "Het intrekken is voorgelegd aan wie daarover beslist. Tot dan geldt de maatregel."

    return _of_measure(request, head, measure, form, propose, "ladder-withdraw-measure")


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def breach(request: ActorRequest, pk: UUID, measure_id: UUID) -> HttpResponse:
    """Records that a measure was broken."""
    head, now = directed(pk, request), timezone.now()
    measure = _measure(head, measure_id)
    form = BreachForm(typed(request), today=timezone.localdate(now))

    def note() -> str:
        terms.note_breach(measure, form.at(), form.cleaned_data["note"], now=now, by=request.actor)
        return "De overtreding is vastgelegd."

    return _of_measure(request, head, measure, form, note, "ladder-breach")


def _of_measure(
    request: ActorRequest, head: CaseHead, measure: Measure, form: PlainForm, act: Callable[[], str], name: str
) -> HttpResponse:
    answer, status = take(request, form, act, lambda: ("case-ladder", head.pk))
    found = terms_of(measure.standing, timezone.now(), by=request.actor)
    shown = next(row for row in found.measures if row.pk == measure.pk)
    rung = ladder_version(measure.standing.ladder, measure.ladder_version).get(measure.rung)
    return answer or page(request, head, name, {"form": form, "measure": shown, "rung": rung}, status=status)
