"""What stands behind the question mark of a list: where its page begins, and what is looked for."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime


def older_than(request: HttpRequest, name: str = "tot") -> datetime | None:
    """The moment (in `?tot=`) before which the page begins; the first page for an address that makes no sense."""
    try:
        found = parse_datetime(request.GET.get(name, "").replace(" ", "+"))
    except ValueError:
        return None
    if found is None:
        return None
    # In UTC: the database takes no offsets beyond sixteen hours, an address may hold them.
    return (timezone.make_aware(found) if timezone.is_naive(found) else found).astimezone(UTC)


def looked_for(request: HttpRequest) -> str:
    """The words in `?q=`, without the character that no database takes."""
    return request.GET.get("q", "").replace("\x00", "").strip()
