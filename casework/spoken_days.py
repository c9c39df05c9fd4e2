"""Days as people say them at a table: "vóór vrijdag", "over twee weken", "eind volgende week", "3-12"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_LONG = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_SHORT = ("ma", "di", "wo", "do", "vr", "za", "zo")
_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
_MONTH = "|".join(f"{month}|{month[:3]}|mrt" if month == "maart" else f"{month}|{month[:3]}" for month in _MONTHS)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"), start=1
    )
} | {"één": 1, "'n": 1}
_STRONG = r"v[oó][oó]r|uiterlijk|tot\ en\ met|t/m|tot|per|deadline|klaar\ op|binnen|over"
_WEAK = r"op|in|de|aan\ het"
_AROUND = rf"(?P<strong>(?:uiterlijk\ )?(?:{_STRONG})(?:\ het|\ de)?\ )|(?P<weak>(?:{_WEAK})\ )"
_ONE = rf"""
    (?P<count>\d{{1,3}}|{"|".join(_NUMBERS)})\ (?P<unit>dag(?:en)?|we(?:ek|ken)|maand(?:en)?)
  | (?P<part>begin|halverwege|midden|medio|half|eind)(?:\ van)?(?:\ de)?\ (?P<of>deze\ week|volgende\ week|deze\ maand
      |volgende\ maand|maand|week|{_MONTH})
  | (?P<week>volgende\ week|deze\ week)(?:\ op)?(?:\ (?P<in_week>{"|".join(_LONG)}|(?:{"|".join(_SHORT)})\b))?
  | (?P<near>vandaag|overmorgen|morgen)
  | (?P<meeting>(?:het\ )?(?:volgende?\ (?:overleg|keer|vergadering|tafel)|volgende\ casusoverleg))
  | (?P<which>aanstaande|a\.s\.|komende|deze|volgende)?\ ?(?P<weekday>{"|".join(_LONG)})(?P<later>\ volgende\ week)?
  | (?P<short>{"|".join(_SHORT)})\b\.?
  | (?P<d>\d{{1,2}})(?:(?P<sep>[-/])(?P<m>\d{{1,2}})(?:(?P=sep)(?P<y>\d{{4}}|\d{{2}}))?
      |\ (?P<month>{_MONTH})\.?(?:\ (?P<year>\d{{4}}))?)
"""
_DAY = re.compile(rf"(?<![\w'’-])(?:{_AROUND})?(?:{_ONE})(?![\w-]|/\d)", re.IGNORECASE | re.VERBOSE)
# A day that tells of something that was, or begins: "de brief van maandag", "sinds 3 december".
_ABOUT = re.compile(r"\b(?:van|sinds|vanaf|na|d\.d\.|dd)\s+(?:de\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was named, and where."""

    day: date
    span: tuple[int, int]


def days_in(line: str, *, on: date, next_meeting: date | None) -> list[Day]:
    """The day that a line is due on; more than one when nobody can tell which, none when it names none.

    "vóór", "uiterlijk" and their like go before a bare "op maandag", which may be part of what must be done.
    """
    strong: list[Day] = []
    weak: list[Day] = []
    for match in _DAY.finditer(line):
        tells = not match["strong"] and _ABOUT.search(line[: match.start()])
        day = None if tells else _read(match, line, on, next_meeting)
        if day is not None:
            (strong if match["strong"] else weak).append(Day(day, match.span()))
    return strong or weak


def a_day(text: str, *, on: date, next_meeting: date | None = None) -> date | None:
    """A day that stands by itself in a field, typed in the same words; None when it can't be read."""
    found = days_in(f"op {text.strip()}", on=on, next_meeting=next_meeting)
    return found[0].day if len(found) == 1 else None


def _read(match: re.Match[str], line: str, on: date, next_meeting: date | None) -> date | None:
    for kind, read in _READERS.items():
        if match[kind]:
            return read(match, line, on, next_meeting)
    return None


def _counted(match: re.Match[str], line: str, on: date, next_meeting: date | None) -> date | None:
    if not match["strong"] or match["strong"].split()[0].casefold() not in ("over", "binnen"):
        return None
    said = match["count"].casefold()
    count = int(said) if said.isdigit() else _NUMBERS[said]
    if match["unit"][0] in "mM":
        return _months_on(on, count)
    return on + timedelta(days=count * (7 if match["unit"][0] in "wW" else 1))


def _months_on(on: date, count: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + count, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def _of_week(on: date, weeks: int, weekday: int) -> date:
    return on - timedelta(days=on.weekday()) + timedelta(days=7 * weeks + weekday)


def _part(match: re.Match[str], line: str, on: date, next_meeting: date | None) -> date | None:
    part, of = match["part"].casefold(), match["of"].casefold()
    if "week" in of:
        weekday = 0 if part == "begin" else 4 if part == "eind" else 2
        return max(_of_week(on, int(of.startswith("volgende")), weekday), on)
    if part == "begin":
        return None  # of a month: no day that everybody means
    first = _months_on(on.replace(day=1), int(of.startswith("volgende")))
    if "maand" not in of:
        month = _month(of)
        first = date(on.year + (month < on.month), month, 1)
    last = calendar.monthrange(first.year, first.month)[1]
    found = first.replace(day=last if part == "eind" else 15)
    return found if found >= on else None


def _week(match: re.Match[str], line: str, on: date, next_meeting: date | None) -> date:
    named = match["in_week"]
    weekday = _weekday(named) if named else 4
    return max(_of_week(on, int(match["week"].casefold().startswith("volgende")), weekday), on)


def _near(match: re.Match[str], line: str, on: date, next_meeting: date | None) -> date:
    return on + timedelta(days={"vandaag": 0, "morgen": 1, "overmorgen": 2}[match["near"].casefold()])


def _meeting(match: re.Match[str], line: str, on: date, next_meeting: date | None) -> date | None:
    return next_meeting


def _named(match: re.Match[str], line: str, on: date, next_meeting: date | None) -> date:
    weekday = _weekday(match["weekday"])
    if match["later"] or (match["which"] or "").casefold() == "volgende":
        return _of_week(on, 1, weekday)
    return _coming(on, weekday)


def _short(match: re.Match[str], line: str, on: date, next_meeting: date | None) -> date | None:
    """Two letters are a day only behind "vóór" or "op": "zo" and "do" are words of their own."""
    return _coming(on, _weekday(match["short"])) if match["strong"] or match["weak"] else None


def _coming(on: date, weekday: int) -> date:
    """The first such day after this one: on a Tuesday, "dinsdag" is next week's."""
    return on + timedelta(days=(weekday - on.weekday() - 1) % 7 + 1)


def _weekday(word: str) -> int:
    return _SHORT.index(word.casefold()[:2])


def _month(word: str) -> int:
    said = word.casefold()
    return 3 if said == "mrt" else next(n for n, month in enumerate(_MONTHS, 1) if month[:3] == said[:3])


def _in_figures(match: re.Match[str], line: str, on: date, next_meeting: date | None) -> date | None:
    """A day and a month, this year or the next. Bare figures are a day only at the end: "Dorpsstraat 3-5" is none."""
    if match["sep"] and not (match["strong"] or match["weak"] or match["y"]) and line[match.end() :].strip(" .,;)"):
        return None
    month = int(match["m"]) if match["sep"] else _month(match["month"])
    said = match["y"] or match["year"]
    year = on.year if not said else int(said) + (2000 if len(said) == 2 else 0)
    try:
        found = date(year, month, int(match["d"]))
        return found if said or found >= on else found.replace(year=year + 1)
    except ValueError:
        return None


_READERS = {
    "count": _counted,
    "part": _part,
    "week": _week,
    "near": _near,
    "meeting": _meeting,
    "weekday": _named,
    "short": _short,
    "d": _in_figures,
}


def spoken_day(day: date) -> str:
    """A day as it is read back: "vr 4 december"."""
    return f"{_SHORT[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
