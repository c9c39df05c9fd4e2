"""One row at a time: every problem is told, with what to do, and without repeating what was in the row."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from uuid import UUID

import pytest

from casework.importing import (
    ImportContext,
    ImportedSignal,
    OrganisationAnswer,
    OrganisationStatus,
    RefusedRow,
    ThemeAnswer,
    ThemeStatus,
    interpret,
    organisation_lookup,
    read_file,
    theme_lookup,
)


@pytest.fixture
def read(csv_of, row, all_themes, today):
    """What becomes of one good row with these cells changed."""

    def read(context=all_themes, **changed):
        return interpret(read_file(csv_of(row(**changed)), "rij.csv").rows[0], context, today)

    return read


@pytest.fixture
def codes(read):
    """The reasons by code and column; empty when the row is imported."""

    def codes(**changed):
        result = read(**changed)
        return [(reason.code, reason.column) for reason in result.reasons] if isinstance(result, RefusedRow) else []

    return codes


def test_a_good_row_becomes_a_signal(read):
    signal = read()
    assert isinstance(signal, ImportedSignal)
    assert (signal.row, signal.theme, signal.kind, signal.severity) == (
        2,
        "woonoverlast",
        "waarneming",
        "hoog",
    )
    assert (signal.observed_on, signal.observed_at) == (date(2026, 9, 3), time(14, 20))
    assert (signal.reporter_name, signal.reporter_function) == ("M. Hoekstra", "woonconsulent")
    assert (signal.address.street, signal.address.number, signal.address.postcode) == (
        "Lindelaan",
        14,
        "7899 AB",
    )
    assert [(subject.kind, subject.name) for subject in signal.subjects] == [("person", "Piet Voorbeeld")]


def test_nothing_personal_is_in_the_repr_of_a_signal_or_a_row(read, csv_of, row):
    words = (
        "Voorbeeld",
        "Lindelaan",
        "7899",
        "999990019",
        "1981",
        "muziek",
        "Hoekstra",
        "Oosterpark",
        "registratie",
    )
    raw = read_file(csv_of(row()), "rij.csv").rows[0]
    for shown in (
        repr(read()),
        repr(read().subjects),
        repr(read().address),
        repr(raw),
        repr(read(ernst="?")),
    ):
        assert not [word for word in words if word in shown]


PROBLEMS = [
    ({"datum": ""}, [("datum_missing", "datum")]),
    ({"datum": "31-02-2026"}, [("datum_unreadable", "datum")]),
    ({"datum": "02-10-2026"}, [("datum_future", "datum")]),
    ({"tijd": "24:30"}, [("tijd_unreadable", "tijd")]),
    ({"organisatie": ""}, [("organisatie_missing", "organisatie")]),
    ({"organisatie": "-"}, [("organisatie_missing", "organisatie")]),
    ({"organisatie": "Stichting Onbekend"}, [("organisation_unknown", "organisatie")]),
    ({"organisatie": "STICHTING BUITENOM"}, [("organisation_outside", "organisatie")]),
    ({"thema": ""}, [("thema_missing", "thema")]),
    ({"thema": "verward gedrag"}, [("theme_unknown", "thema")]),
    ({"omschrijving": ""}, [("omschrijving_missing", "omschrijving")]),
    ({"omschrijving": "n.v.t."}, [("omschrijving_missing", "omschrijving")]),
    ({"soort": ""}, [("soort_missing", "soort")]),
    ({"soort": "gerucht"}, [("soort_unreadable", "soort")]),
    ({"ernst": ""}, [("ernst_missing", "ernst")]),
    ({"ernst": "3"}, [("ernst_unreadable", "ernst")]),
    ({"postcode": "Voorbeeldstad"}, [("postcode_unreadable", "postcode")]),
    ({"huisnummer": "12-02-2026"}, [("huisnummer_unreadable", "huisnummer")]),
    ({"straat": "", "postcode": ""}, [("address_incomplete", "straat")]),
    ({"BSN": "999990018"}, [("bsn_unreadable", "bsn")]),
    ({"geboortedatum": "1981"}, [("geboortedatum_unreadable", "geboortedatum")]),
    ({"geboortedatum": "01-12-2026"}, [("geboortedatum_unreadable", "geboortedatum")]),
    ({"betrokkene": "familie Voorbeeld"}, [("subject_ambiguous", "betrokkene")]),
    ({"betrokkene": "P. Proef / L. Proef"}, [("subject_ambiguous", "betrokkene")]),
    ({"melder": '=HYPERLINK("http://x.test","klik")'}, [("formula", "melder")]),
    ({"melder": "@SUM(1+1)*cmd|'/C calc'!A0"}, [("formula", "melder")]),
    ({"betrokkene": "+cmd|'/C calc'!A0"}, [("formula", "betrokkene")]),
    ({"omschrijving": "=1+1"}, [("formula", "omschrijving")]),
    ({"melder": "http://x.test/naam"}, [("link", "melder")]),
    ({"wijk": "#N/B"}, [("excel_error", "wijk")]),
    ({"datum": "########"}, [("excel_error", "datum")]),
    ({"wijk": "x" * 61}, [("too_long", "wijk")]),
    ({"melder": "x" * 201}, [("too_long", "melder")]),
    ({"omschrijving": "x" * 20_001}, [("too_long", "omschrijving")]),
]


@pytest.mark.parametrize(("changed", "expected"), PROBLEMS)
def test_one_problem_gives_one_reason(codes, changed, expected):
    assert codes(**changed) == expected


def test_every_reason_is_explained_in_the_manual():
    manual = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
    codes = {code for _, reasons in PROBLEMS for code, _ in reasons}
    codes |= {"theme_other_table", "theme_at_the_door", "organisation_ambiguous", "torn"}
    assert not {code for code in codes if f"`{code}`" not in manual}


def test_every_problem_of_a_row_is_told(codes):
    found = codes(datum="31-02-2026", organisatie="", BSN="999990018", omschrijving="", ernst="veel", thema="lawaai")
    assert {column for _, column in found} == {
        "datum",
        "organisatie",
        "thema",
        "bsn",
        "omschrijving",
        "ernst",
    }


def test_every_reason_says_what_to_do_and_repeats_nothing(read):
    refused = read(datum="geheim1", organisatie="geheim2", thema="geheim3", BSN="geheim4", ernst="geheim5",
                   soort="geheim6", postcode="geheim7", huisnummer="geheim8", tijd="geheim9")  # fmt: skip
    assert len(refused.reasons) == 9
    for reason in refused.reasons:
        assert "geheim" not in reason.message
        assert reason.message.endswith(".")


def test_a_refused_row_keeps_its_cells_for_mending(read):
    refused = read(datum="31-02-2026")
    assert refused.keep_content
    assert refused.original[0] == "31-02-2026"
    assert "Piet Voorbeeld" in refused.original


@pytest.mark.parametrize(
    "changed",
    [
        {"thema": "radicalisering"},
        {"thema": "Radicalisering / extremisme"},
        {"thema": "woonoverlast, radicalisering"},
        {"thema": '="radicalisering"'},
        {"thema": "radicalisering", "datum": "31-02-2026", "organisatie": ""},
        {"thema": "", "omschrijving": "Mogelijk radicalisering."},
        {"thema": "overig", "omschrijving": "Zorgen over RADICALISERING."},
    ],
)
def test_of_a_radicalisation_row_nothing_is_kept(read, changed):
    refused = read(**changed)
    assert [reason.code for reason in refused.reasons] == ["theme_at_the_door"]
    assert "WPGA" in refused.reasons[0].message
    assert not refused.keep_content
    assert refused.original == ()


def test_a_word_in_the_text_does_not_turn_away_a_theme_of_this_table(read):
    assert isinstance(read(omschrijving="Geen sprake van radicalisering."), ImportedSignal)


def test_a_theme_of_another_table_is_pointed_there(read, table):
    refused = read(context=table("ondermijning"))
    assert refused.reasons[0].code == "theme_other_table"
    assert "de tafel Woonoverlast" in refused.reasons[0].message
    assert refused.keep_content


@pytest.mark.parametrize(
    "name", ["woningstichting  de brink", "Woningstichting 'De Brink'", "WONINGSTICHTING DE BRINK."]
)
def test_an_organisation_is_found_in_any_spelling(read, name):
    assert read(organisatie=name).organisation_id == read().organisation_id


def test_two_organisations_with_one_name_are_not_guessed_between():
    find = organisation_lookup([("GGD", _id(1)), ("G.G.D.", _id(2)), ("Halt", _id(3)), ("HALT", _id(3))])
    assert find("ggd").status is OrganisationStatus.AMBIGUOUS
    assert find("halt") == OrganisationAnswer(OrganisationStatus.IN_COVENANT, _id(3))


def test_an_ambiguous_organisation_refuses_the_row(read, all_themes):
    unsure = ImportContext(
        lambda _: OrganisationAnswer(OrganisationStatus.AMBIGUOUS), all_themes.theme, all_themes.theme_names
    )
    assert [reason.code for reason in read(context=unsure).reasons] == ["organisation_ambiguous"]


def test_an_empty_word_for_the_door_turns_nobody_away():
    find = theme_lookup(own={"woonoverlast": []}, elsewhere={}, at_the_door={"": "weg"})
    assert find("Woonoverlast") == ThemeAnswer(ThemeStatus.OWN, "woonoverlast")


def test_text_that_begins_with_a_plus_or_a_dash_is_text(read):
    assert read(omschrijving="+31 612345678 is het nummer; graag bellen.").text.startswith("+31")
    assert read(omschrijving="- buren (12 en 16) klagen\n- politie was er").text.startswith("- buren")
    assert read(melder="+31 612345678").reporter_name == "+31 612345678"


def test_cells_that_say_nothing_are_empty(read):
    signal = read(tijd="-", functie="n.v.t.", BSN="onbekend", geboortedatum="?", bron="N/A", betrokkene="onbekend")
    assert (signal.observed_at, signal.reporter_function, signal.source) == (None, "", "")
    assert [(subject.kind, subject.name) for subject in signal.subjects] == [("address", "")]


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"huisnummer": "", "postcode": ""}, "place"),
        ({"straat": "", "huisnummer": ""}, "place"),
        ({"straat": "", "huisnummer": "", "postcode": ""}, "unknown"),
        ({"geboortedatum": "12-03-1981"}, "person"),
        ({"BSN": "999990019"}, "person"),
    ],
)
def test_without_a_name_it_is_about_a_place_or_a_number(read, changed, kind):
    empty = {"betrokkene": "", "geboortedatum": "", "BSN": ""}
    assert [subject.kind for subject in read(**(empty | changed)).subjects] == [kind]


def test_a_row_about_nobody_and_nowhere_is_refused(codes):
    nothing = dict.fromkeys(("betrokkene", "geboortedatum", "BSN", "straat", "huisnummer", "postcode", "wijk"), "")
    assert codes(**nothing) == [("nowhere", "betrokkene")]


def test_an_unknown_person_with_a_birth_date_is_a_person(read):
    assert read(betrokkene="onbekende man").subjects[0].kind == "person"
    assert read(betrokkene="onbekende man", geboortedatum="", BSN="").subjects[0].kind == "unknown"


def test_the_house_number_may_stand_behind_the_street(read):
    assert read(straat="Lindelaan 14", huisnummer="").address == read().address
    assert read(straat="Lindelaan 14").address == read().address
    assert read(straat="Plein 1944", huisnummer="3").address.street == "Plein 1944"
    assert read(straat="Plein 1944", huisnummer="", postcode="").address.number is None


def test_street_and_number_may_be_one_column(csv_of, row, all_themes, today, read):
    cells = row()
    street, number = cells.pop("straat"), cells.pop("huisnummer")
    cells["Adres"] = f"{street} {number}"
    assert interpret(read_file(csv_of(cells), "x.csv").rows[0], all_themes, today).address == read().address


def test_an_addition_may_be_a_column_of_its_own(csv_of, row, all_themes, today):
    def address(**changed):
        result = interpret(read_file(csv_of(row(**changed)), "x.csv").rows[0], all_themes, today)
        return getattr(result, "address", result)

    assert address(huisnummer="3", Toevoeging="a") == address(huisnummer="3a", Toevoeging="")
    assert [r.code for r in address(huisnummer="", postcode="", Toevoeging="a").reasons] == ["address_incomplete"]


def test_the_time_may_stand_in_the_date_cell(read):
    assert read(datum="03-09-2026 14:20", tijd="").fingerprint_source == read().fingerprint_source
    assert read(datum="03-09-2026 14:20", tijd="15:00").observed_at == time(15, 0)


def test_the_same_signal_in_another_spelling_has_the_same_fingerprint(read):
    other = read(datum="2026-09-03", thema="WOONOVERLAST", organisatie="woningstichting de brink", postcode="7899ab",
                 straat="", betrokkene="PIET  VOORBEELD", geboortedatum="12-3-81", BSN="99999 0019",
                 omschrijving=" harde muziek  na\nmiddernacht. ")  # fmt: skip
    assert other.fingerprint_source == read().fingerprint_source


def test_a_correction_of_severity_or_reporter_is_no_new_signal(read):
    assert (
        read(ernst="laag", melder="", functie="", soort="feit", bron="").fingerprint_source == read().fingerprint_source
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"datum": "04-09-2026"},
        {"tijd": "14:21"},
        {"organisatie": "Halt Noord"},
        {"thema": "ondermijning"},
        {"huisnummer": "16"},
        {"betrokkene": "Jan Voorbeeld"},
        {"geboortedatum": "12-03-1982"},
        {"BSN": "999990020"},
        {"omschrijving": "Weer harde muziek."},
    ],
)
def test_what_makes_another_signal_makes_another_fingerprint(read, changed):
    assert read(**changed).fingerprint_source != read().fingerprint_source


def _id(number):
    return UUID(int=number)
