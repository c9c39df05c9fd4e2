"""Excel files as partners save them."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from casework.importing import FileRefused, RefusedRow, interpret, read_file


@pytest.fixture
def sheet_of(xlsx_of, row):
    """An Excel file of good rows with some cells changed."""

    def sheet_of(*changes, above=()):
        rows = [row(**change) for change in changes]
        return read_file(xlsx_of(*above, list(row()), *(list(cells.values()) for cells in rows)), "signalen.xlsx")

    return sheet_of


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (datetime(2026, 9, 3), "03-09-2026"),
        (datetime(2026, 9, 3, 14, 20), "03-09-2026 14:20"),
        (date(2026, 9, 3), "03-09-2026"),
        (46268, "46268"),
        ("3-9-2026 ", "3-9-2026"),
    ],
)
def test_a_date_cell_becomes_the_date_that_one_sees(sheet_of, cell, text):
    assert sheet_of({"datum": cell}).rows[0].cells["datum"] == text


def test_numbers_and_times_become_what_one_would_type(sheet_of):
    cells = (
        sheet_of({"huisnummer": 14.0, "BSN": 999990019, "tijd": time(14, 20), "bron": True, "ernst": 2.5}).rows[0].cells
    )
    assert (cells["huisnummer"], cells["bsn"], cells["tijd"], cells["bron"]) == (
        "14",
        "999990019",
        "14:20",
        "ja",
    )
    assert cells["ernst"] == "2.5"


@pytest.mark.parametrize(
    "clock", [time(14, 20), timedelta(hours=14, minutes=20), 14.3333333333 / 24, "14:20", "14.20 uur"]
)
def test_every_kind_of_time_cell_is_read(sheet_of, all_themes, today, clock):
    signal = interpret(sheet_of({"tijd": clock}).rows[0], all_themes, today)
    assert signal.observed_at == time(14, 20)


def test_titles_and_empty_rows_above_are_skipped_and_counted(sheet_of):
    sheet = sheet_of({}, {}, above=(["Export", None], [None], ["peildatum", date(2026, 10, 1)]))
    assert [raw.number for raw in sheet.rows] == [5, 6]


def test_a_formula_is_never_computed_nor_its_value_taken(sheet_of, all_themes, today):
    for column in ("datum", "melder", "omschrijving"):
        refused = interpret(sheet_of({column: "=NOW()"}).rows[0], all_themes, today)
        assert isinstance(refused, RefusedRow)
        assert [(reason.code, reason.column) for reason in refused.reasons] == [("formula", column)]


def test_a_formula_over_several_cells_is_a_formula_too(row, all_themes, today):
    book = openpyxl.Workbook()
    book.active.append(list(row()))
    book.active.append(list(row().values()))
    book.active["D2"] = openpyxl.worksheet.formula.ArrayFormula("D2:D2", "=SUM(1)")
    refused = interpret(read_file(saved(book), "x.xlsx").rows[0], all_themes, today)
    assert [reason.code for reason in refused.reasons] == ["formula"]


def test_merged_cells_do_not_shift_a_row(row, all_themes, today):
    book = openpyxl.Workbook()
    book.active.append(["Signalen september"])
    book.active.merge_cells("A1:R1")
    book.active.append(list(row()))
    book.active.append(list(row().values()))
    assert interpret(read_file(saved(book), "x.xlsx").rows[0], all_themes, today).theme == "woonoverlast"


def test_the_sheet_with_signals_is_found_and_the_rest_is_told(row):
    book = openpyxl.Workbook()
    book.active.append(["Toelichting op dit bestand"])
    for title in ("Signalen", "Meer signalen"):
        sheet = book.create_sheet(title)
        sheet.append(list(row()))
        sheet.append(list(row(melder=title).values()))
    hidden = book.create_sheet("Verborgen")
    hidden.sheet_state = "hidden"
    read = read_file(saved(book), "x.xlsx")
    assert [raw.cells["melder"] for raw in read.rows] == ["Signalen"]
    assert [note.split()[0] for note in read.warnings] == ["Alleen", "Verborgen"]


def test_a_note_beside_the_table_refuses_that_row(row, all_themes, today):
    book = openpyxl.Workbook()
    book.active.append(list(row()))
    book.active.append([*row().values(), None, "nabellen!"])
    book.active.append(list(row().values()))
    results = [interpret(raw, all_themes, today) for raw in read_file(saved(book), "x.xlsx").rows]
    assert [isinstance(result, RefusedRow) for result in results] == [True, False]


def test_the_size_that_a_sheet_claims_is_not_believed(row, xlsx_of):
    data = _replaced(
        xlsx_of(list(row()), *[list(row().values())] * 3), b'<dimension ref="A1:R4"', b'<dimension ref="A1"'
    )
    assert len(read_file(data, "x.xlsx").rows) == 3


def test_rows_far_below_the_last_one_refuse_the_file(row, xlsx_of):
    data = xlsx_of(list(row()), list(row().values()))
    with pytest.raises(FileRefused, match="loopt door"):
        read_file(_replaced(data, b'<row r="2"', b'<row r="1048000"'), "x.xlsx")


def test_a_name_that_tells_another_kind_is_remarked(row, xlsx_of):
    assert "Excel gelezen" in read_file(xlsx_of(list(row()), list(row().values())), "x.csv").warnings[0]


def _replaced(data, old, new):
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                assert old in content
                content = content.replace(old, new)
            target.writestr(part.filename, content)
    return out.getvalue()
