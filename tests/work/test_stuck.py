"""What is stuck as the database tells it, who hears it, and waiting with an alarm."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from casework.models import AlarmPause, Case, FamilyContact, Handover, Household
from casework.queries.stagnation import counted, facts_of
from casework.services import regie, stagnation
from partners.models import Alarm, StagnationSettings, User
from privacy import dossiers
from privacy.errors import Refused
from privacy.models import CompartmentKind
from privacy.unlock import unlock
from tests.work.conftest import Browsers, alarms, looked, words
from tests.work.plans import a_goal, an_action, began, evaluated_on
from tests.world import Cast, a_case, a_signal, as_, canary

TODAY = timezone.localdate


def a_pause(household: Household, alarm: Alarm, days: int, by: User, reason: str = "De school belt nog.") -> None:
    today = TODAY()
    with as_(by) as (actor, _):
        unlock([household.dossier_id], by=actor)
        until = today + timedelta(days=days)
        stagnation.pause(household.dossier, alarm, until, reason, now=timezone.now(), today=today, by=actor)


def test_a_new_household_is_not_stuck_and_an_old_one_without_a_plan_is(cast: Cast, household: Household) -> None:
    assert alarms(cast.rosa, household) == set()
    began(household, 22, cast.rosa)
    assert alarms(cast.rosa, household) == {"no_goals"}
    a_goal(household, cast.carla)
    assert alarms(cast.rosa, household) == {"no_actions"}


def test_a_late_action_is_an_alarm_until_it_is_done(cast: Cast, household: Household, browser: Browsers) -> None:
    a_goal(household, cast.carla)
    action = an_action(household, cast.wilma, TODAY() - timedelta(days=7), cast.carla)
    assert alarms(cast.rosa, household) == set()
    assert alarms(cast.rosa, household, TODAY() + timedelta(days=1)) == {"overdue"}
    assert browser(cast.wilma).do("work-action", action.pk, status="done", result="Gedaan.").status_code == 302
    assert alarms(cast.rosa, household, TODAY() + timedelta(days=1)) == set()


def test_contact_with_the_family_takes_the_alarm_away(cast: Cast, household: Household, browser: Browsers) -> None:
    began(household, 29, cast.rosa)
    a_goal(household, cast.carla)
    an_action(household, cast.wilma, TODAY(), cast.carla)
    assert alarms(cast.rosa, household) == {"contact"}
    assert "Aan zet: de casusregisseur." in words(browser(cast.carla).see("household-contact", household.pk))
    answer = browser(cast.carla).do("household-contact", household.pk, held_on=f"{TODAY():%d-%m-%Y}", kind="call")
    assert answer.status_code == 302
    assert alarms(cast.rosa, household) == set()
    assert f"{TODAY().day} " in words(browser(cast.carla).see("household-detail", household.pk))


def test_who_and_what_of_a_contact_is_read_by_who_reads_the_whole_and_by_nobody_else(
    cast: Cast, household: Household, browser: Browsers
) -> None:
    note = canary("contact")
    sent = browser(cast.carla).do(
        "household-contact", household.pk, held_on=f"{TODAY():%d-%m-%Y}", kind="home", whom="moeder", note=note
    )
    assert sent.status_code == 302
    assert note in words(browser(cast.rosa).see("household-contact", household.pk))
    assert browser(cast.wilma).see("household-contact", household.pk).status_code == 403
    assert "Laatste contact" not in words(browser(cast.wilma).see("household-detail", household.pk))
    assert browser(cast.wout).see("household-contact", household.pk).status_code == 404
    for person in (cast.wilma, cast.pieter, cast.wout, cast.fatima):
        with as_(person):
            assert not FamilyContact.objects.exists()


def test_a_contact_that_must_still_come_is_none(cast: Cast, household: Household, browser: Browsers) -> None:
    later = TODAY() + timedelta(days=1)
    answer = browser(cast.carla).do("household-contact", household.pk, held_on=f"{later:%d-%m-%Y}", kind="call")
    assert answer.status_code == 409
    assert "moet nog komen" in words(answer)
    with as_(cast.carla):
        assert not FamilyContact.objects.exists()


def test_a_vacancy_an_offer_and_an_evaluation_are_alarms(cast: Cast, household: Household) -> None:
    a_goal(household, cast.carla)
    an_action(household, cast.wilma, TODAY(), cast.carla)
    evaluated_on(household, TODAY() - timedelta(days=1), cast.rosa)
    with as_(cast.rosa) as (by, _):
        unlock([household.dossier_id], by=by)
        Handover(
            dossier=household.dossier,
            compartment=dossiers.part(household.dossier, CompartmentKind.LIAISON, cast.wilma.organisation_id),
            household=household, to=cast.wilma, reason="Carla gaat weg.", offered_by=cast.rosa,
            offered_at=timezone.now() - timedelta(days=6), expires_at=timezone.now() + timedelta(days=1),
        ).save(force_insert=True)  # fmt: skip
        regie.absent(household, None, now=timezone.now(), by=by)
    assert alarms(cast.rosa, household) == {"regie", "handover", "evaluation"}


def test_a_case_about_no_household_needs_its_own_casusregisseur(cast: Cast, household: Household, case: Case) -> None:
    alone = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    found = looked(cast.rosa)
    assert [one.alarm for one in found[alone.dossier_id].stuck] == [Alarm.REGIE]
    assert found[case.dossier_id].stuck == ()


def test_each_table_hears_by_its_own_limits(cast: Cast, household: Household) -> None:
    began(household, 22, cast.rosa)
    assert alarms(cast.rosa, household) == {"no_goals"}
    StagnationSettings.objects.create(table=cast.overlast, plan_days=30)
    assert alarms(cast.rosa, household) == set()
    StagnationSettings.objects.update(plan_days=10, alarms=["contact"])
    assert alarms(cast.rosa, household) == set()


def test_who_directs_another_table_and_who_takes_part_find_nothing(cast: Cast, household: Household) -> None:
    began(household, 60, cast.rosa)
    assert household.dossier_id in looked(cast.rachid)
    for person in (cast.victor, cast.carla, cast.wilma, cast.pieter, cast.otto, cast.fatima, cast.beheer):
        assert looked(person) == {}
    for person in (cast.victor, cast.wilma, cast.pieter, cast.wout, cast.bram, cast.fatima, cast.beheer):
        with as_(person):
            assert facts_of([household.dossier_id]) == {}


def test_only_the_system_counts_for_others(cast: Cast, household: Household) -> None:
    for person in (cast.rosa, cast.beheer, cast.fatima):
        with as_(person), pytest.raises(ProgrammingError, match="only the system counts"), transaction.atomic():
            counted()
    with as_(cast.rosa), connection.cursor() as cursor, pytest.raises(ProgrammingError), transaction.atomic():
        cursor.execute("SELECT * FROM casework_stagnation_of(%s, 'UTC')", [[household.dossier_id]])


# --- waiting -----------------------------------------------------------------------------------------


def test_who_waits_has_no_alarm_until_that_day(cast: Cast, household: Household) -> None:
    began(household, 22, cast.rosa)
    a_pause(household, Alarm.NO_GOALS, 10, cast.rosa)
    assert alarms(cast.rosa, household) == set()
    assert [one.alarm for one in looked(cast.rachid)[household.dossier_id].waiting] == [Alarm.NO_GOALS]
    assert "no_goals" not in alarms(cast.rosa, household, TODAY() + timedelta(days=9))
    assert "no_goals" in alarms(cast.rosa, household, TODAY() + timedelta(days=10))


def test_waiting_with_one_alarm_leaves_the_others(cast: Cast, household: Household) -> None:
    began(household, 40, cast.rosa)
    a_pause(household, Alarm.NO_GOALS, 10, cast.rosa)
    assert alarms(cast.rosa, household) == {"contact"}


def test_waiting_asks_a_day_that_comes_and_not_too_far_off(cast: Cast, household: Household) -> None:
    for days, why in ((0, "die nog komt"), (-1, "die nog komt"), (93, "hoogstens drie maanden")):
        with pytest.raises(Refused, match=why):
            a_pause(household, Alarm.CONTACT, days, cast.rosa)


def test_only_who_directs_waits(cast: Cast, household: Household) -> None:
    for person in (cast.carla, cast.wilma, cast.victor):
        with pytest.raises(Refused, match="Alleen wie de regie heeft"):
            a_pause(household, Alarm.CONTACT, 5, person)
    with as_(cast.carla) as (by, _):
        unlock([household.dossier_id], by=by)
        row = AlarmPause(
            dossier=household.dossier, compartment=dossiers.part(household.dossier, CompartmentKind.REGIE),
            alarm=Alarm.CONTACT, until=TODAY() + timedelta(days=5), reason="Toch.", decided_by=cast.carla,
        )  # fmt: skip
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)


def test_the_page_says_why_and_waits_with_a_reason_that_only_the_regie_reads(
    cast: Cast, household: Household, browser: Browsers, log
) -> None:
    began(household, 22, cast.rosa)
    reason = canary("wacht")
    rosa = browser(cast.rosa)
    page = words(rosa.see("stuck-detail", household.dossier_id))
    assert "heeft nog geen doel" in page
    assert "Voorstel:" in page
    assert [entry.references for entry in log.looks(event="stagnation.read")] == [[household.dossier.reference]]
    until = f"{TODAY() + timedelta(days=14):%d-%m-%Y}"
    empty = rosa.do("stuck-wait", household.dossier_id, "no_goals", until=until)
    assert (empty.status_code, "Schrijf kort op waarom u wacht." in words(empty)) == (422, True)
    assert rosa.do("stuck-wait", household.dossier_id, "no_goals", until=until, reason=reason).status_code == 302
    assert reason in words(browser(cast.rachid).see("stuck-detail", household.dossier_id))
    assert [entry.changes for entry in log.changes(event="stagnation.paused")] == [["until"]]
    assert rosa.do("stuck-wait", household.dossier_id, "contact", until=until, reason=reason).status_code == 403
    assert rosa.do("stuck-resume", household.dossier_id, "no_goals").status_code == 302
    assert alarms(cast.rosa, household) == {"no_goals"}
    assert rosa.do("stuck-resume", household.dossier_id, "no_goals").status_code == 404


def test_the_page_is_not_there_for_anybody_else(cast: Cast, household: Household, browser: Browsers) -> None:
    began(household, 22, cast.rosa)
    for person, status in ((cast.carla, 403), (cast.wilma, 403), (cast.victor, 404), (cast.fatima, 403)):
        assert browser(person).see("stuck-detail", household.dossier_id).status_code == status
    assert browser(cast.rosa).see("stuck-wait", household.dossier_id, "iets").status_code == 404


def test_an_excluded_regisseur_hears_nothing_of_it(cast: Cast, household: Household) -> None:
    from casework.services import exclusions
    from privacy.models import ExclusionReason

    began(household, 60, cast.rosa)
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(household.dossier_id, cast.rachid, ExclusionReason.FAMILY, by=by)
    assert household.dossier_id in looked(cast.rosa)
    assert household.dossier_id not in looked(cast.rachid)
