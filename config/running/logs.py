"""Lines in the log of a process: JSON, and never what somebody typed, is called, or where somebody was.

Lines of our own go through structlog with fields that we chose. Lines of others (Django, Celery, a library) hold
whatever their writer put in: of those only the sentence without what was filled in, and of an error its kind and place.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from structlog.contextvars import get_contextvars

FRAMES = 12


def _kinds(error: BaseException | None) -> list[str]:
    """The kind of an error and of those that led to it; never their texts, which quote values."""
    kinds: list[str] = []
    while error is not None and len(kinds) < FRAMES:
        kinds.append(type(error).__qualname__)
        error = error.__cause__ or error.__context__
    return kinds


class Facts(logging.Formatter):
    """A line of somebody else, without what was filled in."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        line: dict[str, Any] = {
            "event": _sentence(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
            **get_contextvars(),
        }
        if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
            line["error"] = _kinds(record.exc_info[1])
            frames = traceback.extract_tb(record.exc_info[2])[-FRAMES:]
            line["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line, ensure_ascii=False)


def _sentence(record: logging.LogRecord) -> str:
    """What was written before anything was filled in; a text that came ready-made is kept only from code we know."""
    if not isinstance(record.msg, str):
        return type(record.msg).__qualname__
    if record.name.startswith("django.security"):
        return "refused as suspicious"
    if record.name == "django.request" and isinstance(record.args, tuple) and record.args:
        return str(record.args[0])  # the words of the status; what follows is the address
    return record.msg
