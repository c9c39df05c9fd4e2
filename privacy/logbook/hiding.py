"""Small numbers are hidden, and as many others as it takes that nobody computes them from the totals.

A table of numbers with a total for each row, each column and all. A hidden number can be computed as soon as it is the
only way between its row and its column over hidden numbers (a bridge in that graph); then another is hidden too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

LEAST = 5
TOTAL = ""
Cell = tuple[str, str]
Shown = dict[Cell, int | None]


def with_totals(rows: Sequence[str], columns: Sequence[str], counts: Mapping[Cell, int]) -> dict[Cell, int]:
    """Every number, with the totals under the name TOTAL."""
    found = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    for row in rows:
        found[row, TOTAL] = sum(found[row, column] for column in columns)
    for column in (*columns, TOTAL):
        found[TOTAL, column] = sum(found[row, column] for row in rows)
    return found


def _reaches(hidden: Iterable[Cell], start: Cell) -> bool:
    """Whether the row and the column of `start` hang together over other hidden numbers."""
    others = [cell for cell in hidden if cell != start]
    rows, columns, grew = {start[0]}, set[str](), True
    while grew:
        more = {column for row, column in others if row in rows} - columns
        back = {row for row, column in others if column in columns | more} - rows
        grew = bool(more or back)
        columns, rows = columns | more, rows | back
    return start[1] in columns


def _square(cell: Cell, numbers: Mapping[Cell, int], hidden: set[Cell]) -> set[Cell]:
    """Three numbers that make a way around this one: those that say least, a total only when nothing else will do."""
    row, column = cell
    rows = {r for r, _ in numbers} - {row}
    columns = {c for _, c in numbers} - {column}
    squares = ({(row, c), (r, column), (r, c)} - hidden for r in sorted(rows) for c in sorted(columns))
    return min(squares, key=lambda found: (sum(TOTAL in c for c in found), sum(numbers[c] for c in found)))


def hide(rows: Sequence[str], columns: Sequence[str], counts: Mapping[Cell, int]) -> Shown:
    """The numbers that may be shown, with totals; None for one that is hidden."""
    numbers = with_totals(rows, columns, counts)
    hidden = {cell for cell, number in numbers.items() if 0 < number < LEAST}
    while computed := next((cell for cell in sorted(hidden) if not _reaches(hidden, cell)), None):
        hidden |= _square(computed, numbers, hidden)
    return {cell: None if cell in hidden else number for cell, number in numbers.items()}
