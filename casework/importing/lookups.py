"""What a row asks of the outside: which organisation is this, and which theme. And ready answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from casework.normalise import fold


class OrganisationStatus(Enum):
    """What a name turned out to be."""

    IN_COVENANT = "in covenant"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"


class ThemeStatus(Enum):
    """What a theme turned out to be for the table that imports."""

    OWN = "own"
    OTHER_TABLE = "other table"
    AT_THE_DOOR = "at the door"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class OrganisationAnswer:
    """The organisation behind a name; only one in the covenant has an id."""

    status: OrganisationStatus
    id: UUID | None = None


@dataclass(frozen=True)
class ThemeAnswer:
    """The theme behind a word. The sentence names the other table, or says where the signal must go."""

    status: ThemeStatus
    code: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class ImportContext:
    """What the caller knows and a row does not: partners of the covenant, themes and their names."""

    organisation: Callable[[str], OrganisationAnswer]
    theme: Callable[[str], ThemeAnswer]
    theme_names: tuple[str, ...]


def organisation_lookup(
    inside: Iterable[tuple[str, UUID]], outside: Iterable[str] = ()
) -> Callable[[str], OrganisationAnswer]:
    """A lookup by name, whatever the capitals, spaces, punctuation and accents. Aliases are extra pairs."""
    known: dict[str, set[UUID]] = {}
    for name, identity in inside:
        known.setdefault(fold(name), set()).add(identity)
    others = {fold(name) for name in outside}

    def find(name: str) -> OrganisationAnswer:
        word = fold(name)
        found = known.get(word, set())
        if len(found) > 1:
            return OrganisationAnswer(OrganisationStatus.AMBIGUOUS)
        if found:
            return OrganisationAnswer(OrganisationStatus.IN_COVENANT, next(iter(found)))
        return OrganisationAnswer(OrganisationStatus.OUTSIDE if word in others else OrganisationStatus.UNKNOWN)

    return find


def theme_lookup(
    *,
    own: Mapping[str, Iterable[str]],
    elsewhere: Mapping[str, Iterable[str]],
    at_the_door: Mapping[str, str],
) -> Callable[[str], ThemeAnswer]:
    """A lookup by theme: `own` by code, `elsewhere` by name of the table, `at_the_door` by part of a word.

    The door comes first and counts anywhere in the text: 'radicalisering / extremisme' is refused as well.
    """
    codes = {fold(name): code for code, names in own.items() for name in (code, *names)}
    tables = {fold(name): table for table, names in elsewhere.items() for name in names}
    stems = {fold(stem): sentence for stem, sentence in at_the_door.items() if fold(stem)}

    def find(text: str) -> ThemeAnswer:
        word = fold(text)
        for stem, sentence in stems.items():
            if stem in word:
                return ThemeAnswer(ThemeStatus.AT_THE_DOOR, sentence=sentence)
        if word in codes:
            return ThemeAnswer(ThemeStatus.OWN, code=codes[word])
        if word in tables:
            return ThemeAnswer(ThemeStatus.OTHER_TABLE, sentence=tables[word])
        return ThemeAnswer(ThemeStatus.UNKNOWN)

    return find
