"""Where a text is likely to be about somebody else: a help for who blacks out, and never a decision.

Names of the others in the same dossiers as Dutch people write them (whole, with initials, the given name alone, the
surname alone unless the person bears it too), BSNs, dates, postcodes with a number, telephone numbers, mail addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework import normalise
from casework.redacting import words_in

_NUMBERS = (
    re.compile(r"(?<!\d)\d{9}(?!\d)|(?<!\d)\d{4}[ .]\d{2}[ .]\d{3}(?!\d)"),  # a BSN, also in groups
    re.compile(r"(?<!\d)[1-9]\d{3} ?[A-Z]{2}(?![A-Za-z])(?:\s*\d+[a-z]?)?"),  # postcode, with the number behind it
    re.compile(r"(?<!\d)(?:\+31|0031|0)(?:[ -]?\d){8,9}(?!\d)"),  # telephone
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"\b[A-Z]{2}\d{2}[A-Z]{4}(?: ?\d){10}\b"),  # bank account
)
_DATES = re.compile(
    r"(?<!\d)\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}(?!\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"
    r"|(?<!\d)\d{1,2} (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
    r" \d{4}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody of whom a text may speak."""

    name: str
    born: date | None = None
    bsn: str = ""
    address: str = ""


def _ways(name: str) -> set[str]:
    """How a name may be written: 'K. de Vries', 'Kim de Vries', 'De Vries, Kim', 'Kim', 'de Vries', 'Vries'."""
    parts = normalise.person_name(name)
    last = f"{parts.prefix} {parts.surname}".strip()
    given = parts.given.split()
    first = given[0] if given else ""
    initials = parts.initials or "".join(f"{word[0]}." for word in given)
    spaced = " ".join(initials.replace(".", ". ").split())
    ways = {name, parts.given, first, last, parts.surname, f"{parts.given} {last}", f"{first} {last}"}
    ways |= {f"{initials} {last}", f"{spaced} {last}", f"{initials.replace('.', '')} {last}", f"{initials[:2]} {last}"}
    ways |= {f"{last}, {way}" for way in (parts.given, initials) if way}
    return {way.strip() for way in ways if len(way.strip()) > 1}


def others_in(text: str, others: Iterable[Somebody], own: Somebody) -> list[tuple[int, int]]:
    """Where it is likely about somebody else."""
    mine = {way.casefold() for way in _ways(own.name)} if own.name else set()
    found = set()
    for somebody in others:
        for way in _ways(somebody.name) if somebody.name else ():
            if way.casefold() not in mine:
                found |= set(words_in(text, way))
        street = somebody.address.split(",")[0].strip()
        if street and street not in own.address:
            found |= set(words_in(text, street))
    found |= {match.span() for kind in _NUMBERS for match in kind.finditer(text) if not _own_number(match[0], own)}
    found |= {match.span() for match in _DATES.finditer(text) if _born(match[0], others)}
    return apart(found)


def _own_number(text: str, own: Somebody) -> bool:
    bare = re.sub(r"[ .]", "", text).upper()
    return bool(own.bsn and bare == own.bsn) or bool(own.address and bare[:6] in re.sub(r" ", "", own.address).upper())


def _born(text: str, others: Iterable[Somebody]) -> bool:
    try:
        day = normalise.dutch_date(text, today=date(2100, 1, 1))
    except normalise.Unreadable:
        return False
    return any(day == somebody.born for somebody in others)


def apart(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order; what overlaps is one."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result
