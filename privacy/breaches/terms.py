"""The terms of a breach and its words; pure, no database and no clock.

24 hours for word inside the house and the early warning of the Cyberbeveiligingswet; 72 hours for the AP (AVG 33(1),
Wpg 33a(1)). Both count in hours from the discovery, through nights, weekends and the change of the clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

INTERNAL = timedelta(hours=24)
AP = timedelta(hours=72)
NEARLY = timedelta(hours=6)

CATEGORIES: dict[str, str] = {
    "contact": "naam, adres en andere contactgegevens",
    "bsn": "burgerservicenummer",
    "zorg": "gezondheid en zorg",
    "jeugd": "jeugdhulp",
    "politie": "politie, justitie en strafbare feiten",
    "huisvesting": "wonen en huur",
    "financien": "geld en schulden",
    "gezin": "gezin en relaties",
    "onderwijs": "school en opleiding",
    "medewerkers": "gegevens van medewerkers",
    "anders": "andere gegevens",
}
# What weighs (EDPB, guidelines 9/2022, section IV.B).
FACTORS: dict[str, str] = {
    "nature": "Wat voor inbreuk is het, en hoe lang duurde die?",
    "sensitivity": "Hoe gevoelig zijn de gegevens, en hoeveel zijn het er?",
    "identifiable": "Hoe makkelijk is te zien over wie het gaat?",
    "consequences": "Wat kunnen de gevolgen voor deze personen zijn, en hoe ernstig zijn die?",
    "vulnerable": "Zijn er kinderen of andere kwetsbare personen bij?",
    "receiver": "Wie kreeg of zag de gegevens, en is die te vertrouwen?",
}


class State(StrEnum):
    """As `components/due.html` draws it. What was done is never late any more: `Clock.in_time` says whether it was."""

    AMPLE = "ruim"
    NEARLY = "bijna"
    LATE = "te_laat"


@dataclass(frozen=True, slots=True)
class Clock:
    """One term: what it asks, until when exactly, and how it stands in words. `in_time` is None while it is open."""

    label: str
    due_at: datetime
    words: str
    state: State
    in_time: bool | None
    running: bool


def clock(label: str, due_at: datetime, *, done_at: datetime | None, needed: bool, now: datetime) -> Clock:
    """How a term stands at this moment."""
    if done_at is not None and done_at <= due_at:
        return Clock(label, due_at, "gedaan, binnen de termijn", State.AMPLE, True, False)
    if done_at is not None:
        return Clock(label, due_at, f"gedaan, {span(done_at - due_at)} na de termijn", State.AMPLE, False, False)
    if not needed:
        return Clock(label, due_at, "niet nodig", State.AMPLE, None, False)
    if now > due_at:
        return Clock(label, due_at, f"de termijn is {span(now - due_at)} voorbij", State.LATE, False, True)
    left = due_at - now
    return Clock(label, due_at, f"nog {span(left)}", State.NEARLY if left <= NEARLY else State.AMPLE, None, True)


def internal(discovered_at: datetime, done_at: datetime | None, *, needed: bool, now: datetime) -> Clock:
    """Word inside the house, and the early warning."""
    return clock(
        "Intern en vroege waarschuwing (24 uur)", discovered_at + INTERNAL, done_at=done_at, needed=needed, now=now
    )


def ap(discovered_at: datetime, done_at: datetime | None, *, needed: bool, now: datetime) -> Clock:
    """The notice to the AP."""
    return clock("Melding aan de AP (72 uur)", discovered_at + AP, done_at=done_at, needed=needed, now=now)


def late_for_ap(discovered_at: datetime, at: datetime) -> bool:
    """Whether a notice at this moment must say why it comes late (AVG 33(1))."""
    return at > discovered_at + AP


def span(length: timedelta) -> str:
    """A length of time in words, in its two largest units."""
    minutes = max(int(length.total_seconds() // 60), 0)
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return _and(f"{days} {'dag' if days == 1 else 'dagen'}", f"{hours} uur" if hours else "")
    if hours:
        return _and(f"{hours} uur", _minutes(rest) if rest else "")
    return _minutes(rest) if rest else "minder dan een minuut"


def _minutes(number: int) -> str:
    return f"{number} {'minuut' if number == 1 else 'minuten'}"


def _and(first: str, second: str) -> str:
    return f"{first} en {second}" if second else first


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a file decides whether it may be closed."""

    risk: str
    ap: str
    persons: str
    partners: str
    ap_told: bool
    told: Mapping[str, int]  # how many notices, by kind
    tasks: int
    tasks_open: int
    measures: int


def not_yet(file: Standing) -> Sequence[str]:
    """What must be done before the file can be closed; nothing when it can."""
    if not file.risk:
        return ["Beoordeel eerst wat het voor de betrokkenen betekent."]
    if file.risk == "no_breach":
        return []
    wanted = [
        (not file.ap, "Besluit of u het aan de AP meldt."),
        (file.ap in ("yes", "joint") and not file.ap_told, "Leg vast wanneer het aan de AP is gemeld."),
        (not file.persons, "Besluit of u het de betrokkenen vertelt."),
        (_nobody_told(file), "Leg vast wanneer de betrokkenen het hoorden, of vraag iemand om het te vertellen."),
        (file.tasks_open > 0, f"Wacht op antwoord: {file.tasks_open} keer is nog niet gemeld dat het is verteld."),
        (not file.partners, "Besluit of u het de partners vertelt."),
        (file.partners == "yes" and not file.told.get("partner"), "Leg vast wanneer de partners het hoorden."),
        (file.measures == 0, "Leg ten minste één maatregel vast."),
    ]
    return [sentence for missing, sentence in wanted if missing]


def _nobody_told(file: Standing) -> bool:
    told = bool(file.told.get("persons"))
    return (file.persons == "yes" and not told and not file.tasks) or (file.persons == "effort" and not told)
