"""What was measured: a table on the screen, `build/bench.json`, and the results in `docs/benchmarks.md`."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from bench.measure import Timing

ROOT = Path(__file__).resolve().parent.parent
JSON, PAGE = ROOT / "build" / "bench.json", ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- results: written by make bench -->", "<!-- end of results -->"
OURS = "ours"


@dataclass(frozen=True, slots=True)
class Bound:
    """Ours is at most `most` times this competitor."""

    other: str
    most: float
    from_size: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing, at one size, of ours and of each other."""

    name: str
    size: int
    times: Mapping[str, Timing]
    bounds: Sequence[Bound] = ()

    @property
    def ours(self) -> Timing:
        return self.times[OURS]

    def ratio(self, other: str) -> float:
        """Ours over theirs: below 1 we are quicker."""
        return self.ours.median / self.times[other].median

    def verdicts(self) -> list[str]:
        """One line for each bound that counts at this size."""
        return [
            f"{'met' if self.ratio(b.other) <= b.most else 'NOT MET'}: {self.ratio(b.other):.2f} times {b.other}, "
            f"at most {b.most:g}"
            for b in self.bounds
            if self.size >= b.from_size
        ]

    def as_json(self) -> dict[str, Any]:
        others = {name: each for name, each in self.times.items() if name != OURS}
        return {
            "name": self.name,
            "size": self.size,
            "ours_ms": round(self.ours.median, 4),
            "ours_p95_ms": round(self.ours.p95, 4),
            "others": {name: round(each.median, 4) for name, each in others.items()},
            "others_p95": {name: round(each.p95, 4) for name, each in others.items()},
            "bounds": self.verdicts(),
        }


@dataclass
class Report:
    """All figures of one run, and remarks such as counts and plans."""

    figures: list[Figure] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    plans: dict[str, list[str]] = field(default_factory=dict)

    def add(self, figure: Figure) -> None:
        self.figures.append(figure)
        for line in _lines(figure):
            print(line, flush=True)

    def remark(self, text: str) -> None:
        self.remarks.append(text)
        print(text, flush=True)

    def growth(self) -> None:
        """What the largest size costs over the smallest: ours must stay flat."""
        for name in dict.fromkeys(figure.name for figure in self.figures):
            rows = [figure for figure in self.figures if figure.name == name]
            small, large = rows[0], rows[-1]
            if small.size < large.size:
                times = ", ".join(
                    f"{who} {large.times[who].median / small.times[who].median:.2f}" for who in small.times
                )
                self.remark(f"{name}, {large.size:,} over {small.size:,}: {times}")

    def keep(self, machine: str, *, in_docs: bool = False) -> None:
        """Writes build/bench.json, and the page when every size was measured."""
        JSON.parent.mkdir(exist_ok=True)
        JSON.write_text(json.dumps([figure.as_json() for figure in self.figures], indent=1) + "\n")
        if in_docs:
            head, _, rest = PAGE.read_text().partition(BEGIN)
            PAGE.write_text(head + BEGIN + "\n\n" + self._markdown(machine) + "\n" + END + rest.partition(END)[2])

    def _markdown(self, machine: str) -> str:
        parts = [machine, ""]
        for name in dict.fromkeys(figure.name for figure in self.figures):
            parts += [f"### {name[0].upper()}{name[1:]}", "", *_table([f for f in self.figures if f.name == name]), ""]
        parts += ["### Remarks", "", *(f"- {text}" for text in self.remarks), ""]
        for name, plans in self.plans.items():
            parts += [f"### Plan: {name}", ""]
            parts += [line for plan in plans for line in ("```", plan, "```", "")]
        return "\n".join(parts)


def _cell(each: Timing) -> str:
    return f"{_number(each.median)} / {_number(each.p95)}"


def _number(value: float) -> str:
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.4f}"


def _lines(figure: Figure) -> list[str]:
    lines = [f"  {figure.name}, {figure.size:,}"]
    for name, each in figure.times.items():
        ratio = "" if name == OURS else f"   ours is {figure.ratio(name):.2f} times this"
        lines.append(f"    {name:<34}{_number(each.median):>9} ms {_number(each.p95):>9} ms (95 %){ratio}")
    return lines + [f"    bound {verdict}" for verdict in figure.verdicts()]


def _table(figures: Sequence[Figure]) -> list[str]:
    names = [name for name in figures[-1].times if name != OURS]
    rows = [
        "| Size | ours | " + " | ".join(names) + " | ours ÷ each | bounds |",
        "| --- " * (len(names) + 4) + "|",
    ]
    for figure in figures:
        cells = [_cell(figure.times[name]) if name in figure.times else "" for name in names]
        ratios = ", ".join(f"{figure.ratio(name):.2f}" for name in names if name in figure.times)
        size, bounds = f"{figure.size:,}", "; ".join(figure.verdicts())
        rows.append(f"| {size} | {_cell(figure.ours)} | {' | '.join(cells)} | {ratios} | {bounds} |")
    return rows


def load() -> str:
    """How busy the machine was with everything on it, this run included."""
    return f"load over the last five minutes: {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores"


def machine(superuser: str) -> str:
    """Where it ran, without names or paths."""
    with psycopg.connect(superuser) as connection:
        version = connection.execute("SHOW server_version").fetchone()[0].split()[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{date.today():%Y-%m-%d}: {os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB of memory, "
        f"PostgreSQL {version}, Python {sys.version.split()[0]}. Median / 95th percentile in milliseconds."
    )
