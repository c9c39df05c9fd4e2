"""Figures that leave the house: numbers below five are hidden, and so is what would give them away. Pure.

From what is published, every hidden small number could as well be five or more: so says `suppressed`, and a test tries
every table that fits. Zero is shown. What the reader knows from elsewhere, or from other figures, it can't know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush

LEAST = 5
_A_TOTAL = 1_000_000  # a total is hidden only when nothing else will do

Cell = tuple[int, int]
Node = tuple[str, int]
Shown = list[list[int | None]]
TOTAL = ""
Named = tuple[str, str]


def suppressed(rows: Sequence[Sequence[int]], *, across: bool = True) -> Shown:
    """The table with its totals, None where a number is hidden: a column of totals behind, a row of totals below.

    Without `across` the columns count different things: no totals of rows are made, and none are published.
    """
    width = len(rows[0]) if rows else 0
    body = [[*row, sum(row)] for row in rows]
    body.append([sum(row[column] for row in body) for column in range(width + 1)])
    hidden = _Table(body, across).hide()
    shown = [[None if (i, j) in hidden else n for j, n in enumerate(row)] for i, row in enumerate(body)]
    return shown if across else [row[:-1] for row in shown]


def suppressed_by_name(
    rows: Sequence[str], columns: Sequence[str], counts: Mapping[Named, int]
) -> dict[Named, int | None]:
    """The same for numbers under the names of their row and column; a total stands under TOTAL."""
    shown = suppressed([[counts.get((row, column), 0) for column in columns] for row in rows])
    if not rows:
        return {(TOTAL, column): 0 for column in (*columns, TOTAL)}
    return {
        (row, column): number
        for row, numbers in zip((*rows, TOTAL), shown, strict=True)
        for column, number in zip((*columns, TOTAL), numbers, strict=True)
    }


class _Table:
    """A table in which every row and every column adds up, when a total counts as negative.

    A unit goes round through cells: along a row's cell to its column it makes that cell larger (a total: smaller), back
    it makes it smaller. A way round through hidden cells alone is another table that fits what is published.
    """

    def __init__(self, body: list[list[int]], across: bool) -> None:
        self._body, self._height, self._width = body, len(body) - 1, len(body[0]) - 1
        # What is never published needs no hiding.
        self._hidden: set[Cell] = set() if across else {(i, self._width) for i in range(len(body))}

    def hide(self) -> set[Cell]:
        """The cells to hide: the small ones, and for each of them the cheapest others."""
        small = [cell for cell in self._cells() if 0 < self._at(cell) < LEAST and cell not in self._hidden]
        self._hidden.update(small)
        for cell in small:
            self._protect(cell)
        return self._hidden

    def _cells(self) -> Iterator[Cell]:
        return ((i, j) for i in range(self._height + 1) for j in range(self._width + 1))

    def _at(self, cell: Cell) -> int:
        return self._body[cell[0]][cell[1]]

    def _is_total(self, cell: Cell) -> bool:
        """Whether it counts as negative; the total of all totals does not."""
        return (cell[0] == self._height) != (cell[1] == self._width)

    def _protect(self, small: Cell) -> None:
        """Hides cells until this one could be five."""
        moved: dict[Cell, int] = {}
        row, column = ("row", small[0]), ("column", small[1])
        begin, end = (row, column) if self._is_total(small) else (column, row)
        for _ in range(LEAST - self._at(small)):
            for cell, step in self._way(begin, end, small, moved):
                moved[cell] = moved.get(cell, 0) + step
                self._hidden.add(cell)

    def _way(self, begin: Node, end: Node, without: Cell, moved: dict[Cell, int]) -> list[tuple[Cell, int]]:
        """The cheapest way from one line to the other, as cells and how each changes; by the totals there is one."""
        best: dict[Node, int] = {begin: 0}
        came: dict[Node, tuple[Node, Cell, int]] = {}
        queue = [(0, begin)]
        while queue:
            cost, node = heappop(queue)
            if node == end:
                break
            for cell, step, onward in self._from(node, moved):
                price = cost + self._price(cell)
                if cell != without and price < best.get(onward, price + 1):
                    best[onward], came[onward] = price, (node, cell, step)
                    heappush(queue, (price, onward))
        way = []
        while end != begin:
            end, cell, step = came[end]
            way.append((cell, step))
        return way

    def _from(self, node: Node, moved: dict[Cell, int]) -> Iterator[tuple[Cell, int, Node]]:
        kind, index = node
        for other in range(self._width + 1 if kind == "row" else self._height + 1):
            cell = (index, other) if kind == "row" else (other, index)
            step = 1 if (kind == "row") != self._is_total(cell) else -1
            if self._at(cell) + moved.get(cell, 0) + step >= 0:
                yield cell, step, ("column" if kind == "row" else "row", other)

    def _price(self, cell: Cell) -> int:
        if cell in self._hidden:
            return 0
        total = cell[0] == self._height or cell[1] == self._width
        return 1 + self._at(cell) + (_A_TOTAL if total else 0)
