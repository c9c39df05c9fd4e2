"""Small numbers don't leave the house: not by themselves, not by adding up, not by taking away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.figures import LEAST, Shown, suppressed


def _with_totals(rows: Sequence[Sequence[int]]) -> list[list[int]]:
    body = [[*row, sum(row)] for row in rows]
    return [*body, [sum(row[j] for row in body) for j in range(len(body[0]))]]


def _rows_that_fit(said: Sequence[int | None], width: int, most: int) -> list[tuple[int, ...]]:
    found = product(*(range(most + 1) if said[j] is None else [said[j]] for j in range(width)))
    total = said[width] if len(said) > width else None
    return [row for row in found if total is None or sum(row) == total]


def _that_fit(shown: Shown, across: bool, most: int) -> Iterator[list[list[int]]]:
    """Every table of numbers up to `most` that says the same where something is shown."""
    width = len(shown[0]) - (1 if across else 0)
    for rows in product(*(_rows_that_fit(row, width, most) for row in shown[:-1])):
        full = _with_totals(rows)
        if all(said is None or said == full[-1][j] for j, said in enumerate(shown[-1])):
            yield full


def _keeps_its_secrets(rows: Sequence[Sequence[int]], across: bool, most: int = 10) -> None:
    shown, full = suppressed(rows, across=across), _with_totals(rows)
    small = [(i, j) for i, row in enumerate(shown) for j, _ in enumerate(row) if 0 < full[i][j] < LEAST]
    assert all(shown[i][j] is None for i, j in small)
    assert all(said in (None, full[i][j]) for i, row in enumerate(shown) for j, said in enumerate(row))
    open_ones = set(small)
    for other in _that_fit(shown, across, most):
        open_ones -= {(i, j) for i, j in open_ones if other[i][j] >= LEAST}
        if not open_ones:
            return
    assert not open_ones, (rows, shown)


@pytest.mark.parametrize("numbers", list(product([0, 1, 4, 5, 9], repeat=3)))
def test_in_one_column_no_small_number_follows_from_the_total(numbers: tuple[int, ...]) -> None:
    _keeps_its_secrets([[n] for n in numbers], across=False)


@pytest.mark.parametrize("numbers", list(product([0, 1, 4, 6], repeat=4)))
def test_in_two_by_two_none_follows_from_totals_of_rows_and_columns(numbers: tuple[int, ...]) -> None:
    _keeps_its_secrets([numbers[:2], numbers[2:]], across=True)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=2, max_size=2))
def test_nor_in_any_larger_table(rows: list[list[int]]) -> None:
    _keeps_its_secrets(rows, across=True)


def test_what_needs_no_hiding_is_shown() -> None:
    assert suppressed([[5, 0], [7, 12]]) == [[5, 0, 5], [7, 12, 19], [12, 12, 24]]


def test_one_small_number_takes_the_cheapest_other_along_and_leaves_the_total() -> None:
    assert suppressed([[2], [30], [8]], across=False) == [[None], [30], [None], [40]]


def test_a_total_goes_only_when_nothing_else_will_do() -> None:
    assert suppressed([[3], [0]], across=False) == [[None], [0], [None]] or suppressed([[3], [0]], across=False)[
        -1
    ] == [None]
    assert suppressed([], across=False) == [[]]


def test_columns_that_count_different_things_do_not_touch_each_other() -> None:
    shown = suppressed([[2, 50], [9, 60]], across=False)
    assert [row[1] for row in shown] == [50, 60, 110]
