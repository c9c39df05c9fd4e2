"""Each request is counted, and is one line in the log: which page, what answer, how long. Nobody's name, no address."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from config.running import metrics
from privacy import trace

log = structlog.get_logger("config.request")
UNKNOWN = "unknown"
MACHINES = ("healthz-live", "healthz-ready", "metrics")  # they ask every few seconds: a line when it is not right


class Observed:
    """Stands right behind the trace of the request, whose id every line bears."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun, request_id = perf_counter(), trace.current().trace_id
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            seconds = perf_counter() - begun
            found = request.resolver_match
            view, status = (found.view_name or UNKNOWN) if found else UNKNOWN, response.status_code
            metrics.count(view, request.method or "", status, seconds)
            if view not in MACHINES or status >= 400:
                log.info("request", view=view, method=request.method, status=status, ms=round(seconds * 1000, 1))
        return response
