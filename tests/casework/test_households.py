"""A household on a case: who comes in, who reads what, and one regie that the database holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from casework.models import (
    Case,
    Household,
    HouseholdDecision,
    HouseholdFace,
    HouseholdStatus,
    Member,
    Participation,
    RegieAssignment,
    RegieKind,
)
from casework.services import cases, participants
from casework.theming import active_theme
from privacy.access import visible
from privacy.errors import Refused
from privacy.unlock import unlock
from tests.world import Cast, a_case, a_household, a_signal, as_, invited


@pytest.fixture
def case(cast: Cast) -> Case:
    """On a signal of Wilma, who takes part with Pieter of the police and Carla."""
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.pieter, cast.carla)
    return found


def test_who_takes_part_reads_the_household_and_not_why(cast: Cast, case: Case) -> None:
    household = a_household(case, cast.rosa, cast.carla)
    for person, decisions in ((cast.rosa, 1), (cast.rachid, 1), (cast.carla, 1), (cast.wilma, 0), (cast.pieter, 0)):
        with as_(person) as (by, _):
            unlock([household.dossier_id], by=by)
            names = {member.name for member in Member.objects.all()}
            assert names == {"Piet Voorbeeld", "Kim Voorbeeld"}
            assert HouseholdDecision.objects.count() == decisions
            assert visible(HouseholdFace, by=by).get().name == "Gezin Voorbeeld"


def test_who_does_not_take_part_does_not_know_of_it(cast: Cast, case: Case) -> None:
    a_household(case, cast.rosa, cast.carla)
    for person in (cast.wout, cast.greet, cast.victor, cast.fatima, cast.beheer):
        with as_(person) as (by, _):
            assert not visible(Household, by=by).exists()
            assert not Member.objects.exists()


def test_who_is_invited_later_comes_in_and_who_leaves_is_out(cast: Cast, case: Case) -> None:
    household = a_household(case, cast.rosa, cast.carla)
    invited(case, cast.rosa, cast.greet)
    with as_(cast.greet) as (by, _):
        assert visible(Household, by=by).get() == household
    with as_(cast.rosa) as (by, _):
        there = Participation.objects.select_related("case__dossier", "dossier").get(case=case, user=cast.greet)
        participants.end_participation(there, now=timezone.now(), by=by)
    with as_(cast.greet) as (by, _):
        assert not visible(Household, by=by).exists()


def test_a_casusregisseur_who_leaves_is_no_gap(cast: Cast, case: Case) -> None:
    household = a_household(case, cast.rosa, cast.carla)
    with as_(cast.rosa) as (by, _):
        there = Participation.objects.select_related("case__dossier", "dossier").get(case=case, user=cast.carla)
        participants.end_participation(there, now=timezone.now(), by=by)
        held = RegieAssignment.objects.get(household=household)
        assert held.until is None
        assert held.vacant_because == "ended"
    with as_(cast.carla) as (by, _):
        assert not visible(Household, by=by).exists()


def test_a_second_casusregisseur_is_refused_by_the_database(cast: Cast, case: Case) -> None:
    household = a_household(case, cast.rosa, cast.carla)
    with as_(cast.rosa), pytest.raises(IntegrityError, match="casework_regie_one_household"), transaction.atomic():
        RegieAssignment(
            dossier=household.dossier, compartment=household.compartment, household=household,
            kind=RegieKind.CASE, user=cast.wilma,
        ).save(force_insert=True)  # fmt: skip


def test_the_database_refuses_a_household_that_is_left_without_regie(cast: Cast, case: Case) -> None:
    household = a_household(case, cast.rosa, cast.carla)
    with as_(cast.rosa), pytest.raises(IntegrityError, match="exactly one regisseur"), transaction.atomic():
        RegieAssignment.objects.filter(household=household).update(until=timezone.now())
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_refuses_a_gap(cast: Cast, case: Case) -> None:
    household = a_household(case, cast.rosa, cast.carla)
    now = timezone.now()
    with as_(cast.rosa), pytest.raises(IntegrityError, match="no gap and no overlap"), transaction.atomic():
        RegieAssignment.objects.filter(household=household).update(until=now)
        RegieAssignment(
            dossier=household.dossier, compartment=household.compartment, household=household,
            kind=RegieKind.CASE, user=cast.wilma, since=now + timedelta(minutes=1),
        ).save(force_insert=True)  # fmt: skip


def test_who_directs_the_process_is_never_the_casusregisseur(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="wordt geen casusregisseur"):
        a_household(case, cast.rosa, cast.rachid)
    household = a_household(case, cast.rosa, cast.carla)
    now = timezone.now()
    for regisseur in (cast.rosa, cast.rachid):  # who has the regie of the case, and who has a seat
        with as_(cast.rosa), pytest.raises(IntegrityError, match="never the casusregisseur"), transaction.atomic():
            RegieAssignment.objects.filter(household=household).update(until=now)
            RegieAssignment(
                dossier=household.dossier, compartment=household.compartment, household=household,
                kind=RegieKind.CASE, user=regisseur, since=now,
            ).save(force_insert=True)  # fmt: skip


def test_a_partner_can_not_take_the_regie(cast: Cast, case: Case) -> None:
    household = a_household(case, cast.rosa, cast.carla)
    with as_(cast.wilma):
        assert RegieAssignment.objects.filter(household=household).update(user=cast.wilma) == 0
    with as_(cast.carla):
        assert RegieAssignment.objects.filter(household=household).update(user=cast.wilma) == 0


def test_a_case_has_no_second_household(cast: Cast, case: Case) -> None:
    a_household(case, cast.rosa, cast.carla)
    with pytest.raises(Refused, match="hoort al bij een gezin"):
        a_household(case, cast.rosa, cast.wilma)


def test_closing_the_last_case_closes_the_household(cast: Cast, case: Case) -> None:
    household = a_household(case, cast.rosa, cast.carla)
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id, household.dossier_id], by=by)
        outcome = active_theme("woonoverlast").close_outcomes[0].code
        cases.close(case, outcome, "Het is rustig.", now=timezone.now(), by=by)
        assert Household.objects.get(pk=household.pk).status == HouseholdStatus.CLOSED
    with as_(cast.wilma) as (by, _):
        assert not visible(Household, by=by).exists()
