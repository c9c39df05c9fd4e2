"""A household parts: each keeps a history with its readers, and nobody reads in the new plan who could not before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from casework.models import (
    Action,
    ActionStatus,
    Goal,
    GoalStatus,
    Household,
    HouseholdCase,
    HouseholdDecision,
    HouseholdStep,
    Left,
    Member,
    RegieAssignment,
)
from casework.services import exclusions, splitting
from casework.services.splitting import Split, SplitInput
from privacy.access import visible
from privacy.errors import Refused
from privacy.models import ExclusionReason
from privacy.unlock import unlock
from tests.household.conftest import TODAY, Home, a_goal, an_agreement, member, reads
from tests.world import Cast, a_case, a_household, a_signal, as_, canary, invited


def split(home: Home, *who: Member, by: Any = None, **more: Any) -> Split:
    """These people go; to all cases that are about the household unless said otherwise."""
    actor = by or home.cast.rosa
    with as_(actor) as (rosa, _):
        unlock([home.household.dossier_id], by=rosa)
        links = HouseholdCase.objects.filter(household=home.household, until=None)
        values: dict[str, Any] = {
            "members": frozenset(row.pk for row in who),
            "cases": frozenset(links.values_list("case_dossier", flat=True)),
            "name": "Kim bij oma",
            "address": "Wilgenpad 5",
            "regisseur": home.cast.carla.pk,
            "because": Left.MOVED,
            "on": TODAY,
            "reason": "Kim woont sinds vandaag bij oma.",
        } | more
        return splitting.split(home.household, SplitInput(**values), now=timezone.now(), by=rosa)


def test_each_person_keeps_a_history_with_who_may_see_it(cast: Cast, joined: Home) -> None:
    """Must show 3: of every circle, with canaries: before, after in the old household, after in the new one."""
    kim = member(joined, "Kim Voorbeeld")
    of_police, of_corporation, of_both, of_all = (canary(word) for word in ("politie", "wonen", "beide", "gezin"))
    safe = canary("veilig")
    an_agreement(joined, safe)
    a_goal(joined, of_police, cast.pieter, about=kim)
    a_goal(joined, of_corporation, cast.wilma, about=kim)
    a_goal(joined, of_both, cast.wilma, cast.petra, about=kim)
    a_goal(joined, of_all, cast.wilma)
    everybody = [cast.rosa, cast.rachid, cast.victor, cast.carla, cast.wilma, cast.pieter, cast.petra, cast.wout]
    nobody = [cast.greet, cast.otto, cast.bram, cast.fatima, cast.beheer]
    before = {person.name: reads(person, joined.household) for person in everybody}
    made = split(joined, kim)
    for person in everybody:
        there = reads(person, joined.household)
        assert before[person.name] <= there, person
        here = reads(person, made.household)
        assert here <= before[person.name] | {safe}, f"{person} reads more of Kim than before"
        assert {"Kim Voorbeeld", safe} <= here
        for text in (of_police, of_corporation, of_both):
            assert (text in here) == (text in before[person.name]), f"{person}: {text}"
        assert of_all not in here
        assert "Piet Voorbeeld" not in here
    for person in nobody:
        assert joined.open(person, made.household) == []
    assert made.carried.goals == 3


def test_with_fewer_cases_only_their_people_come_along(cast: Cast, joined: Home) -> None:
    kim = member(joined, "Kim Voorbeeld")
    text = canary("doel")
    a_goal(joined, text, cast.wilma, cast.petra, about=kim)
    made = split(joined, kim, cases=frozenset({joined.case.dossier_id}))
    assert text in reads(cast.wilma, made.household)
    assert text in reads(cast.petra, joined.household)
    for person in (cast.petra, cast.wout, cast.victor):
        assert made.household not in joined.open(person, made.household), person
    with as_(cast.rosa) as (by, _):
        unlock([joined.household.dossier_id, made.household.dossier_id], by=by)
        stayed = Action.objects.get(household=joined.household, user=cast.petra)
        assert stayed.status == ActionStatus.TODO, "who takes no part there keeps the work where it can be read"
        assert made.carried.left_behind == 1
        assert [row.user for row in Action.objects.filter(household=made.household)] == [cast.wilma]


def test_who_came_to_the_goal_by_name_stays_the_only_one_of_the_organisation(cast: Cast, joined: Home) -> None:
    """Wout is of Wilma's organisation and takes part through the other case; the goal was Wilma's alone."""
    kim = member(joined, "Kim Voorbeeld")
    text = canary("doel")
    a_goal(joined, text, cast.wilma, about=kim)
    made = split(joined, kim)
    with as_(cast.wout) as (by, _):
        unlock([made.household.dossier_id], by=by)
        assert not visible(Goal, by=by).filter(household=made.household).exists()


def test_who_came_after_the_split_reads_only_the_new_household_of_the_own_case(cast: Cast, home: Home) -> None:
    kim = member(home, "Kim Voorbeeld")
    made = split(home, kim)
    invited(home.case, cast.rosa, cast.greet)
    assert set(home.open(cast.greet, made.household)) == {home.household, made.household}


def test_the_old_rows_stay_and_say_where_it_went_on(cast: Cast, home: Home) -> None:
    kim = member(home, "Kim Voorbeeld")
    goal = a_goal(home, "Naar school", cast.wilma, about=kim)
    made = split(home, kim)
    with as_(cast.rosa) as (by, _):
        unlock([home.household.dossier_id, made.household.dossier_id], by=by)
        old, new = Goal.objects.get(pk=goal.pk), Goal.objects.get(household=made.household)
        assert (old.status, old.title) == (GoalStatus.MOVED, "Naar school")
        assert (new.status, new.title, new.follows) == (GoalStatus.OPEN, "Naar school", goal.pk)
        gone, came = Member.objects.get(pk=kim.pk), Member.objects.get(household=made.household)
        assert (gone.until, gone.left_because) == (TODAY, Left.MOVED)
        assert (came.since, came.came_from, came.name) == (TODAY, kim.pk, "Kim Voorbeeld")
        assert new.member == came
        for one, other in ((home.household, made.household), (made.household, home.household)):
            decision = HouseholdDecision.objects.get(household=one, step=HouseholdStep.SPLIT)
            assert (decision.reason, decision.about) == ("Kim woont sinds vandaag bij oma.", other.dossier_id)
        assert RegieAssignment.objects.get(household=made.household, until=None).user == cast.carla


def test_another_participant_may_become_casusregisseur_and_no_procesregisseur(cast: Cast, home: Home) -> None:
    kim = member(home, "Kim Voorbeeld")
    with pytest.raises(Refused, match="wordt geen casusregisseur"):
        split(home, kim, regisseur=cast.rosa.pk)
    with pytest.raises(Refused, match="Kies iemand die nu meedoet"):
        split(home, kim, regisseur=cast.greet.pk)
    made = split(home, kim, regisseur=cast.wilma.pk)
    with as_(cast.wilma) as (by, _):
        unlock([made.household.dossier_id], by=by)
        assert HouseholdDecision.objects.filter(household=made.household).exists()
        assert not HouseholdDecision.objects.filter(household=home.household).exists()


def test_a_casusregisseur_who_comes_through_the_other_case_goes_on(cast: Cast, joined: Home) -> None:
    kim = member(joined, "Kim Voorbeeld")
    with as_(cast.victor) as (by, _):
        unlock([joined.household.dossier_id], by=by)
        now = timezone.now()
        RegieAssignment.objects.filter(household=joined.household, until=None).update(until=now)
        splitting.regie.begin(joined.household, cast.petra.pk, now=now, by=by)
    made = split(joined, kim, regisseur=cast.petra.pk)
    with as_(cast.petra) as (by, _):
        unlock([made.household.dossier_id], by=by)
        assert HouseholdDecision.objects.filter(household=made.household).exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"members": frozenset()}, "Kies wie"),
        ({"members": frozenset({uuid4()})}, "Kies wie"),
        ({"cases": frozenset()}, "ten minste één casus"),
        ({"on": TODAY - timedelta(days=4000)}, "Kies een dag vanaf"),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_is_left_behind(
    cast: Cast, home: Home, change: dict[str, Any], said: str
) -> None:
    kim = member(home, "Kim Voorbeeld")
    with pytest.raises(Refused, match=said):
        split(home, kim, **change)
    with as_(cast.rosa):
        assert Household.objects.count() == 1


def test_not_everybody_leaves(cast: Cast, home: Home) -> None:
    with pytest.raises(Refused, match="Niet iedereen kan weg"):
        split(home, member(home, "Kim Voorbeeld"), member(home, "Piet Voorbeeld"))


def test_a_colleague_who_was_first_is_heard_of(cast: Cast, home: Home) -> None:
    kim = member(home, "Kim Voorbeeld")
    split(home, kim)
    with pytest.raises(Refused, match="Kies wie"):
        split(home, kim)


def test_only_a_procesregisseur_splits(cast: Cast, home: Home) -> None:
    kim = member(home, "Kim Voorbeeld")
    for person in (cast.carla, cast.wilma):
        with pytest.raises(Refused, match="wie de regie heeft"):
            split(home, kim, by=person)


def test_a_household_for_another_table_alone_is_split_by_that_table(cast: Cast, joined: Home) -> None:
    kim = member(joined, "Kim Voorbeeld")
    with pytest.raises(Refused, match="casus van uw eigen tafel"):
        split(joined, kim, cases=frozenset({joined.other.dossier_id}), regisseur=cast.petra.pk)


def test_who_is_excluded_stays_excluded_in_the_new_household(cast: Cast, home: Home) -> None:
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(home.case.dossier_id, cast.wilma, ExclusionReason.WORK, by=by)
    made = split(home, member(home, "Kim Voorbeeld"))
    assert home.open(cast.wilma, made.household) == []


def test_the_database_carries_a_goal_only_where_its_household_went(cast: Cast, home: Home) -> None:
    kim = member(home, "Kim Voorbeeld")
    goal = a_goal(home, "Geheim", cast.wilma, about=kim)
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.pieter, cast.greet, cast.carla)
    strange = Home(cast, case, home.other, a_household(case, cast.rosa, cast.carla))
    target = a_goal(strange, "Anders", cast.greet)
    for person in (cast.rosa, cast.carla, cast.wilma):
        with as_(person), pytest.raises(ProgrammingError, match="only where its household went"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT casework_carry_goal(%s, %s, 'goal:x')", [goal.compartment_id, target.compartment_id]
                )
    made = split(home, kim)
    with as_(cast.wilma), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("SELECT casework_admit_case(%s, %s)", [made.household.dossier_id, home.case.dossier_id])
        cursor.execute("SELECT count(*) FROM casework_takes_part(%s, %s)",
                       [made.household.dossier_id, home.case.dossier_id])  # fmt: skip
        assert cursor.fetchone() == (0,)
