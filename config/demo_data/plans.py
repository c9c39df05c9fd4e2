"""The plan of a household, as the demo's files have it."""

from __future__ import annotations

from dataclasses import dataclass

from config.demo_data.relative import Moment


@dataclass(frozen=True)
class PlannedAction:
    """Who does what: `due` in days from today; done with a result, or not yet."""

    person: str
    text: str
    due: int
    told: str = ""
    status: str = "todo"
    result: str = ""


@dataclass(frozen=True)
class PlannedGoal:
    """A goal, whom it concerns, and its actions. `member` is a name, or empty for the whole household."""

    title: str
    domain: str
    member: str = ""
    phase: str = ""
    baseline: str = ""
    wished: str = ""
    told: str = ""
    due: int = 90
    organisations: tuple[str, ...] = ()
    ground: str = ""
    decision_ref: str = ""
    actions: tuple[PlannedAction, ...] = ()
    ended: str = ""
    result: str = ""


@dataclass(frozen=True)
class Agreement:
    """A safety agreement."""

    text: str
    watches: str
    check: int
    told: bool


@dataclass(frozen=True)
class Plan:
    """A plan: who made it and when, and who agreed with its version."""

    by: str
    made: Moment
    evaluate: int
    agreements: tuple[Agreement, ...]
    goals: tuple[PlannedGoal, ...]
    agreed: tuple[str, ...]
