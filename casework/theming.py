"""The themes of this municipality, read once at start. No code elsewhere lists them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from casework.theme_files import Theme, ThemeSet, load_themes

DIRECTORY = Path(__file__).parent / "themes"


@lru_cache(maxsize=1)
def themes() -> ThemeSet:
    """All themes in all versions; raises DataFileError with file, line and reason for a mistake in one."""
    return load_themes(DIRECTORY)


def active_theme(code: str) -> Theme:
    """The newest version of a theme; raises KeyError for a code that no file has."""
    return next(theme for theme in themes().active() if theme.code == code)


def theme_version(code: str, version: str) -> Theme:
    """A theme as it was when a case began."""
    return themes().get(code, version)
