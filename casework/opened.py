"""What else is done when a case opens: apps above this one say so at start, and nothing here knows what it is."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from casework.models import Case
from privacy.actor import Actor


class Act(Protocol):
    """Something that is part of opening a case, in its transaction."""

    def __call__(self, case: Case, *, now: datetime, by: Actor) -> object: ...


_acts: list[Act] = []


def register(act: Act) -> None:
    """Adds an act."""
    _acts.append(act)


def opened(case: Case, *, now: datetime, by: Actor) -> None:
    """Does what was registered, in order."""
    for act in _acts:
        act(case, now=now, by=by)
