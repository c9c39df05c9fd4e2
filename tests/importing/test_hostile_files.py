"""Files that were made to hurt, or that simply are something else. Each ends in one clear sentence, and quickly."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import openpyxl
import pytest

from casework.importing import MAX_BYTES, FileRefused, read_file
from casework.importing import workbook as workbook_module

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600


def zip_of(parts, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def good_xlsx(xlsx_of, row):
    return xlsx_of(list(row()), list(row().values()))


@pytest.fixture
def with_part(good_xlsx):
    """The good Excel file with one part of it changed or added."""
    return lambda name, content: zip_of(parts_of(good_xlsx) | {name: content})


def refused(data, name="bestand", within=10.0):
    started = time.monotonic()
    with pytest.raises(FileRefused) as refusal:
        read_file(data, name)
    assert time.monotonic() - started < within
    assert refusal.value.message.endswith(".")
    return refusal.value.message


@pytest.mark.parametrize("data", [b"", b"   \r\n\t ", b"\xef\xbb\xbf", b";;;\r\n;;;\r\n"])
def test_an_empty_file(data):
    assert "leeg" in refused(data)


def test_only_headings(csv_of, row, xlsx_of):
    assert "niets ingevuld" in refused(csv_of(row()).split(b"\r\n")[0])
    assert "niets ingevuld" in refused(xlsx_of(list(row())))


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0 jpeg", b"{\\rtf1 tekst}", b"\xff\xfe\x00",
     b"Rar!\x1a\x07", bytes(range(256)) * 40, b"\x00" * 5000],
)  # fmt: skip
def test_a_binary_file(data):
    assert "geen CSV of Excel" in refused(data)


def test_an_old_or_locked_excel_file():
    assert ".xls" in refused(OLE, "signalen.xls")


@pytest.mark.parametrize(
    "data", [b"<html><table><tr><td>datum", b"<?xml version='1.0'?><Workbook/>", b" \n<!DOCTYPE html>"]
)
def test_a_web_page_that_calls_itself_excel(data):
    assert "webpagina" in refused(data, "export.xls")


def test_text_without_any_heading():
    assert "geen rij met koppen" in refused(b"Beste collega,\r\n\r\nHierbij de signalen.\r\n")


def test_too_many_bytes():
    assert "10 MB" in refused(b"datum;" * (MAX_BYTES // 6 + 1))


def test_exactly_the_most_rows_and_one_more(csv_of, row):
    lines = csv_of(row()).split(b"\r\n")
    full = b"\r\n".join([lines[0], *[lines[1]] * 5000])
    assert len(read_file(full, "x.csv").rows) == 5000
    assert "5.000 rijen" in refused(full + b"\r\n" + lines[1])


def test_six_thousand_rows_in_excel(xlsx_of, row):
    line = list(row().values())
    data = xlsx_of(list(row()), *[line] * 6000)
    assert "5.000 rijen" in refused(data, within=30.0)


def test_too_many_columns(csv_of, row, xlsx_of):
    wide = row() | {f"extra {number}": "x" for number in range(50)}
    assert "60 kolommen" in refused(csv_of(wide))
    assert "60 kolommen" in refused(xlsx_of(list(wide), list(wide.values())))


def test_one_enormous_cell(csv_of, row):
    assert "veel te lang" in refused(csv_of(row(omschrijving="x" * 9_000_000)))


def test_a_quote_that_opens_before_the_headings(csv_of, row):
    refused(b'"' + csv_of(*[row()] * 2000))


def test_a_zip_bomb():
    bomb = zip_of({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<a>" + b" " * 60_000_000})
    assert len(bomb) < 100_000
    assert "te groot" in refused(bomb)


def test_a_zip_that_lies_about_its_size(good_xlsx):
    bomb = bytearray(zip_of(parts_of(good_xlsx) | {"xl/worksheets/sheet1.xml": b"<a>" + b" " * 60_000_000 + b"</a>"}))
    true, small = struct.pack("<I", 60_000_007), struct.pack("<I", 1000)
    assert true in bomb
    assert "beschadigd" in refused(bytes(bomb).replace(true, small))


def test_a_zip_with_thousands_of_parts():
    assert "te groot" in refused(zip_of({f"xl/{number}.xml": b"<a/>" for number in range(2000)}))


def test_a_zip_that_is_no_excel_file():
    assert "geen Excel" in refused(
        zip_of({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"})
    )


def test_a_zip_that_breaks_off(good_xlsx):
    assert "beschadigd" in refused(good_xlsx[: len(good_xlsx) // 2])


def test_a_zip_with_a_password(good_xlsx):
    locked = bytearray(good_xlsx)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(signature)
        while at >= 0:
            locked[at + offset] |= 1
            at = locked.find(signature, at + 4)
    assert "wachtwoord" in refused(bytes(locked))


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c t="inlineStr">
<is><t>&c;</t></is></c></row></sheetData></worksheet>"""
OUTSIDE = LAUGHS.replace(b'<!ENTITY a "ha">', b'<!ENTITY a SYSTEM "file:///etc/hostname">')


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE, LAUGHS.decode().encode("utf-16"), b"\x00\x01"])
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_xml_tricks(with_part, name, content):
    assert "beschadigd" in refused(with_part(name, content))


def test_a_sheet_that_breaks_off(with_part):
    assert "beschadigd" in refused(with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>"))


def test_xml_tricks_are_refused_by_the_parser_too(with_part, monkeypatch):
    monkeypatch.setattr(workbook_module, "_look_first", lambda data: None)
    assert "beschadigd" in refused(with_part("xl/worksheets/sheet1.xml", LAUGHS))


def test_without_the_safe_parser_nothing_is_opened(good_xlsx, monkeypatch):
    monkeypatch.setattr(openpyxl, "DEFUSEDXML", False)
    with pytest.raises(RuntimeError, match="defusedxml"):
        read_file(good_xlsx, "x.xlsx")


def test_one_part_that_is_read_as_a_hundred_sheets(good_xlsx, with_part):
    book = parts_of(good_xlsx)["xl/workbook.xml"]
    start, end = book.index(b"<sheet "), book.index(b"</sheets>")
    many = book[:start] + book[start:end] * 100 + book[end:]
    assert "te groot" in refused(with_part("xl/workbook.xml", many))


def test_a_hundred_sheets_in_a_part_with_another_name(good_xlsx):
    parts = parts_of(good_xlsx)
    book = parts.pop("xl/workbook.xml")
    start, end = book.index(b"<sheet "), book.index(b"</sheets>")
    parts["xl/book.bin"] = book[:start] + book[start:end] * 100 + book[end:]
    assert "te groot" in refused(zip_of(parts))


def test_one_long_text_in_very_many_cells(row):
    book = openpyxl.Workbook()
    book.active.append(list(row()))
    for _ in range(400):
        book.active.append(["A" * 32_000] * 18)
    out = io.BytesIO()
    book.save(out)
    assert len(out.getvalue()) < MAX_BYTES
    assert "te groot" in refused(out.getvalue(), within=30.0)


FORGED = (
    b'<c r="A2"><v>1e999</v></c>',
    b'<c r="A2"><v>NaN</v></c>',
    b'<c r="A2"><v>' + b"9" * 5000 + b"</v></c>",
    b'<c r="A2" t="b"><v>x</v></c>',
    b'<c r="A2" t="s"><v>99</v></c>',
    b'<c r="A2" s="9999"><v>1</v></c>',
    b'<c r="ZZZZ2"><v>1</v></c>',
)


@pytest.mark.parametrize("cell", FORGED)
def test_cells_that_no_program_writes(with_part, good_xlsx, cell):
    sheet = parts_of(good_xlsx)["xl/worksheets/sheet1.xml"]
    start = sheet.index(b'<c r="A2"')
    forged = with_part("xl/worksheets/sheet1.xml", sheet[:start] + cell + sheet[sheet.index(b"</c>", start) + 4 :])
    assert read_or_refuse(forged) in {"read", workbook_module.DAMAGED}


def read_or_refuse(data):
    try:
        read_file(data, "x.xlsx")
    except FileRefused as refusal:
        return refusal.message
    return "read"
