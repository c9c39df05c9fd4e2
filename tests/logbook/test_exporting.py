"""Taking lines along: nothing in them runs, they are what the standards ask, and their proof holds."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from privacy import later
from privacy.audit import mac, offline
from privacy.logbook import exporting, standard
from privacy.models import AuditEntry
from privacy.sheets import as_sheet
from tests.conftest import Log
from tests.logbook.conftest import BOOK, CHANGE, LOOK, MONDAY, about, days, planted, words
from tests.world import Cast, a_case, a_signal, canary, contributed, invited, item

EXPORT = "/privacy/logboek/uitvoer/"
RUNS = ("=1+1", "+1+1", "-1+1", "@SUM(1;1)", "\t=1+1", "\r=1+1", '=HYPERLINK("https://x.invalid";"klik")', "＝1+1")
HEX = {"trace_id": 32, "span_id": 16, "parent_span_id": 16}
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def taken(officer: Client, form: str = "csv", **asked: str) -> dict[str, bytes]:
    answer = officer.get(EXPORT, (asked or days()) | {"vorm": form})
    assert answer.status_code == 200, words(answer)
    assert answer["Content-Disposition"].startswith('attachment; filename="logboek-')
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(sheet: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(sheet.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_sheet_opens_as_people_here_expect(officer: Client) -> None:
    planted(actor_name="Zoë Proef; met punt", **about(reference="T-BLAD"))
    sheet = taken(officer)["logboek.csv"]
    assert sheet.startswith(b"\xef\xbb\xbf")
    head, row = rows_of(sheet)
    assert tuple(head) == exporting.HEAD
    assert (row[1], row[6]) == ("Zoë Proef; met punt", "T-BLAD")


@pytest.mark.parametrize("cell", RUNS)
def test_no_cell_of_an_export_begins_as_a_formula(officer: Client, cell: str) -> None:
    planted(actor_name=cell, organisation_name=cell, purpose=cell, references=[cell[:30]], dossiers=[])
    (_, row) = rows_of(taken(officer)["logboek.csv"])
    assert [value for value in row if value[:1] in tuple("=+-@\t\r＝")] == []
    assert row[1] == f"'{cell}", "and it is all still there"


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed here")
@pytest.mark.timeout(120)
def test_a_spreadsheet_opens_an_export_and_runs_nothing(officer: Client, tmp_path: Path) -> None:
    for cell in RUNS:
        planted(actor_name=cell)
    assert "table:formula" in in_office(b"a;b\r\n=1+1;x\r\n", tmp_path), "it would run one"
    opened = in_office(taken(officer)["logboek.csv"], tmp_path)
    assert "table:formula" not in opened
    assert opened.count("1+1") >= len(RUNS) - 3, "they are there, as text"


def in_office(sheet: bytes, folder: Path) -> str:
    """The sheet as LibreOffice reads it: semicolons, quotes, UTF-8, formulas allowed."""
    given = folder / "blad.csv"
    given.write_bytes(sheet)
    command = [
        str(OFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "fods",
        "--infilter=CSV:59,34,76,1,,0,false,true,false,false,false,-1,true", "--outdir", str(folder), str(given),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    if not (folder / "blad.fods").exists():
        pytest.skip("LibreOffice is here without its spreadsheet")
    return (folder / "blad.fods").read_text()


def test_the_same_way_is_used_for_every_sheet() -> None:
    assert as_sheet([("=1", "een;twee", "plat")]).decode("utf-8-sig") == '\'=1;"een;twee";plat\r\n'


def test_logboek_dataverwerkingen_has_exactly_the_fields_of_the_standard(officer: Client) -> None:
    made = about()
    planted(**made)
    planted(event="case.changed", action=CHANGE, outcome="ok", span_id="", **about(made["dossiers"][0]))
    planted(event="login")  # of nobody's data: no processing of a person's
    found = json.loads(taken(officer, "ldv")["logboek-dataverwerkingen.json"])
    assert len(found) == 2
    needed = {"trace_id", "span_id", "status_code", "name", "start_time", "end_time", "resource", "attributes"}
    assert [set(one) - {"parent_span_id"} for one in found] == [needed, needed]
    assert {"parent_span_id" in one for one in found} == {True, False}
    for one in found:
        for name, length in HEX.items():
            assert re.fullmatch(rf"[0-9a-f]{{{length}}}", one.get(name, "0" * length)), name
        assert one["status_code"] in (0, 1, 2)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", one["start_time"])
        assert set(one["resource"]) == {"attributes"}
        attributes = one["attributes"]
        assert set(attributes) == {
            "dpl.core.processing_activity_id", "dpl.core.data_subject_id", "dpl.core.data_subject_id_type",
        }  # fmt: skip
        assert attributes["dpl.core.processing_activity_id"].endswith("#casussen")
        assert "://" in attributes["dpl.core.data_subject_id_type"]
    assert len({one["span_id"] for one in found}) == 2
    assert len({one["attributes"]["dpl.core.data_subject_id"] for one in found}) == 1


def test_a_pseudonym_is_not_the_dossier_and_names_nobody(officer: Client) -> None:
    made = about(reference="T-GEHEIM")
    planted(actor_name="Nora Nergens", **made)
    for form in ("ldv", "otlp"):
        text = taken(officer, form)[exporting.FORMS[form].name].decode()
        for told in (str(made["dossiers"][0]), made["dossiers"][0].hex, "T-GEHEIM", "Nora"):
            assert told not in text


@pytest.mark.parametrize(("outcome", "status"), [("ok", 1), ("refused", 0), ("failed", 2), ("error", 2)])
def test_only_a_fault_of_the_system_is_an_error(outcome: str, status: int) -> None:
    entry = AuditEntry(event="read", action=LOOK, timestamp=MONDAY, outcome=outcome, **about())
    assert [one["status_code"] for one in standard.records([entry])] == [status]


def test_opentelemetry_has_the_shape_of_otlp(officer: Client) -> None:
    entry = planted(**about())
    found = json.loads(taken(officer, "otlp")["opentelemetry.json"])
    (resource,) = found["resourceSpans"]
    (scope,) = resource["scopeSpans"]
    (span,) = scope["spans"]
    assert set(found) == {"resourceSpans"}
    assert set(resource) == {"resource", "scopeSpans"}
    assert set(span) == {
        "traceId", "spanId", "parentSpanId", "name", "kind", "startTimeUnixNano", "endTimeUnixNano", "attributes",
        "status",
    }  # fmt: skip
    assert span["startTimeUnixNano"] == f"{int(entry.timestamp.timestamp())}000000000"
    assert (span["status"], span["kind"]) == ({"code": 1}, 1)
    assert {one["key"]: list(one["value"]) for one in span["attributes"]} == dict.fromkeys(
        ("dpl.core.processing_activity_id", "dpl.core.data_subject_id", "dpl.core.data_subject_id_type"),
        ["stringValue"],
    )


@pytest.mark.parametrize("form", exporting.FORMS)
def test_the_proof_that_goes_along_holds_without_us(officer: Client, tmp_path: Path, form: str) -> None:
    made = {str(planted(actor_name=f"Persoon {number}", **about()).pk) for number in range(3)}
    later.seal_audit()
    unsealed = planted(MONDAY, **about())
    files = taken(officer, form)
    proof = files["bewijs.json"].decode()
    assert offline.check(proof, mac.public_key()) == []
    assert {entry["readable"]["id"] for entry in json.loads(proof)["entries"]} == made
    assert str(unsealed.pk) not in proof
    assert "bewijs van 3 regel(s)" in files["leesmij.txt"].decode()
    path = tmp_path / "bewijs.json"
    path.write_text(proof)
    said = StringIO()
    call_command("check_proof", str(path), stdout=said)
    assert "Alles klopt" in said.getvalue()
    changed = json.loads(proof)
    changed["entries"][0]["readable"]["actor_name"] = "Iemand Anders"
    assert offline.check(json.dumps(changed), mac.public_key()) != []


def test_what_is_asked_is_in_the_log_before_the_first_byte_and_the_hash_before_the_last(
    officer: Client, log: Log
) -> None:
    made = about(reference="T-MEE")
    planted(**made)
    answer = officer.get(EXPORT, days(vorm="csv", nummer="T-MEE"))
    (entry,) = log.looks(event="log.export")
    day = timezone.localtime(MONDAY).date().isoformat()
    assert sorted(entry.changes) == ["reference:T-MEE", "regels:1", f"since:{day}", f"until:{day}", "vorm:csv"]
    assert not log.looks(event="log.export_part")
    content = b"".join(answer)
    (part,), (done,) = log.looks(event="log.export_part"), log.looks(event="log.export_done")
    assert (part.dossiers, part.references, part.purpose) == (
        made["dossiers"], ["T-MEE"], "controle op rechtmatigheid",
    )  # fmt: skip
    assert sorted(done.changes) == ["regels:1", f"sha256:{sha256(content).hexdigest()}"]


def test_who_breaks_off_has_a_file_that_does_not_open_and_no_hash(officer: Client, log: Log) -> None:
    planted()
    answer = officer.get(EXPORT, days(vorm="csv"))
    begun = next(iter(answer))
    answer.close()
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(begun))
    assert not log.looks(event="log.export_done")


def test_nothing_is_refused_with_what_to_do(officer: Client, log: Log) -> None:
    nothing = officer.get(EXPORT, days(vorm="csv", nummer="T-NERGENS"), follow=True)
    assert exporting.NOTHING in words(nothing)
    assert log.looks(event="log.export") == []


@pytest.mark.parametrize(("form", "whole", "batch"), [("csv", 12_000, 1000), ("ldv", 1200, 100), ("otlp", 1200, 100)])
def test_twelve_thousand_lines_come_whole_with_few_questions_for_each_batch(
    officer: Client, form: str, whole: int, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "BATCH", batch)
    for begin in range(0, whole, whole // 6):
        rows = [
            AuditEntry(event="read", action=LOOK, timestamp=MONDAY, actor_name=f"Persoon {n}", **about())
            for n in range(begin, begin + whole // 6)
        ]
        for row in rows:
            mac.stamp(row)
        AuditEntry.objects.bulk_create(rows)
    answer = officer.get(EXPORT, days(vorm=form))
    with CaptureQueriesContext(connection) as asked:
        content = b"".join(answer)
    batches = whole // batch + 1
    assert len(asked) < 20 * batches
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read(exporting.FORMS[form].name)
        assert f"{whole} regel(s)" in archive.read("leesmij.txt").decode()
    if form == "csv":
        assert len({row[-1] for row in rows_of(text)[1:]}) == whole
    else:
        found = json.loads(text)
        spans = found if form == "ldv" else found["resourceSpans"][0]["scopeSpans"][0]["spans"]
        assert len(spans) == whole


def test_a_form_that_is_not_there_gives_the_page(officer: Client) -> None:
    planted()
    assert officer.get(EXPORT, days(vorm="xml"))["Location"] == BOOK


def test_nothing_of_a_case_is_in_any_export_or_page(officer: Client, cast: Cast) -> None:
    secret = [canary(name) for name in ("signaal", "casus", "inbreng")]
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast, item(secret[0])), short_name=secret[1])
    invited(case, cast.rosa, cast.pieter)
    contributed(case, cast.pieter, secret[2])
    later.seal_audit()
    today = timezone.localdate().isoformat()
    asked: dict[str, Any] = {"van": today, "tot": today, "nummer": case.dossier.reference}
    texts = [taken(officer, form, **asked) for form in exporting.FORMS]
    also = {"nummers": case.dossier.reference}
    addresses = (BOOK, "/privacy/logboek/rapport/", "/privacy/logboek/rapport/csv/", "/privacy/logboek/betrokkene/")
    pages = [officer.get(address, asked | also) for address in addresses]
    every = b"".join(content for files in texts for content in files.values()) + b"".join(p.content for p in pages)
    assert case.dossier.reference.encode() in every
    for word in (*secret, "Piet Voorbeeld", "999990019", "Lindelaan"):
        assert word.encode() not in every, word
