"""The frame around every request: its trace, and the refusal of a view that declares no access."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from privacy import trace
from privacy.access import Access
from privacy.errors import AuditUnavailable

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RequestTrace:
    """Starts the trace of a request and keeps pages with content out of every cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        trace.begin(trace.of_request(request))
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


class AuditRequired:
    """Pages of others (log-in, log-out, password) that can't write the log answer 503, as guarded views do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, AuditUnavailable):
            return HttpResponse(render_to_string("503.html"), status=503)
        return None


class DeclaredAccess:
    """Closed by default: a view without a declaration is an error, not a page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        if not isinstance(getattr(view, "access", None), Access):
            name = f"{view.__module__}.{getattr(view, '__name__', view)}"
            raise ImproperlyConfigured(f"{name} declares no access: wrap it in guarded(...) or public(...)")
