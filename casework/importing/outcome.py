"""What can become of one row: a signal to import, or a refusal. Contents stay out of repr()."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID


@dataclass(frozen=True)
class ImportedSubject:
    """Who or what a signal is about. Without a name it is an address, a place or unknown."""

    kind: str
    name: str = field(default="", repr=False)
    birth_date: date | None = field(default=None, repr=False)
    bsn: str = field(default="", repr=False)


@dataclass(frozen=True)
class ImportedAddress:
    """Where it is. Every part can be missing."""

    street: str = field(default="", repr=False)
    number: int | None = field(default=None, repr=False)
    addition: str = field(default="", repr=False)
    postcode: str = field(default="", repr=False)
    city: str = field(default="", repr=False)


@dataclass(frozen=True)
class ImportedSignal:
    """A row that can be imported.

    `fingerprint_source` is how the row is known again. It is personal: keep a keyed hash of it, never itself.
    """

    row: int
    organisation_id: UUID
    reporter_name: str = field(repr=False)
    reporter_function: str = field(repr=False)
    theme: str
    observed_on: date = field(repr=False)
    observed_at: time | None = field(repr=False)
    address: ImportedAddress = field(repr=False)
    neighbourhood: str = field(repr=False)
    subjects: tuple[ImportedSubject, ...] = field(repr=False)
    text: str = field(repr=False)
    kind: str
    severity: str
    source: str = field(repr=False)
    fingerprint_source: str = field(repr=False)


@dataclass(frozen=True)
class Reason:
    """Why a row is refused and what to do. The message never holds what was in the row."""

    code: str
    column: str
    message: str


@dataclass(frozen=True)
class RefusedRow:
    """A row that was refused. When nothing of it may be kept, `original` is empty."""

    number: int
    reasons: tuple[Reason, ...]
    keep_content: bool
    original: tuple[str, ...] = field(default=(), repr=False)
