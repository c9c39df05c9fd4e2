"""Versions of a plan: what changed per reader, and who agreed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from casework.models import Goal, Household, PlanConsent, PlanPiece, PlanVersion
from casework.queries.households import open_household
from casework.queries.plan_versions import differences, standing
from casework.services.plans import goals, versions
from casework.services.plans.goals import GoalInput
from partners.models import User
from privacy.dossiers import part
from privacy.errors import NotKnown, Refused
from privacy.models import CompartmentKind, Job
from tests.plan.scene import a_goal, an_action, an_agreement, at_the_plan
from tests.world import Cast, as_

Login = Callable[[User], Client]


def fixed(household: Household, person: User) -> PlanVersion:
    with at_the_plan(person, household) as by:
        return versions.freeze(household, now=timezone.now(), by=by)


def changed(person: User, household: Household, before: int, after: int) -> dict[str, str]:
    """What this reader finds changed: name to how."""
    with as_(person) as (by, _):
        head = open_household(household.pk, by=by)
        return {one.name: one.how for one in differences(head, before, after)}


def renamed(household: Household, person: User, goal: Goal, title: str) -> None:
    with at_the_plan(person, household) as by:
        row = Goal.objects.select_related("household__dossier").get(pk=goal.pk)
        given = GoalInput(title=title, domain=row.domain)
        goals.change_goal(row, given, seen=row.version, now=timezone.now(), by=by)


@pytest.fixture
def plan(cast: Cast, household: Household) -> dict[str, Goal]:
    """A goal of the corporation, one of the police, an action of each, an agreement."""
    rent = a_goal(household, cast.carla, "De huur is betaald", cast.corporatie)
    calm = a_goal(household, cast.carla, "Geen nachtelijke ruzie", cast.politie)
    an_action(household, cast.carla, cast.wilma, "Regeling maken", rent)
    an_action(household, cast.carla, cast.pieter, "Langsgaan", calm)
    an_agreement(household, cast.carla, "Bij ruzie gaat Kim naar oma.")
    return {"rent": rent, "calm": calm}


def test_differences_hold_what_the_reader_holds(cast: Cast, household: Household, plan: dict[str, Goal]) -> None:
    fixed(household, cast.carla)
    renamed(household, cast.carla, plan["rent"], "De huur is op tijd betaald")
    renamed(household, cast.carla, plan["calm"], "Het is stil na tien uur")
    fixed(household, cast.rosa)
    assert changed(cast.carla, household, 1, 2) == {
        "De huur is op tijd betaald": "gewijzigd", "Het is stil na tien uur": "gewijzigd",
    }  # fmt: skip
    assert changed(cast.wilma, household, 1, 2) == {"De huur is op tijd betaald": "gewijzigd"}
    assert changed(cast.pieter, household, 1, 2) == {"Het is stil na tien uur": "gewijzigd"}
    assert changed(cast.greet, household, 1, 2) == {}
    assert changed(cast.wilma, household, 0, 2) == {
        "De huur is op tijd betaald": "nieuw", "Regeling maken": "nieuw", "Bij ruzie gaat Kim naar oma.": "nieuw",
    }  # fmt: skip


def test_the_page_says_it_in_words(cast: Cast, household: Household, plan: dict[str, Goal], login: Login) -> None:
    fixed(household, cast.carla)
    renamed(household, cast.carla, plan["rent"], "De huur is op tijd betaald")
    fixed(household, cast.carla)
    text = login(cast.wilma).get(f"/gezinnen/{household.pk}/plan/versies/2/").content.decode()
    assert "van <del>De huur is betaald</del> naar <ins>De huur is op tijd betaald</ins>" in text


def test_a_version_that_is_not_there(cast: Cast, household: Household, login: Login) -> None:
    with pytest.raises(NotKnown):
        changed(cast.carla, household, 0, 4)
    client = login(cast.carla)
    assert client.get(f"/gezinnen/{household.pk}/plan/versies/4/").status_code == 404
    assert client.get(f"/gezinnen/{household.pk}/plan/versies/1/?met=x").status_code == 404


def test_an_empty_or_unchanged_plan_makes_no_version(cast: Cast, household: Household) -> None:
    with pytest.raises(Refused, match="nog leeg"):
        fixed(household, cast.carla)
    a_goal(household, cast.carla, "De huur is betaald")
    fixed(household, cast.carla)
    with pytest.raises(Refused, match="niets veranderd sinds versie 1"):
        fixed(household, cast.carla)


def test_only_the_regie_fixes_a_version(cast: Cast, household: Household, plan: dict[str, Goal], login: Login) -> None:
    with pytest.raises(Refused, match="casusregisseur"):
        fixed(household, cast.wilma)
    assert login(cast.wilma).post(f"/gezinnen/{household.pk}/plan/versies/vaststellen/").status_code == 403


def test_a_partner_forges_no_piece(cast: Cast, household: Household, plan: dict[str, Goal]) -> None:
    version = fixed(household, cast.carla)
    with at_the_plan(cast.wilma, household), pytest.raises(DatabaseError), transaction.atomic():
        line = part(household.dossier, CompartmentKind.LIAISON, cast.corporatie.pk)
        PlanPiece(
            dossier=household.dossier, compartment=line, plan_version=version, kind="action",
            original=plan["rent"].pk, body={"text": "Verzonnen"},
        ).save(force_insert=True)  # fmt: skip


def test_who_carries_the_plan_agrees_and_the_regie_sees_it(
    cast: Cast, household: Household, plan: dict[str, Goal], login: Login
) -> None:
    fixed(household, cast.carla)
    url = f"/gezinnen/{household.pk}/plan/versies/"
    assert (
        "Is uw organisatie akkoord met haar deel van het plan?"
        in login(cast.wilma).get(f"/gezinnen/{household.pk}/plan/").content.decode()
    )
    body = {"number": 1, "agreed": "nee", "remark": "De datum is te vroeg."}
    assert login(cast.wilma).post(url + "akkoord/", body).status_code == 302
    assert login(cast.pieter).post(url + "akkoord/", {"number": 1, "agreed": "ja"}).status_code == 302
    text = login(cast.carla).get(url).content.decode()
    assert "De datum is te vroeg." in text
    assert "Woningstichting Proef" in text
    assert "De datum is te vroeg." not in login(cast.pieter).get(url).content.decode()
    with at_the_plan(cast.pieter, household):
        assert PlanConsent.objects.count() == 1


def test_a_changed_plan_asks_again(cast: Cast, household: Household, plan: dict[str, Goal], login: Login) -> None:
    fixed(household, cast.carla)
    url = f"/gezinnen/{household.pk}/plan/versies/akkoord/"
    assert login(cast.wilma).post(url, {"number": 1, "agreed": "ja"}).status_code == 302
    renamed(household, cast.carla, plan["rent"], "De huur is op tijd betaald")
    fixed(household, cast.carla)
    with as_(cast.wilma) as (by, _):
        assert standing(open_household(household.pk, by=by), by=by).asks
    assert login(cast.wilma).post(url, {"number": 1, "agreed": "ja"}).status_code == 409


def test_who_does_not_agree_says_why(cast: Cast, household: Household, plan: dict[str, Goal], login: Login) -> None:
    fixed(household, cast.carla)
    url = f"/gezinnen/{household.pk}/plan/versies/akkoord/"
    assert login(cast.wilma).post(url, {"number": 1, "agreed": "nee"}).status_code == 409


def test_who_carries_nothing_is_not_asked(
    cast: Cast, household: Household, plan: dict[str, Goal], login: Login
) -> None:
    fixed(household, cast.carla)
    url = f"/gezinnen/{household.pk}/plan/versies/akkoord/"
    assert login(cast.greet).post(url, {"number": 1, "agreed": "ja"}).status_code == 409


def test_nobody_says_yes_for_another_organisation(cast: Cast, household: Household, plan: dict[str, Goal]) -> None:
    version = fixed(household, cast.carla)
    with at_the_plan(cast.carla, household), pytest.raises(DatabaseError), transaction.atomic():
        line = part(household.dossier, CompartmentKind.LIAISON, cast.corporatie.pk)
        PlanConsent(
            dossier=household.dossier, compartment=line, plan_version=version, organisation=cast.corporatie,
            user=cast.carla, agreed=True,
        ).save(force_insert=True)  # fmt: skip


def test_who_carries_it_gets_word_and_nobody_else(cast: Cast, household: Household, plan: dict[str, Goal]) -> None:
    Job.objects.all().delete()
    fixed(household, cast.carla)
    told = set(Job.objects.values_list("subject_id", flat=True))
    assert told == {cast.wilma.pk, cast.pieter.pk}
