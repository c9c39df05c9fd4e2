"""A case with a household that Carla directs, and short ways to offer and take the regie."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from casework.models import Case, Handover, Household, RegieAssignment
from casework.services import handing
from partners.models import User
from privacy.models import Job
from privacy.unlock import unlock
from tests.casework.conftest import browser
from tests.world import Cast, a_case, a_household, a_signal, as_, invited

__all__ = ["browser"]


@pytest.fixture
def case(cast: Cast) -> Case:
    """On a signal of Wilma, who takes part with Pieter of the police, Greet of the GGZ and Carla."""
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.pieter, cast.greet, cast.carla)
    return found


@pytest.fixture
def household(cast: Cast, case: Case) -> Household:
    """Carla is its casusregisseur."""
    return a_household(case, cast.rosa, cast.carla)


def offered(household: Household, by: User, to: User, reason: str = "Ik ga op een andere plek werken.") -> Handover:
    """The regie of a household is offered."""
    with as_(by) as (actor, _):
        unlock([household.dossier_id], by=actor)
        return handing.offer(household, to, reason, now=timezone.now(), by=actor)


def accepted(handover: Handover, by: User) -> None:
    """The receiver takes the regie."""
    with as_(by) as (actor, _):
        unlock([handover.dossier_id], by=actor)
        found = Handover.objects.select_related("dossier", "case").get(pk=handover.pk)
        handing.accept(found, by=actor)


def terms(household: Household, reader: User) -> list[RegieAssignment]:
    """The history of the regie, oldest first."""
    with as_(reader):
        return list(RegieAssignment.objects.filter(household=household).order_by("since"))


def without_gap(rows: list[RegieAssignment]) -> bool:
    """Whether each regie began at the very moment the one before ended, and the last one is still open."""
    pairs = zip(rows, rows[1:], strict=False)
    return all(one.until == after.since for one, after in pairs) and rows[-1].until is None


Told = Callable[[], list[str]]


@pytest.fixture
def told(cast: Cast) -> Told:
    """The first names of everybody for whom a mail waits."""

    def names() -> list[str]:
        waiting = set(Job.objects.filter(kind="notice.something_waits").values_list("subject_id", flat=True))
        return sorted(name for name, user in cast.people.items() if user.pk in waiting)

    return names
