"""From the bytes of a file to rows with known columns. Its bytes tell what it is, not its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from casework.importing.cells import clean, unmangle
from casework.importing.columns import (
    HEADER_WITHIN,
    OUR_OWN,
    REQUIRED,
    check_required,
    code_of,
    columns_of,
    recognised,
)
from casework.importing.decoding import BINARY
from casework.importing.delimited import read_delimited
from casework.importing.grid import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    FileRefused,
    Grid,
    Record,
)
from casework.importing.workbook import read_workbook
from casework.normalise import fold

EMPTY = "Dit bestand is leeg. Kies het bestand met de signalen."
NO_ROWS = "In dit bestand staan geen signalen: onder de koppen is niets ingevuld."
TOO_BIG = "Dit bestand is groter dan 10 MB. Splits het en bied de delen na elkaar aan."
OLD_EXCEL = (
    "Dit is een oud Excel-bestand (.xls) of een Excel-bestand met een wachtwoord. "
    "Sla het zonder wachtwoord op als .xlsx of CSV en bied het opnieuw aan."
)
WEB_PAGE = "Dit is een webpagina of XML. Open het in Excel, sla het op als .xlsx en bied het opnieuw aan."

_OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0", OLD_EXCEL),
    (b"%PDF", BINARY),
    (b"{\\rtf", BINARY),
    (b"\x89PNG", BINARY),
    (b"\xff\xd8\xff", BINARY),
    (b"\x1f\x8b", BINARY),
    (b"7z\xbc\xaf", BINARY),
    (b"Rar!", BINARY),
)


@dataclass(frozen=True)
class RawRow:
    """One row with its cells by our words for the columns, and as the file had them. Not yet understood."""

    number: int
    cells: Mapping[str, str] = field(repr=False)
    original: tuple[str, ...] = field(repr=False)
    torn: bool = False


@dataclass(frozen=True)
class Sheet:
    """A file that could be read: its own headings, its rows, and what the person should know about it."""

    columns: tuple[str, ...]
    rows: tuple[RawRow, ...] = field(repr=False)
    warnings: tuple[str, ...] = ()


def read_file(data: bytes, filename: str) -> Sheet:
    """The rows of a CSV or Excel file, or `FileRefused`. Limits are checked before any row is given."""
    if len(data) > MAX_BYTES:
        raise FileRefused(TOO_BIG)
    if not data.strip():
        raise FileRefused(EMPTY)
    is_zip = data.startswith(b"PK\x03\x04")
    grid = read_workbook(data) if is_zip else read_delimited(_text_only(data))
    sheet = _with_columns(grid)
    return Sheet(sheet.columns, sheet.rows, (*_misnamed(filename, is_zip), *sheet.warnings))


def _text_only(data: bytes) -> bytes:
    for magic, message in _OTHER_KINDS:
        if data.startswith(magic):
            raise FileRefused(message)
    if (
        data[:200]
        .removeprefix(b"\xef\xbb\xbf")
        .lstrip()
        .lower()
        .startswith((b"<html", b"<!doctype", b"<?xml", b"<table"))
    ):
        raise FileRefused(WEB_PAGE)
    return data


def _misnamed(filename: str, is_zip: bool) -> tuple[str, ...]:
    name = filename.lower()
    if is_zip and name.endswith((".csv", ".txt")):
        return ("De naam van het bestand zegt CSV, maar het is Excel. Het is als Excel gelezen.",)
    if not is_zip and name.endswith((".xlsx", ".xlsm")):
        return ("De naam van het bestand zegt Excel, maar het is tekst. Het is als CSV gelezen.",)
    return ()


def _with_columns(grid: Grid) -> Sheet:
    """The grid with its headings found and its rows cut to them."""
    first = list(islice(grid.records, HEADER_WITHIN))
    if not first:
        raise FileRefused(EMPTY)
    heading = max(first, key=lambda record: len(recognised(record.cells)))
    headings = _trimmed([clean(cell) for cell in heading.cells])
    check_required(recognised(headings))
    if len(headings) > MAX_COLUMNS:
        raise FileRefused(TOO_MANY_COLUMNS)
    kept = _kept(headings)
    columns = {code: kept.index(place) for code, place in columns_of(headings).items()}
    below = chain(first[first.index(heading) + 1 :], grid.records)
    records = _mark_torn(_limited(below, heading), len(headings), columns) if grid.loose else _limited(below, heading)
    rows = tuple(row for record in records if (row := _row(record, kept, columns, len(headings))))
    if not rows:
        raise FileRefused(NO_ROWS)
    names = tuple(headings[place] for place in kept)
    return Sheet(names, rows, (*grid.warnings, *_notes(names, rows, records)))


def _trimmed(cells: Sequence[str]) -> list[str]:
    filled = [index for index, cell in enumerate(cells) if cell]
    return list(cells[: filled[-1] + 1]) if filled else []


def _kept(headings: Sequence[str]) -> list[int]:
    """The places of the partner's own columns: all but our 'rij' with 'reden' beside it."""
    pair = [fold(word) for word in OUR_OWN]
    words = [fold(heading) for heading in headings]
    ours = {place + step for place in range(len(words)) if words[place : place + 2] == pair for step in (0, 1)}
    return [place for place in range(len(headings)) if place not in ours]


def _limited(records: Iterator[Record], heading: Record) -> list[Record]:
    """All rows, or a refusal when there are too many. Headings that are repeated further down are no rows."""
    found = list(islice((record for record in records if record.cells != heading.cells), MAX_ROWS + 1))
    if len(found) > MAX_ROWS:
        raise FileRefused(TOO_MANY_ROWS)
    return found


def _mark_torn(records: list[Record], width: int, columns: Mapping[str, int]) -> list[Record]:
    """Marks rows that a bare line end cut in two: a piece too short to be a row, and what it fell off."""
    shortest = 1 + max(columns[code] for code in REQUIRED)
    text_is_last = columns["omschrijving"] == width - 1
    marked = list(records)
    for index, record in enumerate(records):
        if len(record.cells) >= shortest:
            continue
        marked[index] = record._replace(torn=True)
        before = index - 1
        if before >= 0 and (text_is_last or len(records[before].cells) < width):
            marked[before] = marked[before]._replace(torn=True)
    return marked


def _row(record: Record, kept: Sequence[int], columns: Mapping[str, int], width: int) -> RawRow | None:
    """The row by columns, or None when it has nothing in the partner's own columns."""
    cells = [clean(cell) for cell in record.cells]
    own = tuple(cells[place] if place < len(cells) else "" for place in kept)
    spilled = any(cells[width:])
    if not any(own) and not spilled:
        return None
    return RawRow(
        record.number, {code: own[place] for code, place in columns.items()}, own, torn=record.torn or spilled
    )


def _notes(names: Sequence[str], rows: Sequence[RawRow], records: Sequence[Record]) -> list[str]:
    """What the person should know: columns that were left out, and letters that were mended or lost."""
    notes = []
    unknown = [name[:40] for name in names if name and not code_of(name)]
    if unknown:
        notes.append(f"Niet gebruikt, want de kop kennen wij niet: {', '.join(unknown)}.")
    if any(not name and any(row.original[place] for row in rows) for place, name in enumerate(names)):
        notes.append("Niet gebruikt: een kolom zonder kop.")
    mended = [record.number for record in records if any(unmangle(cell) != cell for cell in record.cells)]
    if mended:
        notes.append(f"Verminkte letters zijn hersteld in rij {_listed(mended)}. Controleer deze.")
    lost = [row.number for row in rows if any("\ufffd" in cell for cell in row.original)]
    if lost:
        notes.append(f"In rij {_listed(lost)} zijn letters verloren gegaan. Controleer de namen.")
    return notes


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:10])
    return shown if len(numbers) <= 10 else f"{shown} en verder"
