"""When a dossier goes. The one rule: `retain_until` names the day on which it goes, and the day before it stays.

The database says the same in `privacy_not_due` (privacy/rls/destroying.py); screens write "Bewaren tot" that day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from privacy.datafiles import DataFile, refuse_mistakes

FILE = Path(__file__).parent / "terms.toml"
SOON = timedelta(days=90)
Theme = tuple[str, str]  # the name a person reads, and why dossiers of it are kept as long as they are
Themes = Callable[[str], Theme | None]
Table = tuple[str, int | None]  # its name, and its own shorter term in years
Tables = Callable[[str], Table | None]
_themes: list[Themes] = []
_tables: list[Tables] = []


@dataclass(frozen=True, slots=True)
class Term:
    """How long one kind of dossier is kept, and why."""

    code: str
    label: str
    years: int
    days: int
    source: str

    def ends(self, begin: date) -> date:
        """The day on which it goes."""
        return years_after(begin, self.years) + timedelta(days=self.days)


def years_after(day: date, years: int) -> date:
    """The same day, years later; 29 February becomes 28: nothing stays a day longer than the law says."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def goes(retain_until: date, today: date) -> bool:
    """Whether it goes today."""
    return retain_until <= today


def earliest(ends: Iterable[date]) -> date:
    """Of several terms the one that ends first counts: a table or theme shortens what a profile allows."""
    return min(ends)


@lru_cache(maxsize=1)
def terms() -> dict[str, Term]:
    """The terms of the file; raises DataFileError with every mistake in it."""
    file = DataFile(FILE)
    top = file.top()
    found = {}
    for section in top.sections("terms", least=1):
        term = Term(
            section.text("code"),
            section.text("label"),
            section.number("years", least=0),
            section.number("days", least=0),
            section.text("source"),
        )
        if term.years + term.days == 0:
            section.wrong("days", "een termijn van nul dagen bewaart niets")
        section.close()
        found[term.code] = term
    top.close()
    if "other" not in found:
        top.wrong("terms", "er moet een termijn met code 'other' zijn")
    refuse_mistakes([file])
    return found


def term_of(code: str) -> Term:
    """The term with this code, or else that of everything without one."""
    return terms().get(code, terms()["other"])


def register_themes(source: Themes) -> None:
    """Says where themes are written: the code of one in, its name and its term with the article out."""
    if source not in _themes:
        _themes.append(source)


def register_tables(source: Tables) -> None:
    """Says what is known of a table: its id in, its name and its own term out."""
    if source not in _tables:
        _tables.append(source)


def _theme(code: str) -> Theme | None:
    return next((said for source in _themes if (said := source(code))), None) if code else None


def theme_name(code: str) -> str:
    """The name of a theme; its code when no file has it any more."""
    found = _theme(code)
    return found[0] if found else code


def _table(pk: str) -> Table | None:
    return next((said for source in _tables if (said := source(pk))), None) if pk else None


def table_name(pk: str) -> str:
    """The name of a table; its id when nobody knows it any more."""
    found = _table(pk)
    return found[0] if found else pk


def source_of(kind: str, theme: str, table: str = "") -> str:
    """Why something of this kind is kept as long as it is, with the article."""
    if kind not in terms() and theme:
        found, own = _theme(theme), _table(table)
        shorter = f" Deze tafel koos voor {own[1]} jaar." if own and own[1] else ""
        return f"{found[1]}{shorter}" if found else shorter.strip()
    if kind == "household":
        return "Een gezin volgt de laatste van zijn casussen."
    return term_of(kind).source
