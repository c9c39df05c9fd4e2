"""Saturdays, Sundays and holidays: which days the Algemene termijnenwet moves an end past.

Recognised holidays come from a library, days that a decree equals with them from `privacy/days/*.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from holidays import HolidayBase, country_holidays

from privacy.datafiles import DataFile, DataFileError, refuse_mistakes

DIRECTORY = Path(__file__).parent / "days"


@lru_cache(maxsize=1)
def _recognised() -> HolidayBase:
    # Both categories: by itself `public` has 5 May once in five years and no Good Friday; Atw 3 has both every year.
    # Made at first use: the package then reads the rules of many countries, which takes a moment.
    return country_holidays("NL", categories=("public", "optional"), language="nl")


@dataclass(frozen=True, slots=True)
class FreeDays:
    """The calendar that terms are computed with. `known_until`: the last year whose decree is in the file."""

    equated: Mapping[date, str] = field(default_factory=dict)
    known_until: int = 9999

    def why_not_working(self, day: date) -> str:
        """Why this is no working day: "zaterdag", "zondag" or a holiday's name; empty for a working day."""
        if day.weekday() >= 5:
            return "zaterdag" if day.weekday() == 5 else "zondag"
        return str(_recognised().get(day, ""))

    def why_free(self, day: date) -> str:
        """Why the Algemene termijnenwet moves an end past this day; empty when it does not.

        A day that a decree equals with a holiday is free here, and still a working day (Atw 3(3)).
        """
        return self.why_not_working(day) or (f"gelijkgestelde dag, {self.equated[day]}" if day in self.equated else "")

    def working_day_before(self, day: date) -> date:
        """This day, or the last working day before it."""
        while self.why_not_working(day):
            day -= timedelta(days=1)
        return day


def _read(file: DataFile) -> tuple[str, FreeDays]:
    top, days = file.top(), {}
    top.text("code")
    version, known_until = top.text("version"), top.number("known_until", least=2026)
    for section in top.sections("days", least=1, unique="date"):
        text, source = section.text("date"), section.text("source")
        try:
            days[date.fromisoformat(text)] = source
        except ValueError:
            section.wrong("date", f"'{text}' is geen datum; schrijf jaar-maand-dag, zoals 2026-05-15")
        section.close()
    top.close()
    return version, FreeDays(days, known_until)


def load_free_days(directory: Path) -> FreeDays:
    """The newest list in this folder; raises DataFileError with file, line and reason for a mistake in any."""
    files = [DataFile(path) for path in sorted(directory.glob("*.toml"))]
    found = [_read(file) for file in files if file.readable]
    refuse_mistakes(files)
    if not found:
        raise DataFileError([])
    return max(found, key=lambda one: one[0])[1]


@lru_cache(maxsize=1)
def free_days() -> FreeDays:
    """The calendar of this municipality, read once at start."""
    return load_free_days(DIRECTORY)
