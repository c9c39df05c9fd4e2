"""Giving a file: one way, so that no file is kept on the way, guessed at or run by the browser."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.http import content_disposition_header

# A spreadsheet takes a cell that starts with one of these as a formula; the wide forms count as well.
FORMULA_START = "=+\\-@\t\r＝＋－＠"
_NEEDS_QUOTE = re.compile(rf"^'*[{FORMULA_START}]")
CSV = "text/csv; charset=utf-8"


def as_file(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    """A file to save. `name` should tell nothing, unless whoever put the file here chose it."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response


def harmless(cell: str) -> str:
    """The cell with a quote before it when a spreadsheet would run it."""
    return f"'{cell}" if _NEEDS_QUOTE.match(cell) else cell


def as_sheet(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as a spreadsheet of the Netherlands opens them: UTF-8 with a mark, semicolons, and nothing that runs."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return codecs.BOM_UTF8 + text.getvalue().encode()
