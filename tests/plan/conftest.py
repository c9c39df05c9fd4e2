"""The household of the plan's tests: Carla directs it, Wilma and Pieter take part, Greet does so unseen."""

from __future__ import annotations

import pytest

from casework.models import Case, Household
from tests.world import Cast, a_case, a_household, a_signal, invited


@pytest.fixture
def case(cast: Cast) -> Case:
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.pieter, cast.carla)
    invited(found, cast.rosa, cast.greet, hidden=True)
    return found


@pytest.fixture
def household(cast: Cast, case: Case) -> Household:
    return a_household(case, cast.rosa, cast.carla)
