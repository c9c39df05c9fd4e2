"""Where an act comes from: address, session and trace of this request, job or command. Never anything personal."""

from __future__ import annotations

import hashlib
import re
import secrets
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.http import HttpRequest

TRACEPARENT = re.compile(r"^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$")


@dataclass(frozen=True, slots=True)
class Trace:
    """Ids in the shape of W3C Trace Context, as Logboek Dataverwerkingen asks."""

    channel: str = "web"
    address: str | None = None
    session: str = ""
    trace_id: str = field(default_factory=lambda: secrets.token_hex(16))
    span_id: str = field(default_factory=lambda: secrets.token_hex(8))


_current: ContextVar[Trace | None] = ContextVar("trace", default=None)


def current() -> Trace:
    """The trace of this moment; a fresh one for a command when nothing was set."""
    return _current.get() or Trace(channel="command")


def begin(trace: Trace) -> None:
    """Makes `trace` the one of this context."""
    _current.set(trace)


def of_request(request: HttpRequest) -> Trace:
    """The trace of a web request. The address is the socket's: forwarded headers are the client's own words."""
    parent = TRACEPARENT.match(request.headers.get("traceparent", ""))
    key = request.COOKIES.get("sessionid", "")
    session = hashlib.sha256(key.encode()).hexdigest()[:16] if key else ""
    address = request.META.get("REMOTE_ADDR") or None
    if parent:
        return Trace(address=address, session=session, trace_id=parent[1])
    return Trace(address=address, session=session)
