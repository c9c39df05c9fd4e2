"""The small drawing above a household: who lives with whom, and in which case each stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework import known
from casework.normalise import fold
from casework.queries.households import HouseholdHead, LinkedCase, MemberRow


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody in the drawing; `cases` are the numbers of the cases in which this person stands."""

    pk: UUID
    name: str
    relation: str
    age: int | None
    elsewhere: bool
    cases: tuple[int, ...]

    @property
    def words(self) -> str:
        """The figure as it is read aloud."""
        told = [self.relation.lower()]
        if self.age is not None:
            told.append(f"{self.age} jaar")
        if self.elsewhere:
            told.append("plan in een ander gezin")
        if self.cases:
            told.append(f"staat in casus {' en '.join(str(number) for number in self.cases)}")
        return f"{self.name} ({', '.join(told)})"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Grown-ups above, children below them, under one roof."""

    adults: tuple[Figure, ...]
    children: tuple[Figure, ...]
    words: str


def _same(name: str, born: date | None, other: str, other_born: date | None) -> bool:
    """The same person: by surname and birth date, or by the whole name when a date is missing."""
    if born and other_born:
        return bool(known.person_keys(name, born) & known.person_keys(other, other_born))
    return fold(name) == fold(other)


def _stands_in(row: MemberRow, cases: Sequence[LinkedCase]) -> tuple[int, ...]:
    return tuple(
        number
        for number, case in enumerate(cases, start=1)
        if any(_same(row.name, row.birth_date, name, born) for name, born in case.people)
    )


def drawing(head: HouseholdHead, rows: Iterable[MemberRow], cases: Sequence[LinkedCase]) -> Drawing:
    """The drawing of who belongs to the household now, of what this reader has open already."""
    figures = [
        (row.child, Figure(row.pk, row.name, row.relation, row.age, row.planned_elsewhere, _stands_in(row, cases)))
        for row in rows
        if row.until is None
    ]
    adults = tuple(figure for child, figure in figures if not child)
    children = tuple(figure for child, figure in figures if child)
    where = f" op {head.address}" if head.address else ""
    names = "; ".join(figure.words for _, figure in figures)
    return Drawing(adults, children, f"Tekening. Onder één dak{where}: {names or 'nog niemand'}.")
