"""No cell of a file that leaves the house runs in a spreadsheet."""

from __future__ import annotations

import pytest

from privacy.sheets import as_sheet, harmless


@pytest.mark.parametrize("cell", ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1", "\r=1", "'=1", "＝1"])
def test_a_cell_that_would_run_is_only_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_plain_words_and_numbers_stay_as_they_are() -> None:
    assert harmless("Lindelaan") == "Lindelaan"
    assert as_sheet([["Wat", "Hoeveel"], ["=1;2", -3]]).decode() == '\ufeffWat;Hoeveel\r\n"\'=1;2";-3\r\n'
