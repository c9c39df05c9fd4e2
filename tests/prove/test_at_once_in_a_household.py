"""Closing and merging a household takes a while; whoever acts on it in that while waits, and then hears what happened.

The first act is held half-way on purpose, so that the two really meet.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Event
from time import sleep
from typing import Any

import pytest
from django.utils import timezone

from casework import circles
from casework.models import Case, Household
from casework.queries.one_plan import twins
from casework.services import cases, households, members, merging
from casework.services.households import MemberInput
from casework.services.merging import MergeInput
from casework.services.one_plan import OnePlan, Which
from casework.services.plans import concerns
from partners.models import User
from privacy.models import Grant
from privacy.unlock import unlock
from tests.commits import committed
from tests.plan.scene import a_goal
from tests.proofs import Proof
from tests.prove.test_one_regie import Act, a_home, accepts, ends_part, excludes, offers, only_the_holder_has_it, rows
from tests.prove.test_two_at_once import at_once
from tests.world import Cast, a_case, a_household, a_member, a_signal, as_, invited

Meets = Callable[[Any, str], Callable[[Act], Act]]


@pytest.fixture
def half_way(monkeypatch: pytest.MonkeyPatch) -> Meets:
    """Holds an act after one of its steps until the other, which waits for that, was let go."""

    def after(module: Any, step: str) -> Callable[[Act], Act]:
        there, own = Event(), getattr(module, step)

        def held(*args: Any, **more: Any) -> Any:
            result = own(*args, **more)
            there.set()
            sleep(0.5)
            return result

        def once_there(act: Act) -> Act:
            there.clear()  # each attempt waits for its own half-way: an earlier one was let go already

            def inner() -> Any:
                there.wait(10)
                return act()

            return inner

        monkeypatch.setattr(module, step, held)
        return once_there

    return after


def closes(case: Case, household: Household, by: User) -> Act:
    def act() -> None:
        with as_(by) as (actor, _):
            unlock([case.dossier_id, household.dossier_id], by=actor)
            cases.close(case, "hulp_loopt", "Het is klaar.", now=timezone.now(), by=actor)

    return act


def merges(source: Household, target: Household, by: User) -> Act:
    def act() -> None:
        with as_(by) as (actor, _):
            unlock([source.dossier_id, target.dossier_id], by=actor)
            given = MergeInput(date.today(), "Zij wonen samen.")
            merging.merge(source, target, given, now=timezone.now(), by=actor)

    return act


@pytest.mark.proof("one_regie", full=20, sample=1)
def test_accepted_while_the_household_closes_it_is_over(cast: Cast, proof: Proof, half_way: Meets) -> None:
    then = half_way(households, "case_closes")
    for _ in range(proof.size):
        case, household = committed(lambda: a_home(cast))
        offer = committed(offers(household, cast.carla, cast.wilma))
        said = at_once(closes(case, household, cast.rosa), then(accepts(offer, cast.wilma)))
        proof.attempt(said == ["Refused", "done"] and all(row.until for row in rows(household)), said)


@pytest.mark.proof("one_regie", full=20, sample=1)
def test_accepted_while_the_household_goes_into_another_it_is_over(cast: Cast, proof: Proof, half_way: Meets) -> None:
    then = half_way(merging, "_close")
    for _ in range(proof.size):
        (_, source), (_, target) = committed(lambda: a_home(cast)), committed(lambda: a_home(cast))
        offer = committed(offers(source, cast.carla, cast.wilma))
        said = at_once(merges(source, target, cast.rosa), then(accepts(offer, cast.wilma)))
        proof.attempt(said == ["Refused", "done"] and only_the_holder_has_it(target), said)


@pytest.mark.proof("one_regie", full=20, sample=1)
def test_excluded_while_two_households_become_one_is_excluded_from_both(
    cast: Cast, proof: Proof, half_way: Meets
) -> None:
    then = half_way(merging, "_close")
    for _ in range(proof.size):
        (_, source), (_, target) = committed(lambda: a_home(cast)), committed(lambda: a_home(cast))
        out = excludes(source.dossier_id, cast.carla, cast.rachid)
        said = at_once(merges(source, target, cast.rosa), then(out))
        vacant = [row.vacant_since for row in rows(target)][-1]
        proof.attempt(said == ["done", "done"] and bool(vacant) and only_the_holder_has_it(target), said)


def concerns_wilma(household: Household, by: User) -> Act:
    def act() -> None:
        a_goal(household, by, "De huur is betaald", User.objects.get(name="Wilma Proef").organisation)

    return act


def held_by(household: Household, person: User) -> int:
    """How much of this household somebody may open."""
    grants = Grant.objects.using("maintenance").filter(content_object=household.dossier_id, user=person)
    return grants.filter(revoked_at__isnull=True).count()


@pytest.mark.proof("one_regie", full=20, sample=1)
def test_a_goal_shown_while_the_participation_ends_is_not_read_after_it(
    cast: Cast, proof: Proof, half_way: Meets
) -> None:
    then = half_way(concerns, "partners_of")
    for _ in range(proof.size):
        case, household = committed(lambda: a_home(cast))
        said = at_once(concerns_wilma(household, cast.carla), then(ends_part(case, cast.wilma, cast.rosa)))
        proof.attempt(said == ["done", "done"] and held_by(household, cast.wilma) == 0, said)


@pytest.mark.proof("one_regie", full=20, sample=1)
def test_a_goal_added_while_the_casusregisseur_leaves_is_not_that_persons_any_more(
    cast: Cast, proof: Proof, half_way: Meets
) -> None:
    then = half_way(circles, "Because")
    for _ in range(proof.size):
        case, household = committed(lambda: a_home(cast))
        said = at_once(concerns_wilma(household, cast.rosa), then(ends_part(case, cast.carla, cast.rachid)))
        proof.attempt(said == ["done", "done"] and held_by(household, cast.carla) == 0, said)


def a_home_of(cast: Cast, person: MemberInput) -> Household:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma)
    return a_household(case, cast.rosa, cast.wilma, person)


def takes_in(here: Household, there: Household, person: MemberInput, by: User) -> Act:
    """Somebody of another family comes in, and the plan there ends for that person."""

    def act() -> None:
        with as_(by) as (actor, _):
            unlock([here.dossier_id, there.dossier_id], by=actor)
            found = twins([(person.name, person.birth_date)], but=here.dossier_id, by=actor)
            plan = OnePlan(tuple(found), Which.HERE, "Hier loopt het.")
            members.join(here, person, "Woont hier.", one_plan=plan, now=timezone.now(), by=actor)

    return act


@pytest.mark.proof("one_regie", full=20, sample=1)
def test_two_families_that_each_take_somebody_of_the_other_do_not_block(
    cast: Cast, proof: Proof, half_way: Meets
) -> None:
    then = half_way(members, "add_member")
    anna, bert = a_member("Anna Aarde", born=date(1990, 1, 2)), a_member("Bert Boom", born=date(1991, 3, 4))
    for _ in range(proof.size):
        one, other = committed(lambda: a_home_of(cast, anna)), committed(lambda: a_home_of(cast, bert))
        said = at_once(takes_in(one, other, bert, cast.rosa), then(takes_in(other, one, anna, cast.rachid)))
        proof.attempt(said == ["done", "done"], said)
