"""Judging signals: the queue, one signal with what looks like it, and the five outcomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from casework import states
from casework.forms.triage import AddForm, AskForm, ForwardForm, OpenForm, RejectForm
from casework.models import Case, Signal, SignalStatus, SubjectKind
from casework.queries.known import asking_seats
from casework.queries.persons import MOST
from casework.queries.sameness import in_dossier, ties_in
from casework.queries.triage import Judging, judging, queue
from casework.services import cases, triage
from casework.values import CaseInput, CaseSubjectInput
from partners.models import CaseTable
from privacy.access import ActorRequest, guarded, open_one, require, require_regie
from privacy.errors import Refused
from privacy.forms import PlainForm
from privacy.queries import asked_about
from privacy.roles import Role, Verb

OUTCOMES = ("vraag", "toevoegen", "openen", "doorsturen", "afwijzen")
Act = Callable[[Any, Judging], tuple[str, str, UUID | None]]


@guarded(Verb.SIGNAL_TRIAGE)
@require_GET
def inbox(request: ActorRequest) -> HttpResponse:
    """What waits at my tables, most urgent first."""
    seats = [seat for seat in request.actor.seats if seat.role == Role.PROCESREGISSEUR]
    chosen = next((seat.table_id for seat in seats if str(seat.table_id) == request.GET.get("tafel")), None)
    status = request.GET.get("stand", "")
    waiting = queue(table_id=chosen, status=status if status in states.UNDECIDED else "", by=request.actor)
    context = {"queue": waiting, "seats": seats, "chosen": chosen, "status": status}
    return render(request, "casework/triage/inbox.html", context)


def _found(request: ActorRequest, pk: UUID) -> tuple[Judging, str]:
    """The signal, and why it can't be judged any more; a rejected one has nobody who directs it, and no content."""
    found = judging(pk, by=request.actor)
    at_my_table = found.signal.table_id in request.actor.tables_as(Role.PROCESREGISSEUR)
    require(at_my_table, "Alleen een procesregisseur van deze tafel beoordeelt dit signaal.")
    why_not = states.why_not_decide(found.signal)
    if not why_not:
        require_regie(found.signal, by=request.actor)
    return found, why_not


def _reporter_left(signal: Signal) -> bool:
    reporter = signal.reporter.reporter
    return reporter is not None and not reporter.is_active


@guarded(Verb.SIGNAL_TRIAGE)
@require_GET
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One signal to judge."""
    found, why_not = _found(request, pk)
    waiting = queue(table_id=found.signal.table_id, by=request.actor).rows
    asked = asked_about([found.signal.dossier_id])
    context: dict[str, Any] = {"judging": found, "signal": found.view, "why_not": why_not}
    context |= {"waiting": waiting, "asked": asked}
    context["reporter_left"] = found.signal.status == SignalStatus.ASKED and _reporter_left(found.signal)
    if not why_not:
        dossier, table = found.signal.dossier_id, found.signal.table_id
        context["ties"] = ties_in(dossier, by=request.actor)
        context |= {"looked": in_dossier(dossier, table_id=table, by=request.actor), "most": MOST}
    context["may_ask_known"] = found.signal.table_id in {seat.table_id for seat in asking_seats(by=request.actor)}
    return render(request, "casework/triage/detail.html", context)


def _decide(request: ActorRequest, pk: UUID, outcome: str, make: Callable[..., PlainForm], act: Act) -> HttpResponse:
    """Shows or takes the form of one outcome. When a colleague was first, nothing that was typed is lost."""
    found, why_not = _found(request, pk)
    form = make(request.POST if request.method == "POST" else None, found)
    status = 200
    if why_not and form.is_bound:
        form.add_error(None, why_not)
        status = 409
    elif form.is_valid():
        try:
            with transaction.atomic():
                said, name, target = act(form, found)
            messages.success(request, said)
            return redirect(name, target) if target else redirect(name)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = 409
    elif form.is_bound:
        status = 422
    context = {
        "judging": found,
        "signal": found.view,
        "form": form,
        "outcome": outcome,
        "why_not": why_not,
    }
    return render(request, f"casework/triage/{outcome}.html", context, status=status)


@guarded(Verb.SIGNAL_TRIAGE)
@require_http_methods(["GET", "POST"])
def ask(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Asks the reporter for more."""

    def act(form: AskForm, found: Judging) -> tuple[str, str, UUID | None]:
        triage.ask(found.signal, form.cleaned_data["question"], now=timezone.now(), by=request.actor)
        return f"Uw vraag over {found.view.reference} is verstuurd.", "triage-inbox", None

    return _decide(request, pk, "vraag", lambda data, found: AskForm(data), act)


@guarded(Verb.SIGNAL_TRIAGE)
@require_http_methods(["GET", "POST"])
def reject(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Rejects the signal; its content is destroyed."""

    def act(form: RejectForm, found: Judging) -> tuple[str, str, UUID | None]:
        triage.reject(found.signal, form.cleaned_data["reason"], now=timezone.now(), by=request.actor)
        said = f"{found.view.reference} is afgewezen en de inhoud is vernietigd. De melder hoort waarom."
        return said, "triage-inbox", None

    return _decide(request, pk, "afwijzen", lambda data, found: RejectForm(data, theme=found.view.theme), act)


@guarded(Verb.SIGNAL_TRIAGE)
@require_http_methods(["GET", "POST"])
def forward(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Sends the signal to another table."""

    def act(form: ForwardForm, found: Judging) -> tuple[str, str, UUID | None]:
        table = CaseTable.objects.get(pk=form.cleaned_data["table"])
        triage.forward(found.signal, table, form.cleaned_data["reason"], now=timezone.now(), by=request.actor)
        return f"{found.view.reference} is doorgestuurd naar {table.name}.", "triage-inbox", None

    return _decide(request, pk, "doorsturen", lambda data, found: ForwardForm(data, tables=found.tables), act)


@guarded(Verb.SIGNAL_TRIAGE)
@require_http_methods(["GET", "POST"])
def add(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Adds the signal to an open case."""

    def act(form: AddForm, found: Judging) -> tuple[str, str, UUID | None]:
        case = open_one(Case, UUID(form.cleaned_data["case"]), by=request.actor)
        cases.add_signal(case, found.signal, (), now=timezone.now(), by=request.actor)
        return f"{found.view.reference} hoort nu bij deze casus.", "case-detail", case.pk

    return _decide(request, pk, "toevoegen", lambda data, found: AddForm(data, cases=found.cases), act)


@guarded(Verb.SIGNAL_TRIAGE)
@require_http_methods(["GET", "POST"])
def open_case(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Opens a case on this signal and the ones that were ticked."""

    def act(form: OpenForm, found: Judging) -> tuple[str, str, UUID | None]:
        chosen = [UUID(value) for value in form.cleaned_data.get("signals", [])]
        bundled = [found.signal, *(open_one(Signal, other, by=request.actor) for other in chosen)]
        given = CaseInput(
            short_name=form.cleaned_data["short_name"],
            summary=form.cleaned_data["summary"],
            criteria=form.criteria(),
            subjects=_subjects(found),
        )
        case = cases.open_from_signals(bundled, given, now=timezone.now(), by=request.actor)
        return "De casus is geopend. Nodig nu partners uit.", "case-sharing", case.pk

    return _decide(
        request, pk, "openen", lambda data, found: OpenForm(data, theme=found.view.theme, alike=found.alike), act
    )


def _subjects(found: Judging) -> tuple[CaseSubjectInput, ...]:
    """The signal's subjects, taken over in the case; roles are given there."""
    place = found.view.place
    address = f"{place.street or ''} {place.number or ''}".strip() if place else ""
    return tuple(
        CaseSubjectInput(
            kind=SubjectKind(subject.kind),
            name=subject.name or "",
            birth_date=subject.birth_date,
            address=address,
            bsn=numbers.bsn if (numbers := getattr(subject, "number", None)) else "",
        )
        for subject in found.signal.subjects.select_related("number")
        if subject.name
    )
