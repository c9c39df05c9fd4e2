"""Facts that meet what a rung asks, so that a test can take away exactly one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from escalation.authority_files import authorities
from escalation.dutch import AMSTERDAM
from escalation.facts import Born, Checked, Consent, Fact, Package, Paper, Views
from escalation.ladder import Decider, Situation, Step, World, criteria, deciding
from escalation.rungs import Ladder, Requirement, RequirementKind, Rung
from privacy.free_days import free_days

NOW = datetime(2026, 11, 26, 14, 0, tzinfo=AMSTERDAM)
TODAY = NOW.date()
WORLD = World(authorities(), free_days(), NOW)
BOTH = frozenset({"procesregisseur", "casusregisseur"})


def met(one: Requirement) -> Fact | None:
    """A fact that meets this requirement."""
    match one.kind:
        case RequirementKind.CHECK:
            return Checked(True)
        case RequirementKind.DOCUMENT:
            return Paper(TODAY)
        case RequirementKind.VIEWS:
            return Views(ends=NOW - timedelta(days=1))
        case RequirementKind.CONSENT:
            return Consent(TODAY, frozenset(authorities().get(one.who).members), True)
        case RequirementKind.AGE:
            return Born(date(1990, 1, 1) if one.least_age else date(2018, 1, 1))
        case RequirementKind.PHASE:
            return Package(1, frozenset({"identiteit"}), False)
        case RequirementKind.CASUSREGISSEUR:
            return None


def facts(rung: Rung) -> dict[str, Fact]:
    """Facts for everything this rung asks."""
    return {one.key: fact for one in rung.requires if (fact := met(one))}


def ready(ladder: Ladder, at: str, to: str, beside: frozenset[str] = frozenset()) -> Situation:
    """A case at `at` in which nothing is missing for `to`."""
    return Situation(at, beside, facts(ladder.get(to)), BOTH)


def step(ladder: Ladder, situation: Situation, to: str) -> Step:
    """A step that is motivated, rests on a criterion and has a review date."""
    found = criteria(ladder, situation, to)
    return Step(to, found[0].key if found else "", True, TODAY + timedelta(days=14))


def right(ladder: Ladder, situation: Situation, to: str) -> Decider:
    """Who decides this step."""
    return Decider(frozenset(deciding(ladder, situation, to).authorities[:1]))
