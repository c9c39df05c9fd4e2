"""The ladders of this municipality, read once at start. No code elsewhere lists them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from casework.theming import themes
from escalation.authority_files import authorities
from escalation.ladder_files import LadderSet, load_ladders
from escalation.rungs import Ladder, LadderKind

DIRECTORY = Path(__file__).parent / "ladders"


@lru_cache(maxsize=1)
def ladders() -> LadderSet:
    """All ladders in all versions; raises DataFileError with file, line and reason for a mistake in one."""
    return load_ladders(sorted(DIRECTORY.glob("*.toml")), authorities(), known_themes())


def known_themes() -> frozenset[str]:
    """The codes of all themes: what a ladder can be for."""
    return frozenset(theme.code for theme in themes().versions)


def active_ladder(code: str) -> Ladder:
    """The newest version of a ladder; raises KeyError for a code that no file has."""
    return {ladder.code: ladder for ladder in ladders().active()}[code]


def ladder_for(theme: str) -> Ladder | None:
    """The ladder of measures that a new case of this theme begins on; None for a theme without one."""
    found = (one for one in ladders().active() if theme in one.themes and one.kind is LadderKind.MEASURES)
    return next(found, None)


def regie_ladder() -> Ladder | None:
    """The ladder that says who directs (AVE), beside the ladder of the theme; None where there is none."""
    return next((one for one in ladders().active() if one.kind is LadderKind.REGIE), None)


def ladders_for(theme: str) -> tuple[Ladder, ...]:
    """All that a new case of this theme begins on: its measures, and who directs."""
    return tuple(one for one in (ladder_for(theme), regie_ladder()) if one is not None)


def ladder_version(code: str, version: str) -> Ladder:
    """A ladder as it was when a case began; raises KeyError when its file is gone."""
    return ladders().get(code, version)
