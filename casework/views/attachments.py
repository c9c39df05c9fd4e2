"""Downloading a file: through the gate and the log, whole and verified, and never run by the browser."""

from __future__ import annotations

from uuid import UUID

import structlog
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.attaching import KINDS
from casework.queries.attachments import open_file
from privacy.access import ActorRequest, guarded
from privacy.downloads import as_file
from privacy.errors import TamperedValue
from privacy.roles import Verb

log = structlog.get_logger("casework.attachments")


@guarded(Verb.FILE_OPEN)
@require_safe
def download(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One file, always whole: a part of it (Range) is not offered, since only the whole can be verified."""
    try:
        file, content = open_file(pk, by=request.actor)
    except TamperedValue:
        log.error("a file is damaged", attachment=str(pk))
        return render(request, "casework/damaged.html", status=500)
    response = as_file(content, KINDS[file.kind].content_type, str(file.name))
    response.headers["Accept-Ranges"] = "none"
    return response
