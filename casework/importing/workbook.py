"""Excel (.xlsx). Such a file is a zip with XML in it, and comes from outside: look before opening.

Formulas are not computed and not taken over as values: they stay text that starts with '=', and the row
is refused with the advice to paste the values.
"""

from __future__ import annotations

import codecs
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from casework.importing.columns import HEADER_WITHIN, SURE, recognised
from casework.importing.grid import MAX_COLUMNS, MAX_UNPACKED, TOO_MANY_COLUMNS, FileRefused, Grid, Record

DAMAGED = "Dit Excel-bestand is beschadigd. Open het in Excel, sla het op als .xlsx en bied dat aan."
TOO_LONG = (
    "Het blad loopt door tot ver onder de laatste gevulde rij. "
    "Kopieer de rijen met signalen naar een nieuw bestand en bied dat aan."
)
TOO_BIG = "Dit Excel-bestand wordt bij het openen te groot. Laat alleen het blad met signalen staan."
LOCKED = "Dit Excel-bestand heeft een wachtwoord. Haal het wachtwoord eraf en bied het opnieuw aan."
NOT_EXCEL = "Dit is geen Excel-bestand (.xlsx). Sla het op als .xlsx of CSV en bied het opnieuw aan."

MAX_PARTS = 500
MAX_SHEETS = 20
_LAST_ROW = 100_000  # empty rows included
_HEADINGS_ABOVE = 200  # the row number; empty rows included
_LOOK_THIS_FAR = MAX_COLUMNS + 40  # whatever is filled beyond MAX_COLUMNS refuses the file
_SHEET_TAG = re.compile(rb"<(?:\w+:)?sheet\s")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_workbook(data: bytes) -> Grid:
    """The rows of the first visible sheet that has our headings."""
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("openpyxl runs without defusedxml: install defusedxml and leave OPENPYXL_DEFUSEDXML unset")
    _look_first(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            return _first_with_headings(book)
    except FileRefused:
        raise
    except Exception as problem:  # the parser trusts the file: anything may come out of a forged one
        raise FileRefused(DAMAGED) from problem


def _look_first(data: bytes) -> None:
    """Refuses bombs, passwords and XML tricks before the parser sees them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise FileRefused(TOO_BIG)
            if any(part.flag_bits & 0x1 for part in parts):
                raise FileRefused(LOCKED)
            if "[Content_Types].xml" not in archive.namelist():
                raise FileRefused(NOT_EXCEL)
            _look_at_xml(archive, parts)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as problem:
        raise FileRefused(DAMAGED) from problem


def _look_at_xml(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Excel writes UTF-8 without declarations. A part that very many sheets read is refused as well."""
    sheets = 0
    for part in parts:
        content = archive.read(part)
        sheets += len(_SHEET_TAG.findall(content))
        if part.filename.lower().endswith((".xml", ".rels")) and not _is_plain_xml(content):
            raise FileRefused(DAMAGED)
    if sheets > MAX_SHEETS:
        raise FileRefused(TOO_BIG)


def _is_plain_xml(content: bytes) -> bool:
    starts = content.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<")
    return starts and not _DECLARATION.search(content)


def _first_with_headings(book: Workbook) -> Grid:
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    with_headings = [sheet for sheet in visible if _has_headings(sheet)]
    chosen = with_headings[:1] or visible[:1]
    if not chosen:
        raise FileRefused(NOT_EXCEL)
    notes = []
    if len(with_headings) > 1:
        notes.append("Alleen het eerste blad met signalen is gelezen. Bied de andere bladen apart aan.")
    if len(visible) < len(book.worksheets):
        notes.append("Verborgen bladen zijn niet gelezen.")
    return Grid(iter(list(_records(chosen[0], last=_LAST_ROW + 1))), loose=False, warnings=tuple(notes))


def _has_headings(sheet: Any) -> bool:
    top = islice(_records(sheet, last=_HEADINGS_ABOVE), HEADER_WITHIN)
    return any(len(recognised(record.cells)) >= SURE for record in top)


def _records(sheet: Any, *, last: int) -> Iterator[Record]:
    """The filled rows up to and including `last`. The size that a sheet claims to have is not believed.

    One text can stand in a million cells of a small file, so what comes out is counted here as well.
    """
    sheet.reset_dimensions()
    letters = 0
    for number, row in enumerate(sheet.iter_rows(max_row=last, max_col=_LOOK_THIS_FAR), start=1):
        if number > _LAST_ROW:
            raise FileRefused(TOO_LONG)
        cells = [_text(cell.value, cell.data_type) for cell in row]
        letters += sum(map(len, cells))
        if letters > MAX_UNPACKED:
            raise FileRefused(TOO_BIG)
        if any(cells[MAX_COLUMNS:]):
            raise FileRefused(TOO_MANY_COLUMNS)
        if any(cell.strip() for cell in cells):
            yield Record(number, tuple(cells[:MAX_COLUMNS]))


def _text(value: object, data_type: str) -> str:
    """The cell as a person would type it: dates as 03-09-2026, whole numbers without a decimal."""
    if value is None:
        return ""
    if data_type == "f":
        formula = getattr(value, "text", value)
        return formula if isinstance(formula, str) and formula.startswith("=") else "="
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y}" if value.time() == time(0) else f"{value:%d-%m-%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
