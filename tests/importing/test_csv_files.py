"""CSV as partners send it: every encoding, delimiter and quoting habit that we know of."""

from __future__ import annotations

import codecs

import pytest

from casework.importing import FileRefused, RefusedRow, interpret, read_file
from casework.importing.columns import REQUIRED, SYNONYMS


def only_row(data):
    (raw,) = read_file(data, "bestand.csv").rows
    return raw


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_gives_the_same_letters(csv_of, row, encoding):
    raw = only_row(csv_of(row(melder="Zoë Coördinator", omschrijving="Café één"), encoding=encoding))
    assert raw.cells["melder"] == "Zoë Coördinator"
    assert raw.cells["omschrijving"] == "Café één"


def test_a_file_glued_together_from_two_encodings_is_read_line_by_line(csv_of, row):
    first = csv_of(row(melder="Zoë"), encoding="utf-8")
    second = csv_of(row(melder="Daniëlle"), encoding="cp1252").split(b"\r\n", 1)[1]
    sheet = read_file(first + second, "beide.csv")
    assert [raw.cells["melder"] for raw in sheet.rows] == ["Zoë", "Daniëlle"]
    assert "twee soorten tekens" in sheet.warnings[0]


def test_mangled_letters_are_mended_and_reported(csv_of, row):
    sheet = read_file(csv_of(row(melder="ZoÃ«", omschrijving="CafÃ© â‚¬ 5")), "verminkt.csv")
    assert sheet.rows[0].cells["melder"] == "Zoë"
    assert sheet.rows[0].cells["omschrijving"] == "Café € 5"
    assert sheet.warnings == ("Verminkte letters zijn hersteld in rij 2. Controleer deze.",)


def test_letters_that_were_mangled_outside_the_windows_table_are_mended_too(csv_of, row):
    assert only_row(csv_of(row(melder="Ã\x81lvaro"))).cells["melder"] == "Álvaro"


def test_letters_that_are_lost_are_reported(csv_of, row):
    assert "rij 2" in read_file(csv_of(row(melder="Zo\ufffd")), "kwijt.csv").warnings[0]


def test_bytes_that_are_in_no_windows_page_still_give_letters(csv_of, row):
    data = csv_of(row(melder="XX"), encoding="cp1252").replace(b"XX", b"X\x81\xeb")
    assert only_row(data).cells["melder"] == "Xë"


def test_zero_bytes_and_other_invisible_letters_are_dropped(csv_of, row):
    raw = only_row(csv_of(row(melder="M.\x00 Hoek\u200bstra\u202e", omschrijving="Een\xa0zin")))
    assert raw.cells["melder"] == "M. Hoekstra"
    assert raw.cells["omschrijving"] == "Een zin"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_delimiter_is_recognised(csv_of, row, delimiter):
    raw = only_row(csv_of(row(organisatie="Gemeente, Wmo; balie"), delimiter=delimiter))
    assert raw.cells["organisatie"] == "Gemeente, Wmo; balie"


def test_excels_own_first_line_is_skipped_and_counted(csv_of, row):
    assert only_row(b"sep=;\r\n" + csv_of(row())).number == 3


def test_quotes_and_line_ends_within_a_cell_stay(csv_of, row):
    text = 'Hij zei: "weg; nu".\nToen ging hij.'
    assert only_row(csv_of(row(omschrijving=text))).cells["omschrijving"] == text


@pytest.mark.parametrize("ending", [b"\n", b"\r", b"\r\n"])
def test_every_line_end_counts(csv_of, row, ending):
    assert len(read_file(csv_of(row(), row()).replace(b"\r\n", ending), "x.csv").rows) == 2


def test_empty_rows_are_no_rows_but_are_counted(csv_of, row):
    head, first, second, _ = csv_of(row(), row()).split(b"\r\n")
    sheet = read_file(b"\r\n".join([head, b"", first, b";;;;", b" ; ", second, b"", b"\x1a"]), "x.csv")
    assert [raw.number for raw in sheet.rows] == [3, 6]


def test_titles_above_and_repeated_headings_are_skipped(csv_of, row):
    data = csv_of(row(), row())
    head = data.split(b"\r\n")[0]
    sheet = read_file(b"Export signalen;;\r\n\r\n" + data + head + b"\r\n", "x.csv")
    assert [raw.number for raw in sheet.rows] == [4, 5]


def test_numbers_count_rows_and_not_lines(csv_of, row):
    sheet = read_file(csv_of(row(omschrijving="een\ntwee\ndrie"), row()), "x.csv")
    assert [raw.number for raw in sheet.rows] == [2, 3]


def test_headings_may_be_in_other_words(csv_of, row):
    names = {"datum": "Datum melding *", "organisatie": "Ketenpartner", "omschrijving": "TOELICHTING:",
             "ernst": "Ernst (laag/midden/hoog)", "geboortedatum": "Geb.datum", "wijk": "Wijk/buurt"}  # fmt: skip
    cells = {names.get(name, name): cell for name, cell in row().items()}
    raw = only_row(csv_of(cells))
    assert (raw.cells["datum"], raw.cells["organisatie"]) == ("03-09-2026", "Woningstichting De Brink")
    assert (raw.cells["wijk"], raw.cells["geboortedatum"], raw.cells["ernst"]) == (
        "Oosterpark",
        "12-03-1981",
        "hoog",
    )


def test_our_own_word_wins_from_a_synonym(csv_of, row):
    cells = row() | {"Toelichting": "interne notitie"}
    assert only_row(csv_of(cells)).cells["omschrijving"] == "Harde muziek na middernacht."


def test_two_headings_for_one_column_refuse_the_file(csv_of, row):
    cells = row() | {"toelichting": "a", "beschrijving": "b"}
    del cells["omschrijving"]
    with pytest.raises(FileRefused, match="twee kolommen voor omschrijving"):
        read_file(csv_of(cells), "x.csv")


def test_an_unknown_column_is_left_out_and_told(csv_of, row):
    sheet = read_file(csv_of(row() | {"Zaaknummer": "Z-1"}), "x.csv")
    assert sheet.warnings == ("Niet gebruikt, want de kop kennen wij niet: Zaaknummer.",)
    assert sheet.rows[0].original[-1] == "Z-1"


def test_all_missing_columns_are_named_in_one_message(csv_of, row):
    cells = row()
    del cells["thema"], cells["ernst"]
    with pytest.raises(FileRefused, match="ontbreken de kolommen thema en ernst. Nodig zijn datum, organisatie"):
        read_file(csv_of(cells), "x.csv")


def test_a_file_without_headings_is_refused_without_showing_its_first_row(csv_of, row):
    data = csv_of(row()).split(b"\r\n", 1)[1]
    with pytest.raises(FileRefused, match="geen rij met koppen") as refusal:
        read_file(data, "x.csv")
    assert "Voorbeeld" not in refusal.value.message


def test_a_filled_column_without_a_heading_is_told(csv_of, row):
    data = csv_of(row() | {"LEEG": "notitie", "Zaaknummer": "Z-1"}).replace(b"LEEG", b"")
    assert read_file(data, "x.csv").warnings[1] == "Niet gebruikt: een kolom zonder kop."


def test_every_heading_means_one_thing():
    words = [word for code, names in SYNONYMS.items() for word in (code, *names)]
    assert len(words) == len(set(words))
    assert set(REQUIRED) <= set(SYNONYMS)


def test_a_name_that_tells_another_kind_is_remarked(csv_of, row):
    assert "gelezen" in read_file(csv_of(row()), "signalen.xlsx").warnings[0]


def torn(data, context, today):
    """Row numbers that were refused because cells ran together."""
    results = [interpret(raw, context, today) for raw in read_file(data, "x.csv").rows]
    refused = [result for result in results if isinstance(result, RefusedRow)]
    assert all(result.original == () and not result.keep_content for result in refused)
    return [result.number for result in refused if result.reasons[0].code == "torn"]


def test_a_quote_that_swallows_the_next_rows_refuses_the_row(csv_of, row, all_themes, today):
    good, last = row(), row(omschrijving="Ook; dit")
    data = csv_of(row(omschrijving="OPEN"), good, good, last).replace(b"OPEN", b'"Niet gesloten')
    assert torn(data, all_themes, today) == [2]


def test_a_quote_that_is_never_closed_refuses_the_row(csv_of, row, all_themes, today):
    data = csv_of(row(), row(omschrijving="OPEN"), row()).replace(b"OPEN", b'"Niet gesloten')
    assert torn(data, all_themes, today) == [3]


def test_a_quote_in_the_middle_of_a_cell_is_just_a_quote(csv_of, row, all_themes, today):
    data = csv_of(row(omschrijving="OPEN")).replace(b"OPEN", b'Buis van 5" gevonden')
    assert torn(data, all_themes, today) == []


def test_more_cells_than_headings_refuse_the_row(csv_of, row, all_themes, today):
    data = csv_of(row(omschrijving="OPEN"), row()).replace(b"OPEN", b"lawaai; en stank")
    assert torn(data, all_themes, today) == [2]


def test_a_bare_line_end_refuses_both_pieces(csv_of, row, all_themes, today):
    data = csv_of(row(), row(omschrijving="OPEN"), row()).replace(b"OPEN", b"lawaai\r\nen stank")
    assert torn(data, all_themes, today) == [3, 4]


def test_a_bare_line_end_in_a_last_column_refuses_all_pieces(csv_of, row, all_themes, today):
    cells = row()
    cells["omschrijving"] = cells.pop("omschrijving").replace("Harde", "Harde\n\nen luide\n")
    data = csv_of(cells, cells).replace(b'"', b"")
    assert torn(data, all_themes, today) == [2, 4, 5, 6, 8, 9]


def test_rows_without_their_last_empty_cells_are_whole(csv_of, row, all_themes, today):
    data = csv_of(row(bron=""), row(bron="")).replace(b"hoog;\r\n", b"hoog\r\n")
    assert torn(data, all_themes, today) == []


def test_a_mark_at_the_start_in_any_encoding_is_no_heading(csv_of, row):
    data = codecs.BOM_UTF8 + csv_of(row())
    assert read_file(data, "x.csv").columns[0] == "datum"
