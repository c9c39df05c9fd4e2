"""A case on the agendas of its table."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from casework.queries.cases import open_case
from casework.queries.meetings.of_case import at_the_table
from casework.views.case_pages import page
from privacy.access import ActorRequest, guarded
from privacy.roles import Verb


@guarded(Verb.CASE_READ)
@require_GET
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """When it was on the agenda, with what came of it, and when it is the next time."""
    head = open_case(pk, by=request.actor)
    return page(request, head, "case-meetings", {"table": at_the_table(head)})
