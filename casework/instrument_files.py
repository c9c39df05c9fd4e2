"""Instruments to assess with, as data: one TOML file per instrument and version. A running series keeps its version.

No file, no tab: an instrument is a choice of the municipality. It measures and decides nothing (AVG 22).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from partners.managing import category_choices
from privacy.datafiles import DataFile, Section, refuse_mistakes

DIRECTORY = Path(__file__).parent / "instruments"


@dataclass(frozen=True, slots=True)
class Level:
    """How it goes; the higher the number, the better."""

    number: int
    label: str
    about: str

    def __str__(self) -> str:
        return f"{self.number} {self.label}"


@dataclass(frozen=True, slots=True)
class ScoredDomain:
    """A part of life that is scored. `category` is the kind of data that its score is."""

    code: str
    label: str
    category: str
    about: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument in one version: its levels from low to high, its domains in the order of the page."""

    code: str
    version: str
    name: str
    remark: str
    levels: tuple[Level, ...]
    domains: tuple[ScoredDomain, ...]

    def level(self, number: int | None) -> Level | None:
        """The level of a score; None for what was not scored."""
        return self.levels[number - 1] if number is not None and 1 <= number <= len(self.levels) else None


def _levels(top: Section) -> tuple[Level, ...]:
    levels = []
    for number, section in enumerate(top.sections("levels", least=2, unique="label"), start=1):
        levels.append(Level(number, section.text("label"), section.text("about", "")))
        section.close()
    return tuple(levels)


def _domains(top: Section, categories: Collection[str]) -> tuple[ScoredDomain, ...]:
    domains = []
    # A radar needs three axes.
    for section in top.sections("domains", least=3):
        domains.append(
            ScoredDomain(
                section.text("code"),
                section.text("label"),
                section.choice("category", categories),
                section.text("about", ""),
            )
        )
        section.close()
    return tuple(domains)


def _read(file: DataFile, categories: Collection[str]) -> Instrument:
    top = file.top()
    found = Instrument(
        top.text("code"),
        top.text("version"),
        top.text("name"),
        top.text("remark", ""),
        _levels(top),
        _domains(top, categories),
    )
    top.close()
    return found


def load_instruments(directory: Path, categories: Collection[str]) -> tuple[Instrument, ...]:
    """Every instrument in every version, oldest first; raises DataFileError with file, line and reason.

    A domain of a category that no legal profile knows could be scored by nobody.
    """
    files = [DataFile(path) for path in sorted(directory.glob("*.toml"))]
    found: dict[tuple[str, str], str] = {}
    instruments = []
    for file in files:
        if file.readable:
            one = _read(file, categories)
            before = found.setdefault((one.code, one.version), file.name)
            if before != file.name:
                file.wrong(("version",), f"{one.code} {one.version} staat ook in {before}")
            instruments.append(one)
    refuse_mistakes(files)
    return tuple(sorted(instruments, key=lambda one: (one.code, one.version)))


@lru_cache(maxsize=1)
def instruments() -> tuple[Instrument, ...]:
    """The instruments of this house."""
    return load_instruments(DIRECTORY, [code for code, _ in category_choices()])


def newest_instruments() -> list[Instrument]:
    """What a new series may begin with: the newest version of each instrument."""
    return list({one.code: one for one in instruments()}.values())


def instrument_of(code: str, version: str) -> Instrument:
    """The instrument of a series; raises KeyError when its file is gone."""
    for one in instruments():
        if (one.code, one.version) == (code, version):
            return one
    raise KeyError(f"{code} {version}")
