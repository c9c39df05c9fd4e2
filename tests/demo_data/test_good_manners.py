"""Nothing in the demo may be mistaken for a person or an organisation that exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.demo_data import DemoData
from config.demo_data.reading import CONTENT

FILES = sorted(CONTENT.glob("**/*.toml"))
FICTIONAL = {
    "Bedacht", "Bestaatniet", "Demo", "Denkbeeldig", "Fabel", "Fictief", "Maquette", "Modelaar",
    "Modelstra", "Nagebootst", "Oefening", "Papier", "Proef", "Proefstra", "Proefstuk", "Schets", "Schijn",
    "Sjabloon", "Test", "Toneel", "Verbeelding", "Verzinsel", "Verzonnen", "Voorbeeld", "Zogenaamd",
    "Zomaar",
}  # fmt: skip
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december"
SEASONS = "zomer winter voorjaar najaar herfst kerst pasen carnaval"


def _subjects(demo: DemoData) -> Iterator[tuple[str, str, str]]:
    for signal in demo.signals:
        yield from ((one.kind, one.name, one.bsn) for one in signal.subjects)
    for case in demo.cases:
        yield from ((one.kind, one.name, one.bsn) for one in case.subjects)


def _passes_eleven(bsn: str) -> bool:
    return sum(int(digit) * weight for digit, weight in zip(bsn, WEIGHTS, strict=True)) % 11 == 0


def test_citizen_numbers_are_valid_and_from_the_test_range(demo: DemoData) -> None:
    numbers = {bsn for _, _, bsn in _subjects(demo) if bsn}

    assert len(numbers) >= 10
    assert all(re.fullmatch(r"99999\d{4}", bsn) and _passes_eleven(bsn) for bsn in numbers)


def test_one_citizen_number_is_one_person(demo: DemoData) -> None:
    people = [(bsn, name.split()[-1]) for _, name, bsn in _subjects(demo) if bsn]

    assert len(set(people)) == len({bsn for bsn, _ in people})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_numbers_that_could_be_somebodys_are_absent(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert {number for number in re.findall(r"\d{8,}", text) if not number.startswith("99999")} == set()
    assert re.findall(r"\bNL\d\d", text) == []
    assert re.findall(r"(?:\+31|\b0\d)[\d -]{7,}", text) == []
    assert re.findall(r"\S+@\S+|https?:|www\.", text) == []


def test_mail_goes_nowhere_and_the_phone_rings_nobody(demo: DemoData) -> None:
    assert all(re.fullmatch(r"[a-z.]+@[a-z.]+\.example", one.email) for one in demo.people)
    assert {one.phone for one in demo.people} == {"06-12345678"}


def test_mail_domains_belong_to_one_organisation(demo: DemoData) -> None:
    domains = [one.mail_domain for one in demo.organisations]

    assert len(set(domains)) == len(domains)


def test_people_and_companies_have_names_that_nobody_has(demo: DemoData) -> None:
    kinds = ("person", "household", "legal_person")
    named = [name for kind, name, _ in _subjects(demo) if kind in kinds and name]
    named += [person.name for person in demo.people]

    odd = [name for name in named if not FICTIONAL & set(re.split(r"\W+", name)) and not _first_name(name)]
    assert odd == []


def _first_name(name: str) -> bool:
    """`Milan` or `Kevin T.`: a reporter on the street knows no more."""
    return re.fullmatch(r"[A-Z][a-z]+( [A-Z]\.)?", name) is not None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_texts_name_no_date_that_would_go_stale(path: Path) -> None:
    words = set(re.findall(r"[a-z]+", path.read_text(encoding="utf-8").lower()))

    assert words & set(f"{MONTHS} {SEASONS}".split()) == set()
    assert re.findall(r"\b20[12]\d\b(?!-)", path.read_text(encoding="utf-8")) == []


def test_nobody_is_described_by_origin_faith_or_nationality(demo: DemoData) -> None:
    """BGS 1.9: not processed, so not shown as an example either."""
    words = (
        r"allochto|marokka|turk[s ]|pools|roma\b|moslim|islam|christ|jood|asielzoek|vluchteling|nationaliteit|afkomst"
    )

    for path in FILES:
        assert re.findall(words, path.read_text(encoding="utf-8").lower()) == [], path.name


def test_care_without_consent_says_no_more_than_that_there_is_contact(demo: DemoData) -> None:
    """Medical secrecy (BW 7:457): GGZ on a conflict of duties tells the regisseur only."""
    contributions = [one for case in demo.cases for one in case.contributions]
    care = [one for one in contributions if demo.organisation(one.organisation).kind == "ggz"]

    assert care
    assert all("contact" in one.text and one.audience.kind == "regie" and one.conditions for one in care)


def test_the_organisations_of_the_sample_export_are_there_by_name(demo: DemoData) -> None:
    names = {one.name for one in demo.organisations}

    assert names >= {
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
    }
    assert "Stichting Onbekend" not in names
