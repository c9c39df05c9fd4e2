"""The desk where one row is read: every reason to refuse it is gathered, not only the first."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from casework.importing.cells import is_formula
from casework.importing.columns import SYNONYMS
from casework.importing.outcome import Reason
from casework.importing.reading import RawRow
from casework.normalise import Unreadable, fold

FORMULA = "Hier staat een formule. Wij rekenen die niet uit. Typ wat er moet staan, of maak de cel leeg."
LINK = "Hier staat een link. Typ wat er moet staan, of maak de cel leeg."
BROKEN = "Hier staat een foutmelding van Excel. Typ wat er moet staan, of maak de cel leeg."

TEXT = "omschrijving"
LONGEST = {TEXT: 20_000, "wijk": 60}  # letters; other cells hold names and numbers
LONGEST_OTHER = 200

_EMPTY = frozenset({"", "nvt", "n v t", "nb", "onbekend", "geen", "leeg", "null", "none", "na", "n a", "nan"})
_EXCEL_ERROR = re.compile(r"^#(?:N/[AB]|[A-Z][A-Z/0]*[!?]|#+)$")
_LINK = re.compile(r"://|\bwww\.|javascript:", re.IGNORECASE)
_COMMAND = re.compile(r"^[@+\-＠＋－].*[(|!]", re.DOTALL)  # '+31 6…' is a number to call; '@SUM(1)' is not

T = TypeVar("T")


class Desk:
    """One row under inspection."""

    def __init__(self, raw: RawRow) -> None:
        self.reasons: list[Reason] = []
        self._raw = raw
        self._cells = {column: self._usable(column) for column in SYNONYMS}

    def cell(self, column: str) -> str:
        """What the cell says: empty when it says 'n.v.t.' or '-', or when it was refused."""
        return self._cells[column]

    def refused(self, *columns: str) -> bool:
        """Whether one of these columns has a reason already."""
        return any(reason.column in columns for reason in self.reasons)

    def refuse(self, code: str, column: str, message: str) -> None:
        """Notes one more reason."""
        self.reasons.append(Reason(code, column, message))

    def required(self, column: str, message: str) -> str:
        """What the cell says; a reason when it says nothing and had no reason yet."""
        text = self.cell(column)
        if not text and not self.refused(column):
            self.refuse(f"{column}_missing", column, message)
        return text

    def read(self, column: str, parse: Callable[[str], T]) -> T | None:
        """What the cell means, or None with a reason when it cannot be read."""
        text = self.cell(column)
        if not text:
            return None
        try:
            return parse(text)
        except Unreadable as problem:
            self.refuse(f"{column}_unreadable", column, problem.message)
            return None

    def _usable(self, column: str) -> str:
        text = self._raw.cells.get(column, "")
        most = LONGEST.get(column, LONGEST_OTHER)
        if len(text) > most:
            self.refuse("too_long", column, f"Deze cel is te lang. Kort de tekst in tot {most} tekens.")
        elif is_formula(text) or (column != TEXT and _COMMAND.match(text)):
            self.refuse("formula", column, FORMULA)
        elif _EXCEL_ERROR.match(text):
            self.refuse("excel_error", column, BROKEN)
        elif column not in (TEXT, "bron") and _LINK.search(text):
            self.refuse("link", column, LINK)
        else:
            return "" if fold(text) in _EMPTY else text
        return ""
