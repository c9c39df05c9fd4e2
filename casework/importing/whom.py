"""Where a signal is, and whom it is about."""

from __future__ import annotations

from datetime import date

from casework.importing.desk import Desk
from casework.importing.outcome import ImportedAddress, ImportedSubject
from casework.normalise import (
    HouseNumber,
    Unreadable,
    bsn,
    dutch_date,
    house_number,
    postcode,
    split_people,
    split_street,
    squeeze,
    subject_kind,
)

BIRTH_FUTURE = "Een geboortedatum ligt niet in de toekomst. Verbeter de datum of maak de cel leeg."
BIRTH_UNREADABLE = "Vul de hele geboortedatum in, bijvoorbeeld 12-03-1981. Weet u die niet, maak de cel dan leeg."
NOWHERE = "Vul in over wie of waar dit gaat: een betrokkene, een straat of een wijk."
NUMBER_ALONE = "Er staat een huisnummer zonder straat of postcode. Vul een van beide in."
ADDITION_ALONE = "Er staat een toevoeging zonder huisnummer. Vul het huisnummer in."
WHOSE = (
    "De geboortedatum of het BSN hoort bij één persoon, maar hier staan er meer of staat geen persoon. "
    "Noem die ene persoon, of maak geboortedatum en BSN leeg."
)


def read_address(desk: Desk) -> ImportedAddress:
    """The address, also when street and number stand in one cell."""
    street, number = squeeze(desk.cell("straat")), _number(desk)
    code = desk.read("postcode", postcode) or ""
    if not street:
        street, inside = split_street(desk.cell("adres"))
    else:
        bare, inside = split_street(street)
        if inside and (inside == number or (number is None and code)):
            street = bare
        else:
            inside = None
    number = number or inside
    if number and not street and not code and not desk.refused("straat", "adres", "postcode"):
        desk.refuse("address_incomplete", "straat", NUMBER_ALONE)
    return ImportedAddress(
        street=street,
        number=number.number if number else None,
        addition=number.addition if number else "",
        postcode=code,
        city=squeeze(desk.cell("plaats")),
    )


def _number(desk: Desk) -> HouseNumber | None:
    addition = desk.cell("toevoeging")
    if addition and not desk.cell("huisnummer") and not desk.refused("huisnummer"):
        desk.refuse("address_incomplete", "huisnummer", ADDITION_ALONE)
    return desk.read("huisnummer", lambda text: house_number(f"{text} {addition}"))


def _birth_date(text: str, today: date) -> date:
    try:
        born = dutch_date(text, today=today)
    except Unreadable:
        raise Unreadable(BIRTH_UNREADABLE) from None
    if born > today:
        raise Unreadable(BIRTH_FUTURE)
    return born


def read_subjects(desk: Desk, address: ImportedAddress, area: str, today: date) -> tuple[ImportedSubject, ...]:
    """Who or what it is about. A birth date or BSN needs exactly one person."""
    name = desk.cell("betrokkene")
    born = desk.read("geboortedatum", lambda text: _birth_date(text, today))
    number = desk.read("bsn", bsn) or ""
    personal = born is not None or bool(number)
    if not name:
        return (_unnamed(desk, address, area, born, number),)
    kind = subject_kind(name)
    if personal and kind == "unknown":
        kind = "person"
    names = split_people(name) if kind == "person" else (squeeze(name),)
    if personal and (kind != "person" or len(names) != 1):
        desk.refuse("subject_ambiguous", "betrokkene", WHOSE)
    return tuple(ImportedSubject(kind, one, born, number) for one in names)


def _unnamed(desk: Desk, address: ImportedAddress, area: str, born: date | None, number: str) -> ImportedSubject:
    """Without a name it is a person by number, an address, a place, or nobody that we know of yet."""
    if born is not None or number:
        return ImportedSubject("person", "", born, number)
    if address.number is not None and (address.street or address.postcode):
        return ImportedSubject("address")
    if address.street or address.postcode:
        return ImportedSubject("place")
    where = ("betrokkene", "straat", "adres", "huisnummer", "postcode", "wijk", "geboortedatum", "bsn")
    if not area and not desk.refused(*where):
        desk.refuse("nowhere", "betrokkene", NOWHERE)
    return ImportedSubject("unknown")
