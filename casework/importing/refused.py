"""Refused rows on their way back: a file that opens in Excel, can be mended there and be offered again."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence

from casework.importing.columns import OUR_OWN
from casework.importing.outcome import Reason, RefusedRow
from privacy.sheets import harmless


def write_refused(columns: Sequence[str], rows: Iterable[RefusedRow]) -> bytes:
    """The refused rows with the partner's own columns, and behind these the row number and the reasons.

    Of a row that may not be kept only the number and the reason are written. No cell is a formula: what would
    be one gets a quote before it, which is taken off again when the file is offered.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in (*columns, *OUR_OWN)])
    for row in rows:
        kept = row.original if row.keep_content else ()
        cells = [*kept, *[""] * (len(columns) - len(kept))]
        writer.writerow([harmless(cell) for cell in (*cells, str(row.number), in_words(row.reasons))])
    return codecs.BOM_UTF8 + out.getvalue().encode("utf-8")


def in_words(reasons: Iterable[Reason]) -> str:
    """All reasons of one row in one text, each with the column that it is about."""
    return " ".join(f"{reason.column}: {reason.message}" if reason.column else reason.message for reason in reasons)
