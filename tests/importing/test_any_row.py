"""Whatever stands in a row: it becomes a signal or a refusal, never an error, and a reason never repeats a cell."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.importing import RawRow, RefusedRow, interpret, read_file, write_refused
from casework.importing.cells import clean
from casework.importing.columns import SYNONYMS

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

TRICKY = (
    "", "-", "=1", "'=1", "@a(b)", "#N/B", "http://x", "31-02-2026", "03-09-2026", "46268", "24:00", "14:20",
    "7899ab", "3a", "0", "999990018", "999990019", "radicalisering", "HG/KM", "woonoverlast", "feit", "acuut",
    "/", "(", "'t", "en", "dhr. / mw.", "familie", "B.V.", "Halt Noord", "x" * 300, "٣", "\ufffd", "a,", ", ,",
    "mw.", "van de",
)  # fmt: skip
CELLS = st.one_of(st.sampled_from(TRICKY), st.text(max_size=40)).map(clean)


@pytest.fixture(scope="session")
def good(csv_of, row):
    return read_file(csv_of(row()), "x.csv")


@unhurried
@given(cells=st.dictionaries(st.sampled_from(sorted(SYNONYMS)), CELLS))
def test_any_cells_give_a_signal_or_reasons(cells, all_themes, today):
    result = interpret(RawRow(2, cells, tuple(cells.values())), all_themes, today)
    if isinstance(result, RefusedRow):
        assert result.reasons
        assert result.original == (tuple(cells.values()) if result.keep_content else ())
    else:
        assert result.subjects
        assert result.observed_on <= today
        assert not dataclasses.asdict(result)["text"].startswith("=")


@unhurried
@given(changes=st.dictionaries(st.sampled_from(sorted(SYNONYMS)), CELLS, max_size=3))
def test_a_reason_never_repeats_what_stood_in_the_cell(changes, good, all_themes, today):
    marked = {column: f"{cell} qzjx" for column, cell in changes.items()}
    result = interpret(dataclasses.replace(good.rows[0], cells={**good.rows[0].cells, **marked}), all_themes, today)
    if isinstance(result, RefusedRow):
        assert not [reason for reason in result.reasons if "qzjx" in reason.message or "qzjx" in reason.code]


@unhurried
@given(changes=st.dictionaries(st.sampled_from(sorted(SYNONYMS)), CELLS, max_size=3))
def test_a_refused_row_that_comes_back_unmended_is_refused_for_the_same_reasons(changes, good, all_themes, today):
    names = tuple(good.columns)
    cells = [changes.get(name.lower(), cell) for name, cell in zip(names, good.rows[0].original, strict=True)]
    first = interpret(
        RawRow(2, {name.lower(): cell for name, cell in zip(names, cells, strict=True)}, tuple(cells)),
        all_themes,
        today,
    )
    if isinstance(first, RefusedRow) and first.keep_content:
        (again,) = read_file(write_refused(names, [first]), "x.csv").rows
        assert interpret(again, all_themes, today) == first
