"""Assessments and evaluations of a household in the demo's files, and how they get into the house."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest

from casework.models import Assessment, Evaluation, Plan
from config.demo_data.effect import assessments, evaluations
from config.demo_data.errors import DemoDataError
from config.demo_data.fields import Fields
from config.demo_effect import load_assessments, load_evaluations
from privacy.actor import Actor
from privacy.unlock import unlock
from tests.world import Cast, a_case, a_household, a_signal, as_, invited

SAMPLE = """
[[household.assessments]]
by = "wilma"
on = "-30 10:00"
member = "Piet Voorbeeld"
note = "De betalingsregeling loopt."
scores = { financien = 3, huisvesting = 4 }

[[household.assessments]]
by = "wilma"
on = "-300 10:00"
member = "Piet Voorbeeld"
scores = { financien = 1, huisvesting = 3 }

[[household.evaluations]]
by = "carla"
on = "-20 11:00"
next_days = 90
worked = "Vaste bezoeken op dinsdag."
family = "deels"
months = 6
before = 9
after = 2
"""


def household_of(text: str) -> Fields:
    return Fields(Fields(tomllib.loads(text), "sample").mapping("household"), "sample household")


@dataclass
class Town:
    cast: Cast
    today: date

    @contextmanager
    def doing(self, person: str, *dossiers: UUID) -> Iterator[Actor]:
        with as_(self.cast.people[person]) as (by, _):
            unlock(dossiers, by=by)
            yield by


def test_what_the_file_says_is_done_by_who_it_says_on_the_day_it_says(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.carla)
    household, town, file = a_household(case, cast.rosa, cast.carla), Town(cast, date.today()), household_of(SAMPLE)
    load_assessments(town, household, assessments(file))
    load_evaluations(town, household, evaluations(file))
    file.done()
    with as_(cast.carla) as (by, _):
        unlock([household.dossier_id], by=by)
        first, newest = Assessment.objects.all()
        assert (first.scores, newest.scores["financien"]) == ({"financien": 1, "huisvesting": 3}, 3)
        assert newest.assessed_on == date.today() - timedelta(days=30)
        assert Evaluation.objects.get().worked == "Vaste bezoeken op dinsdag."
        assert Plan.objects.get().evaluate_on == date.today() + timedelta(days=70)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('by = "wilma"', "", "by is missing"),
        ("scores = { financien = 3, huisvesting = 4 }", "", "scores is a level by domain"),
        ("financien = 3", 'financien = "goed"', "scores is a level by domain"),
        ('note = "', 'noot = "', "unknown field noot"),
        ("next_days = 90", "", "next_days is missing"),
    ],
)
def test_a_mistake_in_the_file_is_named(right: str, wrong: str, told: str) -> None:
    file = household_of(SAMPLE.replace(right, wrong, 1))
    with pytest.raises(DemoDataError, match=told):
        assert assessments(file) is evaluations(file)


def test_somebody_who_is_not_in_the_household_is_named(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.carla)
    household = a_household(case, cast.rosa, cast.carla)
    rows = assessments(household_of(SAMPLE.replace("Piet Voorbeeld", "Niemand Hier")))
    with pytest.raises(DemoDataError, match="Niemand Hier"):
        load_assessments(Town(cast, date.today()), household, rows)
