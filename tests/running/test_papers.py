"""What a buyer asks for: where to report, what is in it, who may use it, and one's own colours."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from config.checks import house_style
from tests.database import ROOT

TXT = "/.well-known/security.txt"


def test_security_txt_says_where_to_report_and_until_when_it_holds(settings: Any) -> None:
    settings.SECURITY_CONTACT, settings.SITE_URL = "mailto:cert@voorbeeldstad.example", "https://tafel.example/"
    answer = Client().get(TXT)
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == "mailto:cert@voorbeeldstad.example"
    assert lines["Canonical"] == f"https://tafel.example{TXT}"
    left = datetime.fromisoformat(lines["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < left < timedelta(days=365)


def test_without_a_contact_there_is_no_such_file(settings: Any) -> None:
    settings.SECURITY_CONTACT = ""
    assert Client().get(TXT).status_code == 404


def test_the_sbom_names_everything_of_the_lock_file(tmp_path: Path) -> None:
    file = tmp_path / "sbom.json"
    (line,) = re.findall(r"^\t\$\(VENV\)/bin/(cyclonedx-py .*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    command = line.replace("build/sbom.cdx.json", str(file)).split()
    program = Path(sys.executable).parent / command[0]
    subprocess.run([program, *command[1:]], cwd=ROOT, check=True, capture_output=True)
    found = json.loads(file.read_text())
    pinned = re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    assert found["metadata"]["component"]["name"] == "casustafel"
    assert {(one["name"].lower(), one["version"]) for one in found["components"]} == set(pinned)


def test_publiccode_and_the_licence_agree_with_the_code() -> None:
    text = (ROOT / "publiccode.yaml").read_text()
    project = (ROOT / "pyproject.toml").read_text()
    (version,) = re.findall(r'^version = "(.+)"$', project, re.MULTILINE)
    assert f"softwareVersion: {version}\n" in text
    assert "license: EUPL-1.2\n" in text
    assert 'license = { text = "EUPL-1.2" }' in project
    assert "EUROPEAN UNION PUBLIC LICENCE" in (ROOT / "LICENSE").read_text().upper()


# --- own colours --------------------------------------------------------------------------------


def a_style(folder: Path, *, without: str = "", **changed: str) -> Path:
    file = folder / house_style.FILE
    file.parent.mkdir()
    text = (house_style.OURS / house_style.FILE).read_text()
    for name, value in changed.items():
        text = re.sub(rf"(--gemeente-{name}):[^;]*;", rf"\1: {value};", text)
    lines = [line for line in text.splitlines() if not without or without not in line]
    file.write_text("\n".join(lines))
    return folder


def codes(folder: Path) -> list[str]:
    return [str(one.id) for one in house_style.mistakes(folder)]


def test_our_own_colours_are_readable() -> None:
    assert codes(house_style.OURS) == []


def test_another_municipality_gives_a_folder_with_its_colours(tmp_path: Path) -> None:
    assert codes(a_style(tmp_path, brand="#7a0019")) == []


def test_white_on_yellow_is_said_with_what_to_do(tmp_path: Path) -> None:
    folder = a_style(tmp_path, brand="#ffcc00")
    (said,) = house_style.mistakes(folder)
    assert (said.id, "make one of them darker" in said.msg) == ("casustafel.W092", True)


@pytest.mark.parametrize("value", ["red", "rgb(1 2 3)", "#12"])
def test_a_colour_that_is_missing_or_not_a_number_is_a_mistake(tmp_path: Path, value: str) -> None:
    assert codes(a_style(tmp_path, brand=value)) == ["casustafel.E091"]


def test_a_folder_without_the_file_is_a_mistake(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["casustafel.E090"]
    shutil.copytree(house_style.OURS / "css", tmp_path / "css")
    assert codes(tmp_path) == []


@pytest.mark.parametrize(
    ("one", "other", "much"), [("#fff", "#000000", 21), ("#777777", "#fff", 4.48), ("#abc", "#abc", 1)]
)
def test_contrast_is_counted_as_wcag_does(one: str, other: str, much: float) -> None:
    assert house_style.contrast(one, other) == pytest.approx(much, abs=0.01)


def test_the_contact_of_the_settings_stands_under_every_page_and_in_help(settings: Any, cast: Any, login: Any) -> None:
    settings.CONTACT_NAME, settings.CONTACT_REACH = "Servicedesk Proefstad", "14 0999"
    assert "Hulp nodig? Servicedesk Proefstad: 14 0999" in Client().get("/inloggen/").content.decode()
    assert "dan helpt Servicedesk Proefstad (14 0999)" in login(cast.rosa).get("/help/").content.decode()
