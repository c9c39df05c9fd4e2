"""What else is done when a case opens or closes: apps above this one say so at start; nothing here knows what it is."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from casework.models import Case
from privacy.actor import Actor


class Act(Protocol):
    """Something that is part of opening or closing a case, in its transaction."""

    def __call__(self, case: Case, *, now: datetime, by: Actor) -> object: ...


class Moment:
    """A moment in the life of a case, and the acts that belong to it."""

    def __init__(self) -> None:
        self._acts: list[Act] = []

    def register(self, act: Act) -> None:
        """Adds an act."""
        self._acts.append(act)

    def __call__(self, case: Case, *, now: datetime, by: Actor) -> None:
        """Does what was registered, in order."""
        for act in self._acts:
            act(case, now=now, by=by)


opened = Moment()
closes = Moment()  # before anything of the case is shielded
