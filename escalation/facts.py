"""What is known of a case when a step is taken, and why that is not enough: plain values, one Dutch sentence each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from escalation.authority_files import Authorities
from escalation.dutch import AMSTERDAM, day_of, joined, opening, spoken_day
from escalation.rungs import Ladder, Requirement, RequirementKind
from escalation.terms import add
from privacy.free_days import FreeDays


@dataclass(frozen=True, slots=True)
class Checked:
    """Somebody looked into it, with a reason that is kept elsewhere."""

    held: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with its date."""

    dated: date


@dataclass(frozen=True, slots=True)
class Views:
    """Somebody was asked for a view: given, or the term for it ends at `ends`."""

    ends: datetime | None = None
    given: date | None = None


@dataclass(frozen=True, slots=True)
class Urgent:
    """It could not wait: a view was not asked, or a decision was told by word of mouth and is written down later."""


@dataclass(frozen=True, slots=True)
class Consent:
    """A body decided: when, who took part (codes of authorities), and whether it agreed."""

    dated: date
    members: frozenset[str]
    agreed: bool


@dataclass(frozen=True, slots=True)
class Born:
    """When the person was born whom the measure is about; for 172b the child."""

    day: date


@dataclass(frozen=True, slots=True)
class Package:
    """What is handed over: the categories of data in it, in which phase, and whether that phase's condition was met."""

    phase: int
    categories: frozenset[str]
    condition_met: bool


Fact = Checked | Paper | Views | Urgent | Consent | Born | Package


@dataclass(frozen=True, slots=True)
class Asking:
    """What a requirement is held against, besides the fact itself."""

    ladder: Ladder
    authorities: Authorities
    days: FreeDays
    now: datetime

    @property
    def today(self) -> date:
        return day_of(self.now)


def why_missing(one: Requirement, fact: Fact | None, asking: Asking) -> str:
    """Why this requirement is not met, without its article; empty when it is. A fact of another kind counts as none."""
    match fact:
        case Urgent() if one.kind in (RequirementKind.VIEWS, RequirementKind.DOCUMENT):
            return "" if one.urgent else f"Ook bij spoed is dit nodig: {one.label}"
        case Checked() if one.kind is RequirementKind.CHECK:
            return "" if fact.held else f"Dit staat niet vast: {one.label}"
        case Paper() if one.kind is RequirementKind.DOCUMENT:
            return _old(one, fact.dated, asking)
        case Views() if one.kind is RequirementKind.VIEWS:
            return _views(one, fact, asking)
        case Consent() if one.kind is RequirementKind.CONSENT:
            return _consent(one, fact, asking)
        case Born() if one.kind is RequirementKind.AGE:
            return _age(one, fact, asking)
        case Package() if one.kind is RequirementKind.PHASE:
            return _package(fact, asking)
    return _absent(one, asking)


def _absent(one: Requirement, asking: Asking) -> str:
    match one.kind:
        case RequirementKind.DOCUMENT:
            return f"Dit document ontbreekt: {one.label}"
        case RequirementKind.CONSENT:
            return (
                f"De instemming van {asking.authorities.get(one.who).named} ontbreekt: leg datum, leden en besluit vast"
            )
        case RequirementKind.AGE:
            return f"De leeftijd is niet bekend: {one.label}"
        case RequirementKind.VIEWS:
            return f"De zienswijze is nog niet gevraagd: {one.label}"
        case RequirementKind.PHASE:
            return f"De gegevensfase is nog niet gekozen: {one.label}"
        case _:
            return f"Eerst moet vaststaan: {one.label}"


def _old(one: Requirement, dated: date, asking: Asking) -> str:
    if dated > asking.today:
        return f"De datum van “{one.label}” ligt in de toekomst"
    if one.valid and (over := add(dated, one.valid, asking.days)) < asking.today:
        return f"“{one.label}” is van {spoken_day(dated)} en gold tot en met {spoken_day(over)}: leg het opnieuw vast"
    return ""


def _views(one: Requirement, fact: Views, asking: Asking) -> str:
    if fact.given:
        return _old(one, fact.given, asking)
    if fact.ends is None:
        return _absent(one, asking)
    if asking.now < fact.ends:
        last = (fact.ends.astimezone(AMSTERDAM) - timedelta(microseconds=1)).date()
        return f"De termijn voor de zienswijze loopt nog tot en met {spoken_day(last)}"
    return ""


def _consent(one: Requirement, fact: Consent, asking: Asking) -> str:
    body = asking.authorities.get(one.who)
    if not fact.agreed:
        return f"{opening(body.named)} heeft op {spoken_day(fact.dated)} niet ingestemd"
    absent = [asking.authorities.get(code).named for code in body.members if code not in fact.members]
    if absent:
        return f"Bij de instemming van {body.named} hoort ook het besluit van {joined(absent)}"
    return _old(one, fact.dated, asking)


def _age(one: Requirement, fact: Born, asking: Asking) -> str:
    if fact.day > asking.today:
        return "De geboortedatum ligt in de toekomst"
    years = age(fact.day, asking.today)
    if one.least_age and years < one.least_age:
        return f"Betrokkene is {years} jaar en dit kan pas vanaf {one.least_age} jaar: {one.label}"
    if one.below_age and years >= one.below_age:
        return f"Het kind is {years} jaar en dit kan alleen onder {one.below_age} jaar: {one.label}"
    return ""


def age(born: date, today: date) -> int:
    """In whole years; who was born on 29 February becomes older on 1 March in other years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _package(fact: Package, asking: Asking) -> str:
    phases = asking.ladder.data_phases
    if not 1 <= fact.phase <= len(phases):
        return f"Kies een gegevensfase van 1 tot en met {len(phases)}"
    named = {one.code: one.label for phase in phases for one in phase.categories}
    allowed = {one.code for phase in phases[: fact.phase] for one in phase.categories}
    if outside := sorted(fact.categories - allowed):
        words = joined([f"“{named.get(code, code)}”" for code in outside])
        return f"In fase {fact.phase} horen geen gegevens over {words}"
    phase = phases[fact.phase - 1]
    return (
        ""
        if fact.condition_met or not phase.condition
        else f"Fase {phase.number} kan alleen als vaststaat: {phase.condition}"
    )


def midnight_after(day: date) -> datetime:
    """The first moment after this day, in Dutch time: what `Views.ends` holds for a term in days."""
    return datetime.combine(day + timedelta(days=1), time(), AMSTERDAM)
