"""STOPGAP until the real loader is here (its owner replaces this file)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Coded:
    code: str
    label: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Theme:
    code: str
    version: str = "2026.1"
    name: str = ""
    sentence: str = ""
    reject_reasons: tuple[Coded, ...] = (Coded("onvoldoende"),)
    close_outcomes: tuple[Coded, ...] = (Coded("doel_bereikt"),)

    def retain_until(self, first: date) -> date:
        return first.replace(year=first.year + 5)


@dataclass(frozen=True)
class ThemeSet:
    all: tuple[Theme, ...] = field(
        default_factory=lambda: tuple(Theme(c, name=c) for c in ("woonoverlast", "jonge_aanwas", "hgkm", "ondermijning"))
    )

    def active(self) -> tuple[Theme, ...]:
        return self.all

    def get(self, code: str, version: str) -> Theme:
        return next(t for t in self.all if t.code == code)


def load_themes(directory: Path) -> ThemeSet:
    return ThemeSet()
