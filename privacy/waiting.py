"""What waits at the officer's desks and how old it is: one line each, counts and terms only.

Rooms that stand above this one say their own line here (`register`); the page of the officer shows them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from privacy.actor import Actor
from privacy.breaches.register import Line
from privacy.models import Desk, DestructionList
from privacy.retention import holds, term_changes
from privacy.review import hits
from privacy.uses import Use

NOTHING = "niets wacht"


@dataclass(frozen=True, slots=True)
class Waits:
    """One line: whose desk, what waits in words, how its term stands, and where to go."""

    what: str
    words: str
    url_name: str
    fragment: str = ""
    term: str = ""
    state: str = "ruim"
    order: int = 0


Source = Callable[[date, Actor], Waits]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Adds the line of another room."""
    if source not in _sources:
        _sources.append(source)


def counted(number: int, one: str, more: str) -> str:
    """A count in words; nothing is said calmly."""
    return NOTHING if not number else f"{number} {one if number == 1 else more}"


def waits(breaches: list[Line], uses: list[Use], *, now: datetime, by: Actor) -> list[Waits]:
    """Every desk, the coverage of the review on top. What the page shows below is given, so nothing is asked twice."""
    today = timezone.localdate(now)
    own = [_review(now, by), _uses(uses), _breaches(breaches), _lists(by), _terms(), _holds(today, by)]
    return sorted([*own, *(source(today, by) for source in _sources)], key=lambda one: one.order)


def _review(now: datetime, by: Actor) -> Waits:
    said = hits.coverage(Desk.REVIEW, now=now, by=by).sentence
    return Waits("Controle van het kijken", said, "privacy-review", order=1)


def _uses(uses: list[Use]) -> Waits:
    words = counted(len(uses), "keer te beoordelen", "keer te beoordelen")
    late = any(use.late for use in uses)
    term = min(uses, key=lambda use: use.due_at).term if uses else ""
    return Waits("Noodtoegang", words, "privacy-home", "#nood", term, "te_laat" if late else "ruim", 2)


def _breaches(lines: list[Line]) -> Waits:
    clock = lines[0].next_clock if lines else None
    words = counted(len(lines), "datalek open", "datalekken open")
    term, state = (clock.words, str(clock.state)) if clock else ("", "ruim")
    return Waits("Datalekken", words, "privacy-breaches", "", term, state, 3)


def _lists(by: Actor) -> Waits:
    made = DestructionList.objects.filter(checked_at__isnull=True, stopped_at__isnull=True, ended_at__isnull=True)
    begun = list(made.order_by("made_at").values_list("made_at", flat=True))
    words = counted(len(begun), "lijst wacht op een tweede persoon", "lijsten wachten op een tweede persoon")
    term = f"oudste van {timezone.localtime(begun[0]):%d-%m-%Y}" if begun else ""
    return Waits("Vernietigingslijsten", words, "privacy-retention", "", term, "ruim", 6)


def _terms() -> Waits:
    words = counted(term_changes.asked().count(), "tafel wacht op uw besluit", "tafels wachten op uw besluit")
    return Waits("Kortere bewaartermijn", words, "privacy-retention", "#termijnen", order=6)


def _holds(today: date, by: Actor) -> Waits:
    over = list(holds.standing_holds(by=by).filter(review_on__lte=today).values_list("review_on", flat=True))
    words = counted(len(over), "keer opnieuw bekijken", "keer opnieuw bekijken")
    term = f"sinds {min(over):%d-%m-%Y}" if over else ""
    return Waits("Bewaarplicht en bezwaar", words, "privacy-retention", "", term, "te_laat" if over else "ruim", 7)
