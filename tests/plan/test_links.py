"""Plans are linked by who directs both, with three statements; nobody reads more by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import Household, PlanLink
from casework.services.plans import links
from casework.services.plans.links import LinkInput
from partners.models import User
from privacy.errors import Refused
from privacy.unlock import unlock
from tests.plan.scene import SOON, a_goal, at_the_plan
from tests.world import Cast, a_case, a_household, a_signal, invited

Login = Callable[[User], Client]
WHY = LinkInput("Oma en kleinkind", "Oma past op.", "Zonder oma lukt het niet.", SOON)


@pytest.fixture
def other(cast: Cast) -> Household:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.wout)
    return a_household(case, cast.rosa, cast.wout)


@pytest.fixture
def link(cast: Cast, household: Household, other: Household) -> PlanLink:
    with at_the_plan(cast.rosa, household) as by:
        unlock([other.dossier_id], by=by)
        return links.tie(household, other, WHY, now=timezone.now(), by=by)


def test_it_stands_on_both_as_a_number(
    cast: Cast, household: Household, other: Household, link: PlanLink, login: Login
) -> None:
    a_goal(other, cast.wout, "Een doel van het andere gezin")
    for person, here, there in ((cast.carla, household, other), (cast.wout, other, household)):
        text = login(person).get(f"/gezinnen/{here.pk}/plan/").content.decode()
        assert there.dossier.reference in text
        assert "Oma past op." in text
    assert (
        "Een doel van het andere gezin" not in login(cast.carla).get(f"/gezinnen/{household.pk}/plan/").content.decode()
    )
    assert other.dossier.reference not in login(cast.pieter).get(f"/gezinnen/{household.pk}/plan/").content.decode()


def test_who_directs_only_one_links_nothing(cast: Cast, household: Household, other: Household, login: Login) -> None:
    with at_the_plan(cast.carla, household) as by, pytest.raises(Refused):
        links.tie(household, other, WHY, now=timezone.now(), by=by)
    assert login(cast.carla).get(f"/gezinnen/{household.pk}/plan/koppelingen/nieuw/").status_code == 403


def test_a_statement_that_lacks_stops_it(cast: Cast, household: Household, other: Household, login: Login) -> None:
    url = f"/gezinnen/{household.pk}/plan/koppelingen/nieuw/"
    body = {"other": str(other.pk), "circle": "Oma", "depends": "Oppas", "needed": "", "review_on": "1-1-2030"}
    assert login(cast.rosa).post(url, body).status_code == 422
    assert login(cast.rosa).post(url, body | {"needed": "Ja"}).status_code == 302
    assert login(cast.rosa).post(url, body | {"needed": "Ja"}).status_code == 409


def test_it_ends_on_both_with_a_reason(
    cast: Cast, household: Household, other: Household, link: PlanLink, login: Login
) -> None:
    url = f"/gezinnen/{household.pk}/plan/koppelingen/{link.pk}/einde/"
    assert login(cast.rosa).post(url, {"reason": ""}).status_code == 422
    assert login(cast.rosa).post(url, {"reason": "Oma is verhuisd."}).status_code == 302
    for person, here in ((cast.carla, household), (cast.wout, other)):
        assert "Oma is verhuisd." in login(person).get(f"/gezinnen/{here.pk}/plan/").content.decode()
    assert login(cast.rosa).post(url, {"reason": "Nog eens."}).status_code == 404
