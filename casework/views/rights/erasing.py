"""Erasing: the source decides of a passage, the contact point carries out."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casework.forms.erasing import EraseForm
from casework.queries.rights.asked import opened_question, own_passages
from casework.queries.rights.desk import one_pair, opened_request
from casework.services.rights import erasing
from privacy.access import ActorRequest, guarded
from privacy.errors import NotKnown
from privacy.roles import Verb
from privacy.taking import press, take, typed

HELD = "Dit is niet gewist: er geldt een bewaarplicht voor het dossier. Probeer het later, of besluit zonder."


@guarded(Verb.RIGHTS_ANSWER)
@require_http_methods(["GET", "POST"])
def decide(request: ActorRequest, pk: UUID, passage_id: UUID) -> HttpResponse:
    """Somebody of the source says whether it goes."""
    row = opened_question(pk, by=request.actor)
    found = next((one for one in own_passages(row, by=request.actor) if one.passage.pk == passage_id), None)
    if found is None:
        raise NotKnown
    form = EraseForm(typed(request))

    def act() -> str:
        erasing.decide(found.passage, **form.cleaned_data, now=timezone.now(), by=request.actor)
        return "Uw besluit is bewaard."

    answer, status = take(request, form, act, lambda: ("rights-question", pk))
    context = {"row": row, "one": found, "form": form, "can_erase": erasing.can_erase(found.passage)}
    return answer or render(request, "casework/rights/erase.html", context, status=status)


@guarded(Verb.RIGHTS_HANDLE)
@require_POST
def carry_out(request: ActorRequest, pk: UUID, passage_id: UUID) -> HttpResponse:
    """Erases what its source decided to erase; this can't be undone."""
    row = opened_request(pk, by=request.actor)
    (passage, _), _ = one_pair(row, passage_id)

    def act() -> str:
        done = erasing.carry_out(passage, by=request.actor)
        return "De tekst is gewist. Wie haar kreeg, heeft bericht." if done else HELD

    press(request, act)
    return redirect("rights-detail", pk)
