"""How often somebody may try something, kept in the cache that all processes share."""

from __future__ import annotations

from uuid import UUID

from django.core.cache import cache
from django.db import connection


def within(what: str, who: UUID, *, most: int, seconds: int) -> bool:
    """Counts one more try; whether it is still within the limit. Forgotten so long after the last try."""
    key = f"limit:{what}:{who}"
    with connection.cursor() as cursor:  # tries at the same moment wait for each other, so that each is counted
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    tried = int(cache.get(key, 0)) + 1
    # Not `incr`: that keeps a key for the cache's own five minutes.
    cache.set(key, tried, timeout=seconds)
    return tried <= most
