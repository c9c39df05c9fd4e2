"""Reading: the register of all breaches (AVG 33(5)), one file, and what goes to the AP."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.contrib.auth import get_user_model
from django.utils import timezone

from privacy import desks
from privacy.access import visible
from privacy.actor import Actor
from privacy.audit import record
from privacy.breaches import measures, terms
from privacy.breaches.terms import Clock
from privacy.models import (
    Breach,
    BreachDossier,
    BreachMeasure,
    BreachNotice,
    BreachRisk,
    BreachTask,
    Desk,
    NoticeKind,
    TellAP,
    TellPartners,
    TellPersons,
)

KINDS = (
    ("confidentiality", "vertrouwelijkheid: iemand zag of kreeg wat niet mocht"),
    ("integrity", "integriteit: gegevens klopten niet meer"),
    ("availability", "beschikbaarheid: gegevens waren weg of niet bereikbaar"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One breach in the register."""

    pk: UUID
    reference: str
    discovered_at: datetime
    opened_at: datetime
    closed_at: datetime | None
    state: str
    risk: str
    kinds: str
    persons_count: int | None
    touched: int
    internal: Clock
    ap: Clock
    ap_at: datetime | None
    ap_words: str
    persons_words: str

    @property
    def next_clock(self) -> Clock | None:
        """The term that ends first of those that still run."""
        running = [one for one in (self.internal, self.ap) if one.running]
        return min(running, key=lambda one: one.due_at, default=None)

    @property
    def in_time(self) -> str:
        """Whether what had to be done was done in time, in a word."""
        judged = [one.in_time for one in (self.internal, self.ap) if one.in_time is not None]
        if False in judged:
            return "nee"
        return "loopt" if self.next_clock else "ja" if judged else "niet van toepassing"


def clocks(breach: Breach, now: datetime) -> tuple[Clock, Clock]:
    """Both terms of a file as they stand."""
    open_yet = breach.closed_at is None and breach.risk != BreachRisk.NO_BREACH
    ap_needed = open_yet and breach.ap != TellAP.NO
    return (
        terms.internal(breach.discovered_at, breach.internal_at, needed=open_yet, now=now),
        terms.ap(breach.discovered_at, breach.ap_at, needed=ap_needed, now=now),
    )


def line_of(breach: Breach, touched: int, now: datetime) -> Line:
    """A file as a line of the register: nothing that is sealed."""
    internal, ap = clocks(breach, now)
    return Line(
        pk=breach.pk,
        reference=breach.dossier.reference,
        discovered_at=breach.discovered_at,
        opened_at=breach.opened_at,
        closed_at=breach.closed_at,
        state="Afgesloten" if breach.closed_at else "Open",
        risk=BreachRisk(breach.risk).label,
        kinds=", ".join(words.partition(":")[0] for name, words in KINDS if getattr(breach, name)),
        persons_count=breach.persons_count,
        touched=touched,
        internal=internal,
        ap=ap,
        ap_at=breach.ap_at,
        ap_words=TellAP(breach.ap).label,
        persons_words=TellPersons(breach.persons).label,
    )


def _lines(now: datetime, only_open: bool, event: str, by: Actor) -> list[Line]:
    desks.take_up(Desk.BREACH, by=by)
    rows = visible(Breach, by=by).select_related("dossier")
    found = list(rows.filter(closed_at=None) if only_open else rows)
    seen = record.Seen(tuple(row.dossier_id for row in found), tuple(row.dossier.reference for row in found))
    record.look(event, seen=seen, by=by)
    pairs = visible(BreachDossier, by=by).order_by("breach_id").values_list("breach_id", "about_id")
    counted = {key: len({about for _, about in of}) for key, of in groupby(pairs, key=lambda pair: pair[0])}
    return [line_of(row, counted.get(row.pk, 0), now) for row in found]


def register(now: datetime, *, printed: bool = False, by: Actor) -> list[Line]:
    """All breaches, the newest first."""
    return _lines(now, False, "breach.printed" if printed else "breach.listed", by)


def still_open(now: datetime, *, by: Actor) -> list[Line]:
    """What is open, the one whose term ends first on top."""
    lines = _lines(now, True, "breach.listed", by)
    return sorted(lines, key=lambda one: (one.next_clock is None, one.next_clock and one.next_clock.due_at.timestamp()))


@dataclass(frozen=True, slots=True)
class Page:
    """One file as its page shows it. The caller opened it with its keys."""

    line: Line
    categories: tuple[str, ...]
    kinds: tuple[str, ...]
    weighing: tuple[tuple[str, str], ...]
    decisions: tuple[tuple[str, str, str], ...]
    touched: tuple[BreachDossier, ...]
    untold: tuple[BreachDossier, ...]
    tasks: tuple[BreachTask, ...]
    notices: tuple[BreachNotice, ...]
    measures: tuple[BreachMeasure, ...]
    missing: tuple[str, ...]
    opened_by: str


def page_of(breach: Breach, now: datetime, *, by: Actor) -> Page:
    """Everything on the page of one file."""
    touched = tuple(visible(BreachDossier, by=by).filter(breach=breach))
    tasks = tuple(visible(BreachTask, by=by).filter(breach=breach).select_related("person"))
    asked, reasons = {task.about_id for task in tasks}, breach.reasons or {}
    opener = get_user_model()._default_manager.filter(pk=breach.opened_by).first()
    return Page(
        line=line_of(breach, len({one.about_id for one in touched}), now),
        categories=categories_of(breach),
        kinds=tuple(words for name, words in KINDS if getattr(breach, name)),
        weighing=weighing_of(breach),
        decisions=(
            ("Autoriteit Persoonsgegevens", TellAP(breach.ap).label, reasons.get("ap", "")),
            ("Betrokkenen", TellPersons(breach.persons).label, reasons.get("persons", "")),
            ("Partners", TellPartners(breach.partners).label, reasons.get("partners", "")),
        ),
        touched=touched,
        untold=_once(one for one in touched if one.about_id not in asked),
        tasks=tasks,
        notices=tuple(visible(BreachNotice, by=by).filter(breach=breach)),
        measures=tuple(visible(BreachMeasure, by=by).filter(breach=breach)),
        missing=tuple(terms.not_yet(measures.standing(breach, by=by))),
        opened_by=getattr(opener, "name", ""),
    )


def _once(rows: Iterable[BreachDossier]) -> tuple[BreachDossier, ...]:
    return tuple({one.about_id: one for one in rows}.values())


def categories_of(breach: Breach) -> tuple[str, ...]:
    """The kinds of data, in words."""
    return tuple(terms.CATEGORIES.get(code, code) for code in breach.categories)


def weighing_of(breach: Breach) -> tuple[tuple[str, str], ...]:
    """Each factor that was weighed, with its reason."""
    given = breach.weighing or {}
    return tuple((question, given[code]) for code, question in terms.FACTORS.items() if given.get(code))


def blocks_for_ap(breach: Breach, *, by: Actor) -> list[tuple[str, str]]:
    """What the form of the AP asks, to copy: without names of persons, staff or dossiers. Taking it is logged."""
    record.look("breach.printed", seen=record.Seen((breach.dossier_id,), (breach.dossier.reference,)), by=by)
    line = [one for one in visible(BreachNotice, by=by).filter(breach=breach) if one.kind == NoticeKind.AP]
    done = visible(BreachMeasure, by=by).filter(breach=breach)
    count = breach.persons_count
    return [
        ("Eigen kenmerk", breach.dossier.reference),
        ("Eerdere melding", ", ".join(one.number for one in line if one.number) or "Geen"),
        ("Ontdekt", _moment(breach.discovered_at)),
        ("Begonnen", _moment(breach.began_at) if breach.began_at else "Onbekend"),
        ("Geëindigd", _moment(breach.ended_at) if breach.ended_at else "Duurt nog voort, of onbekend"),
        ("Samenvatting", breach.for_ap or "Nog niet beschreven zonder namen. Vul dit in bij Wat er gebeurde."),
        ("Aard van de inbreuk", "; ".join(w for name, w in KINDS if getattr(breach, name)) or "Nog niet vastgelegd"),
        ("Soort gegevens", "; ".join(categories_of(breach)) or "Nog niet vastgelegd"),
        ("Aantal personen", "Nog onbekend" if count is None else str(count)),
        ("Risico", BreachRisk(breach.risk).label),
        *weighing_of(breach),
        ("Vertelt u het de betrokkenen?", TellPersons(breach.persons).label),
        ("Maatregelen", "\n".join(f"{one.what} ({_state(one)})" for one in done) or "Nog geen"),
        ("Reden van de vertraging", next((one.delay for one in line if one.delay), "") or "Niet van toepassing"),
    ]


def _state(measure: BreachMeasure) -> str:
    day = measure.done_on or measure.due_on
    return f"{'gedaan op' if measure.done_on else 'voor'} {day:%d-%m-%Y}" if day else "gepland"


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%d-%m-%Y, %H:%M} uur"
