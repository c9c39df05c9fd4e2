"""What leaves the house as a spreadsheet: no cell of it runs."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence

# A spreadsheet takes a cell that starts with one of these as a formula; the wide forms count as well, and what is not
# seen before it may be skipped.
FORMULA_START = "=+\\-@\t\r\n＝＋－＠"
_NEEDS_QUOTE = re.compile(rf"^'*[\s\ufeff\u200b-\u200f\u2060]*[{FORMULA_START}]")


def harmless(cell: str) -> str:
    """The cell with a quote before it when a spreadsheet would run it."""
    return f"'{cell}" if _NEEDS_QUOTE.match(cell) else cell


def as_sheet(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as a spreadsheet of the Netherlands opens them: UTF-8 with a mark, semicolons, and nothing that runs."""
    return codecs.BOM_UTF8 + as_lines(rows)


def as_lines(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows of a sheet that began before."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue().encode()
