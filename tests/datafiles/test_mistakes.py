"""A mistake in a theme or a profile is refused at start with file, line and reason; all mistakes at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casework import instrument_files, theming
from casework.instrument_files import load_instruments
from casework.theme_files import load_themes
from config.checks import data_files, extension_themes, starting
from partners import profiling
from partners.managing import category_choices
from partners.profile_files import load_profiles
from privacy.datafiles import DataFileError

THEME, PROFILE, INSTRUMENT = "woonoverlast-2026.1.toml", "gemeentelijk-2026.1.toml", "zrm-2017.toml"
Load = Callable[[Path], Any]
LINE = re.compile(r"^(?P<file>\S+\.toml):(?P<line>\d+): (?P<reason>.+)$")

THEME_MISTAKES: list[tuple[str, str, str]] = [
    ('name = "Woonoverlast"', "", "'name' ontbreekt"),
    ('name = "Woonoverlast"', 'name = "  "', "'name' is leeg"),
    ('name = "Woonoverlast"', "name = 3", "'name' moet een tekst zijn"),
    ('name = "Woonoverlast"', 'naam = "Woonoverlast"', "'naam' is onbekend"),
    ("response_days = 5", 'response_days = "vijf"', "'response_days' moet een getal zijn"),
    ("response_days = 5", "response_days = 0", "'response_days' moet ten minste 1 zijn"),
    ("response_days = 5", "response_days = true", "'response_days' moet een getal zijn"),
    ("years = 5", "years = -5", "'years' moet ten minste 1 zijn"),
    ('subject_kinds = ["person",', 'subject_kinds = ["persoon",', "'persoon' in 'subject_kinds' is onbekend"),
    ('subject_kinds = ["person",', 'subject_kinds = ["person", "person",', "'subject_kinds' noemt iets dubbel"),
    ('kind = "multichoice"', 'kind = "veelkeuze"', "'veelkeuze' is onbekend; kies uit"),
    ('options = ["Ja", "Nee", "Weet ik niet"]', 'options = ["Ja"]', "ten minste twee 'options'"),
    ('key = "gedaan"', 'key = "soort"', "'soort' komt twee keer voor in [[questions]]"),
    ('code = "dubbel"', 'code = "te_weinig"', "'te_weinig' komt twee keer voor in [[reject_reasons]]"),
    ("[severity]", "[severety]", "'severity' ontbreekt"),
    ("[[criteria]]", "[[criteriums]]", "'criteriums' is onbekend"),
    ('version = "2026.1"', 'version = "2026.1', "geen geldige TOML"),
    ("[retention]", "[[retention]]", "'retention' moet een tabel zijn"),
    ('{ who = "Politie, geen spoed", number = "0900-8844" }', '"0900-8844"', "'calls' mag alleen tabellen bevatten"),
]
PROFILE_MISTAKES: list[tuple[str, str, str]] = [
    ('purpose = "', 'doel = "', "'purpose' ontbreekt"),
    ("may_sit = true", 'may_sit = "ja"', "'may_sit' moet true of false zijn"),
    ('category = "politie"', 'category = "blauw"', "'blauw' is onbekend; kies uit"),
    ('grounds = ["wpg_19", "wpg_20"]', 'grounds = ["wpg_99"]', "'wpg_99' in 'grounds' is onbekend"),
    ('recipients = ["politie", "om"]', 'recipients = ["politie", "omm"]', "'omm' in 'recipients' is onbekend"),
    ('code = "wjsg"', 'code = "wpg_20"', "'wpg_20' komt twee keer voor in [[grounds]]"),
    ('categories = ["*"]', 'categories = ["algemeen"]', "de laatste regel moet voor alles gelden"),
    ("days = 31", "days = 0", "'days' moet ten minste 1 zijn"),
    ('answer = "regisseur"', 'answer = "altijd"', "'altijd' is onbekend; kies uit never, regisseur"),
    ('who = ["procesregisseur"]', 'who = ["professional"]', "'professional' in 'who' is onbekend"),
    ("\nyears = 2", "\nyears = 3", "'years' mag ten hoogste 2 zijn"),
    ("\nyears = 2", "\nyears = 0", "'years' moet ten minste 1 zijn"),
    ('code = "a"', 'code = "c"', "'c' is onbekend; kies uit a, b"),
    ('code = "a"', 'code = "b"', "'b' komt twee keer voor in [[grounds]]"),
    ('article = "Convenant, in', 'artikel = "Convenant, in', "'artikel' is onbekend"),
    ('themes = ["*"]', "themes = []", "noem ten minste één thema"),
]
INSTRUMENT_MISTAKES: list[tuple[str, str, str]] = [
    ('version = "2017"', "", "'version' ontbreekt"),
    ('version = "2017"', 'version = "2017', "geen geldige TOML"),
    ('label = "Acute problematiek"', 'label = ""', "'label' is leeg"),
    ('label = "Niet zelfredzaam"', 'label = "Acute problematiek"', "komt twee keer voor in [[levels]]"),
    ('code = "werk"', 'code = "financien"', "'financien' komt twee keer voor in [[domains]]"),
    ('category = "huisvesting"', 'soort = "huisvesting"', "'category' ontbreekt"),
    ('category = "huisvesting"', 'category = "wonen"', "'wonen' is onbekend; kies uit"),
    ('about = "Inkomen', 'uitleg = "Inkomen', "'uitleg' is onbekend"),
    ('remark = "', 'grens = 2\nremark = "', "'grens' is onbekend"),
]


def read_instruments(folder: Path) -> Any:
    return load_instruments(folder, [code for code, _ in category_choices()])


def broken(tmp_path: Path, source: Path, file: str, right: str, wrong: str) -> Path:
    """A copy of the folder with one line of one file broken."""
    folder = tmp_path / source.parent.name / source.name
    if not folder.exists():
        shutil.copytree(source, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    return folder


def told(load: Load, folder: Path) -> list[re.Match[str]]:
    """Each mistake as file, line and reason."""
    with pytest.raises(DataFileError) as refused:
        load(folder)
    lines = [LINE.match(line) for line in str(refused.value).splitlines()]
    assert all(lines)
    return [line for line in lines if line]


def _line(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("right", "wrong", "reason"), THEME_MISTAKES, ids=[w or "left out" for _, w, _ in THEME_MISTAKES]
)
def test_a_mistake_in_a_theme_is_named(tmp_path: Path, right: str, wrong: str, reason: str) -> None:
    folder = broken(tmp_path, theming.DIRECTORY, THEME, right, wrong)
    mistakes = told(load_themes, folder)
    assert any(reason in mistake["reason"] for mistake in mistakes), mistakes
    assert {mistake["file"] for mistake in mistakes} == {f"casework/themes/{THEME}"}


@pytest.mark.parametrize(("right", "wrong", "reason"), PROFILE_MISTAKES, ids=[w for _, w, _ in PROFILE_MISTAKES])
def test_a_mistake_in_a_profile_is_named(tmp_path: Path, right: str, wrong: str, reason: str) -> None:
    folder = broken(tmp_path, profiling.DIRECTORY, PROFILE, right, wrong)
    mistakes = told(load_profiles, folder)
    assert any(reason in mistake["reason"] for mistake in mistakes), mistakes
    assert {mistake["file"] for mistake in mistakes} == {f"partners/profiles/{PROFILE}"}


@pytest.mark.parametrize(("right", "wrong", "reason"), INSTRUMENT_MISTAKES, ids=[r for *_, r in INSTRUMENT_MISTAKES])
def test_a_mistake_in_an_instrument_is_named_with_its_line(tmp_path: Path, right: str, wrong: str, reason: str) -> None:
    folder = broken(tmp_path, instrument_files.DIRECTORY, INSTRUMENT, right, wrong)
    mistakes = told(read_instruments, folder)
    assert {mistake["file"] for mistake in mistakes} == {f"casework/instruments/{INSTRUMENT}"}
    assert any(reason in mistake["reason"] for mistake in mistakes), mistakes
    line = _line((instrument_files.DIRECTORY / INSTRUMENT).read_text(encoding="utf-8"), right)
    near = range(line - 3, line + 3) if right not in ('version = "2017"', 'remark = "') else range(1, 12)
    assert any(int(mistake["line"]) in near for mistake in mistakes), mistakes


def test_an_instrument_without_levels_or_with_two_domains_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "casework" / "instruments"
    folder.mkdir(parents=True)
    head = 'code = "eigen"\nversion = "1"\nname = "Eigen lijst"\n'
    domains = "".join(f'[[domains]]\ncode = "{c}"\nlabel = "{c}"\ncategory = "algemeen"\n' for c in "ab")
    (folder / "eigen-1.toml").write_text(head + domains, encoding="utf-8")
    reasons = " ".join(mistake["reason"] for mistake in told(read_instruments, folder))
    assert "'levels' ontbreekt" in reasons
    assert "er moet ten minste 3 keer [[domains]] staan" in reasons


def test_an_instrument_stands_there_once_in_each_version_and_none_is_no_mistake(tmp_path: Path) -> None:
    folder = broken(tmp_path, instrument_files.DIRECTORY, INSTRUMENT, 'version = "2017"', 'version = "2017"')
    shutil.copy(folder / INSTRUMENT, folder / "nog-een.toml")
    assert any("zrm 2017 staat ook in" in mistake["reason"] for mistake in told(read_instruments, folder))
    for file in folder.glob("*.toml"):
        file.unlink()
    assert read_instruments(folder) == ()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("response_days = 5", "response_days = 0"),
        ("years = 5", "years = -5"),
        ('kind = "multichoice"', 'kind = "veelkeuze"'),
        ('key = "gedaan"', 'key = "soort"'),
        ('code = "verhuisd"', 'cod = "verhuisd"'),
    ],
)
def test_the_line_is_the_one_that_is_wrong(tmp_path: Path, right: str, wrong: str) -> None:
    folder = broken(tmp_path, theming.DIRECTORY, THEME, right, wrong)
    lines = {int(mistake["line"]) for mistake in told(load_themes, folder)}
    original = (theming.DIRECTORY / THEME).read_text(encoding="utf-8")
    assert _line(original, right) in lines


def test_several_mistakes_in_several_files_are_told_at_once(tmp_path: Path) -> None:
    broken(tmp_path, theming.DIRECTORY, THEME, "response_days = 5", "response_days = 0")
    broken(tmp_path, theming.DIRECTORY, THEME, 'kind = "multichoice"', 'kind = "veelkeuze"')
    broken(tmp_path, theming.DIRECTORY, "hgkm-2026.1.toml", 'version = "', 'versie = "')
    folder = broken(tmp_path, theming.DIRECTORY, "refused/radicalisering.toml", "article = ", "artikel = ")
    mistakes = told(load_themes, folder)
    assert {mistake["file"].split("/")[-1] for mistake in mistakes} == {
        THEME, "hgkm-2026.1.toml", "radicalisering.toml",
    }  # fmt: skip
    assert len(mistakes) >= 6


def test_a_theme_that_stands_there_twice_is_refused_and_a_new_version_is_not(tmp_path: Path) -> None:
    folder = broken(tmp_path, theming.DIRECTORY, THEME, "response_days = 5", "response_days = 4")
    shutil.copy(folder / THEME, folder / "nog-een.toml")
    [mistake] = told(load_themes, folder)
    assert "woonoverlast 2026.1 staat ook in" in mistake["reason"]
    text = (folder / "nog-een.toml").read_text(encoding="utf-8").replace('"2026.1"', '"2026.2"', 1)
    (folder / "nog-een.toml").write_text(text.replace("response_days = 4", "response_days = 3"), encoding="utf-8")
    found = load_themes(folder)
    assert next(theme for theme in found.active() if theme.code == "woonoverlast").response_days == 3
    assert found.get("woonoverlast", "2026.1").response_days == 4


def test_a_file_in_another_encoding_is_named_too(tmp_path: Path) -> None:
    folder = broken(tmp_path, theming.DIRECTORY, THEME, "response_days = 5", "response_days = 5")
    text = (folder / THEME).read_text(encoding="utf-8")
    (folder / THEME).write_bytes(text.replace("Woonoverlast", "Woonoverläst").encode("latin-1"))
    [mistake] = told(load_themes, folder)
    assert "UTF-8" in mistake["reason"]


def test_a_mark_in_front_that_some_editors_put_there_is_no_mistake(tmp_path: Path) -> None:
    folder = broken(tmp_path, theming.DIRECTORY, THEME, "response_days = 5", "response_days = 5")
    (folder / THEME).write_bytes(b"\xef\xbb\xbf" + (folder / THEME).read_bytes())
    assert load_themes(folder).get("woonoverlast", "2026.1").response_days == 5


def test_the_start_check_reports_each_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = broken(tmp_path, theming.DIRECTORY, THEME, "response_days = 5", "response_days = 0")
    monkeypatch.setattr(theming, "DIRECTORY", folder)
    theming.themes.cache_clear()
    try:
        [error] = data_files(None)
    finally:
        theming.themes.cache_clear()
    assert error.id == "casustafel.E001"
    assert f"{THEME}:" in error.msg


def test_a_theme_that_no_file_has_is_no_theme_to_extend_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = broken(tmp_path, profiling.DIRECTORY, PROFILE, 'themes = ["*"]', 'themes = ["woonoverlst"]')
    monkeypatch.setattr(starting, "profiles", lambda: load_profiles(folder))
    assert {error.id for error in extension_themes(None)} == {"casustafel.E001"}
    assert "woonoverlst" in extension_themes(None)[0].msg


def test_the_files_of_this_house_are_right() -> None:
    assert data_files(None) == []
    assert extension_themes(None) == []
