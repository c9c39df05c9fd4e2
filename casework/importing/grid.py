"""What every kind of file is turned into before its columns are known, and when a file is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024  # an .xlsx is a zip: this is what may come out of it
MAX_ROWS = 5_000
MAX_COLUMNS = 60

TOO_MANY_ROWS = "Dit bestand heeft meer dan 5.000 rijen. Splits het en bied de delen na elkaar aan."
TOO_MANY_COLUMNS = "Dit bestand heeft meer dan 60 kolommen. Laat alleen de kolommen staan die u wilt aanbieden."


class FileRefused(Exception):
    """The file as a whole cannot be read; the message says what to do, without contents of the file."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Record(NamedTuple):
    """One row as it stands in the file. Number is what a spreadsheet shows; torn when cells ran together."""

    number: int
    cells: tuple[str, ...]
    torn: bool = False


@dataclass(frozen=True)
class Grid:
    """The filled rows of a file. A loose grid can have rows that were cut in two by a bare line end."""

    records: Iterator[Record]
    loose: bool
    warnings: tuple[str, ...] = field(default=())
