"""Which column means what: the headings that partners use, brought back to one word each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casework.importing.grid import FileRefused
from casework.normalise import fold

HEADER_WITHIN = 20  # titles and empty rows may stand above the headings
SURE = 3  # so many known headings make a row the row of headings
OUR_OWN = ("rij", "reden")  # what we add to refused rows; ignored when these are offered again

SYNONYMS: dict[str, tuple[str, ...]] = {
    "datum": (
        "datum melding", "meldingsdatum", "melddatum", "datum signaal", "signaaldatum", "datum waarneming",
        "datum incident", "incidentdatum", "pleegdatum", "datum voorval", "date",
    ),
    "tijd": ("tijdstip", "tijd melding", "meldtijd", "tijdstip melding", "time"),
    "organisatie": (
        "partner", "ketenpartner", "instantie", "instelling", "naam organisatie", "organisatie melder",
        "meldende organisatie", "organisation", "organization",
    ),
    "melder": ("naam melder", "melder naam", "gemeld door", "indiener", "contactpersoon", "reporter"),
    "functie": ("functie melder", "rol melder", "functie indiener", "function"),
    "thema": ("onderwerp", "theme", "soort signaal", "thema signaal"),
    "adres": ("adres betrokkene", "straat en huisnummer", "straat huisnummer", "adres huisnummer", "address"),
    "straat": ("straatnaam", "street", "locatie", "openbare ruimte"),
    "huisnummer": ("huisnr", "huis nr", "nr", "nummer", "house number"),
    "toevoeging": ("huisnummertoevoeging", "huisnummer toevoeging", "huisletter", "toev", "addition"),
    "postcode": ("pc", "post code", "postal code", "zip"),
    "plaats": ("woonplaats", "plaatsnaam", "stad", "city"),
    "wijk": ("buurt", "wijk buurt", "buurt wijk", "wijknaam", "buurtnaam", "gebied", "neighbourhood"),
    "betrokkene": (
        "betrokkenen", "naam betrokkene", "naam betrokkenen", "betrokken persoon", "persoon", "naam",
        "subject",
    ),
    "geboortedatum": (
        "geboorte datum", "geb datum", "gebdatum", "geb dat", "geboren", "geboren op",
        "geboortedatum betrokkene", "date of birth", "birth date",
    ),
    "bsn": ("bsn nummer", "bsn nr", "burgerservicenummer", "bsn betrokkene", "sofinummer"),
    "omschrijving": (
        "toelichting", "beschrijving", "omschrijving signaal", "omschrijving melding", "inhoud", "tekst",
        "bijzonderheden", "wat is er aan de hand", "description",
    ),
    "soort": ("soort informatie", "aard", "aard informatie", "feit waarneming oordeel", "kind"),
    "ernst": ("urgentie", "prioriteit", "mate van ernst", "severity"),
    "bron": ("herkomst", "bron informatie", "informatiebron", "source"),
}  # fmt: skip
REQUIRED = ("datum", "organisatie", "thema", "omschrijving", "soort", "ernst")

_BY_WORD = {fold(word): code for code, words in SYNONYMS.items() for word in (code, *words)}


def _word(heading: str) -> str:
    return fold(re.sub(r"\(.*?\)", " ", heading))


def code_of(heading: str) -> str:
    """Our word for a heading, or an empty text when we do not know it."""
    return _BY_WORD.get(_word(heading[:100]), "")


def recognised(cells: Sequence[str]) -> set[str]:
    """The columns that this row would name if it were the row of headings."""
    return {code for code in map(code_of, cells) if code}


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Where each known column stands. Of two headings for one column our own word wins."""
    found: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        if code := code_of(heading):
            found.setdefault(code, []).append(index)
    return {code: _only(code, places, headings) for code, places in found.items()}


def _only(code: str, places: list[int], headings: Sequence[str]) -> int:
    if len(places) == 1:
        return places[0]
    exact = [place for place in places if _word(headings[place]) == fold(code)]
    if len(exact) == 1:
        return exact[0]
    raise FileRefused(
        f"Er zijn twee kolommen voor {code}. Geef er één de kop '{code}' en geef de andere een andere naam."
    )


def check_required(found: set[str]) -> None:
    """Refuses a file that misses a column without which no row can be imported, in one message."""
    missing = [code for code in REQUIRED if code not in found]
    if not missing:
        return
    needed = f"Nodig zijn {_and(REQUIRED)}. Zet deze koppen boven de rijen en bied het bestand opnieuw aan."
    if len(found) < SURE:
        raise FileRefused(f"Dit bestand heeft geen rij met koppen die wij kennen. {needed}")
    lacks = "ontbreekt de kolom" if len(missing) == 1 else "ontbreken de kolommen"
    raise FileRefused(f"In dit bestand {lacks} {_and(missing)}. {needed}")


def _and(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} en {words[-1]}" if len(words) > 1 else words[0]
