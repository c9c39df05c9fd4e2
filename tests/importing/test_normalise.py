"""Spellings that people use, and what they mean."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework import normalise
from casework.normalise import (
    Unreadable,
    address_key,
    bsn,
    date_and_time,
    dutch_date,
    fold,
    house_number,
    item_kind,
    neighbourhood,
    person_name,
    postcode,
    severity,
    split_people,
    split_street,
    squeeze,
    subject_kind,
    time_of_day,
)

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

TODAY = date(2026, 10, 1)
ADVICE = (*(text for name, text in vars(normalise).items() if name.startswith("WRONG_")), "read")
READERS = (
    lambda text: dutch_date(text, today=TODAY),
    lambda text: date_and_time(text, today=TODAY),
    time_of_day,
    postcode,
    house_number,
    bsn,
    severity,
    item_kind,
)


@pytest.mark.parametrize(
    "text",
    ["03-09-2026", "3-9-2026", "2026-09-03", "03/09/2026", "3.9.2026", "3 9 2026", "20260903",
     "3 september 2026", "3 sept. 2026", "do 3 sep 2026", "donderdag 3 september 2026",
     "03-09-26", " 3 - 9 - 2026 ", "46268", "3-SEP-2026"],
)  # fmt: skip
def test_one_day_in_every_spelling(text):
    assert dutch_date(text, today=TODAY) == date(2026, 9, 3)


def test_two_digits_mean_the_latest_century_that_is_not_ahead():
    assert dutch_date("12-03-81", today=TODAY).year == 1981
    assert dutch_date("12-03-26", today=TODAY).year == 2026
    assert dutch_date("12-03-27", today=TODAY).year == 1927


@pytest.mark.parametrize(
    "text",
    ["31-02-2026", "29-02-2025", "00-00-1981", "1981", "maart 1981", "9/23/2026", "03-09-0206", "03-09-2206",
     "gisteren", "", "-", "1e kwartaal", "3-9-2026 en 4-9-2026", "99999", "2026-W36", "٣-٩-٢٠٢٦"],
)  # fmt: skip
def test_a_date_that_is_none_is_refused(text):
    with pytest.raises(Unreadable, match="Vul een bestaande datum in"):
        dutch_date(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "clock"),
    [("03-09-2026", None), ("03-09-2026 14:20", time(14, 20)), ("2026-09-03T14:20:00", time(14, 20)),
     ("2026-09-03 00:00:00", None), ("3 september 2026 14.20 uur", time(14, 20))],
)  # fmt: skip
def test_a_time_behind_a_date_is_taken_along(text, clock):
    assert date_and_time(text, today=TODAY) == (date(2026, 9, 3), clock)


@pytest.mark.parametrize(
    "text", ["14:20", "14.20", "14:20:00", "14.20 uur", "14u20", "1420", "14:20u", "0,5972222222", "0.597222"]
)
def test_one_time_in_every_spelling(text):
    assert time_of_day(text) == time(14, 20)


@pytest.mark.parametrize("text", ["24:00", "14:60", "middag", "", "14", "rond 14:20", "14:20-15:00"])
def test_a_time_that_is_none_is_refused(text):
    with pytest.raises(Unreadable, match="14:20"):
        time_of_day(text)


@pytest.mark.parametrize("text", ["7899AB", "7899 AB", "7899ab", " 7899  ab ", "78 99 AB"])
def test_one_postcode_in_every_spelling(text):
    assert postcode(text) == "7899 AB"


@pytest.mark.parametrize("text", ["0899 AB", "7899", "7899 A", "7899 ABC", "7899 SS", "Voorbeeldstad", "", "789９ AB"])
def test_a_postcode_that_is_none_is_refused(text):
    with pytest.raises(Unreadable, match="7899 AB"):
        postcode(text)


@pytest.mark.parametrize(
    ("text", "house"),
    [("14", (14, "")), ("3a", (3, "A")), ("3 A", (3, "A")), ("3-a", (3, "A")), ("12 bis", (12, "BIS")),
     ("120 hs", (120, "HS")), ("12-2", (12, "2"))],
)  # fmt: skip
def test_a_house_number_has_one_spelling(text, house):
    assert house_number(text) == house


@pytest.mark.parametrize("text", ["", "0", "a", "14.0", "12-02-2026", "123456", "14, 16", "14 tot en met 20"])
def test_a_house_number_that_is_none_is_refused(text):
    with pytest.raises(Unreadable, match="3A"):
        house_number(text)


def test_a_street_gives_up_its_number():
    assert split_street("Lindelaan 14a") == ("Lindelaan", (14, "A"))
    assert split_street("1e Dwarsstraat 5") == ("1e Dwarsstraat", (5, ""))
    assert split_street("Skatebaan Noorderpark") == ("Skatebaan Noorderpark", None)


@pytest.mark.parametrize("text", ["999990019", "99999 0019", "9999.90.019", " 999990019 "])
def test_a_bsn_may_have_spaces(text):
    assert bsn(text) == "999990019"


@pytest.mark.parametrize(
    "text",
    ["999990018", "99999001", "000000000", "9,99990019E+08", "abc", "", "９９９９９００１９"],
)
def test_a_bsn_that_fails_the_eleven_test_is_refused(text):
    with pytest.raises(Unreadable, match="elfproef"):
        bsn(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("P. Voorbeeld", ("", "", "P.", "", "Voorbeeld")),
        ("Piet Voorbeeld", ("", "Piet", "", "", "Voorbeeld")),
        ("mevr Fictief", ("mw.", "", "", "", "Fictief")),
        ("mw. A. Fictief", ("mw.", "", "A.", "", "Fictief")),
        ("de heer P.J.M. van der Berg-Jansen", ("dhr.", "", "P.J.M.", "van der", "Berg-Jansen")),
        ("Dylan de Vries (16)", ("", "Dylan", "", "de", "Vries")),
        ("Vries, Dylan de", ("", "Dylan", "", "de", "Vries")),
        ("Voorbeeld P.", ("", "", "P.", "", "Voorbeeld")),
        ("mw. De Vries", ("mw.", "", "", "de", "Vries")),
        ("Van der Berg", ("", "", "", "van der", "Berg")),
        ("Ben de Vries", ("", "Ben", "", "de", "Vries")),
        ("'t Hart", ("", "", "", "'t", "Hart")),
        ("familie Voorbeeld", ("familie", "", "", "", "Voorbeeld")),
        ("gezin Proef", ("gezin", "", "", "", "Proef")),
        ("", ("", "", "", "", "")),
    ],
)
def test_a_name_falls_apart_in_its_parts(text, parts):
    assert tuple(person_name(text)) == parts


def test_surnames_are_compared_without_what_stands_between():
    assert person_name("D. de Vries").surname_key == person_name("VRIES, Dylan de").surname_key == "vries"
    assert person_name("dhr. K. van den IJssel").full == "K. van den IJssel"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("dhr. K. Proef / mw. L. Proef", ("dhr. K. Proef", "mw. L. Proef")),
        ("K. en L. de Vries", ("K. de Vries", "L. de Vries")),
        ("dhr. en mw. Proef", ("dhr. Proef", "mw. Proef")),
        ("Piet Voorbeeld", ("Piet Voorbeeld",)),
        (" / ", ()),
    ],
)
def test_people_in_one_cell_are_told_apart(text, people):
    assert split_people(text) == people


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Piet Voorbeeld", "person"),
        ("familie Voorbeeld", "household"),
        ("Fam. Voorbeeld", "household"),
        ("gezin Proef", "household"),
        ("onbekende groep (8-10)", "group"),
        ("Autohandel Voorbeeld B.V.", "legal_person"),
        ("Jansen en Zonen BV", "legal_person"),
        ("Garagebedrijf Proef", "legal_person"),
        ("Zorgboerderij 't Voorbeeld", "legal_person"),
        ("Coöperatie Proef", "legal_person"),
        ("onbekende man", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_name_tells_what_kind_of_subject_it_is(text, kind):
    assert subject_kind(text) == kind


@pytest.mark.parametrize(
    ("one", "other"),
    [("IJsbrand", "Ysbrand"), ("Ĳmuiden", "ijmuiden"), ("B.V.", "bv"), ("Café  Proef", "cafe proef"),
     ("A & B", "a en b"),
     ("Woningstichting 'De Brink'", "woningstichting de brink"), ("Toezicht, en Handhaving", "toezicht en handhaving")],
)  # fmt: skip
def test_folding_makes_spellings_equal(one, other):
    assert fold(one) == fold(other)


def test_the_same_address_has_the_same_key():
    full = address_key(postcode="7899 AB", number=3, addition="a", street="Beukenhof", city="Voorbeeldstad")
    assert full == address_key(postcode="7899 AB", number=3, addition="A")
    assert full != address_key(postcode="7899 AB", number=3)
    assert address_key(street="Beukenhof", number=3, city="Dorp") == address_key(
        street="BEUKENHOF", number=3, city="dorp"
    )
    assert address_key(street="Beukenhof") == address_key() == ""


def test_a_neighbourhood_loses_what_stands_before_it():
    assert neighbourhood(" Wijk 05  Oosterpark ") == "Oosterpark"
    assert neighbourhood("buurt: De Ploeg") == "De Ploeg"
    assert neighbourhood("Wijkzicht") == "Wijkzicht"


def test_words_for_severity_and_kind():
    assert [severity(word) for word in ("LAAG", "gemiddeld", "ernstig", "spoed")] == [
        "laag",
        "midden",
        "hoog",
        "acuut",
    ]
    assert [item_kind(word) for word in ("Feit", "observatie", "inschatting")] == [
        "feit",
        "waarneming",
        "oordeel",
    ]


@unhurried
@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_without_repeating_it(text):
    for reader in READERS:
        assert said(reader, text).endswith(ADVICE)


def said(reader, text):
    """What the reader answers when it refuses this text."""
    try:
        reader(text)
    except Unreadable as problem:
        return problem.message
    return "read"


@unhurried
@given(st.dates(date(1900, 1, 1), date(2026, 10, 1)))
def test_every_day_reads_back(day):
    assert dutch_date(f"{day:%d-%m-%Y}", today=TODAY) == day == dutch_date(day.isoformat(), today=TODAY)


@unhurried
@given(st.text(max_size=40))
def test_folding_and_squeezing_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert squeeze(squeeze(text)) == squeeze(text)


@unhurried
@given(st.text(max_size=60))
def test_any_text_can_be_taken_for_a_name(text):
    person_name(text)
    split_people(text)
    split_street(text)
    assert subject_kind(text) in {"person", "household", "group", "legal_person", "unknown"}
