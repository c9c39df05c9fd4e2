"""When a household or case is stuck: pure functions of what is known of it. No database, no clock.

A limit that a table sets is the last moment that is still in time; the day after it is too late. Each finding says
what, since when and whose turn it is, and proposes what to do. It decides nothing (requirement 72).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.dateformat import format as in_words

from partners.models import Alarm, StagnationSettings

CASUSREGISSEUR = "de casusregisseur"
PROCESREGISSEUR = "de procesregisseur"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a household or case without opening it: dates and states, in local days.

    `regie_gone` and `process_gone` say since when nobody directs in fact; `waits` until when an alarm waits.
    """

    opened: date
    household: bool = True
    due: tuple[date, ...] = ()
    contact: date | None = None
    regie_gone: date | None = None
    process_gone: date | None = None
    offered: date | None = None
    evaluate_on: date | None = None
    goals: bool = True
    actions: bool = True
    waits: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stuck:
    """One alarm: since when, what is the matter, whose turn it is, and what could be done."""

    alarm: Alarm
    since: date
    sentence: str
    turn: str
    proposal: str


def _day(day: date) -> str:
    return in_words(day, "j F Y")


def _after(start: date, days: int) -> date:
    """The first day that is too late."""
    return start + timedelta(days=days + 1)


def _regie(facts: Facts, limits: StagnationSettings) -> Iterator[Stuck]:
    up = "Lukt dat niet, schaal dan op naar het lijnoverleg van de partners."
    if facts.regie_gone:
        yield Stuck(
            Alarm.REGIE,
            facts.regie_gone,
            f"Er is sinds {_day(facts.regie_gone)} geen casusregisseur.",
            PROCESREGISSEUR,
            f"Voorstel: wijs vandaag iemand aan. {up}",
        )
    if facts.process_gone:
        yield Stuck(
            Alarm.REGIE,
            facts.process_gone,
            f"Er is sinds {_day(facts.process_gone)} geen procesregisseur.",
            "de procesregisseurs van de tafel",
            f"Voorstel: spreek vandaag af wie het overneemt. {up}",
        )


def _handover(facts: Facts, limits: StagnationSettings) -> Iterator[Stuck]:
    if facts.offered:
        yield Stuck(
            Alarm.HANDOVER,
            _after(facts.offered, limits.handover_days),
            f"De overdracht van {_day(facts.offered)} is nog niet aangenomen.",
            "wie de regie aangeboden kreeg",
            "Voorstel: bel deze persoon vandaag. Kies iemand anders als het niet gaat.",
        )


def _overdue(facts: Facts, limits: StagnationSettings) -> Iterator[Stuck]:
    if facts.due:
        first = min(facts.due)
        yield Stuck(
            Alarm.OVERDUE,
            _after(first, limits.overdue_days),
            f"De oudste open actie moest op {_day(first)} klaar zijn.",
            f"wie de actie heeft, en {CASUSREGISSEUR if facts.household else PROCESREGISSEUR}",
            "Voorstel: vraag wat er nodig is. Bespreek de actie op de volgende tafel als dat niet helpt.",
        )


def _contact(facts: Facts, limits: StagnationSettings) -> Iterator[Stuck]:
    last = facts.contact or facts.opened
    since = f"Sinds {_day(last)} is er geen contact met het gezin genoteerd."
    never = f"Er is nog geen contact met het gezin genoteerd. Het plan begon op {_day(last)}."
    yield Stuck(
        Alarm.CONTACT,
        _after(last, 7 * limits.contact_weeks),
        since if facts.contact else never,
        CASUSREGISSEUR,
        "Voorstel: bespreek op de volgende tafel wie het gezin wél bereikt, en of opschalen nodig is.",
    )


def _evaluation(facts: Facts, limits: StagnationSettings) -> Iterator[Stuck]:
    if facts.evaluate_on:
        yield Stuck(
            Alarm.EVALUATION,
            _after(facts.evaluate_on, 0),
            f"Het plan moest op {_day(facts.evaluate_on)} worden geëvalueerd.",
            CASUSREGISSEUR,
            "Voorstel: zet de evaluatie op de volgende tafel: doorgaan, opschalen of afsluiten.",
        )


def _no_goals(facts: Facts, limits: StagnationSettings) -> Iterator[Stuck]:
    if not facts.goals:
        yield Stuck(
            Alarm.NO_GOALS,
            _after(facts.opened, limits.plan_days),
            f"Het plan van {_day(facts.opened)} heeft nog geen doel.",
            CASUSREGISSEUR,
            "Voorstel: stel op de volgende tafel samen de eerste doelen vast.",
        )


def _no_actions(facts: Facts, limits: StagnationSettings) -> Iterator[Stuck]:
    if not facts.actions and facts.goals:
        yield Stuck(
            Alarm.NO_ACTIONS,
            _after(facts.opened, limits.plan_days),
            f"Het plan van {_day(facts.opened)} heeft doelen, maar nog geen actie.",
            CASUSREGISSEUR,
            "Voorstel: spreek op de volgende tafel af wie wat doet, en wanneer.",
        )


Rule = Callable[[Facts, StagnationSettings], Iterator[Stuck]]
# In the order in which a reader should hear of them.
RULES: dict[Alarm, Rule] = {
    Alarm.REGIE: _regie,
    Alarm.HANDOVER: _handover,
    Alarm.OVERDUE: _overdue,
    Alarm.CONTACT: _contact,
    Alarm.EVALUATION: _evaluation,
    Alarm.NO_GOALS: _no_goals,
    Alarm.NO_ACTIONS: _no_actions,
}
# A case itself has a regie, and what was agreed at the table; the plan is of a household.
OF_A_CASE = (Alarm.REGIE, Alarm.OVERDUE)


def waits(facts: Facts, alarm: Alarm, today: date) -> bool:
    """Whether somebody decided to wait with this alarm; on the day itself it is there again."""
    return alarm in facts.waits and facts.waits[alarm] > today


def found(facts: Facts, limits: StagnationSettings, today: date) -> list[Stuck]:
    """Everything that is stuck by the limits of one table, also what waits."""
    asked = [alarm for alarm in RULES if limits.asks(alarm) and (facts.household or alarm in OF_A_CASE)]
    return [one for alarm in asked for one in RULES[alarm](facts, limits) if one.since <= today]


def strictest(facts: Facts, tables: Iterable[StagnationSettings], today: date) -> list[Stuck]:
    """What is stuck for somebody who directs several tables that it comes to: the first moment of each alarm counts."""
    every = [one for limits in tables for one in found(facts, limits, today)]
    first = {(one.alarm, one.sentence): one for one in sorted(every, key=lambda one: one.since, reverse=True)}
    order = list(RULES)
    return sorted(first.values(), key=lambda one: (order.index(one.alarm), one.since))
