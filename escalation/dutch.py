"""Days, moments and lists as a person reads them. Always Dutch, whatever the language of the process is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def day_of(moment: datetime) -> date:
    """The day on which this moment falls in the Netherlands."""
    return moment.astimezone(AMSTERDAM).date()


def spoken_day(day: date) -> str:
    """Such as "vrijdag 3 april 2026"."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def spoken_moment(moment: datetime) -> str:
    """Such as "vrijdag 3 april 2026 om 23.30 uur", in Dutch time; in the hour that comes twice it says which."""
    local = moment.astimezone(AMSTERDAM)
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    season = (" (wintertijd)" if local.fold else " (zomertijd)") if twice else ""
    return f"{spoken_day(local.date())} om {local:%H.%M} uur{season}"


def opening(text: str) -> str:
    """The text as a sentence begins, with every other capital where it stands: "Het college van B en W"."""
    return text[:1].upper() + text[1:]


def joined(words: Sequence[str], last: str = "en") -> str:
    """Such as "a, b en c"."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)
