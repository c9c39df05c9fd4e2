"""What a line typed at the table says: who does what by when, in natural Dutch. Pure: no database, no clock.

Who it is, is only taken from those who sit at the item, and only when it can be nobody else: it asks rather than
guesses. A day is computed from the day of the meeting and never lies before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.normalise import fold
from casework.spoken_days import days_in

NO_OWNER = "Wie doet dit? Kies iemand die bij dit punt zit."
WHICH_OWNER = "Er past meer dan één persoon bij deze naam. Kies wie dit doet."
NO_TASK = "Schrijf op wat er moet gebeuren."
NO_DAY = "Voor wanneer is dit? Er is nog geen volgend overleg gepland."
WHICH_DAY = "Er staat meer dan één dag in deze regel. Kies voor wanneer dit is."
PAST = "Deze dag ligt voor het overleg. Kies een latere dag."

_WORD = re.compile(r"[^\s,:;()]+")
_AND = re.compile(r"\s*(?:,|&|\+|/|\ben\b)\s*", re.IGNORECASE)
_LEAD = re.compile(r"^\s*(?:actie\s*:)?\s*", re.IGNORECASE)
_QUALIFIER = re.compile(r"\s*\(([^)]*)\)")
_AFTER_NAME = re.compile(r"^\s*[:–—,-]?\s*")
_DOOR = re.compile(r"\bdoor\s+", re.IGNORECASE)
_LONGEST = 6  # words of a name


@dataclass(frozen=True, slots=True)
class Sitting:
    """Somebody who sits at the item."""

    key: UUID
    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Said:
    """What was understood. `candidates`: who it may be, when that is not one person; `asks`: what is still open."""

    task: str
    owner: UUID | None
    candidates: tuple[UUID, ...]
    due_on: date | None
    day_said: bool
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    """Who was named, and what of the line is left."""

    people: tuple[UUID, ...]
    rest: str


def understand(line: str, people: Sequence[Sitting], *, on: date, otherwise: date | None) -> Said:
    """Reads a line as typed on the day of the meeting; without a day it is due on `otherwise` (the next meeting)."""
    days = days_in(line, on=on, next_meeting=otherwise)
    text = _without(line, days[0].span) if len(days) == 1 else line
    named = _owner(text, people)
    task = named.rest.strip(" \t.,;:–—-")
    asks = []
    if len(named.people) != 1:
        asks.append(WHICH_OWNER if named.people else NO_OWNER)
    if not task:
        asks.append(NO_TASK)
    due = days[0].day if len(days) == 1 else otherwise if not days else None
    if len(days) > 1:
        asks.append(WHICH_DAY)
    elif due is None:
        asks.append(NO_DAY)
    elif due < on:
        asks.append(PAST)
        due = None
    owner = named.people[0] if len(named.people) == 1 else None
    return Said(task, owner, named.people, due, len(days) == 1, tuple(asks))


def _without(line: str, span: tuple[int, int]) -> str:
    before, after = line[: span[0]].rstrip(), line[span[1] :].lstrip()
    return f"{before} {after}".strip() if after[:1] not in {".", ",", ";", ")", ":"} else before + after


def _owner(text: str, people: Sequence[Sitting]) -> _Named:
    """Whoever the line begins with; or "door …", or a name in brackets at the end. Anything else is a question."""
    start = _LEAD.match(text)
    assert start is not None
    led = _leading(text[start.end() :], people)
    if led is not None:
        return led
    for door in _DOOR.finditer(text):
        named = _leading(text[door.end() :], people)
        if named is not None:
            return _Named(named.people, f"{text[: door.start()].rstrip()} {named.rest}".strip())
    brackets = re.search(r"\(([^)]*)\)[\s.]*$", text)
    found = _called(brackets[1], people) if brackets else ()
    return _Named(found, text[: brackets.start()]) if brackets and found else _Named((), text[start.end() :])


def _leading(text: str, people: Sequence[Sitting]) -> _Named | None:
    """The person, or persons, with whose name a text begins."""
    found, end = _longest(text, people)
    if not found:
        return None
    narrowed = _QUALIFIER.match(text, end)
    if narrowed:
        end = narrowed.end()
        found = _within(found, narrowed[1], people)
    more = _AND.match(text, end)
    if more and more.end() > end:
        others = _leading(text[more.end() :], people)
        if others is not None:
            return _Named(tuple(dict.fromkeys((*found, *others.people))), others.rest)
    rest = _AFTER_NAME.sub("", text[end:])
    colon = text[end:].lstrip()[:1] in {":", "–", "—", "-"}
    # "Sedna bellen": whether Sedna calls or is called, only who typed it knows.
    if not colon and re.fullmatch(r"\s*\w+en\W*", rest) and len(found) == 1:
        return _Named((), text)
    return _Named(found, rest)


def _longest(text: str, people: Sequence[Sitting]) -> tuple[tuple[UUID, ...], int]:
    """Who is called by the most of the first words, and where those end."""
    words: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        between = text[words[-1].end() : word.start()] if words else text[: word.start()]
        if between.strip() or len(words) == _LONGEST:
            break
        words.append(word)
    for count in range(len(words), 0, -1):
        found = _called(text[words[0].start() : words[count - 1].end()], people)
        if found:
            return found, words[count - 1].end()
    return (), 0


def _called(name: str, people: Iterable[Sitting]) -> tuple[UUID, ...]:
    """Whose name, or whose organisation's name, begins with these words."""
    said = fold(name).split()
    if not said:
        return ()
    fitting = [person for person in people if said in (fold(person.name).split(), fold(person.organisation).split())]
    if not fitting:
        fitting = [person for person in people if _begins(person.name, said) or _begins(person.organisation, said)]
    return tuple(person.key for person in fitting)


def _begins(name: str, said: list[str]) -> bool:
    return fold(name).split()[: len(said)] == said


def _within(found: tuple[UUID, ...], organisation: str, people: Sequence[Sitting]) -> tuple[UUID, ...]:
    """Of these, who is of the organisation that stands in brackets; nobody when it is another one."""
    said = set(fold(organisation).split())
    fitting = [person for person in people if said and said <= set(fold(person.organisation).split())]
    return tuple(person.key for person in fitting if person.key in found)
