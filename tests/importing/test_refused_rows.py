"""Refused rows on their way back to the partner, and their return."""

from __future__ import annotations

import contextlib
import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.importing import FileRefused, Reason, RefusedRow, in_words, read_file, write_refused
from casework.importing.cells import clean
from privacy.sheets import harmless

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

DANGEROUS = ("=1+1", "+31 6", "-5", "@x", "＝1", "'=1", "''=1", '=HYPERLINK("http://x.test","klik")')
WHY = (Reason("ernst_missing", "ernst", "Vul de ernst in."), Reason("torn", "", "Herstel de rij."))


def written(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def refused(*cells, number=7, keep=True):
    return RefusedRow(number, WHY, keep_content=keep, original=cells)


def test_the_file_opens_in_excel_and_ends_in_row_and_reason():
    data = write_refused(["datum", "melder"], [refused("03-09-2026", "Zoë; met\nregel")])
    assert data.startswith(b"\xef\xbb\xbfdatum;melder;rij;reden\r\n")
    assert written(data)[1] == [
        "03-09-2026",
        "Zoë; met\nregel",
        "7",
        "ernst: Vul de ernst in. Herstel de rij.",
    ]


def test_of_a_row_that_may_not_be_kept_only_the_number_is_written():
    data = write_refused(["datum", "melder"], [refused("03-09-2026", "geheim", keep=False)])
    assert written(data)[1][:3] == ["", "", "7"]


def test_no_cell_is_a_formula_and_our_reader_takes_the_quote_off():
    columns = [f"kolom {number}" for number in range(len(DANGEROUS))]
    cells = written(write_refused(columns, [refused(*DANGEROUS)]))[1]
    assert all(cell.startswith("'") for cell in cells[: len(DANGEROUS)])
    assert tuple(map(clean, cells[: len(DANGEROUS)])) == DANGEROUS


def test_a_heading_can_be_no_formula_either():
    assert written(write_refused(["=1+1"], []))[0] == ["'=1+1", "rij", "reden"]


def test_our_two_columns_are_ignored_on_return(csv_of, row):
    sheet = read_file(csv_of(row(ernst="")), "x.csv")
    again = read_file(write_refused(sheet.columns, [refused(*sheet.rows[0].original)]), "hersteld.csv")
    assert again.columns == sheet.columns
    assert again.rows[0].original == sheet.rows[0].original
    assert again.warnings == ()


def test_a_column_of_the_partner_that_is_called_reden_stays(csv_of, row):
    sheet = read_file(csv_of(row() | {"reden": "Eigen reden"}), "x.csv")
    again = read_file(write_refused(sheet.columns, [refused(*sheet.rows[0].original)]), "hersteld.csv")
    assert again.rows[0].original[-1] == "Eigen reden"


def test_a_row_of_which_nothing_was_kept_is_no_row_on_return(csv_of, row):
    sheet = read_file(csv_of(row()), "x.csv")
    data = write_refused(sheet.columns, [refused(keep=False), refused(*sheet.rows[0].original)])
    assert len(read_file(data, "hersteld.csv").rows) == 1


def test_all_reasons_stand_in_one_text_with_their_column():
    assert in_words(WHY) == "ernst: Vul de ernst in. Herstel de rij."


@unhurried
@given(st.lists(st.text(max_size=30).map(clean), min_size=3, max_size=3))
def test_what_was_read_and_written_reads_back_the_same(cells):
    columns = (
        "datum",
        "organisatie",
        "thema",
        "omschrijving",
        "soort",
        "ernst",
        "eigen 1",
        "eigen 2",
        "eigen 3",
    )
    line = ("x", "x", "x", "x", "x", "x", *cells)
    (again,) = read_file(write_refused(columns, [refused(*line)]), "x.csv").rows
    assert again.original == line
    assert not again.torn


@unhurried
@given(st.text(max_size=30).map(clean))
def test_a_clean_cell_survives_its_quote(cell):
    assert clean(harmless(cell)) == cell
    assert harmless(cell)[:1] not in set("=+-@\t\r＝＋－＠")


@unhurried
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(FileRefused):
        assert read_file(data, "x").rows
