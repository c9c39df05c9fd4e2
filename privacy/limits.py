"""How often somebody may try something, kept in the cache that all processes share."""

from __future__ import annotations

from uuid import UUID

from django.core.cache import cache


def within(what: str, who: UUID, *, most: int, seconds: int) -> bool:
    """Counts one more try; whether it is still within the limit."""
    key = f"limit:{what}:{who}"
    cache.add(key, 0, timeout=seconds)
    return int(cache.incr(key)) <= most
