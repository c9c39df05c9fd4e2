"""Text with ; , tab or | between the cells, and quotes as people and programs really use them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from casework.importing.columns import HEADER_WITHIN, recognised
from casework.importing.decoding import decode
from casework.importing.grid import FileRefused, Grid, Record

DELIMITERS = ";,\t|"


def read_delimited(data: bytes) -> Grid:
    """The rows of a CSV file, whatever its encoding and delimiter."""
    text, warnings = decode(data)
    lines = list(io.StringIO(text, newline=""))
    skip = 1 if lines and lines[0].lower().startswith("sep=") else 0
    return Grid(_records(lines[skip:], _delimiter(lines[skip:]), skip), loose=True, warnings=warnings)


def _delimiter(lines: list[str]) -> str:
    """The delimiter that makes the most known headings out of one of the first rows."""

    def known(delimiter: str) -> int:
        try:
            first = list(islice(_records(lines[:400], delimiter, 0), HEADER_WITHIN))
        except FileRefused:
            return 0
        return max((len(recognised(record.cells)) for record in first), default=0)

    return max(DELIMITERS, key=known)


def _records(lines: list[str], delimiter: str, skipped: int) -> Iterator[Record]:
    """The filled rows. Counting goes by rows as a spreadsheet shows them, empty ones included."""
    reader = csv.reader(lines, delimiter=delimiter)
    number, start = skipped, 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise FileRefused(
                f"In rij {number} is een cel veel te lang. Meestal mist daar een sluitend aanhalingsteken. "
                "Herstel dat in het bestand en bied het opnieuw aan."
            ) from None
        raw = lines[start : reader.line_num]
        start = reader.line_num
        if any(cell.strip() for cell in cells):
            yield Record(number, tuple(cells), torn=_ran_together(raw, delimiter))


def _ran_together(raw: list[str], delimiter: str) -> bool:
    """Whether a stray quote swallowed delimiters or line ends: then the strict reading of this row fails."""
    if not any('"' in line for line in raw):
        return False
    try:
        return len(list(csv.reader(raw, delimiter=delimiter, strict=True))) != 1
    except csv.Error:
        return True
