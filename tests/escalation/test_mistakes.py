"""A broken ladder of each kind is refused with file, line and reason; the line is the one that was broken."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from casework import theming
from config.checks import data_files
from escalation import authority_files, laddering
from escalation.authority_files import authorities, load_authorities
from escalation.ladder_files import load_ladders
from privacy import free_days
from privacy.datafiles import DataFileError
from privacy.free_days import load_free_days

WOON, RIEC, AVE = "woonoverlast-2026.1.toml", "ondermijning-2026.1.toml", "ave-2026.1.toml"
LINE = re.compile(r"^(?P<file>\S+\.toml):(?P<line>\d+): (?P<reason>.+)$")

MISTAKES = tomllib.loads(Path(__file__).with_name("mistakes.toml").read_text(encoding="utf-8"))["mistakes"]


def broken(folder: Path, file: str, was: str, now: str) -> tuple[Path, int]:
    """The ladder with one thing changed, and the line on which the change begins."""
    text = (laddering.DIRECTORY / file).read_text(encoding="utf-8")
    assert was in text, f"{was!r} does not stand in {file}"
    path = folder / "escalation" / "ladders" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(was, now, 1), encoding="utf-8")
    return path, text[: text.index(was)].count("\n") + 1


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one["says"][:60])
def test_a_mistake_is_refused_with_its_line(tmp_path: Path, mistake: dict[str, str]) -> None:
    path, line = broken(tmp_path, mistake["file"], mistake["was"], mistake["now"])
    with pytest.raises(DataFileError) as refused:
        load_ladders([path], authorities(), laddering.known_themes())
    said = [str(one) for one in refused.value.mistakes]
    assert all(LINE.match(one) for one in said), said
    mine = [one.line for one in refused.value.mistakes if mistake["says"] in one.reason]
    assert mine, said
    if mistake.get("exact"):
        assert line in mine


def test_all_mistakes_of_all_files_come_at_once(tmp_path: Path) -> None:
    first, _ = broken(tmp_path, WOON, 'start = "melding"', 'start = "begin"')
    second, _ = broken(tmp_path, RIEC, 'who = "driehoek"', 'who = "burgemeester"')
    with pytest.raises(DataFileError) as refused:
        load_ladders([first, second], authorities(), laddering.known_themes())
    assert {one.file for one in refused.value.mistakes} == {f"escalation/ladders/{WOON}", f"escalation/ladders/{RIEC}"}


def test_the_same_version_twice_is_refused(tmp_path: Path) -> None:
    path, _ = broken(tmp_path, WOON, "number = 0", "number = 0")
    twin = path.with_name("nog-een.toml")
    shutil.copy(path, twin)
    with pytest.raises(DataFileError, match=r"woonoverlast 2026\.1 staat ook in escalation/ladders/"):
        load_ladders([path, twin], authorities(), laddering.known_themes())


CACHES = (laddering.ladders, authority_files.authorities, free_days.free_days)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The three folders of data, to break one file in."""
    for module, name in ((laddering, "ladders"), (authority_files, "authorities"), (free_days, "days")):
        shutil.copytree(module.DIRECTORY, tmp_path / "escalation" / name)
        monkeypatch.setattr(module, "DIRECTORY", tmp_path / "escalation" / name)
    _forget()
    yield tmp_path / "escalation"
    _forget()


def _forget() -> None:
    for cached in CACHES:
        cached.cache_clear()


def test_start_up_refuses_a_broken_ladder_and_the_lists_beside_it(installed: Path) -> None:
    assert data_files(None) == []
    laddering.ladders.cache_clear()
    _, line = broken(installed.parent, WOON, 'start = "melding"', 'start = "begin"')
    (error,) = data_files(None)
    assert error.id == "casustafel.E001"
    assert error.msg.startswith(f"escalation/ladders/{WOON}:{line}: 'begin' is geen trede")


def test_a_day_that_is_no_date_is_refused(installed: Path) -> None:
    path = installed / "days" / "gelijkgesteld-2026.1.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2026-05-15", "15 mei 2026"), encoding="utf-8")
    with pytest.raises(DataFileError, match=r"days/gelijkgesteld-2026\.1\.toml:\d+: '15 mei 2026' is geen datum"):
        load_free_days(installed / "days")


def test_a_body_names_members_that_exist(installed: Path) -> None:
    path = installed / "authorities" / "landelijk-2026.1.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"politiechef"]', '"chef"]'), encoding="utf-8")
    with pytest.raises(DataFileError, match="'chef' in 'members' is onbekend"):
        load_authorities(installed / "authorities")


def test_a_theme_has_one_ladder_and_there_is_one_that_says_who_directs(installed: Path) -> None:
    for file, code in ((WOON, "woonoverlast"), (AVE, "ave")):
        text = (
            (installed / "ladders" / file).read_text(encoding="utf-8").replace(f'code = "{code}"', 'code = "eigen"', 1)
        )
        (installed / "ladders" / f"z-{code}.toml").write_text(text, encoding="utf-8")
    reasons = [error.msg.split(": ", 1)[1] for error in data_files(None)]
    assert "voor 'woonoverlast' is er al de ladder 'woonoverlast'; geef deze dezelfde code, als versie" in reasons
    assert "voor 'regie' is er al de ladder 'ave'; geef deze dezelfde code, als versie" in reasons


def test_a_mistake_in_a_theme_is_told_once(installed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "casework" / "themes"
    shutil.copytree(theming.DIRECTORY, folder)
    path = folder / "hgkm-2026.1.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("response_days", "antwoord_dagen"), encoding="utf-8")
    monkeypatch.setattr(theming, "DIRECTORY", folder)
    theming.themes.cache_clear()
    messages = [error.msg for error in data_files(None)]
    theming.themes.cache_clear()
    assert len(messages) == len(set(messages)) == 2  # the key that is absent, and the one that is unknown


# -- manage.py check_ladders


def check(*paths: Path) -> str:
    out = StringIO()
    call_command("check_ladders", *map(str, paths), stdout=out)
    return out.getvalue()


EXAMPLES = sorted((laddering.DIRECTORY / "examples").glob("*.toml"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_loads(example: Path) -> None:
    said = check(example)
    assert said.startswith("Goed: ")
    assert "Zaken die al lopen houden de versie waarmee zij begonnen." in said


def test_the_examples_are_the_ones_that_the_domain_names() -> None:
    assert [path.stem for path in EXAMPLES] == [
        "aalten-woonoverlast-2025", "almere-mda-2022", "ccv-woonoverlast-2022", "emmen-ave-2023",
        "oldambt-escalatie-2017",
    ]  # fmt: skip


def test_the_ladder_of_the_ccv_has_six_rungs() -> None:
    (ccv,) = load_ladders(
        [laddering.DIRECTORY / "examples" / "ccv-woonoverlast-2022.toml"], authorities(), laddering.known_themes()
    ).versions
    assert [rung.name for rung in ccv.rungs] == [
        "Buurtbemiddeling", "Waarschuwing", "Voornemen gedragsaanwijzing", "Last onder dwangsom",
        "Last onder bestuursdwang", "Huisverbod van tien dagen",
    ]  # fmt: skip


def test_the_command_explains_each_mistake_and_shows_its_line(tmp_path: Path) -> None:
    path, line = broken(tmp_path, WOON, 'decides = ["rechter"]', 'decides = ["kantonrechter"]')
    with pytest.raises(CommandError) as refused:
        check(path)
    first, second, third = str(refused.value).splitlines()[:3]
    assert first == "1 fout. Er verandert niets totdat alles klopt."
    assert second.startswith(f"  escalation/ladders/{WOON}, regel {line}: 'kantonrechter' in 'decides' is onbekend")
    assert third == '    | decides = ["kantonrechter"]'


def test_the_command_says_when_a_version_is_in_use(tmp_path: Path) -> None:
    path, _ = broken(tmp_path, WOON, 'name = "Woonoverlast"', 'name = "Woonoverlast bij ons"')
    with pytest.raises(CommandError, match=r"woonoverlast 2026\.1 is al in gebruik"):
        check(path)


def test_the_command_says_when_a_version_would_not_be_the_newest(tmp_path: Path) -> None:
    path, _ = broken(tmp_path, WOON, 'version = "2026.1"', 'version = "2025.4"')
    assert "nieuwe zaken houden woonoverlast 2026.1" in check(path)


def test_an_installed_file_may_be_checked_too() -> None:
    assert "Goed: Woonoverlast (woonoverlast, versie 2026.1), 12 treden." in check(laddering.DIRECTORY / WOON)


def test_a_file_that_is_not_there_is_said() -> None:
    with pytest.raises(CommandError, match="Dit bestand is er niet"):
        check(Path("weg.toml"))


def test_a_file_that_is_no_text_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "ladder.toml"
    path.write_bytes(b'code = "x"\nname = "caf\xe9"\n')
    with pytest.raises(CommandError, match=r"ladder\.toml, regel 2: dit teken is geen UTF-8"):
        check(path)


# -- versions


def test_a_case_on_version_1_keeps_its_rungs_when_version_2_is_loaded(installed: Path) -> None:
    before = laddering.ladder_version("woonoverlast", "2026.1")
    text = (installed / "ladders" / WOON).read_text(encoding="utf-8")
    newer = text.replace('version = "2026.1"', 'version = "2026.2"').replace(
        "most = 12, remind = 14", "most = 24, remind = 14"
    )
    newer = newer.replace('name = "Zelf in gesprek"', 'name = "Eerst zelf praten"')
    (installed / "ladders" / "woonoverlast-2026.2.toml").write_text(newer, encoding="utf-8")
    laddering.ladders.cache_clear()
    assert laddering.ladder_version("woonoverlast", "2026.1") == before
    assert laddering.ladder_version("woonoverlast", "2026.1").get("zelf").name == "Zelf in gesprek"
    assert laddering.active_ladder("woonoverlast").version == "2026.2"
    assert laddering.active_ladder("woonoverlast").get("zelf").name == "Eerst zelf praten"


def test_a_version_that_is_gone_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"woonoverlast 2020\.1"):
        laddering.ladder_version("woonoverlast", "2020.1")


def test_a_municipality_puts_its_own_ladder_in_the_folder_and_nothing_else(installed: Path) -> None:
    example = installed / "ladders" / "examples" / "ccv-woonoverlast-2022.toml"
    shutil.copy(example, installed / "ladders")
    laddering.ladders.cache_clear()
    found = laddering.ladder_for("woonoverlast")
    assert found is not None
    assert (found.version, len(found.rungs)) == ("ccv-2022", 6)
    assert data_files(None) == []
