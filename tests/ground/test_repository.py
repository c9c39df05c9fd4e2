"""What may not stand in the repository, and what must."""

from __future__ import annotations

import re
import subprocess
import tomllib

from tests.database import ROOT

# Spelled in halves, so that this file does not find itself.
MACHINE = [half + "/" for half in ("/wo" + "rk", "/ro" + "ot", "/tmp/" + "plan", "/ho" + "me/[a-z]+")]
MAKERS = ["clau" + "de", "anthro" + "pic", "AI-ses" + "sion", "open" + "ai", "copi" + "lot", "chat" + "gpt"]
UNWANTED = re.compile("|".join([*(rf"(?<![\w.]){path}" for path in MACHINE), *MAKERS]), re.IGNORECASE)
DEPENDENCY = re.compile(r'^  "(?P<name>[A-Za-z0-9_.,\[\]-]+)==(?P<version>[^"]+)",\s*(?P<why># \S.+)?$')


def tracked() -> list[str]:
    """Every file of the repository that is there now."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_holds_a_machine_path_or_says_by_what_it_was_made() -> None:
    found = []
    for name in tracked():
        text = (ROOT / name).read_bytes().decode("utf-8", errors="ignore")
        found += [f"{name}: {match[0]}" for match in UNWANTED.finditer(text)]
    assert found == []


def test_every_dependency_is_pinned_and_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    wanted = [
        *project["project"]["dependencies"],
        *(name for names in project["project"]["optional-dependencies"].values() for name in names),
        *(name for names in project["dependency-groups"].values() for name in names),
    ]
    lines = [match for line in text.splitlines() if (match := DEPENDENCY.match(line))]
    assert {f"{line['name']}=={line['version']}" for line in lines} == set(wanted)
    assert [line["name"] for line in lines if not line["why"]] == []


def test_lock_files_hold_names_versions_and_digests_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"://|--index|--find-links|--trusted", text), name
        wanted = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert all(re.match(r"^[a-z0-9._\[\]-]+==[^ ]+", line) for line in wanted), name
        assert text.count("--hash=sha256:") >= len(wanted)


def test_the_lock_files_hold_every_dependency_at_its_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    for dependency in project["project"]["dependencies"]:
        name, version = re.sub(r"\[.*?\]", "", dependency).lower().split("==")
        assert re.search(rf"^{re.escape(name)}(\[[a-z]+\])?=={re.escape(version)}\b", lock, re.MULTILINE), dependency
