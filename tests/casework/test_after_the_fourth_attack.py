"""What an attack on the writing side of households, plans and regie found."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.utils import timezone

from casework import later
from casework.circles import goal_part
from casework.models import (
    Case,
    FamilyContact,
    Goal,
    GoalStatus,
    Household,
    HouseholdCase,
    HouseholdDecision,
    HouseholdStatus,
    HouseholdStep,
    Left,
    Member,
    Phase,
    Plan,
    SafetyAgreement,
)
from casework.queries.one_plan import twins
from casework.services import members, merging, splitting, stagnation
from casework.services.merging import MergeInput
from casework.services.one_plan import OnePlan, Which
from casework.services.plans import goals
from casework.services.splitting import SplitInput
from privacy.errors import Refused
from privacy.models import Job
from privacy.unlock import unlock
from tests.casework.conftest import Browsers, words
from tests.household.conftest import Home, home, joined, member
from tests.plan.scene import a_goal, an_agreement, at_the_plan
from tests.world import Cast, a_case, a_household, a_member, a_signal, as_, invited

__all__ = ["home", "joined"]

WHY = {"outcome": "hulp_loopt", "reason": "Het is rustig op straat."}


def test_a_case_of_another_table_closes_and_the_household_goes_on(cast: Cast, joined: Home, browser: Browsers) -> None:
    """Victor came to the household through this case alone: what he decides is written before he is out."""
    sent = browser(cast.victor).do("case-close", joined.other.pk, sure="on", **WHY)
    assert sent.status_code == 302
    assert joined.open(cast.victor) == []
    with as_(cast.rosa) as (by, _):
        unlock([joined.household.dossier_id], by=by)
        household = Household.objects.get(pk=joined.household.pk)
        assert household.status == HouseholdStatus.ACTIVE
        running = HouseholdCase.objects.filter(household=household, until__isnull=True)
        assert [link.case_dossier_id for link in running] == [joined.case.dossier_id]
        said = HouseholdDecision.objects.get(household=household, step=HouseholdStep.UNLINKED)
        assert (said.decided_by_id, said.reason) == (cast.victor.pk, "De casus is gesloten.")


def _release(home: Home) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_release_household(%s, %s)", [home.household.dossier_id, home.case.dossier_id])


PAST_EVERY_SERVICE: dict[str, Callable[[Home], Any]] = {
    "the last case is released": _release,
    "the last link is ended": lambda home: home.household.links.update(until=timezone.now()),
    "the last case closes alone": lambda home: Case.objects.filter(pk=home.case.pk).update(
        status="closed", closed_at=timezone.now(), outcome_code="hulp_loopt"
    ),
    "the plan is deleted": lambda home: Plan.objects.filter(household=home.household).delete(),
}


@pytest.mark.parametrize("what", PAST_EVERY_SERVICE)
def test_the_database_keeps_a_plan_and_an_open_case_for_a_household_that_runs(
    cast: Cast, home: Home, what: str
) -> None:
    with as_(cast.rosa), pytest.raises(IntegrityError, match="has a plan and an open case"), transaction.atomic():
        PAST_EVERY_SERVICE[what](home)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_recovery_that_says_to_go_on_from_elsewhere_must_really_have_run_there(cast: Cast, home: Home) -> None:
    household = home.household
    with as_(cast.rosa) as (by, _):
        unlock([household.dossier_id], by=by)

        def going(phase: Phase, **more: Any) -> Goal:
            part = goal_part(household, by.home, now=timezone.now(), by=by)
            goal = Goal(
                dossier=household.dossier, compartment=part, household=household, domain="huisvesting", title="Rust.",
                phase=phase, status=GoalStatus.OPEN, **more,
            )  # fmt: skip
            goal.save(force_insert=True)
            return goal

        direct = going(Phase.DIRECT)
        with pytest.raises(IntegrityError, match="recovery waits"), transaction.atomic():
            going(Phase.RECOVERY, follows=direct.pk)


def test_a_double_click_adds_a_person_and_a_contact_once(cast: Cast, home: Home, browser: Browsers) -> None:
    carla, pk = browser(cast.carla), home.household.pk
    person = {"name": "Jo Voorbeeld", "relation": "kind", "since": "1-3-2026", "reason": "Woont weer bij zijn vader."}
    spoken = {"held_on": "2026-03-01", "kind": "home", "whom": "moeder", "note": "Het gaat beter."}
    assert [carla.do("household-member-new", pk, **person).status_code for _ in range(2)] == [302, 409]
    assert [carla.do("household-contact", pk, **spoken).status_code for _ in range(2)] == [302, 409]
    with as_(cast.carla) as (by, _):
        unlock([home.household.dossier_id], by=by)
        assert [row.name for row in Member.objects.filter(household=pk)].count("Jo Voorbeeld") == 1
        assert [row.note for row in FamilyContact.objects.filter(household=pk)] == ["Het gaat beter."]


def test_two_people_of_the_same_name_in_one_family_are_told_apart_by_birth_date(
    cast: Cast, home: Home, browser: Browsers
) -> None:
    older = {"name": "Piet Voorbeeld", "relation": "kind", "since": "1-3-2026", "reason": "Is ook een zoon hier."}
    sent = browser(cast.carla).do("household-member-new", home.household.pk, birth_date="4-5-2011", **older)
    assert sent.status_code == 302


def test_a_case_whose_household_went_into_another_closes_with_its_history(
    cast: Cast, home: Home, browser: Browsers
) -> None:
    other = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(other, cast.rosa, cast.wout)
    target = a_household(other, cast.rosa, cast.wout)
    with as_(cast.rosa) as (by, _):
        unlock([home.household.dossier_id, target.dossier_id], by=by)
        given = MergeInput(timezone.localdate(), "Zij wonen samen.")
        merging.merge(home.household, target, given, now=timezone.now(), by=by)
    rosa = browser(cast.rosa)
    assert rosa.do("case-close", other.pk, sure="on", **WHY).status_code == 302
    assert target in home.open(cast.rosa, target)
    number = target.dossier.reference
    judged = {f"{number}-worked": "Het hielp.", f"{number}-family": "ja", f"{number}-months": 3}
    assert rosa.do("case-close", home.case.pk, sure="on", **WHY, **judged).status_code == 302
    with as_(cast.rosa):
        ended = Household.objects.filter(pk__in=(home.household.pk, target.pk))
        assert {row.status for row in ended} == {HouseholdStatus.CLOSED}


def _in_two_families(cast: Cast, home: Home) -> tuple[Case, Household, Member]:
    """Piet comes into a second household of Rosa's; his plan is that of the first."""
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wout)
    second, born = a_household(case, cast.rosa, cast.wout, a_member("Iemand Anders")), date(1981, 3, 12)
    with at_the_plan(cast.rosa, second) as by:
        unlock([home.household.dossier_id], by=by)
        found = twins([("Piet Voorbeeld", born)], but=second.dossier_id, by=by)
        there = OnePlan(tuple(found), Which.THERE, "Daar loopt het al.")
        piet, now = a_member("Piet Voorbeeld", born=born), timezone.now()
        return case, second, members.join(second, piet, "Woont er ook.", one_plan=there, now=now, by=by)


def test_who_has_a_plan_elsewhere_gets_no_goal_here(cast: Cast, home: Home, browser: Browsers) -> None:
    _, second, piet = _in_two_families(cast, home)
    assert str(piet.pk) not in words(browser(cast.rosa).see("household-goal-new", second.pk))
    with pytest.raises(Refused, match="loopt in een ander gezin"):
        a_goal(second, cast.rosa, "Een tweede plan", member=piet.pk)


def test_whose_plan_closed_elsewhere_has_it_here_again(cast: Cast, home: Home, browser: Browsers) -> None:
    _, second, piet = _in_two_families(cast, home)
    number = home.household.dossier.reference
    judged = {f"{number}-worked": "Het hielp.", f"{number}-family": "ja", f"{number}-months": 3}
    assert browser(cast.rosa).do("case-close", home.case.pk, sure="on", **WHY, **judged).status_code == 302
    assert a_goal(second, cast.rosa, "Het enige plan", member=piet.pk).member_id == piet.pk


def test_a_plan_that_went_into_another_is_found_there(cast: Cast, home: Home) -> None:
    _, _, piet = _in_two_families(cast, home)
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wout)
    third = a_household(case, cast.rosa, cast.wout, a_member("Nog Iemand"))
    with at_the_plan(cast.rosa, third) as by:
        unlock([home.household.dossier_id], by=by)
        given = MergeInput(timezone.localdate(), "Zij wonen samen.")
        merging.merge(home.household, third, given, now=timezone.now(), by=by)
    with as_(cast.rosa):
        assert Member.objects.get(pk=piet.pk).planned_in_id == third.dossier_id


def _chosen(page: HttpResponse) -> dict[str, Any]:
    """What a browser sends of the lists on a page: what is marked, and otherwise the first line, which is empty."""
    lists = re.findall(r'<select[^>]* name="(\w+)"(.*?)</select>', words(page), re.S)
    marked = {name: re.search(r'value="([^"]*)" selected', lines) for name, lines in lists}
    return {name: found.group(1) if found else "" for name, found in marked.items()}


def test_changing_a_goal_of_somebody_who_left_does_not_make_it_a_goal_of_everybody(
    cast: Cast, home: Home, browser: Browsers
) -> None:
    kim = member(home, "Kim Voorbeeld")
    goal = a_goal(home.household, cast.carla, "Naar school", member=kim.pk)
    with at_the_plan(cast.carla, home.household) as by:
        members.leave(kim, Left.PLACED, timezone.localdate(), "Woont bij oma.", now=timezone.now(), by=by)
    carla, where = browser(cast.carla), (home.household.pk, goal.pk)
    sent = _chosen(carla.see("household-goal", *where)) | {"title": "Elke dag naar school", "seen": goal.version}
    assert carla.do("household-goal", *where, **sent).status_code == 302
    with at_the_plan(cast.carla, home.household):
        found = Goal.objects.get(pk=goal.pk)
        assert (found.title, found.member_id) == ("Elke dag naar school", kim.pk)


def test_changing_a_goal_keeps_its_phase_when_the_plan_does_not_go_by_phases_any_more(
    cast: Cast, home: Home, browser: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as violence:
        violence.setattr(goals, "goes_by_phases", lambda household: True)
        goal = a_goal(home.household, cast.carla, "Niemand wordt geslagen", phase=Phase.DIRECT)
    carla, where = browser(cast.carla), (home.household.pk, goal.pk)
    sent = _chosen(carla.see("household-goal", *where)) | {"title": "Niemand slaat meer", "seen": goal.version}
    assert carla.do("household-goal", *where, **sent).status_code == 302
    with at_the_plan(cast.carla, home.household):
        found = Goal.objects.get(pk=goal.pk)
        assert (found.title, found.phase) == ("Niemand slaat meer", Phase.DIRECT)


@pytest.mark.parametrize("nothing", ["\u200b\u2060\ufeff", "\u00a0\u3000", "\u202e\u200f"])
def test_a_name_or_title_that_nobody_can_see_is_asked_for_again(
    cast: Cast, home: Home, browser: Browsers, nothing: str
) -> None:
    carla, pk = browser(cast.carla), home.household.pk
    assert carla.do("household-rename", pk, name=nothing).status_code == 422
    sent = carla.do("household-goal-new", pk, title=nothing, domain="huisvesting")
    assert "Schrijf op wat er anders moet." in words(sent)


def test_an_agreement_stands_once_when_a_split_is_undone(cast: Cast, home: Home) -> None:
    an_agreement(home.household, cast.carla, "Bij ruzie gaat Kim naar oma.")
    with at_the_plan(cast.rosa, home.household) as by:
        goes, kept = frozenset({member(home, "Kim Voorbeeld").pk}), frozenset({home.case.dossier_id})
        given = SplitInput(goes, kept, "Kim", "", cast.carla.pk, Left.MOVED, timezone.localdate(), "Woont bij oma.")
        other = splitting.split(home.household, given, now=timezone.now(), by=by).household
        back = MergeInput(timezone.localdate(), "Kim is terug.")
        merging.merge(other, home.household, back, now=timezone.now(), by=by)
        standing = SafetyAgreement.objects.filter(household=home.household, until__isnull=True)
        assert [row.text for row in standing] == ["Bij ruzie gaat Kim naar oma."]


def test_a_count_that_is_done_late_still_tells_of_the_day_it_was_asked_on(
    cast: Cast, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    days: list[date] = []
    monkeypatch.setattr(stagnation, "digest", lambda today, by: days.append(today))
    stagnation.ask_for_the_digest()
    job = Job.objects.get(kind=stagnation.DIGEST)
    job.made_at -= timedelta(days=1)
    later.stagnation_digest(job)
    assert days == [timezone.localdate() - timedelta(days=1)]


def test_nobody_is_in_two_families_on_the_same_day_by_a_merge_that_is_dated_back(cast: Cast, home: Home) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wout)
    target = a_household(case, cast.rosa, cast.wout, a_member("Nog Iemand"))
    before = member(home, "Kim Voorbeeld")
    with at_the_plan(cast.rosa, target) as by:
        unlock([home.household.dossier_id], by=by)
        given = MergeInput(before.since - timedelta(days=900), "Zij woonden al samen.")
        merging.merge(home.household, target, given, now=timezone.now(), by=by)
    there, here = member(home, "Kim Voorbeeld", target), member(home, "Kim Voorbeeld")
    assert (there.since, here.until) == (before.since, before.since)
