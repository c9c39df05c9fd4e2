"""Assessments and evaluations of a household, as they stand under `[household]` in the file of its case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from config.demo_data.errors import DemoDataError
from config.demo_data.fields import Fields
from config.demo_data.relative import Moment


@dataclass(frozen=True)
class Assessed:
    """How a member fared according to somebody who takes part; `scores` is the level by domain of the instrument."""

    person: str
    moment: Moment
    member: str
    scores: Mapping[str, int]
    note: str = ""
    instrument: str = "zrm"


@dataclass(frozen=True)
class Evaluated:
    """What the plan had done until then; the next evaluation is so many days after it."""

    person: str
    moment: Moment
    next_days: int
    worked: str
    family: str
    not_worked: str = ""
    months: int | None = None
    before: int | None = None
    after: int | None = None


def assessments(household: Fields) -> tuple[Assessed, ...]:
    """The `[[household.assessments]]`, oldest first."""
    found = [_assessed(row) for row in household.tables("assessments")]
    return tuple(sorted(found, key=lambda one: one.moment.age))


def evaluations(household: Fields) -> tuple[Evaluated, ...]:
    """The `[[household.evaluations]]`, oldest first."""
    found = [_evaluated(row) for row in household.tables("evaluations")]
    return tuple(sorted(found, key=lambda one: one.moment.age))


def _assessed(row: Fields) -> Assessed:
    made = Assessed(
        person=row.text("by"),
        moment=row.moment("on"),
        member=row.text("member"),
        scores=_scores(row),
        note=row.text("note", ""),
        instrument=row.text("instrument", "zrm"),
    )
    row.done()
    return made


def _scores(row: Fields) -> dict[str, int]:
    scores = row.mapping("scores")
    if not scores or not all(isinstance(level, int) and not isinstance(level, bool) for level in scores.values()):
        raise DemoDataError(f"{row.where}: scores is a level by domain, such as {{ financien = 2 }}")
    return {code: int(str(level)) for code, level in scores.items()}


def _evaluated(row: Fields) -> Evaluated:
    made = Evaluated(
        person=row.text("by"),
        moment=row.moment("on"),
        next_days=row.number("next_days"),
        worked=row.text("worked"),
        family=row.text("family"),
        not_worked=row.text("not_worked", ""),
        months=row.number("months") if row.has("months") else None,
        before=row.number("before") if row.has("before") else None,
        after=row.number("after") if row.has("after") else None,
    )
    row.done()
    return made
