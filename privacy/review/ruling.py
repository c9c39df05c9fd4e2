"""The rules as data: what the file ships, and what two persons of this municipality changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from privacy.datafiles import DataFile, Section, refuse_mistakes
from privacy.models import ReviewRule

FILE = Path(__file__).parent / "rules.toml"
SAMPLE = "sample"
ORDER = [*(f"R{number}" for number in range(1, 17)), SAMPLE]


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a rule, with the bounds within which it may be changed."""

    code: str
    label: str
    value: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it counts now. `elsewhere`: what it finds is judged on a page of its own, or is no finding."""

    code: str
    name: str
    sentence: str
    per_dossier: bool
    source: str
    numbers: tuple[Number, ...] = ()
    elsewhere: bool = False
    on: bool = True

    @property
    def values(self) -> dict[str, int]:
        """The numbers by their code."""
        return {number.code: number.value for number in self.numbers}

    def with_values(self, values: Mapping[str, int], *, on: bool) -> Rule:
        """The same rule with other numbers."""
        return replace(
            self, on=on, numbers=tuple(replace(one, value=values.get(one.code, one.value)) for one in self.numbers)
        )

    def says(self, *, times: int, dossiers: int, values: Mapping[str, int] | None = None) -> str:
        """Why something was found, in one sentence, with the numbers that counted then."""
        words = {
            "times": f"{times} keer",
            "dossiers": "1 dossier" if dossiers == 1 else f"{dossiers} dossiers",
        }
        return self.sentence.format(**(self.values | dict(values or {}) | words))


def _number(section: Section) -> Number:
    least, most = section.number("least", least=0), section.number("most", least=0)
    value = section.number("value", least=least)
    if value > most:
        section.wrong("value", f"'value' mag hoogstens {most} zijn")
    read = Number(section.text("code"), section.text("label"), value, least, most)
    section.close()
    return read


def _rule(section: Section) -> Rule:
    read = Rule(
        section.choice("code", ORDER),
        section.text("name"),
        section.text("sentence"),
        section.choice("per", ("dossier", "day")) == "dossier",
        section.text("source"),
        tuple(_number(one) for one in section.sections("numbers")),
        section.flag("elsewhere"),
        section.flag("on", True),
    )
    section.close()
    try:
        read.says(times=2, dossiers=2)
    except (KeyError, IndexError, ValueError):
        section.wrong("sentence", "'sentence' noemt iets tussen haken dat deze regel niet heeft")
    return read


def read_rules(path: Path) -> dict[str, Rule]:
    """The rules of a file; raises DataFileError with file, line and reason, also when one of the sixteen is missing."""
    file = DataFile(path)
    if file.readable:
        top = file.top()
        top.text("version")
        rules = {rule.code: rule for rule in map(_rule, top.sections("rules", least=1))}
        top.close()
        for code in ORDER:
            if code not in rules:
                file.wrong(("rules",), f"regel '{code}' ontbreekt")
    refuse_mistakes([file])
    return {code: rules[code] for code in ORDER}


@lru_cache(maxsize=1)
def shipped() -> dict[str, Rule]:
    """What the file says, read once."""
    return read_rules(FILE)


def _with(changes: Iterable[ReviewRule]) -> dict[str, Rule]:
    rules = dict(shipped())
    for change in changes:
        if change.code in rules:
            rules[change.code] = rules[change.code].with_values(change.numbers, on=change.active)
    return rules


def in_force() -> dict[str, Rule]:
    """The rules that count now: of each the newest change that a second person agreed to. Two queries never disagree:
    asked once per run.
    """
    return _with(ReviewRule.objects.filter(agreed_at__isnull=False).order_by("agreed_at"))
