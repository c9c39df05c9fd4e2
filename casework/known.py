"""By what a person or address is recognised over all tables, and the marks that are kept of it.

Exact digests under the separate index root, in a scope of their own. Nothing is kept of a name without a birth date,
and nothing by sound: who shares a name or sounds alike is nobody's business (security.md B.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial

from django.db import connection

from casework import normalise
from casework.values import PlaceInput, SubjectInput
from privacy.encryption.keys import blind
from privacy.models import DossierRow

SCOPE = "known"
KINDS = {"bsn": "BSN", "person": "achternaam en geboortedatum", "address": "adres"}
Key = tuple[str, str]
_POSTCODE = re.compile(r"\b[1-9][0-9]{3} ?[A-Za-z]{2}\b")


def address_keys(place: PlaceInput) -> set[Key]:
    """An address by its postcode and by its street: one may be known without the other."""
    try:
        house = normalise.house_number(place.number) if place.number else None
    except normalise.Unreadable:
        house = None
    if house is None:
        return set()
    spelled = partial(normalise.address_key, number=house.number, addition=house.addition)
    both = (spelled(postcode=place.postcode), spelled(street=place.street, city=place.city))
    return {("address", key) for key in both if key}


def address_in(text: str) -> PlaceInput:
    """An address out of one line, as it stands with a subject of a case; what can't be read stays empty."""
    found = _POSTCODE.search(text)
    bare = _POSTCODE.sub(",", text)
    first, _, rest = bare.partition(",")
    street, house = normalise.split_street(first)
    number = f"{house.number}{house.addition}" if house else ""
    return PlaceInput(street, number, normalise.postcode(found[0]) if found else "", rest.strip(" ,"))


def person_keys(name: str, birth_date: date | None) -> set[Key]:
    """A person by surname and birth date; a surname alone is no key."""
    surname = normalise.person_name(name).surname_key if name else ""
    return {("person", f"{surname}|{birth_date.isoformat()}")} if surname and birth_date else set()


def group_keys(name: str, birth_date: date | None) -> set[Key]:
    """Somebody of a group: found for who asks about the own data, and for no other question."""
    return {("group", key) for _, key in person_keys(name, birth_date)}


def bsn_keys(bsn: str) -> set[Key]:
    """A person by BSN."""
    return {("bsn", bsn)} if bsn else set()


def asked_keys(subject: SubjectInput, place: PlaceInput) -> set[Key]:
    """What a question looks for: also day and month the other way round, and the street where no town was noted."""
    keys = bsn_keys(subject.bsn) | person_keys(subject.name, subject.birth_date)
    if subject.birth_date:
        with suppress(ValueError):
            turned = subject.birth_date.replace(month=subject.birth_date.day, day=subject.birth_date.month)
            keys |= person_keys(subject.name, turned)
    return keys | address_keys(place) | address_keys(replace(place, postcode="", city=""))


def own_keys(name: str, birth_date: date, bsn: str) -> set[Key]:
    """By what the dossiers of a person who asks for the own data are found."""
    return bsn_keys(bsn) | person_keys(name, birth_date) | group_keys(name, birth_date)


def digests(keys: Iterable[Key]) -> tuple[list[str], list[bytes]]:
    """Kinds and digests, in the same order."""
    ordered = sorted(keys)
    return [kind for kind, _ in ordered], [blind(SCOPE, kind, key) for kind, key in ordered]


def mark(row: DossierRow, keys: Iterable[Key] = ()) -> None:
    """Keeps the marks of one subject, number or place, in the place of those it had; without keys none are left.

    The database refuses it to who may not write in the row's compartment.
    """
    kinds, made = digests(keys)
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_mark(%s, %s, %s, %s)", [row.pk, row.compartment_id, kinds, made])
