"""Objections: putting them before who directs, and weighing them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casework.forms.objecting import WeighForm
from casework.models import RightsObjection
from casework.queries.rights.desk import opened_request
from casework.queries.rights.weighing import about, opened_objection
from casework.services.rights import objecting
from privacy.access import ActorRequest, guarded, visible
from privacy.errors import NotKnown
from privacy.roles import Verb
from privacy.taking import press, take, typed


@guarded(Verb.RIGHTS_HANDLE)
@require_POST
def put(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Puts the objection before who directs each dossier."""
    row = opened_request(pk, by=request.actor)

    def act() -> str:
        now = timezone.now()
        made = objecting.put(row, now=now, today=timezone.localdate(now), by=request.actor)
        return f"Het bezwaar is voorgelegd, voor {made} {'dossier' if made == 1 else 'dossiers'}."

    press(request, act)
    return redirect("rights-detail", pk)


@guarded(Verb.RIGHTS_HANDLE)
@require_POST
def ask_again(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Tells who directs the dossier now that it waits."""
    row = visible(RightsObjection, by=request.actor).select_related("request__dossier").filter(pk=pk).first()
    if row is None:
        raise NotKnown

    def act() -> str:
        objecting.ask_again(row, now=timezone.now(), by=request.actor)
        return "Wie het dossier nu regisseert, heeft bericht."

    press(request, act)
    return redirect("rights-detail", row.request_id)


@guarded(Verb.RIGHTS_ANSWER)
@require_http_methods(["GET", "POST"])
def weigh(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who directs the dossier decides, with a reason."""
    row = opened_objection(pk, by=request.actor)
    form = WeighForm(typed(request))

    def act() -> str:
        objecting.weigh(row, form.given(), now=timezone.now(), by=request.actor)
        return "Uw besluit is bewaard. Het contactpunt schrijft de brief."

    answer, status = take(request, form, act, lambda: ("rights-weigh", pk))
    context = {"form": form, "row": row, "shown": about(row, by=request.actor)}
    return answer or render(request, "casework/rights/weigh.html", context, status=status)
