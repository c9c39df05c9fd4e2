"""The public figures of a year (WGS 1.12): per table, without small numbers and without what gives them away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection

from partners import themes_known
from partners.accounting import counting
from partners.models import CaseTable
from privacy.figures import suppressed

MEASURES: dict[str, str] = {
    "signals": "Signalen gemeld",
    "bundled": "Signalen in een casus",
    "rejected": "Signalen afgewezen",
    "opened": "Casussen begonnen",
    "closed": "Casussen gesloten",
    "emergency": "Keer noodtoegang",
}
HIDDEN = "verborgen"
TOGETHER = "Alle tafels samen"
NONE = "geen"


@dataclass(frozen=True, slots=True)
class Line:
    """One table with its figures, as they may be published: None is hidden."""

    table: str
    theme: str
    numbers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """One year. `others`: what is not counted per table, by its name and kind; None is hidden."""

    year: int
    lines: tuple[Line, ...]
    others: tuple[tuple[str, Mapping[str, int | None]], ...]


Counts = Mapping[tuple[int, UUID, str], int]


def counted() -> Counts:
    """Every year, table and measure; the database gives them to an officer or controller only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM partners_yearly_counted(%s)", [settings.TIME_ZONE])
        return {(year, table, measure): number for year, table, measure, number in cursor.fetchall()}


def years(counts: Counts, this_year: int) -> list[int]:
    """Years there are figures of, and this one; the newest first."""
    return sorted({year for year, _, _ in counts} | {this_year}, reverse=True)


def of_year(counts: Counts, desks: counting.Desks, year: int) -> Year:
    """The figures of one year: a line per table, and one of all tables together."""
    tables = list(CaseTable.objects.order_by("name"))
    rows = [[counts.get((year, table.pk, measure), 0) for measure in MEASURES] for table in tables]
    named = [(table.name, themes_known.name_of(table.theme)) for table in tables] + [(TOGETHER, "")]
    shown = suppressed(rows, across=False) if rows else []
    lines = tuple(
        Line(name, theme, tuple(numbers)) for (name, theme), numbers in zip(named[: len(shown)], shown, strict=True)
    )
    others = (
        ("Verzoeken van betrokkenen", _published(desks.get((year, "requests"), {}))),
        ("Datalekken", _published(desks.get((year, "breaches"), {}))),
    )
    return Year(year, lines, others)


def _published(numbers: Mapping[str, int]) -> Mapping[str, int | None]:
    """One column of kinds, with the same care; nothing when there was none."""
    if not numbers:
        return {}
    shown = suppressed([[number] for number in numbers.values()], across=False)
    return {kind: row[0] for kind, row in zip([*numbers, "Samen"], shown, strict=True)}


def headings() -> list[str]:
    """What stands above the columns of a sheet."""
    return ["Jaar", "Tafel", "Thema", *MEASURES.values()]


def rows(found: Year) -> Iterable[list[object]]:
    """The lines of a sheet."""
    for line in found.lines:
        yield [found.year, line.table, line.theme, *(HIDDEN if n is None else n for n in line.numbers)]
    for name, numbers in found.others:
        said = "; ".join(f"{kind}: {HIDDEN if number is None else number}" for kind, number in numbers.items())
        yield [found.year, name, "", said or NONE]
