"""The world that ladders are held against, put together from what was read at start; `now` is passed in."""

from __future__ import annotations

from datetime import datetime

from escalation.authority_files import authorities
from escalation.ladder import World
from privacy.free_days import free_days


def world_at(now: datetime) -> World:
    """Who can decide in this municipality, its free days, and the moment."""
    return World(authorities(), free_days(), now)
