"""Goals: who adds, whom they concern, and who reads them."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import Case, Goal, GoalPartner, GoalStatus, Household, Participation
from casework.services import participants
from casework.services.plans import concerns, goals
from casework.services.plans.concerns import ConcernInput
from casework.services.plans.goals import GoalInput
from casework.services.plans.holding import Changed
from privacy.dossiers import part
from privacy.errors import Refused
from privacy.models import CompartmentKind
from tests.plan.scene import a_goal, about, an_action, at_the_plan, reads
from tests.world import GROUND, Cast, as_, invited


def test_a_goal_is_read_by_the_regie_and_by_whom_it_concerns(cast: Cast, household: Household) -> None:
    a_goal(household, cast.carla, "De huur is betaald", cast.corporatie)
    for person in (cast.rosa, cast.rachid, cast.carla, cast.wilma):
        assert reads(person, household) == {"De huur is betaald"}
    for person in (cast.pieter, cast.greet, cast.wout, cast.victor):
        assert reads(person, household) == set()


def test_a_procesregisseur_may_do_the_same(cast: Cast, household: Household) -> None:
    a_goal(household, cast.rosa, "De huur is betaald", cast.corporatie, cast.ggz)
    for person in (cast.rachid, cast.carla, cast.wilma, cast.greet):
        assert reads(person, household) == {"De huur is betaald"}


def test_a_partner_adds_no_goal(cast: Cast, household: Household) -> None:
    with pytest.raises(Refused, match="casusregisseur"):
        a_goal(household, cast.wilma, "Een eigen doel")


def test_a_health_goal_does_not_go_to_the_corporation(cast: Cast, household: Household) -> None:
    with pytest.raises(Refused, match=r"Woningstichting Proef.*\(.*\)"):
        a_goal(household, cast.carla, "Behandeling loopt", cast.corporatie, domain="psychisch")
    with at_the_plan(cast.rosa, household):
        assert not Goal.objects.exists()


def test_no_ground_no_concern(cast: Cast, household: Household) -> None:
    goal = a_goal(household, cast.carla, "De huur is betaald")
    with at_the_plan(cast.carla, household) as by, pytest.raises(Refused, match="grondslag"):
        concerns.concern(goal, ConcernInput(cast.corporatie.pk, ""), now=timezone.now(), by=by)


def test_who_takes_part_unseen_is_unknown_to_the_casusregisseur(cast: Cast, household: Household) -> None:
    goal = a_goal(household, cast.carla, "Rust in huis")
    with at_the_plan(cast.carla, household) as by, pytest.raises(Refused, match="doet niet mee"):
        concerns.concern(goal, about(cast.ggz)[0], now=timezone.now(), by=by)


def test_ending_a_concern_takes_the_goal_away_at_once(cast: Cast, household: Household) -> None:
    goal = a_goal(household, cast.carla, "De huur is betaald", cast.corporatie, cast.politie)
    with at_the_plan(cast.carla, household) as by:
        row = GoalPartner.objects.select_related("goal__household__dossier").get(organisation_id=cast.corporatie.pk)
        concerns.end_concern(row, now=timezone.now(), by=by)
    assert reads(cast.wilma, household) == set()
    assert reads(cast.pieter, household) == reads(cast.carla, household) == {goal.title}


def test_who_comes_later_reads_what_concerns_the_organisation(cast: Cast, case: Case, household: Household) -> None:
    a_goal(household, cast.carla, "De huur is betaald", cast.corporatie)
    a_goal(household, cast.carla, "Iets voor de politie", cast.politie)
    invited(case, cast.rosa, cast.wout)
    assert reads(cast.wout, household) == {"De huur is betaald"}


def test_who_comes_later_reads_what_was_given_with_a_decision(cast: Cast, case: Case, household: Household) -> None:
    with at_the_plan(cast.carla, household) as by:
        given = GoalInput(title="Geen nieuwe zaak", domain="justitie")
        concern = ConcernInput(cast.politie.pk, "wjsg", "Besluit 7")
        with pytest.raises(Refused, match="kenmerk van het besluit"), transaction.atomic():
            without = (ConcernInput(cast.politie.pk, "wjsg"),)
            goals.add_goal(household, given, concerns=without, now=timezone.now(), by=by)
    with at_the_plan(cast.carla, household) as by:
        goals.add_goal(household, given, concerns=(concern,), now=timezone.now(), by=by)
    invited(case, cast.rosa, cast.petra)
    assert reads(cast.petra, household) == {"Geen nieuwe zaak"}


def test_a_goal_ends_with_the_participation(cast: Cast, case: Case, household: Household) -> None:
    a_goal(household, cast.carla, "De huur is betaald", cast.corporatie)
    with as_(cast.rosa) as (by, _):
        there = Participation.objects.select_related("case__dossier", "dossier").get(case=case, user=cast.wilma)
        participants.end_participation(there, now=timezone.now(), by=by)
    assert reads(cast.wilma, household) == set()


def test_a_partner_writes_no_concern_in_its_own_line(cast: Cast, household: Household) -> None:
    goal = a_goal(household, cast.carla, "Niet voor Wilma")
    with at_the_plan(cast.wilma, household), pytest.raises(DatabaseError), transaction.atomic():
        line = part(household.dossier, CompartmentKind.LIAISON, cast.corporatie.pk)
        GoalPartner(
            dossier=household.dossier, compartment=line, goal_id=goal.pk, organisation=cast.corporatie, ground=GROUND
        ).save(force_insert=True)


def test_a_partner_asks_the_database_for_no_people(cast: Cast, household: Household) -> None:
    with as_(cast.wilma), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_people_of_household(%s)", [household.dossier_id])
        assert cursor.fetchall() == []
    goal = a_goal(household, cast.carla, "De huur is betaald", cast.politie)
    with as_(cast.wilma), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT casework_end_concern(%s, %s)", [goal.pk, cast.politie.pk])


def test_of_two_who_change_a_goal_the_second_hears_it(cast: Cast, household: Household) -> None:
    goal = a_goal(household, cast.carla, "De huur is betaald")
    seen = goal.version
    with at_the_plan(cast.rosa, household) as by:
        given = GoalInput(title="De huur is op tijd betaald", domain="huisvesting")
        goals.change_goal(Goal.objects.get(pk=goal.pk), given, seen=seen, now=timezone.now(), by=by)
    with at_the_plan(cast.carla, household) as by, pytest.raises(Changed):
        goals.change_goal(Goal.objects.get(pk=goal.pk), given, seen=seen, now=timezone.now(), by=by)


def test_a_goal_with_open_actions_does_not_end(cast: Cast, household: Household) -> None:
    goal = a_goal(household, cast.carla, "De huur is betaald", cast.corporatie)
    an_action(household, cast.carla, cast.wilma, "Regeling maken", goal)
    with at_the_plan(cast.carla, household) as by:
        goal = Goal.objects.select_related("household__dossier").get(pk=goal.pk)
        with pytest.raises(Refused, match="1 actie open"):
            goals.end_goal(goal, GoalStatus.REACHED, "", seen=goal.version, now=timezone.now(), by=by)
