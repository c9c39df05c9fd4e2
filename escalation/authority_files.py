"""Who can decide, as data: one TOML file per list and version."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from escalation.dutch import joined
from privacy.datafiles import DataFile, refuse_mistakes

DIRECTORY = Path(__file__).parent / "authorities"


@dataclass(frozen=True, slots=True)
class Authority:
    """Somebody who can decide, or a body. `outside`: not in the system, so a decision is recorded with a document."""

    code: str
    label: str
    named: str
    public: bool
    outside: bool
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Authorities:
    """One list in one version."""

    version: str
    all: tuple[Authority, ...]

    def get(self, code: str) -> Authority:
        """Raises KeyError for a code that is not in the list."""
        return {authority.code: authority for authority in self.all}[code]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(authority.code for authority in self.all)

    def named(self, codes: tuple[str, ...]) -> str:
        """As a sentence says it: "de burgemeester of de driehoek"."""
        return joined([self.get(code).named for code in codes], "of")

    def labels(self, codes: tuple[str, ...]) -> str:
        """As a table says it: "Burgemeester, Driehoek"."""
        return ", ".join(self.get(code).label for code in codes)


def _read(file: DataFile) -> Authorities:
    top, found = file.top(), []
    top.text("code")
    version = top.text("version")
    for section in top.sections("authorities", least=1):
        found.append(
            Authority(
                section.text("code"), section.text("label"), section.text("named"), section.flag("public"),
                section.flag("outside"), section.texts("members", default=()),
            )
        )  # fmt: skip
        section.close()
    codes = {authority.code for authority in found}
    for section in top.sections("authorities"):
        section.texts("members", among=codes, default=())
    top.close()
    return Authorities(version, tuple(found))


def load_authorities(directory: Path) -> Authorities:
    """The newest list in this folder; raises DataFileError with file, line and reason for a mistake in any."""
    files = [DataFile(path) for path in sorted(directory.glob("*.toml"))]
    found = [_read(file) for file in files if file.readable]
    refuse_mistakes(files)
    return max(found, key=lambda one: one.version)


@lru_cache(maxsize=1)
def authorities() -> Authorities:
    """Who can decide in this municipality. An authority is added, never removed: cases on older ladders name it."""
    return load_authorities(DIRECTORY)
