"""The ladder on the case: where it stands, stepping, recording what is known, and proposals that wait."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.queries.cases import CaseHead, open_case
from casework.services.cases import lock_open
from casework.views.case_pages import directed
from escalation.authority_files import authorities
from escalation.forms.facts import FORMS, fact_form
from escalation.forms.steps import RecordForm, StayForm, StepForm, WhyForm, later_than
from escalation.ladder import criteria, deciding, move_of, why_not_decide, why_not_there
from escalation.laddering import active_ladder
from escalation.models import Finding, Outcome, Proposal
from escalation.queries.panel import asked
from escalation.rungs import Requirement, Rung
from escalation.services import beginning, findings, proposing
from escalation.services import deciding as decisions
from escalation.situations import criterion_of, ladder_of, situation_of
from escalation.views.pages import directed_standing, page, panel, rung_of
from escalation.words import step_said, stored_said
from escalation.world import world_at
from privacy.access import ActorRequest, guarded, opened
from privacy.forms import PlainForm
from privacy.roles import Verb
from privacy.taking import take, typed

PUT = "Voorgelegd. Wie hierover beslist, krijgt bericht."
HERE_NOW = "U kunt dit besluit niet (meer) vastleggen. Kijk hieronder wie erover beslist."
TO_RECORD = "Het voorstel is klaar. Niemand beslist hierover in Casustafel: leg hier vast wat er is besloten."


@guarded(Verb.CASE_READ)
@require_GET
def ladder(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Where the case stands on each of its ladders."""
    return panel(request, open_case(pk, by=request.actor))


@guarded(Verb.CASE_DIRECT)
@require_POST
def begin(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Puts a case that was opened before there were ladders at the foot of them."""
    head = directed(pk, request)
    beginning.begin(lock_open(head.case, by=request.actor), now=timezone.now(), by=request.actor)
    messages.success(request, "De casus staat nu onder aan de ladder.")
    return redirect("case-ladder", pk)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def step(request: ActorRequest, pk: UUID, code: str, key: str) -> HttpResponse:
    """What one rung asks, and taking the step or putting it to who decides."""
    head, standing = directed_standing(pk, code, request)
    file, rung = rung_of(standing, key)
    now, by = timezone.now(), request.actor
    situation = situation_of(standing, findings.known(standing), proposing.regisseurs_of(standing, by=by))
    world = world_at(now)
    why = why_not_there(file, situation, key)
    if why:
        written = [text for name in ("about", "reason") if (text := request.POST.get(name, "").strip())]
        context = {"rung": rung, "why": why, "written": written}
        return page(request, head, "ladder-step", context, status=200 if request.method == "GET" else 409)
    who = deciding(file, situation, key)
    ends = key in standing.beside
    form = StepForm(
        typed(request), rung=rung, criteria=criteria(file, situation, key), ends=ends, today=timezone.localdate(now),
        initial={"review_on": later_than(timezone.localdate(now)).strftime("%-d-%-m-%Y"), "about": head.name},
    )  # fmt: skip
    decider = decisions.decider_in(standing.pk)
    not_mine = why_not_decide(file, situation, key, decider, authorities())
    made: list[Proposal] = []

    def act() -> str:
        made.append(proposing.propose(standing, form.given(), now=now, by=by))
        if not not_mine:
            decisions.grant(made[0], now=timezone.now(), by=by)
            return f"Besluit genomen: {step_said(made[0].move, key, file)}."
        return PUT if _reached(made[0]) else TO_RECORD

    answer, status = take(request, form, act, lambda: _after(pk, made[0]))
    found = asked(standing, key, situation, world)
    context = {
        "standing": standing,
        "rung": rung,
        "move": move_of(file, situation, key).value,
        "asked": found,
        "lacking": any(one.needed.refusal for one in found),
        "who": authorities().named(who.authorities),
        "who_rung": who.rung,
        "mandates": [(authorities().get(one.to).named, authorities().get(one.giver).named) for one in who.mandates],
        "not_mine": not_mine,
        "ends": ends,
        "form": form,
    }
    return answer or page(request, head, "ladder-step", context, status=status)


def _reached(proposal: Proposal) -> list[UUID]:
    """Who decides on this in the system."""
    return proposing.deciders(proposal.standing, proposal.authorities)


def _after(pk: UUID, proposal: Proposal) -> tuple[str, UUID] | tuple[str, UUID, UUID]:
    if proposal.outcome == Outcome.GRANTED:
        return ("case-ladder", pk)
    return ("ladder-proposal", pk, proposal.pk)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def fact(request: ActorRequest, pk: UUID, code: str, key: str, requirement: str) -> HttpResponse:
    """Records what is known for one thing that a rung asks."""
    head, standing = directed_standing(pk, code, request)
    file, rung = rung_of(standing, key)
    asked_for = _requirement(rung, requirement)
    now = timezone.now()
    form = fact_form(
        typed(request), asked=asked_for, ladder=file, authorities=authorities(), status_only=rung.status_only,
        today=timezone.localdate(now),
    )  # fmt: skip

    def act() -> str:
        findings.note(standing, requirement, form.fact(), form.text, now=now, by=request.actor)
        return f"Vastgelegd: {asked_for.label}."

    answer, status = take(request, form, act, lambda: ("ladder-step", pk, code, key))
    before = opened(Finding).filter(standing=standing, requirement=requirement).select_related("found_by")
    earlier = [(row, stored_said(row.fact, file, authorities())) for row in before.order_by("-found_at")]
    context = {"rung": rung, "code": code, "asked_for": asked_for, "form": form, "earlier": earlier}
    return answer or page(request, head, "ladder-fact", context, status=status)


def _requirement(rung: Rung, key: str) -> Requirement:
    found = next((one for one in rung.requires if one.key == key and one.kind in FORMS), None)
    if found is None:
        raise Http404
    return found


@guarded(Verb.CASE_DIRECT)
@require_POST
def fact_withdraw(request: ActorRequest, pk: UUID, code: str, key: str, finding_id: UUID) -> HttpResponse:
    """What was recorded does not count any more."""
    _, standing = directed_standing(pk, code, request)
    row = get_object_or_404(opened(Finding).filter(standing=standing).select_related("standing__case"), pk=finding_id)
    if row.ended_at is None:
        findings.withdraw(row, now=timezone.now(), by=request.actor)
    messages.success(request, "Dit telt niet meer mee.")
    return redirect("ladder-step", pk, code, key)


def _proposal(head: CaseHead, proposal_id: UUID) -> Proposal:
    rows = opened(Proposal).filter(standing__case=head.case)
    related = rows.select_related(
        "dossier", "standing__case__dossier", "standing__dossier", "proposed_by", "answered_by"
    )
    return get_object_or_404(related, pk=proposal_id)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def proposal(request: ActorRequest, pk: UUID, proposal_id: UUID) -> HttpResponse:
    """A proposal as who directs sees it: what it says, its answer, and recording what was decided elsewhere."""
    head = directed(pk, request)
    row = _proposal(head, proposal_id)
    now = timezone.now()
    here = _reached(row) if row.outcome == Outcome.OPEN else []
    choices = [code for code in decisions.to_record(row.authorities) if not proposing.deciders(row.standing, [code])]
    form = RecordForm(typed(request), choices=choices, authorities=authorities(), now=now)

    def act() -> str:
        decisions.record_decision(row, form.given(), now=now, by=request.actor)
        return "Het besluit is vastgelegd."

    answer, status = take(request, form, act, lambda: ("case-ladder", pk))
    if answer is None and form.is_bound:
        row = _proposal(head, proposal_id)  # as it is, not as the refused act had left it
    return answer or _shown(request, head, row, form, here, status, records=bool(choices))


def _shown(
    request: ActorRequest, head: CaseHead, row: Proposal, form: PlainForm, here: list[UUID], status: int,
    *, records: bool = False,
) -> HttpResponse:  # fmt: skip
    """The page of a proposal. A form that can't be shown any more still says why, and what was typed in it."""
    shows = records and row.outcome == Outcome.OPEN
    file = ladder_of(row)  # its own version: the case may have gone on under a newer one
    context = {
        "proposal": row,
        "said": step_said(row.move, row.to, file),
        "who": authorities().named(tuple(row.authorities)),
        "answered_as": authorities().get(row.authority).named if row.authority else "",
        "criterion": criterion_of(row, file),
        "here": bool(here),
        "in_the_way": decisions.against(row, decisions.decider_in(row.standing_id), now=timezone.now()),
        "form": form if shows else None,
        "refused": "" if shows or not form.is_bound else " ".join(map(str, form.non_field_errors())) or HERE_NOW,
        "written": "" if shows else form.data.get("document", ""),
    }
    return page(request, head, "ladder-proposal", context, status=status)


@guarded(Verb.CASE_DIRECT)
@require_POST
def proposal_withdraw(request: ActorRequest, pk: UUID, proposal_id: UUID) -> HttpResponse:
    """Takes a proposal back before it was answered."""
    head = directed(pk, request)
    row = _proposal(head, proposal_id)
    form = PlainForm(request.POST)

    def act() -> str:
        proposing.withdraw(row, now=timezone.now(), by=request.actor)
        return "Het voorstel is ingetrokken."

    answer, status = take(request, form, act, lambda: ("case-ladder", pk))
    return answer or _shown(request, head, _proposal(head, proposal_id), form, [], status)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def version(request: ActorRequest, pk: UUID, code: str) -> HttpResponse:
    """Going on under the newest version of the ladder: a decision, with a reason."""
    head, standing = directed_standing(pk, code, request)
    now = timezone.now()
    form = WhyForm(typed(request), initial={"about": head.name})

    def act() -> str:
        made = proposing.propose_version(standing, **form.cleaned_data, now=now, by=request.actor)
        decisions.grant(made, now=timezone.now(), by=request.actor)
        return f"De casus volgt nu versie {made.to} van de ladder."

    answer, status = take(request, form, act, lambda: ("case-ladder", pk))
    context = {"form": form, "panel_ladder": rung_of(standing, standing.at)[0], "newest": active_ladder(code).version}
    return answer or page(request, head, "ladder-version", context, status=status)


@guarded(Verb.CASE_DIRECT)
@require_http_methods(["GET", "POST"])
def review(request: ActorRequest, pk: UUID, code: str) -> HttpResponse:
    """The case was judged anew and stays where it is: a decision, with a reason and the next day to look."""
    head, standing = directed_standing(pk, code, request)
    now = timezone.now()
    today = timezone.localdate(now)
    first = {"about": head.name, "review_on": f"{later_than(today):%-d-%-m-%Y}"}
    form = StayForm(typed(request), today=today, initial=first)

    def act() -> str:
        made = proposing.propose_staying(standing, **form.cleaned_data, now=now, by=request.actor)
        decisions.grant(made, now=timezone.now(), by=request.actor)
        return "Vastgelegd: de casus blijft op deze trede."

    answer, status = take(request, form, act, lambda: ("case-ladder", pk))
    _, rung = rung_of(standing, standing.at)
    return answer or page(request, head, "ladder-review", {"form": form, "rung": rung}, status=status)
