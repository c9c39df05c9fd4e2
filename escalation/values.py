"""What services are given: plain values, as a form or another caller has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class StepInput:
    """A step as it is proposed: to which rung, on which criterion, why, and about whom.

    `lengths`: for a term whose length one may choose, its key to the number.
    """

    to: str
    criterion: str
    reason: str
    about: str
    review_on: date | None = None
    lengths: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecordedInput:
    """A decision taken outside the system: by which authority, when, by whom together, and in which document."""

    authority: str
    decided_at: datetime
    document: str
    members: frozenset[str] = frozenset()
