"""Downloading a file: through the gate and the log, whole and verified, and never run by the browser."""

from __future__ import annotations

from uuid import UUID

import structlog
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from casework.attaching import KINDS
from casework.queries.attachments import open_file
from privacy.access import ActorRequest, guarded
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
    response = HttpResponse(content, content_type=KINDS[file.kind].content_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Accept-Ranges"] = "none"
    return response
