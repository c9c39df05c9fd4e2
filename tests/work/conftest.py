"""What the tests of stagnation and work lists share: households with a plan, and short ways to let time pass."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.utils import timezone

from casework.models import Case, Household
from casework.queries.stagnation import Judged, judged
from partners.models import User
from tests.casework.conftest import Browser, Browsers, words
from tests.world import Cast, a_case, a_household, a_signal, as_, invited

__all__ = ["Browser", "Browsers", "words"]


@pytest.fixture
def browser(login: Callable[..., object]) -> Browsers:
    """The browser of this person."""
    return lambda user: Browser(login(user))  # type: ignore[arg-type]


@pytest.fixture
def case(cast: Cast) -> Case:
    """On a signal of Wilma, who takes part with Pieter of the police and Carla."""
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.pieter, cast.carla)
    return found


@pytest.fixture
def household(cast: Cast, case: Case) -> Household:
    """Directed by Carla, on the case of Rosa."""
    return a_household(case, cast.rosa, cast.carla)


def looked(user: User, today: date | None = None) -> dict[UUID, Judged]:
    """What this person finds on a day, by dossier."""
    with as_(user) as (by, _):
        return {one.place.dossier_id: one for one in judged(today or timezone.localdate(), by=by)}


def alarms(user: User, household: Household, today: date | None = None) -> set[str]:
    """The alarms of one household that this person hears on a day."""
    return {one.alarm.value for one in looked(user, today)[household.dossier_id].stuck}
