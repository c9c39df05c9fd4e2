"""The inbox of who decides: what waits, one proposal, and the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from escalation.forms.decisions import GrantForm, RefuseForm
from escalation.models import Proposal
from escalation.queries.decisions import decided_lately, too_late, waiting
from escalation.queries.one_decision import shown
from escalation.services import deciding
from escalation.services.proposing import ANSWERED
from privacy.access import ActorRequest, guarded, open_one
from privacy.errors import NotKnown
from privacy.forms import PlainForm
from privacy.models import CompartmentKind
from privacy.roles import Verb
from privacy.taking import take


@guarded(Verb.DECIDE)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """What waits for me, and what I decided lately."""
    by = request.actor
    context = {"waiting": waiting(by), "decided": decided_lately(timezone.now(), by=by)}
    return render(request, "escalation/decision-list.html", context)


def _opened(request: ActorRequest, pk: UUID) -> Proposal:
    """The proposal, opened after the look was logged; raises NotKnown."""
    also = ("proposed_by__organisation", "answered_by")
    return open_one(Proposal, pk, parts=[CompartmentKind.ITEM], also=also, by=request.actor)


def _page(request: ActorRequest, proposal: Proposal, status: int = 200, **forms: PlainForm) -> HttpResponse:
    form = forms.get("grant") or forms.get("refuse")
    context: dict[str, Any] = {
        "shown": shown(proposal, now=timezone.now()),
        "grant_form": forms.get("grant") or GrantForm(),
        "refuse_form": forms.get("refuse") or RefuseForm(auto_id="niet_%s"),
        "form": form,
        "typed": _text(form),
        "mine": proposal.answered_by_id == request.actor.user_id,
    }
    return render(request, "escalation/decision.html", context, status=status)


def _too_late(request: ActorRequest, pk: UUID, form: PlainForm) -> HttpResponse:
    """A colleague was first, and took the proposal along: says so, with what was typed. Raises NotKnown otherwise."""
    if not too_late(pk):
        raise NotKnown
    context = {"why": ANSWERED, "typed": _text(form)}
    return render(request, "escalation/decision-gone.html", context, status=409)


def _text(form: PlainForm | None) -> str:
    """What somebody wrote in the one field of a form."""
    return "".join(form.data.get(name, "") for name in form.fields) if form else ""


def _answered(request: ActorRequest, pk: UUID, form: PlainForm, act: Callable[[], str], name: str) -> HttpResponse:
    """Goes on to what came of it, or comes back with what is in the way and what was typed."""
    answer, status = take(request, form, act, lambda: ("decision", pk))
    return answer or _page(request, _opened(request, pk), status, **{name: form})


@guarded(Verb.DECIDE)
@require_http_methods(["GET", "POST"])
def decide(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One proposal with all that the decision needs; takes the decision."""
    if request.method == "GET":
        return _page(request, _opened(request, pk))
    form = GrantForm(request.POST)
    try:
        proposal = _opened(request, pk)
    except NotKnown:
        return _too_late(request, pk, form)

    def act() -> str:
        deciding.grant(proposal, answer=form.cleaned_data["remark"].strip(), now=timezone.now(), by=request.actor)
        return "Het besluit is genomen. De regisseur krijgt bericht."

    return _answered(request, pk, form, act, "grant")


@guarded(Verb.DECIDE)
@require_POST
def refuse(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Decides that it is not done, with why."""
    form = RefuseForm(request.POST, auto_id="niet_%s")
    try:
        proposal = _opened(request, pk)
    except NotKnown:
        return _too_late(request, pk, form)

    def act() -> str:
        deciding.refuse(proposal, form.cleaned_data["reason"], now=timezone.now(), by=request.actor)
        return "U nam dit besluit niet. De regisseur krijgt bericht en leest uw reden."

    return _answered(request, pk, form, act, "refuse")
