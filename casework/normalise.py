"""Turn what people type into values: shared by the forms and by the import.

Every function is pure. What cannot be read raises `Unreadable` with a sentence that says what to do
and that never repeats what was typed, so that it may be shown, stored and logged.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from typing import NamedTuple

from stdnum.nl import bsn as stdnum_bsn

WRONG_DATE = "Vul een bestaande datum in, bijvoorbeeld 03-09-2026."
WRONG_TIME = "Vul de tijd in als 14:20, of laat de tijd leeg."
WRONG_POSTCODE = "Vul een geldige postcode in, bijvoorbeeld 7899 AB."
WRONG_NUMBER = "Vul een huisnummer in, met de toevoeging erachter, bijvoorbeeld 14 of 3A."
WRONG_BSN = "Controleer het BSN: negen cijfers die voldoen aan de elfproef. Hebt u het niet, laat het dan leeg."
WRONG_SEVERITY = "Vul de ernst in: laag, midden, hoog of acuut."
WRONG_KIND = "Vul in wat dit is: feit, waarneming of oordeel."

MONTHS = (
    ("januari", "january"), ("februari", "february"), ("maart", "mrt", "march"), ("april",),
    ("mei", "may"), ("juni", "june"), ("juli", "july"), ("augustus", "august"),
    ("september",), ("oktober", "october"), ("november",), ("december",),
)  # fmt: skip
SEVERITIES = {
    "laag": "laag", "licht": "laag", "gering": "laag", "klein": "laag", "low": "laag",
    "midden": "midden", "middel": "midden", "matig": "midden", "gemiddeld": "midden", "normaal": "midden",
    "medium": "midden", "hoog": "hoog", "ernstig": "hoog", "groot": "hoog", "high": "hoog",
    "acuut": "acuut", "spoed": "acuut", "crisis": "acuut", "direct gevaar": "acuut", "acute": "acuut",
}  # fmt: skip
KINDS = {
    "feit": "feit", "feiten": "feit", "vaststelling": "feit", "vastgesteld": "feit",
    "waarneming": "waarneming", "waarnemingen": "waarneming", "waargenomen": "waarneming",
    "observatie": "waarneming", "gezien": "waarneming",
    "oordeel": "oordeel", "beoordeling": "oordeel", "inschatting": "oordeel", "mening": "oordeel",
}  # fmt: skip

EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = range(10_000, 60_001)  # 1927 to 2064; a smaller number is a year or a typing error
YEARS = range(1900, 2101)

_YEAR = r"(?P<y>[0-9]{4}|[0-9]{2})"
_DAY_FIRST = re.compile(rf"^(?P<d>[0-9]{{1,2}})\s*[-/. ]\s*(?P<m>[0-9]{{1,2}})\s*[-/. ]\s*{_YEAR}$")
_YEAR_FIRST = re.compile(r"^(?P<y>[0-9]{4})([-/.]?)(?P<m>[0-9]{1,2})\2(?P<d>[0-9]{1,2})$")
_IN_WORDS = re.compile(rf"^(?P<d>[0-9]{{1,2}})[.\s-]*(?P<m>[a-z]{{3,9}})[.\s-]*{_YEAR}$")
_WEEKDAY = re.compile(r"^(?:ma|di|wo|do|vr|za|zo)(?:[a-z]{0,6}dag)?[.,]?\s+")
_TRAILING_TIME = re.compile(
    r"^(?P<date>.*\S)(?:\s+|(?<=[0-9])T(?=[0-9]))(?P<time>[0-9]{1,2}[:.][0-9]{2}(?:[:.].*|\s*(?:uur|u|h))?)$"
)
_CLOCK = re.compile(r"^(?P<h>[0-9]{1,2})\s*[:.u]\s*(?P<m>[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?(?:\s*(?:uur|u|h))?\.?$")
_FOUR_DIGITS = re.compile(r"^(?P<h>[0-9]{2})(?P<m>[0-9]{2})(?:\s*(?:uur|u))?$")
_DAY_FRACTION = re.compile(r"^0[.,][0-9]{2,17}$")
_POSTCODE = re.compile(r"^([1-9][0-9]{3})(?!SA|SD|SS)([A-Z]{2})$")
_NUMBER = re.compile(  # as in the register of addresses: a number, a letter, and an addition of at most four
    r"^(?P<number>[1-9][0-9]{0,4})(?![0-9])(?P<rest>(?:[\s\-/]*[A-Za-z])?(?:[\s\-/]*[A-Za-z0-9]{1,4})?)$"
)
_STREET = re.compile(r"^(?P<street>.*[^\W\d_][^\s]*)\s+(?P<number>[0-9]+(?:\s*[-/]?\s*[A-Za-z0-9]{1,4})?)$")
_NEIGHBOURHOOD = re.compile(r"^(?:wijk|buurt|stadsdeel)(?:\s+[0-9]+)?\s*[:\-]?\s+(?=[\w'’])", re.IGNORECASE)
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


class Unreadable(ValueError):
    """A value that cannot be read; the message tells the person what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class HouseNumber(NamedTuple):
    """The number of a house and its letter or addition, in capitals and without separators."""

    number: int
    addition: str


def squeeze(text: str) -> str:
    """The text with composed letters and single spaces, and nothing around it."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """The text as we compare it: no capitals, diacritics or punctuation, `ij` equal to `y`, single spaces."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    bare = re.sub(r"[.'’‘`´]", "", bare).replace("&", " en ").replace("ij", "y")
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


def _full_year(digits: str, today: date) -> int:
    """Two digits mean the latest century that is not after this year: 81 is 1981, and 26 is 2026 in 2026."""
    year = int(digits)
    if len(digits) == 4:
        return year
    century = today.year // 100 * 100
    return century + year if year <= today.year % 100 else century - 100 + year


def _month(word: str) -> int:
    for number, names in enumerate(MONTHS, start=1):
        if any(name.startswith(word) for name in names):
            return number
    raise Unreadable(WRONG_DATE)


def dutch_date(text: str, *, today: date) -> date:
    """The date as partners write it: day first, year first, in words, two-digit years, a bare Excel number.

    Refuses a date that does not exist and years outside 1900 to 2100. Whether the future is allowed is
    for the caller to say.
    """
    typed = _WEEKDAY.sub("", squeeze(text).casefold())
    if re.fullmatch(r"[0-9]{5}", typed) and int(typed) in EXCEL_DAYS:
        return EXCEL_EPOCH + timedelta(days=int(typed))
    match = _DAY_FIRST.match(typed) or _YEAR_FIRST.match(typed) or _IN_WORDS.match(typed)
    if match is None:
        raise Unreadable(WRONG_DATE)
    month = int(match["m"]) if match["m"].isdigit() else _month(match["m"])
    year = _full_year(match["y"], today)
    try:
        found = date(year, month, int(match["d"]))
    except ValueError:
        raise Unreadable(f"Deze datum bestaat niet. {WRONG_DATE}") from None
    if found.year not in YEARS:
        raise Unreadable(f"Controleer het jaartal. {WRONG_DATE}")
    return found


def date_and_time(text: str, *, today: date) -> tuple[date, time | None]:
    """A date with perhaps a time behind it. Midnight behind a date means that no time was given."""
    typed = squeeze(text)
    match = _TRAILING_TIME.match(typed)
    if match is None or _DAY_FIRST.match(typed):
        return dutch_date(typed, today=today), None
    clock = time_of_day(match["time"])
    return dutch_date(match["date"], today=today), clock if clock != time(0) else None


def time_of_day(text: str) -> time:
    """The time as partners write it: 14:20, 9.00 uur, 9u30, 1420, or a bare Excel fraction of a day."""
    typed = squeeze(text).casefold()
    if _DAY_FRACTION.match(typed):
        minutes = round(float(typed.replace(",", ".")) * 24 * 60) % (24 * 60)
        return time(minutes // 60, minutes % 60)
    match = _CLOCK.match(typed) or _FOUR_DIGITS.match(typed)
    if match is None or int(match["h"]) > 23 or int(match["m"]) > 59:
        raise Unreadable(WRONG_TIME)
    return time(int(match["h"]), int(match["m"]))


def postcode(text: str) -> str:
    """A Dutch postcode as 7899 AB."""
    match = _POSTCODE.match("".join(squeeze(text).upper().split()))
    if match is None:
        raise Unreadable(WRONG_POSTCODE)
    return f"{match[1]} {match[2]}"


def house_number(text: str) -> HouseNumber:
    """The house number and its addition in one spelling: '3 a', '3-A' and '3A' are the same house."""
    match = _NUMBER.match(squeeze(text))
    if match is None:
        raise Unreadable(WRONG_NUMBER)
    return HouseNumber(int(match["number"]), re.sub(r"[^A-Za-z0-9]", "", match["rest"]).upper())


def split_street(text: str) -> tuple[str, HouseNumber | None]:
    """Street and house number out of one cell; a street without a number stays as it is."""
    typed = squeeze(text)
    match = _STREET.match(typed)
    if match is None:
        return typed, None
    try:
        return match["street"], house_number(match["number"])
    except Unreadable:
        return typed, None


def bsn(text: str) -> str:
    """A citizen service number of nine digits that passes the eleven test; spaces and dots are dropped.

    Eight digits are taken as nine, because spreadsheets drop a leading zero. Whether the sender may hold
    the number at all is for the legal profile to say (Wabb; a corporation has no ground for it).
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if not re.fullmatch(r"[0-9]{8,9}", digits) or not stdnum_bsn.is_valid(digits):
        raise Unreadable(WRONG_BSN)
    return digits.zfill(9)


def severity(text: str) -> str:
    """One of laag, midden, hoog, acuut."""
    try:
        return SEVERITIES[fold(text)]
    except KeyError:
        raise Unreadable(WRONG_SEVERITY) from None


def item_kind(text: str) -> str:
    """One of feit, waarneming, oordeel: facts are kept apart from opinions (AVG art. 5 lid 1 onder d)."""
    try:
        return KINDS[fold(text)]
    except KeyError:
        raise Unreadable(WRONG_KIND) from None


def neighbourhood(text: str) -> str:
    """The name of a neighbourhood without 'wijk' or a wijk number before it."""
    return _NEIGHBOURHOOD.sub("", squeeze(text), count=1)


def address_key(
    *, postcode: str = "", number: int | None = None, addition: str = "", street: str = "", city: str = ""
) -> str:
    """One text per address, to find the same address elsewhere; empty when there is nothing to compare."""
    if number is None or not (postcode or street):
        return ""
    where = postcode.replace(" ", "") if postcode else f"{fold(street)}, {fold(city)}"
    return f"{where} {number}{fold(addition).replace(' ', '').upper()}"


TITLES = {
    "dhr": "dhr.", "hr": "dhr.", "heer": "dhr.", "de heer": "dhr.", "meneer": "dhr.",
    "mw": "mw.", "mevr": "mw.", "mevrouw": "mw.", "mej": "mw.",
    "familie": "familie", "fam": "familie", "gezin": "gezin", "huishouden": "gezin", "echtpaar": "echtpaar",
    "drs": "", "ir": "", "ing": "", "dr": "", "prof": "", "mr": "",
}  # fmt: skip
LEADING_PREFIXES = frozenset({"van", "de", "der", "den", "het", "'t", "ten", "ter", "te", "von", "d'", "'s"})
PREFIXES = LEADING_PREFIXES | {
    "t", "op", "in", "aan", "bij", "tot", "uit", "voor", "zu", "la", "le", "du", "da", "dos", "del", "di",
    "el", "al", "ben", "bin",
}  # fmt: skip


def _any_word(*words: str) -> str:
    return rf"\b(?:{'|'.join(fold(word) for word in words)})\b"


LEGAL_FORMS = re.compile(
    _any_word(
        "bv", "b v", "nv", "n v", "vof", "v o f", "cv", "stichting", "vereniging", "holding", "beheer",
        "maatschap", "eenmanszaak", "coöperatie", "bedrijf", "onderneming", "autohandel", "autobedrijf",
        "garagebedrijf", "handelsonderneming", "restaurant", "café", "snackbar", "kapsalon", "winkel",
        "supermarkt", "bakkerij", "zorgboerderij", "zorgbureau", "uitzendbureau", "ltd", "gmbh",
    )
)  # fmt: skip
HOUSEHOLDS = re.compile("^" + _any_word("familie", "fam", "gezin", "huishouden", "echtpaar", "bewoners"))
GROUPS = re.compile(
    _any_word("groep", "groepje", "jeugdgroep", "jongeren", "jongens", "meiden", "hangjongeren", "bende", "clan")
)
_INITIALS = re.compile(r"^(?:[^\W\d_]{1,2}\.)+(?:[^\W\d_]\.?)?$|^[^\W\d_]$")
_BETWEEN_PEOPLE = re.compile(r"\s*[/;\n]\s*|\s+(?:en|&|\+)\s+")


class PersonName(NamedTuple):
    """The parts of a name. What is not there is an empty text."""

    title: str
    given: str
    initials: str
    prefix: str
    surname: str

    @property
    def full(self) -> str:
        """The name as we write it, without title."""
        return " ".join(part for part in (self.given or self.initials, self.prefix, self.surname) if part)

    @property
    def surname_key(self) -> str:
        """The surname as it is compared: without what stands between, so that De Vries finds Vries."""
        return fold(self.surname)


def _take_titles(words: list[str]) -> tuple[str, list[str]]:
    title = ""
    while words:
        pair, single = fold(" ".join(words[:2])), fold(words[0])
        if len(words) > 1 and pair in TITLES:
            title, words = title or TITLES[pair], words[2:]
        elif single in TITLES:
            title, words = title or TITLES[single], words[1:]
        else:
            break
    return title, words


def _surname_last(words: list[str]) -> list[str]:
    """'Vries, Dylan de' and 'Voorbeeld P.' in the order in which a name is spoken."""
    if any(word.endswith(",") for word in words[:-1]):
        at = next(i for i, word in enumerate(words) if word.endswith(","))
        return [*words[at + 1 :], *words[:at], words[at].rstrip(",")]
    if len(words) > 1 and "." in words[-1] and _INITIALS.match(words[-1]) and not _INITIALS.match(words[0]):
        return [words[-1], *words[:-1]]
    return words


def _is_prefix(word: str) -> bool:
    return word.lower().replace("’", "'") in PREFIXES


def _where_surname_starts(words: list[str], *, named: bool) -> int:
    """The index of the first prefix, or else of the last word."""
    for index, word in enumerate(words[:-1]):
        first = index == 0 and not named
        if word.lower().replace("’", "'") in (LEADING_PREFIXES if first else PREFIXES):
            return index
    return max(len(words) - 1, 0)


def person_name(text: str) -> PersonName:
    """The parts of one name as partners write it: 'mw. A. Fictief', 'Vries, Dylan de', 'mevr Fictief'."""
    bare = re.sub(r"\(.*?\)", " ", squeeze(text)).replace(" ,", ",")
    title, words = _take_titles(bare.split())
    words = _surname_last(words)
    initials = []
    while len(words) > 1 and _INITIALS.match(words[0]):
        initials.append(words.pop(0).rstrip(".") + ".")
    start = _where_surname_starts(words, named=bool(initials))
    given, last = words[:start], words[start:]
    prefix = []
    while len(last) > 1 and _is_prefix(last[0]):
        prefix.append(last.pop(0).lower())
    return PersonName(title, " ".join(given), "".join(initials).upper(), " ".join(prefix), " ".join(last).strip(" ,"))


def split_people(text: str) -> tuple[str, ...]:
    """One text per person ('dhr. K. Proef / mw. L. Proef' names two); without a surname, the next one's."""
    parts = [squeeze(part) for part in _BETWEEN_PEOPLE.split(text) if part and part.strip()]
    people: list[str] = []
    surname = ""
    for part in reversed(parts):
        _, words = _take_titles(part.split())
        lonely = not words or all(_INITIALS.match(word) for word in words)
        if lonely and surname:
            part = f"{part} {surname}"
        else:
            name = person_name(part)
            surname = " ".join(bit for bit in (name.prefix, name.surname) if bit)
        people.append(part)
    return tuple(reversed(people))


def subject_kind(text: str) -> str:
    """A guess at who this is: household, legal_person, group, unknown, or else a person."""
    words = fold(text)
    if not words:
        return "unknown"
    if HOUSEHOLDS.match(words):
        return "household"
    if LEGAL_FORMS.search(words):
        return "legal_person"
    if GROUPS.search(words):
        return "group"
    return "unknown" if words.startswith("onbekend") else "person"
