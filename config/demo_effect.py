"""Lets the people of the demo measure and evaluate, through the same verbs as the screens."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from casework.models import Agreed, Household, Member
from casework.services import assessing, evaluating
from casework.values import AssessmentInput, EvaluationInput
from config.demo_data.effect import Assessed, Evaluated
from config.demo_data.errors import DemoDataError
from privacy.actor import Actor


class Acting(Protocol):
    """Who lets people act: the town that is being made."""

    @property
    def today(self) -> date: ...

    def doing(self, person: str, *dossiers: UUID) -> AbstractContextManager[Actor]: ...


def load_assessments(town: Acting, household: Household, rows: Iterable[Assessed]) -> None:
    """Everybody measures on the day that the file says."""
    for one in rows:
        with town.doing(one.person, household.dossier_id) as by:
            member = _member(household, one.member)
            instrument = assessing.instrument_for(member, one.instrument, by=by)
            given = AssessmentInput(one.moment.on(town.today), one.scores, one.note)
            assessing.assess(household, member, instrument, given, now=one.moment.at(town.today), by=by)


def load_evaluations(town: Acting, household: Household, rows: Iterable[Evaluated]) -> None:
    """The casusregisseur evaluates, and says when again."""
    for one in rows:
        given = EvaluationInput(
            one.worked,
            Agreed(one.family),
            not_worked=one.not_worked,
            months=one.months,
            before=one.before,
            after=one.after,
            next_on=one.moment.on(town.today) + timedelta(days=one.next_days),
        )
        with town.doing(one.person, household.dossier_id) as by:
            evaluating.evaluate(household, given, now=one.moment.at(town.today), by=by)


def _member(household: Household, name: str) -> Member:
    for member in Member.objects.filter(household=household):
        if member.name == name:
            return member
    raise DemoDataError(f"nobody in the household is called {name!r}")
