"""The two sample exports, row by row. The numbers are those of the CSV; the Excel file has two rows more on top."""

from __future__ import annotations

import pytest

from casework.importing import ImportedSignal, RefusedRow, interpret, read_file, write_refused

EXPECTED = {
    2: "woonoverlast",
    3: "woonoverlast",
    4: "woonoverlast",
    5: "hgkm",
    6: "hgkm",
    7: "jonge_aanwas",
    8: "jonge_aanwas",
    9: "jonge_aanwas",
    10: "jonge_aanwas",
    11: "ondermijning",
    12: "ondermijning",
    13: "ondermijning",
    14: "woonoverlast",
    15: "woonoverlast",
    16: "hgkm",
    17: "hgkm",
    18: ("datum_unreadable",),
    19: ("bsn_unreadable",),
    20: ("organisatie_missing",),
    21: ("organisation_unknown",),
    22: ("theme_at_the_door",),
    23: ("theme_unknown",),
    24: ("omschrijving_missing",),
    25: ("formula",),
    26: "woonoverlast",
    27: "duplicate",
}
BOTH = pytest.mark.parametrize(("name", "shift"), [("signalen-export.csv", 0), ("signalen-export.xlsx", 2)])


def outcomes(data, name, context, today):
    return [interpret(raw, context, today) for raw in read_file(data, name).rows]


def told(results):
    """Per row number the theme, 'duplicate', or the codes of its reasons."""
    seen, table = set(), {}
    for result in results:
        if isinstance(result, RefusedRow):
            table[result.number] = tuple(reason.code for reason in result.reasons)
            continue
        table[result.row] = "duplicate" if result.fingerprint_source in seen else result.theme
        seen.add(result.fingerprint_source)
    return table


@BOTH
def test_every_row_of_the_sample_ends_as_expected(sample, all_themes, today, name, shift):
    results = outcomes(sample(name), name, all_themes, today)
    assert told(results) == {number + shift: outcome for number, outcome in EXPECTED.items()}


def test_both_samples_mean_the_same(sample, all_themes, today):
    def prints(name):
        found = outcomes(sample(name), name, all_themes, today)
        return [result.fingerprint_source for result in found if isinstance(result, ImportedSignal)]

    assert prints("signalen-export.csv") == prints("signalen-export.xlsx")
    assert len(set(prints("signalen-export.csv"))) == 17


@BOTH
def test_accents_quotes_and_line_ends_of_the_sample_survive(sample, all_themes, today, name, shift):
    by_row = {
        result.row - shift: result
        for result in outcomes(sample(name), name, all_themes, today)
        if isinstance(result, ImportedSignal)
    }
    assert by_row[9].reporter_name == "verzuimcoördinator"
    assert "Cliënten" in by_row[13].text
    assert by_row[26].text.endswith('"ik weet je te vinden".\nBuurman doet aangifte; burgemeester geïnformeerd.')


@BOTH
def test_the_same_house_gets_one_spelling(sample, all_themes, today, name, shift):
    by_row = {
        result.row - shift: result
        for result in outcomes(sample(name), name, all_themes, today)
        if isinstance(result, ImportedSignal)
    }
    assert by_row[14].address == by_row[15].address
    assert (by_row[15].address.number, by_row[15].address.addition, by_row[15].address.postcode) == (
        3,
        "A",
        "7897 CD",
    )
    assert by_row[2].address == by_row[3].address == by_row[26].address


@BOTH
def test_subjects_are_read_from_one_cell(sample, all_themes, today, name, shift):
    by_row = {
        result.row - shift: result
        for result in outcomes(sample(name), name, all_themes, today)
        if isinstance(result, ImportedSignal)
    }
    kinds = {number: [subject.kind for subject in result.subjects] for number, result in by_row.items()}
    assert kinds[4] == kinds[17] == ["household"]
    assert kinds[10] == ["group"]
    assert kinds[11] == kinds[13] == ["legal_person"]
    assert kinds[12] == ["address"]
    assert [subject.name for subject in by_row[16].subjects] == ["dhr. K. Proef", "mw. L. Proef"]
    assert {by_row[number].subjects[0].birth_date for number in (7, 8, 9)} == {by_row[7].subjects[0].birth_date}
    assert by_row[26].subjects[0].birth_date == by_row[2].subjects[0].birth_date
    assert by_row[14].subjects[0].bsn == "999990032"


@BOTH
def test_one_table_takes_its_own_theme_and_points_to_the_others(sample, table, today, name, shift):
    codes = told(outcomes(sample(name), name, table("hgkm"), today))
    assert {number - shift for number, code in codes.items() if code == "hgkm"} == {5, 6, 16, 17}
    assert codes[2 + shift] == ("theme_other_table",)
    assert codes[18 + shift] == ("datum_unreadable", "theme_other_table")


@BOTH
def test_nothing_of_the_radicalisation_row_comes_back(sample, all_themes, today, name, shift):
    sheet = read_file(sample(name), name)
    refused = [row for raw in sheet.rows if isinstance(row := interpret(raw, all_themes, today), RefusedRow)]
    back = write_refused(sheet.columns, refused).decode("utf-8-sig")
    assert len(refused) == 8
    assert "Verzonnen" not in back
    assert "05-05-2004" not in back
    assert f";{22 + shift};" in back
    assert "Verzonnen" not in repr(refused)


@BOTH
def test_refused_rows_can_be_mended_and_offered_again(sample, all_themes, today, name, shift):
    sheet = read_file(sample(name), name)
    refused = [row for raw in sheet.rows if isinstance(row := interpret(raw, all_themes, today), RefusedRow)]
    text = write_refused(sheet.columns, refused).decode("utf-8-sig")
    mended = (
        text.replace("31-02-2026", "28-02-2026")
        .replace(";999990018;", ";;")
        .replace("24-09-2026;;;", "24-09-2026;;Gemeente Voorbeeldstad, Wmo;")
        .replace("Stichting Onbekend", "GGD VOORBEELD")
        .replace("verward gedrag", "woonoverlast")
        .replace("19-11-2009;;;", "19-11-2009;;Gezien bij het station.;")
        .replace('\'=HYPERLINK(""http://x.test"",""klik"")', "M. Hoekstra")
    )
    results = outcomes(mended.encode("cp1252"), "hersteld.csv", all_themes, today)
    assert [type(result) for result in results] == [ImportedSignal] * 7


def test_the_csv_sample_is_read_without_remarks(sample):
    assert read_file(sample("signalen-export.csv"), "signalen-export.csv").warnings == ()
