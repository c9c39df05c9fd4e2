"""What axes counts, and what a locked person reads. It keeps no typed address: people type passwords there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from privacy.audit import record
from privacy.errors import AuditUnavailable

NAMES = ("email", "username", "login")


def _typed(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    found = [(credentials or {}).get(name) for name in NAMES] + [request.POST.get("login")]
    return str(next((text for text in found if text), "")).strip().lower()


def digest_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Who tries, as a keyed digest: the same for the same address, and nothing to anybody who reads it."""
    return salted_hmac("partners.login", _typed(request, credentials), algorithm="sha256").hexdigest()


def address_of(request: HttpRequest) -> str | None:
    """The socket's address: forwarded headers are the client's own words (as privacy/trace.py has it)."""
    return request.META.get("REMOTE_ADDR") or None


def locked(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """The page after too many tries: the same for an account that exists and one that does not."""
    try:
        record.look("login.locked", outcome="refused", granted=False, purpose="inloggen", by=None)
    except AuditUnavailable:
        return HttpResponse(render_to_string("503.html"), status=503)
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    page = render(request, "account/locked.html", {"minutes": minutes}, status=429)
    page.headers["Retry-After"] = str(minutes * 60)
    return page
