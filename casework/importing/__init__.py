"""Reading exports of partners: from bytes to signals, or to reasons why not. No database here."""

from __future__ import annotations

from casework.importing.grid import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, MAX_UNPACKED, FileRefused
from casework.importing.lookups import (
    ImportContext,
    OrganisationAnswer,
    OrganisationStatus,
    ThemeAnswer,
    ThemeStatus,
    organisation_lookup,
    theme_lookup,
)
from casework.importing.outcome import ImportedAddress, ImportedSignal, ImportedSubject, Reason, RefusedRow
from casework.importing.reading import RawRow, Sheet, read_file
from casework.importing.refused import in_words, write_refused
from casework.importing.rows import interpret

__all__ = [
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "MAX_UNPACKED",
    "FileRefused",
    "ImportContext",
    "ImportedAddress",
    "ImportedSignal",
    "ImportedSubject",
    "OrganisationAnswer",
    "OrganisationStatus",
    "RawRow",
    "Reason",
    "RefusedRow",
    "Sheet",
    "ThemeAnswer",
    "ThemeStatus",
    "in_words",
    "interpret",
    "organisation_lookup",
    "read_file",
    "theme_lookup",
    "write_refused",
]
