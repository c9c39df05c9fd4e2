"""The judgement itself: reasons for and against, their sum, and one of three bands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from casework.sameness.birth import Born, of_birth
from casework.sameness.names import read
from casework.sameness.naming import crossed, of_first_names, of_surnames
from casework.sameness.reasons import REASONS, Reason

PROBABLE, POSSIBLE = 75, 45
# However much agrees, with one of these a person has to look: twins, parents and children, brothers and sisters.
NEVER_PROBABLE = frozenset({"given_other", "initial_other", "initials_other", "born_other", "born_generation"})


class Band(StrEnum):
    PROBABLE = "waarschijnlijk dezelfde"
    POSSIBLE = "mogelijk dezelfde"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Written:
    """Somebody as written down. `places` are keys of addresses; `company` the others in the same dossier, by name."""

    name: str
    born: Born = None
    places: frozenset[str] = frozenset()
    bsn: str = ""
    company: frozenset[str] = frozenset()


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


def _whose(name: str) -> str:
    """Somebody in company is known again by given name and surname."""
    person = read(name)
    return f"{person.given[0]} {person.surnames[0].core}" if person.given and person.surnames else ""


def _same_company(left: Written, right: Written) -> bool:
    ours, theirs = ({_whose(name) for name in written.company} - {""} for written in (left, right))
    return bool((ours & theirs) - {_whose(left.name), _whose(right.name)})


def _of_names(left: str, right: str) -> Iterator[str]:
    one, other = read(left), read(right)
    surnames, first_names = of_surnames(one, other), of_first_names(one, other)
    if surnames == "surname_other" and crossed(one, other):
        yield "crossed"
    else:
        yield from (surnames, first_names)


def _codes(left: Written, right: Written) -> Iterator[str]:
    if left.bsn and right.bsn:
        yield "bsn" if left.bsn == right.bsn else "bsn_other"
    yield from _of_names(left.name, right.name)
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


def compare(left: Written, right: Written) -> Comparison:
    """How likely it is that these two are one person, and why."""
    reasons = sorted((REASONS[code] for code in _codes(left, right) if code), key=lambda reason: -abs(reason.points))
    score = min(max(sum(reason.points for reason in reasons), 0), 100)
    band = _band(score, {reason.code for reason in reasons})
    pro, contra = (tuple(r for r in reasons if (r.points > 0) is good) for good in (True, False))
    return Comparison(score, band, pro, contra)
