"""The 200 pairs, judged; and the table that says what is found and what is missed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casework.sameness import Band, Comparison, Written, compare

PAIRS = Path(__file__).with_name("pairs.toml")
LATER = Path(__file__).with_name("later.toml")


@dataclass(frozen=True)
class Pair:
    """Two people as written, whether they are one, and the rule they stand for."""

    rule: str
    same: bool
    hard: bool
    left: Written
    right: Written

    @property
    def judged(self) -> Comparison:
        return compare(self.left, self.right)


def written(line: str) -> Written:
    """'Jan de Vries; 12-3-1981; Lindelaan 14, 7899 AB; Anja de Vries'."""
    name, born, place, company = [*(part.strip() for part in line.split(";")), "", "", ""][:4]
    numbers = [int(number) for number in born.split("-")] if born else []
    day = None if not numbers else numbers[0] if len(numbers) == 1 else date(numbers[2], numbers[1], numbers[0])
    return Written(name, day, frozenset({place} - {""}), company=frozenset({company} - {""}))


def pairs(file: Path = PAIRS) -> list[Pair]:
    return [
        Pair(rule["name"], rule["same"], rule.get("hard", False), written(left), written(right))
        for rule in tomllib.loads(file.read_text())["rule"]
        for left, right in rule["pairs"]
    ]


@dataclass(frozen=True)
class Measured:
    """How well one band, or the two together, does."""

    found: int
    missed: int
    wrong: int

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrong)

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed)

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.1%}, recall {self.recall:.1%} "
            f"({self.found} found, {self.missed} missed, {self.wrong} wrong)"
        )


def measured(all_pairs: Iterable[Pair], *bands: Band) -> Measured:
    hits = [(pair.same, pair.judged.band in bands) for pair in all_pairs]
    return Measured(hits.count((True, True)), hits.count((True, False)), hits.count((False, True)))


def _line(rule: list[Pair]) -> str:
    bands = [pair.judged.band for pair in rule]
    counts = [bands.count(band) for band in (Band.PROBABLE, Band.POSSIBLE, Band.NOTHING)]
    said = "same" if rule[0].same else "not the same"
    return f"| {rule[0].rule}{' (hard)' if rule[0].hard else ''} | {said} | " + " | ".join(map(str, counts)) + " |"


def measures(all_pairs: list[Pair]) -> list[str]:
    """Two lines: for what is called likely, and for all that is shown."""
    return [
        f"- *waarschijnlijk* alone: {measured(all_pairs, Band.PROBABLE)}",
        f"- *waarschijnlijk* and *mogelijk*, which is what is shown: "
        f"{measured(all_pairs, Band.PROBABLE, Band.POSSIBLE)}",
    ]


def report() -> str:
    """Both measures and a line for each rule, as it stands in docs/sameness.md."""
    rules: dict[str, list[Pair]] = {}
    for pair in pairs():
        rules.setdefault(pair.rule, []).append(pair)
    return "\n".join(
        [
            *measures(pairs()),
            "",
            "| Rule | In truth | waarschijnlijk | mogelijk | nothing said |",
            "| --- | --- | ---: | ---: | ---: |",
            *(_line(rule) for rule in rules.values()),
        ]
    )
