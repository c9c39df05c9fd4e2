"""How a row is known again: in the same file, in a later file, and in another spelling of the same file."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from datetime import date, time
from uuid import UUID

from casework.importing.outcome import ImportedAddress, ImportedSubject
from casework.normalise import address_key, fold

VERSION = "1"  # raise it when the meaning below changes: old rows are then new again


def fingerprint_source(
    *,
    organisation: UUID,
    theme: str,
    day: date,
    clock: time | None,
    address: ImportedAddress,
    neighbourhood: str,
    subjects: Iterable[ImportedSubject],
    text: str,
) -> str:
    """The meaning of a row as one text: who tells, about what, when, where, about whom, and what was said.

    Reporter, kind, severity and source are left out: a partner that corrects one of those in a new export
    still sends the same signal.
    """
    meaning = [
        VERSION,
        str(organisation),
        theme,
        day.isoformat(),
        clock.isoformat("minutes") if clock else "",
        _place(address, neighbourhood),
        sorted([subject.kind, fold(subject.name), str(subject.birth_date or ""), subject.bsn] for subject in subjects),
        " ".join(unicodedata.normalize("NFKC", text).casefold().split()),
    ]
    return json.dumps(meaning, ensure_ascii=False, separators=(",", ":"))


def _place(address: ImportedAddress, neighbourhood: str) -> str:
    exact = address_key(
        postcode=address.postcode,
        number=address.number,
        addition=address.addition,
        street=address.street,
        city=address.city,
    )
    return exact or " / ".join(fold(part) for part in (address.street, neighbourhood, address.city))
