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


def _next_to(cell: Cell, numbers: Mapping[Cell, int], hidden: set[Cell]) -> Cell | None:
    """The number to hide besides: in the same row or column, the smallest that says something, a total last."""
    there = [c for c in numbers if c not in hidden and (c[0] == cell[0] or c[1] == cell[1])]
    return min(there, key=lambda c: (TOTAL in c, numbers[c] == 0, numbers[c], c), default=None)


def _besides(numbers: Mapping[Cell, int], hidden: set[Cell]) -> Cell | None:
    """What to hide besides, as long as a hidden number can be computed."""
    computed = (cell for cell in sorted(hidden) if not _reaches(hidden, cell))
    return next((found for cell in computed if (found := _next_to(cell, numbers, hidden))), None)


def hide(rows: Sequence[str], columns: Sequence[str], counts: Mapping[Cell, int]) -> Shown:
    """The numbers that may be shown, with totals; None for one that is hidden."""
    numbers = with_totals(rows, columns, counts)
    hidden = {cell for cell, number in numbers.items() if 0 < number < LEAST}
    while more := _besides(numbers, hidden):
        hidden.add(more)
    return {cell: None if cell in hidden else number for cell, number in numbers.items()}
