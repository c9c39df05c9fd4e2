"""A name taken apart: given names, initials, and every surname in it, the maiden name and double names too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from casework.normalise import fold, person_name, squeeze
from casework.sameness.sounds import sounds

_BORN_OR_MARRIED = re.compile(
    r"[\s(]+(?:e/v|e\.v\.?|ev|geb\.?|geboren|meisjesnaam|gehuwd met|getrouwd met|wed\.? van|weduwe van)\s+",
    re.IGNORECASE,
)
_SHORT = (
    (re.compile(r"\bv\.?\s?/?d\.?(?=\s)", re.IGNORECASE), "van de"),
    (re.compile(r"\bv\.?\s?/?h\.?(?=\s)", re.IGNORECASE), "van het"),
    (re.compile(r"\babd[\s-]*(?:el|al|ul|oul)[\s-]+(?=\w)", re.IGNORECASE), "abdel"),
    (re.compile(r"\b(el|al|ben|bin|ait)-(?=\w)", re.IGNORECASE), r"\1 "),
)
# What stands behind a hyphen is a surname when it ends the name, in one word or behind what stands between.
_DOUBLE = re.compile(r"\s*[-–]\s*(?=(?:(?:van|de|der|den|het|'t|ten|ter|te)\s+)*[^\s-]+$)", re.IGNORECASE)


@dataclass(frozen=True)
class Word:
    """A folded word. How it sounds is found out once, and gone with it: no cache holds names."""

    text: str

    @cached_property
    def sounds(self) -> frozenset[str]:
        return sounds(self.text)

    def sounds_like(self, other: Word) -> bool:
        """Whether both may be said the same."""
        return not self.sounds.isdisjoint(other.sounds)


@dataclass(frozen=True, slots=True)
class Surname:
    """A surname without what stands between, and with it as one word: Berg and vandenberg."""

    core: Word
    whole: Word


@dataclass(frozen=True, slots=True)
class Name:
    """Everything folded. What is not there is empty."""

    given: tuple[Word, ...]
    initials: tuple[str, ...]
    surnames: tuple[Surname, ...]


def _in_spoken_order(text: str) -> str:
    last, comma, first = text.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else text.strip(" ,")


def _surname(prefix: str, surname: str) -> tuple[Surname, ...]:
    core = fold(surname).replace(" ", "")
    return (Surname(Word(core), Word(fold(prefix).replace(" ", "") + core)),) if core else ()


def read(text: str) -> Name:
    """The parts of a name as partners write it: 'Anja de Vries-Bakker', 'Meulen, K. van der', 'Els Smit geb. Vos'."""
    plain = squeeze(text).rstrip(")")
    for pattern, spelled in _SHORT:
        plain = pattern.sub(spelled, f"{plain} ").strip()
    first, *others = _BORN_OR_MARRIED.split(plain)
    first, *behind = _DOUBLE.split(_in_spoken_order(first))
    person = person_name(first)
    surnames = _surname(person.prefix, person.surname)
    for other in (*behind, *others):
        for part in _DOUBLE.split(other):
            more = person_name(f"X. {part}")  # behind an initial, El and Ben are read as what stands between
            surnames += _surname(more.prefix, more.surname)
    given = tuple(Word(name) for name in fold(person.given).split())
    initials = tuple(fold(letter) for letter in person.initials.split(".") if letter)
    return Name(given, initials, tuple(dict.fromkeys(surnames)))
