"""A signal as a partner hands it in, and what the regisseur did with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from config.demo_data.relative import Birth, Moment

Answer = str | bool | int | tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where it happens, as the reporter typed it; every part may be unknown."""

    street: str = ""
    number: int | None = None
    addition: str = ""
    postcode: str = ""
    town: str = ""
    neighbourhood: str = ""
    note: str = ""


@dataclass(frozen=True)
class SubjectLine:
    """Whom a signal is about, as far as the reporter knows."""

    kind: str
    name: str = ""
    birth: Birth | None = None
    bsn: str = ""
    note: str = ""


@dataclass(frozen=True)
class SignalItem:
    """One fact, observation or opinion. Audience `regie` is for the regisseur and the own organisation only."""

    kind: str
    text: str
    source: str = ""
    audience: str = "table"


@dataclass(frozen=True)
class Question:
    """What the regisseur asked the reporter; without an answer it still waits."""

    asked: Moment
    by: str
    text: str
    answer: str = ""
    answered: Moment | None = None


@dataclass(frozen=True)
class Outcome:
    """How triage ended, and what the reporter was told."""

    moment: Moment
    by: str
    reason: str = ""
    feedback: str = ""
    to_table: str = ""
    case: str = ""


@dataclass(frozen=True)
class Signal:
    key: str
    theme: str
    table: str
    reporter: str
    state: str
    sent: Moment
    observed: Moment
    place: Place
    subjects: tuple[SubjectLine, ...]
    items: tuple[SignalItem, ...]
    severity: str
    told: bool | None
    told_reason: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    outcome: Outcome | None = None
    draft_step: int = 0
