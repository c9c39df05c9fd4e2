"""Where a case may go from its rung, what is missing for it and who decides: pure functions of plain values.

No database, no clock. The same function refuses the act, hides or explains the button, and fills the panel on the case.
Every refusal is one Dutch sentence that ends with where it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from escalation.authority_files import Authorities
from escalation.dutch import day_of, joined, opening
from escalation.facts import Asking, Fact, why_missing
from escalation.rungs import Criterion, Ladder, Mandate, Requirement, RequirementKind, Rung, RungTerm
from escalation.terms import Running, why_not_extend
from privacy.free_days import FreeDays


class Move(StrEnum):
    """How one rung lies to another."""

    UP = "opschalen"
    SKIP = "trede overslaan"
    DOWN = "afschalen"
    BACK = "terugstappen"
    BEGIN = "inzetten naast de ladder"
    END = "beëindigen"


DOWNWARDS = frozenset({Move.DOWN, Move.BACK})


@dataclass(frozen=True, slots=True)
class Destination:
    """A rung that one may go to, and what kind of step that is."""

    rung: Rung
    move: Move


@dataclass(frozen=True, slots=True)
class Situation:
    """The case as it stands: the rung it is `at`, and the rungs `beside` the ladder that are in force.

    `regisseurs`: which of "procesregisseur" and "casusregisseur" are named now.
    """

    at: str
    beside: frozenset[str] = frozenset()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    regisseurs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """A step as somebody proposes or takes it. `motivated`: a reason was written, which is kept elsewhere, sealed."""

    to: str
    criterion: str
    motivated: bool
    review_on: date | None


@dataclass(frozen=True, slots=True)
class Decider:
    """For whom somebody decides: the authorities they hold, and who gave which of these a mandate, as (giver, to)."""

    holds: frozenset[str]
    mandated: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not: a code for tests and templates, the sentence for the screen, and the article that is in it."""

    code: str
    sentence: str
    article: str


@dataclass(frozen=True, slots=True)
class World:
    """What holds around a case: who can decide in this municipality, the calendar, and the moment, passed in."""

    authorities: Authorities
    days: FreeDays
    now: datetime


def _refusal(code: str, sentence: str, article: str) -> Refusal:
    return Refusal(code, f"{sentence} ({article}).", article)


def move_of(ladder: Ladder, situation: Situation, to: str) -> Move:
    """What kind of step this is."""
    there = ladder.get(to)
    if there.aside:
        return Move.END if to in situation.beside else Move.BEGIN
    distance = ladder.main.index(there) - ladder.main.index(ladder.get(situation.at))
    if distance > 0:
        return Move.UP if distance == 1 else Move.SKIP
    return Move.DOWN if distance == -1 else Move.BACK


def destinations(ladder: Ladder, situation: Situation) -> tuple[Destination, ...]:
    """Every rung that the ladder lets one go to from here, from low to high, whatever else is asked."""
    here = ladder.get(situation.at)
    return tuple(
        Destination(rung, move_of(ladder, situation, rung.key))
        for rung in ladder.rungs
        if rung.key in situation.beside or ladder.leads(here, rung)
    )


def criteria(ladder: Ladder, situation: Situation, to: str) -> tuple[Criterion, ...]:
    """The reasons one may name for this step: to leave when one goes down or ends, to enter otherwise."""
    move, there = move_of(ladder, situation, to), ladder.get(to)
    if move is Move.END:
        return there.leave
    return ladder.get(situation.at).leave if move in DOWNWARDS else there.enter


@dataclass(frozen=True, slots=True)
class Deciding:
    """The rung whose authority decides a step, the authorities of which one must, and the mandates that count."""

    rung: Rung
    authorities: tuple[str, ...]
    mandates: tuple[Mandate, ...]


def deciding(ladder: Ladder, situation: Situation, to: str) -> Deciding:
    """Who decides: the rung one goes to; down to a rung without measure, the rung one leaves.

    A mandate to impose is none to withdraw or to lower (Wth 3): it counts for who enters the rung only.
    """
    move, here, there = move_of(ladder, situation, to), ladder.get(situation.at), ladder.get(to)
    if move is Move.END:
        return Deciding(there, there.leave_decides, ())
    if move in DOWNWARDS and not there.measure:
        return Deciding(here, here.leave_decides, ())
    return Deciding(there, there.decides, there.mandates)


def why_not_there(ladder: Ladder, situation: Situation, to: str) -> Refusal | None:
    """Why the ladder does not lead from here to there; None when it does."""
    here, there = ladder.get(situation.at), ladder.get(to)
    if to in situation.beside or ladder.leads(here, there):
        return None
    if here is there:
        return _refusal("same", f"De casus staat al op trede “{there.name}”", ladder.source)
    if there.only_from:
        before = joined([f"“{ladder.get(key).name}”" for key in there.only_from], "of")
        article = there.basis[0] if there.basis else ladder.source
        return _refusal("only_from", f"Naar “{there.name}” gaat het alleen vanaf {before}", article)
    sentence = f"Op deze ladder slaat u geen trede over: “{there.name}” is nog niet aan de beurt"
    return _refusal("order", sentence, ladder.source)


@dataclass(frozen=True, slots=True)
class Needed:
    """One thing that a rung asks, and why it is not met; `refusal` is None when it is."""

    requirement: Requirement
    refusal: Refusal | None


def checklist(ladder: Ladder, situation: Situation, to: str, world: World) -> tuple[Needed, ...]:
    """All that a rung asks, met or not, in the order of the file: what a panel shows and a decider needs."""
    if move_of(ladder, situation, to) is Move.END:
        return ()
    asking = Asking(ladder, world.authorities, world.days, world.now)
    found = []
    for one in ladder.get(to).requires:
        sentence = _why_missing(one, situation, asking)
        found.append(Needed(one, _refusal(one.key, sentence, one.article) if sentence else None))
    return tuple(found)


def missing(ladder: Ladder, situation: Situation, to: str, world: World) -> tuple[Refusal, ...]:
    """What must still be there before this step, whoever decides: a regisseur, and all that the rung asks."""
    found = tuple(one.refusal for one in checklist(ladder, situation, to, world) if one.refusal)
    nobody = why_no_regisseur(ladder, situation.regisseurs)
    return (nobody, *found) if nobody else found


def why_no_regisseur(ladder: Ladder, regisseurs: frozenset[str]) -> Refusal | None:
    """Why nothing is decided while nobody directs the process; None when somebody does."""
    if "procesregisseur" in regisseurs:
        return None
    return _refusal(
        "regisseur", "Deze casus heeft nu geen procesregisseur: zonder regisseur geen stap", ladder.regie_source
    )


def _why_missing(one: Requirement, situation: Situation, asking: Asking) -> str:
    if one.kind is RequirementKind.CASUSREGISSEUR:
        return "" if "casusregisseur" in situation.regisseurs else f"Wijs eerst een casusregisseur aan: {one.label}"
    return why_missing(one, situation.facts.get(one.key), asking)


def why_not_step(ladder: Ladder, situation: Situation, step: Step, world: World) -> tuple[Refusal, ...]:
    """Everything that stands in the way of this step, whoever decides it; empty when nothing does."""
    there = why_not_there(ladder, situation, step.to)
    if there:
        return (there,)
    return (*_formal(ladder, situation, step, world), *missing(ladder, situation, step.to, world))


def _formal(ladder: Ladder, situation: Situation, step: Step, world: World) -> tuple[Refusal, ...]:
    found = []
    if step.criterion not in {one.key for one in criteria(ladder, situation, step.to)}:
        found.append(_refusal("criterion", "Kies het criterium waarop deze stap rust", ladder.source))
    if not step.motivated:
        found.append(_refusal("motivation", "Schrijf op waarom deze stap nodig is", ladder.source))
    today = day_of(world.now)
    if move_of(ladder, situation, step.to) is not Move.END and (step.review_on is None or step.review_on <= today):
        found.append(_refusal("review", "Kies een datum na vandaag waarop u opnieuw beoordeelt", ladder.source))
    return tuple(found)


def why_not_decide(
    ladder: Ladder, situation: Situation, to: str, decider: Decider, authorities: Authorities
) -> Refusal | None:
    """Why this person can't decide this step; None when they can. Nobody decides for an authority they don't have."""
    who = deciding(ladder, situation, to)
    if decider.holds & set(who.authorities):
        return None
    article = who.rung.basis[0] if who.rung.basis else ladder.source
    for mandate in who.mandates:
        if mandate.to in decider.holds:
            return _why_no_mandate(mandate, decider, authorities)
    sentence = f"Hierover beslist {authorities.named(who.authorities)}"
    if who.rung.no_mandate:
        return _refusal("authority", f"{sentence}, en mandaat kan niet", joined([article, who.rung.no_mandate]))
    return _refusal("authority", sentence, article)


def _why_no_mandate(mandate: Mandate, decider: Decider, authorities: Authorities) -> Refusal | None:
    if (mandate.giver, mandate.to) in decider.mandated:
        return None
    giver, to = authorities.get(mandate.giver).named, authorities.get(mandate.to).named
    return _refusal("mandate", f"{opening(to)} heeft hiervoor een mandaat van {giver} nodig", mandate.article)


def refusals(ladder: Ladder, situation: Situation, step: Step, decider: Decider, world: World) -> tuple[Refusal, ...]:
    """All that is in the way of this decision: who takes it, and the step itself. Empty: it may be taken."""
    against = why_not_step(ladder, situation, step, world)
    if why_not_there(ladder, situation, step.to):
        return against
    who = why_not_decide(ladder, situation, step.to, decider, world.authorities)
    return (who, *against) if who else against


def why_not_extend_measure(
    term: RungTerm, running: Running, *, until: datetime, decider: Decider, world: World
) -> Refusal | None:
    """Why this person can't extend this term until then. Who may impose by mandate may not therefore extend."""
    extension = term.rule.extension
    if extension and not decider.holds & set(term.extend_decides):
        who = world.authorities.named(term.extend_decides)
        return _refusal("authority", f"Verlengen doet {who} zelf, zonder mandaat", extension.article)
    sentence = why_not_extend(term.rule, running, until=until, now=world.now, days=world.days)
    article = extension.article if extension else term.rule.article
    return Refusal("term", sentence, article) if sentence else None


def proposed_regie(rung: Rung, regie: Ladder, level: str) -> Rung | None:
    """The level of AVE that fits this rung, when the case stands lower; None when its level will do."""
    if not rung.regie_level:
        return None
    fitting = [one for one in regie.main if one.number <= rung.regie_level]
    if not fitting or fitting[-1].number <= regie.get(level).number:
        return None
    return fitting[-1]


def proposed_rungs(ladder: Ladder, at: str, level: Rung) -> tuple[Rung, ...]:
    """The rungs above this one that belong to this level of AVE, from low to high."""
    here = ladder.position(at)
    return tuple(rung for rung in ladder.main if ladder.position(rung.key) > here and rung.regie_level == level.number)


def why_not_adopt(old: Ladder, new: Ladder, situation: Situation) -> Refusal | None:
    """Why a case can't go on under another version of its ladder; None when it can. That it does is a decision."""
    if (old.code, old.version) == (new.code, new.version):
        return _refusal("same", f"De casus heeft versie {new.version} al", new.source)
    if old.code != new.code:
        return _refusal("other", f"“{new.name}” is een andere ladder dan “{old.name}”", new.source)
    known = {rung.key: rung for rung in new.rungs}
    for key in (situation.at, *sorted(situation.beside)):
        rung = old.get(key)
        if key not in known or known[key].aside is not rung.aside:
            return _refusal(
                "rung", f"Versie {new.version} heeft de trede “{rung.name}” niet: verlaat die eerst", new.source
            )
    return None
