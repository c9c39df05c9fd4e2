"""What leaves the house as a spreadsheet: no cell of it runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# A spreadsheet takes a cell that starts with one of these as a formula; the wide forms count as well.
FORMULA_START = "=+\\-@\t\r＝＋－＠"
_NEEDS_QUOTE = re.compile(rf"^'*[{FORMULA_START}]")


def harmless(text: str) -> str:
    """The cell with a quote before it when a spreadsheet would run it."""
    return f"'{text}" if _NEEDS_QUOTE.match(text) else text


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A file that a Dutch spreadsheet opens: semicolons, and a mark that says it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in (headings, *rows):
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return "\ufeff" + out.getvalue()
