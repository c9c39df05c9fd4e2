"""What apps above this one bring to the table: why a case should be discussed, and what is good to know of it there.

They say so at start; nothing here knows what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.models import Case, Why
from privacy.actor import Actor


@dataclass(frozen=True, slots=True)
class Need:
    """Why a case should be on the agenda: a sentence for who directs it."""

    case: UUID
    why: Why
    sentence: str


@dataclass(frozen=True, slots=True)
class Known:
    """Something that the table should know of a case, with the page where it can be acted on ('' for none)."""

    label: str
    text: str
    url_name: str = ""


_needs: list[Callable[[UUID, date, Actor], Iterable[Need]]] = []
_known: list[Callable[[Case, Actor], Iterable[Known]]] = []


def register_needs(ask: Callable[[UUID, date, Actor], Iterable[Need]]) -> None:
    """Adds a question (table, day of the meeting, who asks) that says which cases need to be discussed."""
    _needs.append(ask)


def register_known(ask: Callable[[Case, Actor], Iterable[Known]]) -> None:
    """Adds a question that says what is good to know of a case; asked of a case that was opened."""
    _known.append(ask)


def needs_of(table_id: UUID, on: date, *, by: Actor) -> list[Need]:
    """What was registered has to say of this table."""
    return [need for ask in _needs for need in ask(table_id, on, by)]


def known_of(case: Case, *, by: Actor) -> list[Known]:
    """What was registered has to say of this case."""
    return [known for ask in _known for known in ask(case, by)]
