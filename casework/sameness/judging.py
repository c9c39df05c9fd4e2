"""The judgement itself: reasons for and against, their sum, and one of three bands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from casework.sameness.birth import Born, of_birth
from casework.sameness.names import Name, read
from casework.sameness.naming import crossed, of_first_names, of_surnames
from casework.sameness.reasons import REASONS, Reason

PROBABLE, POSSIBLE = 75, 45
# However much agrees, with one of these a person has to look: twins, parents and children, brothers and sisters.
NEVER_PROBABLE = frozenset({"given_other", "initial_other", "initials_other", "born_other", "born_generation", "twin"})


class Band(StrEnum):
    PROBABLE = "waarschijnlijk dezelfde"
    POSSIBLE = "mogelijk dezelfde"
    NOTHING = ""


@dataclass(frozen=True)
class Written:
    """Somebody as written down. `places` are keys of addresses; `company` the others in the same dossier, by name.

    The name is taken apart once, and that goes with it: no cache holds names.
    """

    name: str
    born: Born = None
    places: frozenset[str] = frozenset()
    bsn: str = ""
    company: frozenset[str] = frozenset()

    @cached_property
    def parts(self) -> Name:
        return read(self.name)

    @cached_property
    def others(self) -> frozenset[str]:
        """The company, by given name and surname, but for who is called as this person is."""
        return frozenset(_whose(read(name)) for name in self.company) - {"", _whose(self.parts)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What speaks for and against, heaviest first. The score is their sum, from 0 to 100; it decides nothing."""

    score: int
    band: Band
    pro: tuple[Reason, ...]
    contra: tuple[Reason, ...]

    @property
    def codes(self) -> list[str]:
        """What may be kept of it."""
        return [reason.code for reason in (*self.pro, *self.contra)]


def _whose(name: Name) -> str:
    """Somebody in company is known again by given name and surname."""
    return f"{name.given[0].text} {name.surnames[0].core.text}" if name.given and name.surnames else ""


def _same_company(left: Written, right: Written) -> bool:
    return bool((left.others & right.others) - {_whose(left.parts), _whose(right.parts)})


def _of_names(left: Name, right: Name) -> Iterator[str]:
    surnames, first_names = of_surnames(left, right), of_first_names(left, right)
    if surnames == "surname_other" and crossed(left, right):
        yield "crossed"
    else:
        yield from (surnames, first_names)


def _codes(left: Written, right: Written) -> set[str]:
    found = set(_compared(left, right)) - {""}
    if found >= {"born", "address"} and found & {"given_sound", "given_slip"}:
        found.add("twin")
    return found


def _compared(left: Written, right: Written) -> Iterator[str]:
    if left.bsn and right.bsn:
        yield "bsn" if left.bsn == right.bsn else "bsn_other"
    yield from _of_names(left.parts, right.parts)
    yield of_birth(left.born, right.born)
    if left.places and right.places:
        yield "address_other" if left.places.isdisjoint(right.places) else "address"
    if _same_company(left, right):
        yield "company"


def _band(score: int, codes: set[str]) -> Band:
    if "bsn" in codes:
        return Band.PROBABLE
    if score >= PROBABLE and not codes & NEVER_PROBABLE:
        return Band.PROBABLE
    return Band.POSSIBLE if score >= POSSIBLE else Band.NOTHING


def hopeless(left: Written, right: Written) -> bool:
    """Whether nothing can make up for what differs, before names are looked at: most of all pairs go this way."""
    return not (left.bsn and right.bsn) and of_birth(left.born, right.born) == "born_other"


def compare(left: Written, right: Written) -> Comparison:
    """How likely it is that these two are one person, and why."""
    codes = _codes(left, right)
    reasons = sorted((REASONS[code] for code in codes), key=lambda reason: (-abs(reason.points), reason.code))
    score = min(max(sum(reason.points for reason in reasons), 0), 100)
    band = _band(score, codes)
    pro, contra = (tuple(r for r in reasons if (r.points > 0) is good) for good in (True, False))
    return Comparison(score, band, pro, contra)
