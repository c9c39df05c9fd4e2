"""Refused rows on their way back: a file that opens in Excel, can be mended there and be offered again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casework.importing.columns import OUR_OWN
from casework.importing.outcome import Reason, RefusedRow
from privacy.sheets import as_sheet


def write_refused(columns: Sequence[str], rows: Iterable[RefusedRow]) -> bytes:
    """The refused rows with the partner's own columns, and behind these the row number and the reasons.

    Of a row that may not be kept only the number and the reason are written. No cell is a formula: what would
    be one gets a quote before it, which is taken off again when the file is offered.
    """
    return as_sheet([(*columns, *OUR_OWN), *(_cells(row, len(columns)) for row in rows)])


def _cells(row: RefusedRow, columns: int) -> tuple[str, ...]:
    kept = row.original if row.keep_content else ()
    return (*kept, *[""] * (columns - len(kept)), str(row.number), in_words(row.reasons))


def in_words(reasons: Iterable[Reason]) -> str:
    """All reasons of one row in one text, each with the column that it is about."""
    return " ".join(f"{reason.column}: {reason.message}" if reason.column else reason.message for reason in reasons)
