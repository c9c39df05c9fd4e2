"""The meetings of the tables where somebody sits."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework.models import Meeting
from casework.queries.meetings.reading import tables_of
from privacy.access import ActorRequest, guarded
from privacy.roles import Verb


@guarded(Verb.MEETING_ATTEND)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """When my tables meet."""
    rows = Meeting.objects.filter(table__in=tables_of(request.actor)).select_related("table")
    return render(request, "casework/meeting/list.html", {"rows": rows})
