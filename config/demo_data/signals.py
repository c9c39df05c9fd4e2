"""A signal as a partner hands it in, and what the regisseur did with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from config.demo_data.relative import Birth, Moment

Answer = str | bool | int | tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where it is, as the reporter typed it; every part may be unknown."""

    street: str = ""
    number: int | None = None
    addition: str = ""
    postcode: str = ""
    town: str = ""
    neighbourhood: str = ""
    note: str = ""

    @property
    def house(self) -> str:
        """Number and addition as one text: `3a`."""
        return f"{self.number or ''}{self.addition}"

    @property
    def line(self) -> str:
        """The address on one line: `Beukenhof 3a, 7897 CD Voorbeeldstad`."""
        street = f"{self.street} {self.house}".strip()
        town = f"{self.postcode} {self.town}".strip()
        return ", ".join(part for part in (street, town) if part)


@dataclass(frozen=True)
class SubjectLine:
    """Whom a signal is about, as far as the reporter knows."""

    kind: str
    name: str = ""
    birth: Birth | None = None
    bsn: str = ""


@dataclass(frozen=True)
class SignalItem:
    """One fact, observation or opinion. Audience `regie`: the regisseur and the own organisation only."""

    kind: str
    text: str
    category: str
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
    """How triage ended: a reason code when turned down, why and where to when handed on, else the case."""

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
