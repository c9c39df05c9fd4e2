"""Files of others are here as their packages brought them, each with its licence."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "config" / "static" / "vendor"
LINE = re.compile(r"^\| (\S+/\S+) \| .* \| ([0-9a-f]{64}) \|$", re.MULTILINE)


def test_every_vendored_file_is_the_one_that_its_package_brought() -> None:
    listed = dict(LINE.findall((VENDOR / "README.md").read_text()))
    there = {str(file.relative_to(VENDOR)) for file in VENDOR.rglob("*.*") if file.suffix in (".css", ".woff2", ".js")}
    assert set(listed) == there
    for name, digest in listed.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name


def test_every_vendored_folder_has_its_licence() -> None:
    folders = [folder for folder in VENDOR.iterdir() if folder.is_dir()]
    assert folders
    assert [folder.name for folder in folders if not list(folder.glob("LICENSE*"))] == []
