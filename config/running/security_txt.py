"""/.well-known/security.txt (RFC 9116): where to report a hole, from the settings."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

VALID_FOR = timedelta(days=180)  # the RFC asks for less than a year; it is made anew each time it is read


def text(now: datetime) -> str:
    """The file; empty when nobody is named."""
    if not settings.SECURITY_CONTACT:
        return ""
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {(now + VALID_FOR).strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL.rstrip('/')}/.well-known/security.txt",
    )
    return "\n".join(lines) + "\n"
