"""STOPGAP until the real loader is here (its owner replaces this file)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path


class ShareForbidden(Exception):
    pass


@dataclass(frozen=True)
class Ground:
    code: str
    label: str = ""


@dataclass(frozen=True)
class Profile:
    code: str = "gemeentelijk"
    version: str = "2026.1"
    grounds: tuple[Ground, ...] = (Ground("publieke_taak"), Ground("wpg_20"))

    def may_sit(self, kind: str) -> bool:
        return True

    def retain_until(self, first: date) -> date:
        return first.replace(year=first.year + 5)

    def check_share(self, *, category: str, recipient_kind: str, ground: str, decision_ref: str) -> None:
        if category == "politie" and recipient_kind == "woningcorporatie" and ground != "wpg_20":
            raise ShareForbidden("Wpg 19/20")


@dataclass(frozen=True)
class ProfileSet:
    def newest(self, code: str) -> Profile:
        return Profile()

    def get(self, code: str, version: str) -> Profile:
        return Profile()


def load_profiles(directory: Path) -> ProfileSet:
    return ProfileSet()
