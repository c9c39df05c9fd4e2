"""Two households become one: one plan goes on, and the history of the other keeps its readers until it closes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from casework.models import (
    Case,
    Goal,
    GoalStatus,
    Household,
    HouseholdCase,
    HouseholdDecision,
    HouseholdStatus,
    HouseholdStep,
    Left,
    Member,
    RegieAssignment,
)
from casework.queries.one_plan import twins
from casework.services import cases, households, members, merging, participants
from casework.services.merging import MergeInput
from casework.services.one_plan import OnePlan, Which
from casework.theming import active_theme
from privacy.access import visible
from privacy.errors import Refused
from privacy.roles import Role
from privacy.unlock import unlock
from tests.household.conftest import TODAY, Home, a_goal, an_agreement, member, reads, sits
from tests.world import Cast, a_case, a_household, a_member, a_signal, as_, canary, invited


@pytest.fixture
def second(cast: Cast, home: Home) -> Household:
    """A household on another case of Rosa's: Greet directs, Pieter takes part; Petra may be in it by name."""
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.greet, cast.pieter)
    return a_household(case, cast.rosa, cast.greet, a_member("Els Proef", born=date(1983, 4, 5)))


def merge(home: Home, source: Household, target: Household, by: Any = None) -> merging.Carried:
    with as_(by or home.cast.rosa) as (rosa, _):
        unlock([source.dossier_id, target.dossier_id], by=rosa)
        given = MergeInput(TODAY, "Zij wonen nu samen met de kinderen.")
        return merging.merge(source, target, given, now=timezone.now(), by=rosa)


def test_one_plan_goes_on_with_everybody_and_everything_that_runs(cast: Cast, home: Home, second: Household) -> None:
    of_kim, of_all, safe = canary("kim"), canary("gezin"), canary("veilig")
    a_goal(home, of_kim, cast.wilma, about=member(home, "Kim Voorbeeld"))
    a_goal(home, of_all, cast.pieter)
    an_agreement(home, safe)
    done = merge(home, home.household, second)
    assert (done.goals, done.actions, done.left_behind) == (2, 2, 0)
    assert {"Els Proef", "Kim Voorbeeld", "Piet Voorbeeld", of_kim, of_all, safe} <= reads(cast.rosa, second)
    assert of_kim in reads(cast.wilma, second)
    assert of_kim not in reads(cast.pieter, second)
    with as_(cast.rosa) as (by, _):
        unlock([home.household.dossier_id, second.dossier_id], by=by)
        old = Household.objects.get(pk=home.household.pk)
        assert (old.status, old.merged_into_id) == (HouseholdStatus.CLOSED, second.dossier_id)
        assert {row.left_because for row in Member.objects.filter(household=old)} == {Left.MERGED}
        assert {row.status for row in Goal.objects.filter(household=old)} == {GoalStatus.MOVED}
        assert not RegieAssignment.objects.filter(household=old, until=None).exists()
        assert RegieAssignment.objects.get(household=second, until=None).user == cast.greet
        for one in (old, second):
            reason = HouseholdDecision.objects.get(household=one, step=HouseholdStep.MERGED).reason
            assert reason == "Zij wonen nu samen met de kinderen."


def test_the_history_is_read_by_who_could_read_it_and_by_nobody_else(cast: Cast, home: Home, second: Household) -> None:
    a_goal(home, "Oud doel", cast.wilma, about=member(home, "Kim Voorbeeld"))
    everybody = [cast.rosa, cast.rachid, cast.wilma, cast.pieter]
    before = {person.name: reads(person, home.household) for person in everybody}
    merge(home, home.household, second)
    for person in everybody:
        assert before[person.name] == reads(person, home.household), person
    assert home.open(cast.greet) == []
    # Who directed reads on as who takes part: the regie is over.
    assert "Kim Voorbeeld" in reads(cast.carla, home.household)
    assert "Oud doel" not in reads(cast.carla, home.household)
    invited(home.case, cast.rosa, cast.wout)
    assert home.open(cast.wout, second) == [second], "who comes later comes to the plan that runs"


def test_the_same_casusregisseur_reads_on(cast: Cast, home: Home) -> None:
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.carla)
    target = a_household(case, cast.rosa, cast.carla, a_member("Els Proef"))
    a_goal(home, "Oud doel", cast.wilma)
    merge(home, home.household, target)
    assert "Oud doel" in reads(cast.carla, home.household)


def test_the_history_closes_with_the_last_case(cast: Cast, home: Home, second: Household) -> None:
    merge(home, home.household, second)
    with as_(cast.rosa) as (by, _):
        there = home.case.participations.select_related("case__dossier", "dossier").get(user=cast.pieter)
        participants.end_participation(there, now=timezone.now(), by=by)
    assert home.open(cast.pieter) == [], "he takes part in the other case, and the history was of this one"
    outcome = active_theme("woonoverlast").close_outcomes[0].code
    with as_(cast.rosa) as (by, _):
        unlock([home.case.dossier_id, home.household.dossier_id, second.dossier_id], by=by)
        cases.close(home.case, outcome, "Het is rustig.", now=timezone.now(), by=by)
        assert Household.objects.get(pk=second.pk).status == HouseholdStatus.ACTIVE
    assert home.open(cast.wilma, second) == []
    with as_(cast.rosa) as (by, _):
        unlock([home.household.dossier_id], by=by)
        assert not visible(Member, by=by).filter(household=home.household).exists()


def test_another_tables_case_comes_along(cast: Cast, joined: Home, second: Household) -> None:
    merge(joined, joined.household, second)
    assert "Els Proef" in reads(cast.petra, second)
    assert "Els Proef" in reads(cast.victor, second)
    with as_(cast.victor):
        assert HouseholdCase.objects.filter(household=second, case_dossier=joined.other.dossier_id, until=None).exists()


def test_who_stands_in_both_is_one_person_with_one_plan(cast: Cast, home: Home, second: Household) -> None:
    piet = a_member("P. Voorbeeld", born=date(1981, 3, 12))
    with as_(cast.rosa) as (by, _):
        unlock([second.dossier_id], by=by)
        found = tuple(twins([(piet.name, piet.birth_date)], but=second.dossier_id, by=by))
        decided = OnePlan(found, Which.THERE, "Zijn plan loopt al.")
        members.join(second, piet, "Hij woont er vaak.", one_plan=decided, now=timezone.now(), by=by)
    merge(home, home.household, second)
    with as_(cast.rosa) as (by, _):
        unlock([second.dossier_id], by=by)
        rows = [row for row in Member.objects.filter(household=second) if row.birth_date == date(1981, 3, 12)]
        assert [(row.name, row.planned_in_id) for row in rows] == [("P. Voorbeeld", None)]


def test_a_casusregisseur_who_directs_the_other_table_is_named_first(
    cast: Cast, joined: Home, second: Household
) -> None:
    sits(cast.greet, cast.jeugd, Role.PROCESREGISSEUR)
    with pytest.raises(Refused, match="Greet Proef is casusregisseur van dit gezin en procesregisseur"):
        merge(joined, joined.household, second)


def test_only_who_directs_both_merges(cast: Cast, home: Home, second: Household) -> None:
    for person in (cast.carla, cast.pieter, cast.victor):
        with pytest.raises((Refused, Household.DoesNotExist)):
            merge(home, home.household, second, by=person)


def test_a_household_is_merged_once_and_not_with_itself(cast: Cast, home: Home, second: Household) -> None:
    with pytest.raises(Refused, match="ander gezin"):
        merge(home, second, second)
    merge(home, home.household, second)
    for source, target in ((home.household, second), (second, home.household)):
        with pytest.raises(Refused, match="intussen afgesloten"):
            merge(home, source, target)


def test_a_case_of_a_merged_household_belongs_to_one_household(cast: Cast, home: Home, second: Household) -> None:
    merge(home, home.household, second)
    with as_(cast.rosa) as (by, _):
        case = Case.objects.get(pk=home.case.pk)
        assert [one.pk for one in households.of_case(case)] == [second.pk]
