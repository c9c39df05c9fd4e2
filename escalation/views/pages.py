"""What the pages of a ladder share: the standing that they are about, and the way they are shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone

from casework.queries.cases import CaseHead
from casework.views import case_pages
from casework.views.case_pages import directed
from escalation.models import Standing
from escalation.queries.panel import panels, standings_of
from escalation.rungs import Ladder, Rung
from escalation.situations import ladder_of
from escalation.world import world_at
from privacy.access import ActorRequest
from privacy.forms import PlainForm


def page(
    request: ActorRequest, head: CaseHead, active: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """One page behind the tab of the ladder."""
    name = active.removeprefix("case-").removeprefix("ladder-")
    template = f"escalation/case/{name}.html"
    return case_pages.page(request, head, active, context, template=template, status=status)


def standing_in(head: CaseHead, code: str) -> Standing:
    """Where the case stands on this ladder; 404 when it does not."""
    row = standings_of(head).filter(ladder=code).first()
    if row is None:
        raise Http404
    return row


def rung_of(standing: Standing, key: str) -> tuple[Ladder, Rung]:
    """The rung with this key, and its ladder; 404 for a key that the ladder of this case does not have."""
    ladder = ladder_of(standing)
    found = next((rung for rung in ladder.rungs if rung.key == key), None)
    if found is None:
        raise Http404
    return ladder, found


def directed_standing(pk: UUID, code: str, request: ActorRequest) -> tuple[CaseHead, Standing]:
    """The case and where it stands, for who directs it."""
    head = directed(pk, request)
    return head, standing_in(head, code)


def panel(request: ActorRequest, head: CaseHead, form: PlainForm | None = None, status: int = 200) -> HttpResponse:
    """The panel of the case; with a form that was refused, which says why."""
    found = panels(head, world_at(timezone.now()), by=request.actor)
    return page(request, head, "case-ladder", {"panels": found, "form": form}, status=status)
