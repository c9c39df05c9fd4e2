"""The sample export read in through the browser and the command: every row accounted for, nothing twice."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from casework.models import ImportBatch, ImportRow, Signal
from partners.models import CaseTable, Covenant, Organisation, User
from tests.importing.conftest import DATA, PARTNERS
from tests.importing.test_sample_files import EXPECTED
from tests.walls.helpers import dossier_models
from tests.world import ALL_CATEGORIES, ALL_THEMES, Cast, as_

Login = Callable[[User], Client]
CSV = "signalen-export.csv"
THEME_ROWS = Counter(outcome for outcome in EXPECTED.values() if isinstance(outcome, str) and outcome != "duplicate")


@pytest.fixture
def tables(cast: Cast) -> dict[str, CaseTable]:
    """A table per theme, and the partners of the sample in a covenant; the sender without one stays outside."""
    partners = [Organisation.objects.create(name=name, kind="welzijn") for name in PARTNERS]
    covenant = Covenant.objects.create(
        name="Convenant Voorbeeldstad", themes=ALL_THEMES, categories=ALL_CATEGORIES,
        valid_from=date.today() - timedelta(days=400),
    )  # fmt: skip
    covenant.organisations.set(partners)
    made = {"woonoverlast": cast.overlast, "jonge_aanwas": cast.jeugd}
    for theme in ("hgkm", "ondermijning"):
        made[theme] = CaseTable.objects.create(
            name=f"Tafel {theme}", code=theme, theme=theme, area="Proefstad", profile="gemeentelijk"
        )
    return made


def offer(client: Client, table: CaseTable, name: str = CSV, content: bytes | None = None, go: str = "lees"):
    data = (DATA / name).read_bytes() if content is None else content
    return client.post(
        "/beheer/inlezen/", {"table": str(table.pk), "file": SimpleUploadedFile(name, data), "go": go}, follow=True
    )


WORDS = {"Ingelezen": "imported", "Kan erin": "imported", "Dubbel": "duplicate", "Geweigerd": "refused"}


def rows_of(response) -> dict[int, tuple[str, str]]:
    """Row number to outcome and what stands beside it, as the page shows it."""
    body = re.search(r"(?s)<tbody.*?</tbody>", response.content.decode())
    assert body, response.content.decode()
    found = {}
    for row in re.findall(r"(?s)<tr.*?</tr>", body[0]):
        cells = [
            re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip()
            for cell in re.findall(r"(?s)<t[hd].*?</t[hd]>", row)
        ]
        found[int(cells[0])] = (WORDS[cells[1]], cells[2])
    return found


def signals_of(cast: Cast, table: CaseTable, regisseur: str) -> int:
    with as_(cast.people[regisseur]):
        return Signal.objects.filter(table=table).count()


def test_every_row_of_the_sample_is_accounted_for_over_the_tables(
    cast: Cast, login: Login, tables: dict[str, CaseTable]
) -> None:
    iris = login(cast.iris)
    best: dict[int, str] = {}
    for theme, table in tables.items():
        rows = rows_of(offer(iris, table))
        assert set(rows) == set(EXPECTED)
        imported = {number for number, (outcome, _) in rows.items() if outcome == "imported"}
        assert imported == {number for number, outcome in EXPECTED.items() if outcome == theme}
        for number, (outcome, beside) in rows.items():
            assert beside or outcome == "duplicate", f"row {number} says nothing"
            if outcome != "refused" or best.get(number) is None:
                best[number] = outcome
    counted = Counter(best.values())
    assert counted == {"imported": 17, "duplicate": 1, "refused": 8}


def test_a_second_time_nothing_is_read_in_twice_not_even_from_the_other_file(
    cast: Cast, login: Login, tables: dict[str, CaseTable]
) -> None:
    iris, table = login(cast.iris), tables["woonoverlast"]
    offer(iris, table)
    before = signals_of(cast, table, "rosa")
    assert before == THEME_ROWS["woonoverlast"]
    for name in (CSV, "signalen-export.xlsx"):
        again = Counter(outcome for outcome, _ in rows_of(offer(iris, table, name)).values())
        assert again["imported"] == 0
        assert again["duplicate"] == THEME_ROWS["woonoverlast"] + 1
    assert signals_of(cast, table, "rosa") == before


def test_a_rehearsal_says_the_same_and_writes_nothing(cast: Cast, login: Login, tables: dict[str, CaseTable]) -> None:
    iris, table = login(cast.iris), tables["woonoverlast"]
    said = {number: outcome for number, (outcome, _) in rows_of(offer(iris, table, go="proef")).items()}
    assert signals_of(cast, table, "rosa") == 0
    assert not ImportBatch.objects.exists()
    assert said == {number: outcome for number, (outcome, _) in rows_of(offer(iris, table)).items()}


def test_refused_rows_are_downloaded_mended_and_offered_again(
    cast: Cast, login: Login, tables: dict[str, CaseTable]
) -> None:
    iris, table = login(cast.iris), tables["woonoverlast"]
    batch = offer(iris, table).context["batch"]
    file = iris.get(f"/beheer/inlezen/{batch.pk}/geweigerd/")
    text = file.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {int(row["rij"]) for row in rows} == {
        number for number, (outcome, _) in rows_of(iris.get(f"/beheer/inlezen/{batch.pk}/")).items()
        if outcome == "refused" and number != 22  # radicalisation: nothing of such a row is kept
    }  # fmt: skip
    assert not [cell for row in rows for cell in row.values() if cell and cell[0] in "=+-@"]

    impossible = next(row for row in rows if int(row["rij"]) == 18)
    assert "datum" in impossible["reden"].lower()
    impossible |= {"datum": "28-09-2026", "thema": "woonoverlast"}
    mended = io.StringIO()
    writer = csv.DictWriter(mended, impossible.keys(), delimiter=";")
    writer.writeheader()
    writer.writerow(impossible)
    outcomes = [outcome for outcome, _ in rows_of(offer(iris, table, content=mended.getvalue().encode())).values()]
    assert outcomes == ["imported"]


def test_the_command_does_the_same_and_names_who_reads_in(
    cast: Cast, tables: dict[str, CaseTable], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_signals", str(DATA / CSV), "--table", "woonoverlast", "--dry-run")
    assert "Proef, niets geschreven: 26 regels" in capsys.readouterr().out
    call_command("import_signals", str(DATA / CSV), "--table", "woonoverlast")
    said = capsys.readouterr().out
    assert f"ingelezen {THEME_ROWS['woonoverlast']}" in said
    assert "regel 18: geweigerd:" in said
    with pytest.raises(CommandError, match="geen tafel 'bestaatniet'"):
        call_command("import_signals", str(DATA / CSV), "--table", "bestaatniet")


def test_a_file_that_breaks_off_halfway_leaves_nothing(
    cast: Cast, login: Login, tables: dict[str, CaseTable], monkeypatch: pytest.MonkeyPatch
) -> None:
    from casework.services import importing

    real, calls = importing._keep, []

    def fails_at_the_fifth(*args: object) -> object:
        calls.append(args)
        if len(calls) == 5:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(importing, "_keep", fails_at_the_fifth)
    with pytest.raises(KeyboardInterrupt):
        offer(login(cast.iris), tables["woonoverlast"])
    for person in ("rosa", "iris"):
        with as_(cast.people[person]):
            assert {model.__name__ for model in dossier_models() if model.objects.exists()} == set()


def test_what_was_kept_of_a_file_can_be_thrown_away_while_the_signals_stay(
    cast: Cast, login: Login, tables: dict[str, CaseTable]
) -> None:
    iris, table = login(cast.iris), tables["woonoverlast"]
    batch = offer(iris, table).context["batch"]
    iris.post(f"/beheer/inlezen/{batch.pk}/weg/")
    assert iris.get(f"/beheer/inlezen/{batch.pk}/").status_code == 404
    with as_(cast.iris):
        assert not ImportRow.objects.exists()
    assert signals_of(cast, table, "rosa") == THEME_ROWS["woonoverlast"]
    again = Counter(outcome for outcome, _ in rows_of(offer(iris, table)).values())
    assert again["imported"] == 0, "what was read in is remembered by its fingerprint"


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [("leeg.csv", b"", "leeg"), ("plaatje.png", b"\x89PNG\r\n\x1a\n", ""), ("x.csv", b"a;b\n1;2\n", "koppen")],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_reason(
    cast: Cast, login: Login, tables: dict[str, CaseTable], name: str, content: bytes, word: str
) -> None:
    response = offer(login(cast.iris), tables["woonoverlast"], name, content)
    assert response.status_code == 422
    errors = " ".join(response.context["form"].errors["file"])
    assert errors
    assert word in errors.lower()
