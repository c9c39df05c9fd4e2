"""The partners, themes and helpers of the import tests. Nothing here needs a database."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

import openpyxl
import pytest

from casework.importing import ImportContext, organisation_lookup, theme_lookup

DATA = Path(__file__).parent / "data"
PARTNERS = (
    "Woningstichting De Brink",
    "Politie basisteam Voorbeeldstad",
    "Stichting Welzijn Voorbeeldstad",
    "Basisschool De Regenboog",
    "Veilig Thuis Regio Voorbeeld",
    "Jongerenwerk Voorbeeldstad",
    "Halt Noord",
    "ROC Voorbeeld",
    "Gemeente Voorbeeldstad, Toezicht en Handhaving",
    "Gemeente Voorbeeldstad, Vergunningen",
    "Gemeente Voorbeeldstad, Sociale recherche",
    "Gemeente Voorbeeldstad, Wmo",
    "GGZ Voorbeeld",
    "GGD Voorbeeld",
)
THEMES = {
    "woonoverlast": ("Woonoverlast",),
    "jonge_aanwas": ("Jonge aanwas",),
    "hgkm": ("HG/KM", "Huiselijk geweld en kindermishandeling"),
    "ondermijning": ("Ondermijning",),
}
AT_THE_DOOR = "Radicalisering hoort bij de persoonsgerichte aanpak (WPGA). Bel de gemeente; hier wordt niets bewaard."

GOOD = {
    "datum": "03-09-2026",
    "tijd": "14:20",
    "organisatie": "Woningstichting De Brink",
    "melder": "M. Hoekstra",
    "functie": "woonconsulent",
    "thema": "woonoverlast",
    "straat": "Lindelaan",
    "huisnummer": "14",
    "postcode": "7899 AB",
    "plaats": "Voorbeeldstad",
    "wijk": "Oosterpark",
    "betrokkene": "Piet Voorbeeld",
    "geboortedatum": "12-03-1981",
    "BSN": "999990019",
    "omschrijving": "Harde muziek na middernacht.",
    "soort": "waarneming",
    "ernst": "hoog",
    "bron": "eigen registratie",
}


def partner(name: str) -> UUID:
    """The id that a partner has in these tests."""
    return uuid5(NAMESPACE_URL, name)


def context_of(*codes: str) -> ImportContext:
    """A table with these themes; the other themes are at other tables."""
    names = tuple(THEMES[code][0] for code in codes)
    return ImportContext(
        organisation=organisation_lookup([(name, partner(name)) for name in PARTNERS], ["Stichting Buitenom"]),
        theme=theme_lookup(
            own={code: THEMES[code] for code in codes},
            elsewhere={f"de tafel {words[0]}": words for code, words in THEMES.items() if code not in codes},
            at_the_door={"radicalis": AT_THE_DOOR, "extremisme": AT_THE_DOOR},
        ),
        theme_names=names,
    )


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 10, 1)


@pytest.fixture(scope="session")
def all_themes() -> ImportContext:
    return context_of(*THEMES)


@pytest.fixture(scope="session")
def table() -> Callable[..., ImportContext]:
    return context_of


@pytest.fixture(scope="session")
def sample() -> Callable[[str], bytes]:
    return lambda name: (DATA / name).read_bytes()


@pytest.fixture(scope="session")
def row() -> Callable[..., dict[str, str]]:
    """A good row with some cells changed: row(datum='')."""
    return lambda **changed: GOOD | changed


@pytest.fixture(scope="session")
def csv_of() -> Callable[..., bytes]:
    """A plain CSV of these rows, as a program would write it."""

    def write(*rows: dict[str, str], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
        headings = list(rows[0])
        lines = [headings, *([row[name] for name in headings] for row in rows)]
        quoted = [
            delimiter.join(
                '"' + cell.replace('"', '""') + '"' if set(cell) & set(f'"\n{delimiter}') else cell for cell in line
            )
            for line in lines
        ]
        return ("\r\n".join(quoted) + "\r\n").encode(encoding)

    return write


@pytest.fixture(scope="session")
def xlsx_of() -> Callable[..., bytes]:
    """An Excel file with one sheet of these rows."""

    def write(*lines: Iterable[object]) -> bytes:
        book = openpyxl.Workbook()
        for line in lines:
            book.active.append(list(line))
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return write
