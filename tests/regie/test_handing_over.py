"""The regie of a household is offered, taken, declined, taken back; and everything that is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.circles import goal_part
from casework.models import Case, Handover, Household, HouseholdDecision, Participation, RegieAssignment
from casework.queries.worklist import worklist
from casework.services import cases, exclusions, handing, households, participants
from casework.services import regie as regie_service
from casework.theming import active_theme
from partners.models import Covenant, Seat
from privacy import jobs
from privacy.access import visible
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.errors import Refused
from privacy.models import ExclusionReason, Grant, Job
from privacy.roles import Role
from privacy.unlock import unlock
from tests.conftest import Log
from tests.regie.conftest import Told, accepted, offered, terms, without_gap
from tests.world import Cast, a_case, a_household, a_signal, as_, invited


def reads_the_whole(household: Household, person: object) -> bool:
    with as_(person) as (by, _):  # type: ignore[arg-type]
        return visible(HouseholdDecision, by=by).filter(household=household).exists()


def test_until_it_is_accepted_nothing_changes(cast: Cast, household: Household, told: Told) -> None:
    before = terms(household, cast.rosa)
    offered(household, cast.carla, cast.wilma)
    assert terms(household, cast.rosa) == before
    assert reads_the_whole(household, cast.carla)
    assert not reads_the_whole(household, cast.wilma)
    assert "wilma" in told()


def test_who_accepts_has_it_at_that_moment_and_who_had_it_keeps_the_own_part(cast: Cast, household: Household) -> None:
    accepted(offered(household, cast.carla, cast.wilma), cast.wilma)
    rows = terms(household, cast.rosa)
    assert [row.user for row in rows] == [cast.carla, cast.wilma]
    assert without_gap(rows)
    assert reads_the_whole(household, cast.wilma)
    assert not reads_the_whole(household, cast.carla)
    with as_(cast.carla) as (by, _):
        assert visible(Household, by=by).exists()  # still a participant


def test_accepting_is_in_the_log_with_the_dossier(cast: Cast, household: Household, log: Log) -> None:
    accepted(offered(household, cast.carla, cast.wilma), cast.wilma)
    entry = log.changes(event="household.regie", actor_id=cast.wilma.pk)[-1]
    assert entry.dossiers == [household.dossier_id]
    assert "regie" in entry.changes


def test_everybody_who_directs_hears_that_it_was_accepted(cast: Cast, household: Household, told: Told) -> None:
    accepted(offered(household, cast.rosa, cast.wilma), cast.wilma)
    assert {"rosa", "rachid"} <= set(told())


def test_who_says_no_says_why_and_the_offerer_reads_it(cast: Cast, household: Household, told: Told) -> None:
    handover = offered(household, cast.carla, cast.wilma)
    with as_(cast.wilma) as (by, _):
        unlock([household.dossier_id], by=by)
        handing.decline(handover, "Ik heb geen tijd.", now=timezone.now(), by=by)
    assert "carla" in told()
    with as_(cast.carla) as (by, _):
        unlock([household.dossier_id], by=by)
        row = Handover.objects.get()
        assert (row.accepted, row.answer) == (False, "Ik heb geen tijd.")
    with pytest.raises(Refused, match="is er niet meer"):
        accepted(handover, cast.wilma)


def test_after_an_offer_that_was_taken_back_another_can_be_made(cast: Cast, household: Household) -> None:
    handover = offered(household, cast.carla, cast.wilma)
    with pytest.raises(Refused, match="al een aanbod open"):
        offered(household, cast.rosa, cast.pieter)
    with as_(cast.rosa) as (by, _):
        unlock([household.dossier_id], by=by)
        handing.take_back(handover, now=timezone.now(), by=by)
    with pytest.raises(Refused, match="is er niet meer"):
        accepted(handover, cast.wilma)
    accepted(offered(household, cast.rosa, cast.pieter), cast.pieter)
    assert terms(household, cast.rosa)[-1].user == cast.pieter


def test_an_offer_that_nobody_answered_makes_room(cast: Cast, household: Household, settings: object) -> None:
    settings.REGIE_OFFER_DAYS = 0  # type: ignore[attr-defined]
    handover = offered(household, cast.rosa, cast.wilma)
    with pytest.raises(Refused, match="verlopen"):
        accepted(handover, cast.wilma)
    settings.REGIE_OFFER_DAYS = 7  # type: ignore[attr-defined]
    accepted(offered(household, cast.carla, cast.pieter), cast.pieter)
    assert terms(household, cast.rosa)[-1].user == cast.pieter


@pytest.mark.parametrize("whom", ["rosa", "rachid", "wout", "victor", "otto"])
def test_it_is_not_offered_to_who_directs_or_takes_no_part(cast: Cast, household: Household, whom: str) -> None:
    with pytest.raises(Refused):
        offered(household, cast.rosa, cast.people[whom])


def test_it_is_not_offered_to_who_takes_part_unseen(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.carla)
    invited(case, cast.rosa, cast.pieter, hidden=True)
    household = a_household(case, cast.rosa, cast.carla)
    with pytest.raises(Refused, match="mogen weten"):
        offered(household, cast.rosa, cast.pieter)


def test_it_is_not_offered_to_who_has_it(cast: Cast, household: Household) -> None:
    with pytest.raises(Refused, match="heeft de regie al"):
        offered(household, cast.rosa, cast.carla)


def test_a_partner_offers_nothing_not_even_to_itself(cast: Cast, household: Household) -> None:
    line = household.dossier
    with as_(cast.wilma) as (by, _):
        unlock([household.dossier_id], by=by)
        own = Grant.objects.filter(part="liaison", content_object=line, user=cast.wilma).get().compartment
        forged = Handover(
            dossier=line, compartment=own, household=household, to=cast.wilma, reason="Geef maar.",
            offered_by=cast.rosa, expires_at=timezone.now() + timedelta(days=1),
        )  # fmt: skip
        for offerer in (cast.rosa, cast.wilma):
            forged.offered_by = offerer
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                forged.save(force_insert=True)


def test_nobody_says_that_it_was_accepted_without_taking_it(cast: Cast, household: Household) -> None:
    handover = offered(household, cast.carla, cast.wilma)
    for person in (cast.wilma, cast.rosa, cast.carla):
        with as_(person), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Handover.objects.filter(pk=handover.pk).update(accepted=True)
    with as_(cast.rosa), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Handover.objects.filter(pk=handover.pk).update(to=cast.pieter)


@pytest.mark.parametrize("thief", ["carla", "rosa", "pieter", "wout", "otto"])
def test_only_the_receiver_takes_it(cast: Cast, household: Household, thief: str) -> None:
    handover = offered(household, cast.carla, cast.wilma)
    with as_(cast.people[thief]), pytest.raises(DatabaseError, match="only who it was offered to"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT casework_take_over(%s)", [handover.pk])


def test_an_offer_in_one_household_takes_nothing_of_another(cast: Cast, household: Household) -> None:
    """Who directs one household writes there that the regie of another is offered."""
    other_case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(other_case, cast.rosa, cast.wilma, cast.pieter)
    other = a_household(other_case, cast.rosa, cast.pieter)
    with as_(cast.rosa) as (by, _):
        unlock([household.dossier_id], by=by)
        line = Grant.objects.filter(part="liaison", content_object=household.dossier).first()
        assert line is not None
        made = Handover(
            dossier=household.dossier, compartment=line.compartment, household=other, to=cast.wilma,
            reason="Elders.", offered_by=cast.rosa, expires_at=timezone.now() + timedelta(days=1),
        )  # fmt: skip
        made.save(force_insert=True)
    with as_(cast.wilma), pytest.raises(DatabaseError, match="only who it was offered to"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT casework_take_over(%s)", [made.pk])


def test_who_left_meanwhile_does_not_take_it(cast: Cast, case: Case, household: Household) -> None:
    handover = offered(household, cast.carla, cast.wilma)
    with as_(cast.rosa) as (by, _):
        there = Participation.objects.select_related("case__dossier", "dossier").get(case=case, user=cast.wilma)
        participants.end_participation(there, now=timezone.now(), by=by)
    with as_(cast.wilma), connection.cursor() as cursor:
        cursor.execute("SELECT casework_take_over(%s)", [handover.pk])
        assert cursor.fetchone()[0] == "gone"
    assert terms(household, cast.rosa)[-1].user == cast.carla


def test_who_was_excluded_meanwhile_does_not_take_it(cast: Cast, household: Household) -> None:
    handover = offered(household, cast.carla, cast.wilma)
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(household.dossier_id, cast.wilma, ExclusionReason.FRIEND, by=by)
    with as_(cast.wilma), connection.cursor() as cursor:
        cursor.execute("SELECT casework_take_over(%s)", [handover.pk])
        assert cursor.fetchone()[0] == "gone"


def test_whose_covenant_lapsed_meanwhile_does_not_take_it(cast: Cast, household: Household) -> None:
    handover = offered(household, cast.carla, cast.wilma)
    Covenant.objects.get().organisations.remove(cast.corporatie)
    with as_(cast.wilma), connection.cursor() as cursor:
        cursor.execute("SELECT casework_take_over(%s)", [handover.pk])
        assert cursor.fetchone()[0] == "gone"


def test_who_became_procesregisseur_meanwhile_does_not_take_it(cast: Cast, household: Household) -> None:
    handover = offered(household, cast.carla, cast.greet)
    Seat.objects.create(table=cast.overlast, user=cast.greet, role=Role.PROCESREGISSEUR)
    with pytest.raises(Refused, match="kunt daarom geen casusregisseur worden"):
        accepted(handover, cast.greet)


def test_of_a_household_that_is_closed_nothing_is_taken(cast: Cast, case: Case, household: Household) -> None:
    handover = offered(household, cast.carla, cast.wilma)
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id, household.dossier_id], by=by)
        cases.close(case, active_theme("woonoverlast").close_outcomes[0].code, "Rustig.", now=timezone.now(), by=by)
    with as_(cast.wilma), connection.cursor() as cursor:
        cursor.execute("SELECT casework_take_over(%s)", [handover.pk])
        assert cursor.fetchone()[0] == "over"


def test_a_second_time_is_refused(cast: Cast, household: Household) -> None:
    handover = offered(household, cast.carla, cast.wilma)
    accepted(handover, cast.wilma)
    with pytest.raises(Refused, match="is er niet meer"):
        accepted(handover, cast.wilma)
    assert len(terms(household, cast.rosa)) == 2


def test_the_new_regie_reads_goals_that_stood_there_before(cast: Cast, household: Household) -> None:
    """Every part of the household that exists, also a goal's own."""
    with as_(cast.rosa) as (by, _):
        unlock([household.dossier_id], by=by)
        part = goal_part(household, cast.politie.pk, now=timezone.now(), by=by)
    accepted(offered(household, cast.carla, cast.wilma), cast.wilma)
    with as_(cast.wilma) as (by, _):
        assert Grant.objects.filter(compartment=part.pk, user=cast.wilma, may_write=True).exists()
    with as_(cast.carla) as (by, _):
        assert not Grant.objects.filter(compartment=part.pk).exists()


def test_the_regie_of_a_case_is_named(cast: Cast, case: Case) -> None:
    with as_(cast.rosa):
        assert regie_service.named(case)
        RegieAssignment.objects.filter(case=case).update(vacant_since=timezone.now(), vacant_because="seat")
        assert not regie_service.named(case)


def test_nobody_answered_in_time_and_the_regie_hears_it(
    cast: Cast, household: Household, told: Told, settings: object
) -> None:
    settings.REGIE_OFFER_DAYS = 0  # type: ignore[attr-defined]
    handover = offered(household, cast.carla, cast.wilma)
    Job.objects.filter(kind="notice.something_waits").delete()
    job = Job.objects.get(kind=handing.LAPSES, subject_id=handover.pk)
    jobs.perform(job.pk, now=timezone.now())
    assert told() == ["carla", "rachid", "rosa"]
    with as_(cast.rosa) as (by, _):
        assert "Overdracht niet aangenomen" in [line.what for line in worklist(by=by).urgent]


def test_an_offer_that_was_answered_raises_no_alarm_when_its_time_is_over(
    cast: Cast, household: Household, told: Told
) -> None:
    handover = offered(household, cast.carla, cast.wilma)
    accepted(handover, cast.wilma)
    Job.objects.filter(kind="notice.something_waits").delete()
    with acting(system_actor("proef")) as _:
        handing.lapsed(handover.pk, by=system_actor("proef"))
    assert told() == []


def test_a_case_is_not_linked_at_a_table_that_the_casusregisseur_directs(cast: Cast, household: Household) -> None:
    other = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    Seat.objects.create(table=cast.overlast, user=cast.carla, role=Role.PROCESREGISSEUR)
    with as_(cast.rosa) as (by, _):
        unlock([other.dossier_id, household.dossier_id], by=by)
        locked = cases.lock_open(other, by=by)
        with pytest.raises(Refused, match="procesregisseur van de andere casus"):
            households.link(household, locked, now=timezone.now(), by=by)
