"""A small number is hidden, and no total gives it away."""

from __future__ import annotations

import random
import time
from fractions import Fraction

import pytest

from privacy.figures import LEAST, TOTAL, suppressed_by_name
from privacy.logbook.judged import Cell

ROWS, COLUMNS = ("a", "b", "c"), ("1", "2", "3", "4")


def with_totals(rows: tuple[str, ...], columns: tuple[str, ...], counts: dict[Cell, int]) -> dict[Cell, int]:
    """Every number as it is."""
    found = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    for row in rows:
        found[row, TOTAL] = sum(found[row, column] for column in columns)
    for column in (*columns, TOTAL):
        found[TOTAL, column] = sum(found[row, column] for row in rows)
    return found


def computed(rows: tuple[str, ...], columns: tuple[str, ...], shown: dict[Cell, int | None]) -> set[Cell]:
    """The hidden cells that follow from what is shown: solved as equations, by elimination."""
    hidden = [cell for cell, number in shown.items() if number is None]
    lines = []
    for row in (*rows, TOTAL):
        lines.append({(row, c): Fraction(-1 if c == TOTAL else 1) for c in (*columns, TOTAL)})
    for column in (*columns, TOTAL):
        lines.append({(r, column): Fraction(-1 if r == TOTAL else 1) for r in (*rows, TOTAL)})
    matrix = [[line.get(cell, Fraction(0)) for cell in hidden] for line in lines]
    rank = 0
    for place in range(len(hidden)):
        found = next((n for n in range(rank, len(matrix)) if matrix[n][place]), None)
        if found is None:
            continue
        matrix[rank], matrix[found] = matrix[found], matrix[rank]
        matrix[rank] = [value / matrix[rank][place] for value in matrix[rank]]
        for n in range(len(matrix)):
            if n != rank and matrix[n][place]:
                matrix[n] = [a - matrix[n][place] * b for a, b in zip(matrix[n], matrix[rank], strict=True)]
        rank += 1
    alone = [[n for n, value in enumerate(line) if value] for line in matrix]
    return {hidden[places[0]] for places in alone if len(places) == 1}


def test_large_numbers_and_nothing_are_shown() -> None:
    counts = {(row, column): 10 for row in ROWS for column in COLUMNS} | {("a", "1"): 0}
    assert suppressed_by_name(ROWS, COLUMNS, counts) == with_totals(ROWS, COLUMNS, counts)


def test_one_small_number_takes_others_along() -> None:
    counts = {(row, column): 10 for row in ROWS for column in COLUMNS} | {("b", "2"): 3}
    shown = suppressed_by_name(ROWS, COLUMNS, counts)
    hidden = {cell for cell, number in shown.items() if number is None}
    assert ("b", "2") in hidden
    assert len(hidden) == 4, "a square, and no more than that"
    assert not any(TOTAL in cell for cell in hidden)


def test_a_small_total_is_hidden_too() -> None:
    shown = suppressed_by_name(("a",), COLUMNS, {("a", "1"): 2})
    assert shown["a", "1"] is shown["a", TOTAL] is shown[TOTAL, TOTAL] is None


@pytest.mark.parametrize("seed", range(60))
def test_nobody_computes_a_hidden_number_from_what_is_shown(seed: int) -> None:
    chance = random.Random(seed)
    rows = tuple(f"org {n}" for n in range(chance.randint(1, 6)))
    columns = tuple(str(n) for n in range(chance.randint(2, 6)))
    most = chance.choice((3, 8, 40))
    counts = {(row, column): chance.randint(0, most) for row in rows for column in columns}
    shown = suppressed_by_name(rows, columns, counts)
    numbers = with_totals(rows, columns, counts)
    for cell, number in shown.items():
        assert number is None or (number == numbers[cell] and not 0 < number < LEAST)
    assert computed(rows, columns, shown) == set()


def test_a_year_of_twenty_organisations_is_hidden_in_time() -> None:
    chance = random.Random(7)
    rows, columns = tuple(f"org {n}" for n in range(20)), tuple(str(n) for n in range(12))
    counts = {(row, column): chance.choice((0, 0, 1, 3, 20)) for row in rows for column in columns}
    begun = time.monotonic()
    suppressed_by_name(rows, columns, counts)
    assert time.monotonic() - begun < 2
