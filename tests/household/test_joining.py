"""A second case about the same household comes to its one plan, and who may not know of it learns nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.utils import timezone

from casework.models import (
    AccessRequest,
    Case,
    Household,
    HouseholdCase,
    HouseholdDecision,
    HouseholdStep,
    RegieAssignment,
    RegieKind,
    RequestArrival,
    RequestState,
)
from casework.services import cases, exclusions, joining, participants
from casework.theming import active_theme
from privacy.access import visible
from privacy.errors import Refused
from privacy.models import ExclusionReason, Grant
from privacy.roles import Role
from privacy.unlock import unlock
from tests.household.conftest import WHY, Home, accepted, asked, reads, sits
from tests.world import Cast, a_case, a_household, a_signal, as_, invited


def _second(cast: Cast) -> Case:
    """Another case of Rosa's table, in which Greet takes part and Petra is casusregisseur."""
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.greet, cast.petra)
    with as_(cast.rosa) as (by, _):
        cases.assign_regie(case, RegieKind.CASE, cast.petra.pk, now=timezone.now(), by=by)
    return case


def _join(home: Home, case: Case) -> None:
    with as_(home.cast.rosa) as (by, _):
        unlock([home.household.dossier_id, case.dossier_id], by=by)
        locked = cases.lock_open(case, by=by)
        joining.join(home.household, locked, WHY, now=timezone.now(), by=by)


def test_two_cases_end_with_one_plan_and_one_casusregisseur(cast: Cast, home: Home) -> None:
    case = _second(cast)
    _join(home, case)
    with as_(cast.rosa):
        assert HouseholdCase.objects.filter(household=home.household, until=None).count() == 2
        assert not RegieAssignment.objects.filter(case=case, kind=RegieKind.CASE, until=None).exists()
        assert RegieAssignment.objects.get(household=home.household, until=None).user == cast.carla
    assert "Kim Voorbeeld" in reads(cast.greet, home.household)
    with as_(cast.rosa) as (by, _), pytest.raises(Refused, match="hoort bij een gezin"):
        cases.assign_regie(case, RegieKind.CASE, cast.petra.pk, now=timezone.now(), by=by)


def test_a_case_joins_once(cast: Cast, home: Home) -> None:
    case = _second(cast)
    _join(home, case)
    with pytest.raises(Refused, match="hoort al bij dit gezin"):
        _join(home, case)


def test_a_casusregisseur_who_directs_the_other_table_is_named_before_anything_happens(cast: Cast, home: Home) -> None:
    sits(cast.carla, cast.jeugd, Role.PROCESREGISSEUR)
    request = asked(home)
    with pytest.raises(Refused, match=r"Carla Proef is casusregisseur .* kies eerst een andere casusregisseur"):
        accepted(home, request)
    assert home.open(cast.victor) == []


def test_before_a_yes_the_other_table_knows_nothing(cast: Cast, home: Home) -> None:
    request = asked(home)
    assert home.open(cast.victor) == []
    assert home.open(cast.petra) == []
    with as_(cast.victor) as (by, _):
        assert not RequestArrival.objects.exists()
        assert not visible(HouseholdCase, by=by).exists()
        unlock([request.dossier_id], by=by)
        assert AccessRequest.objects.get().state == RequestState.SENT


def test_after_a_yes_both_tables_read_it_and_the_regie_stays_one_person(cast: Cast, joined: Home) -> None:
    for person in (cast.rosa, cast.victor, cast.wilma, cast.petra, cast.wout, cast.carla):
        assert "Kim Voorbeeld" in reads(person, joined.household), person
    for person in (cast.greet, cast.otto, cast.bram):
        assert joined.open(person) == []
    with as_(cast.victor) as (by, _):
        unlock([joined.household.dossier_id], by=by)
        assert RegieAssignment.objects.get(household=joined.household, until=None).user == cast.carla
        decision = HouseholdDecision.objects.filter(step=HouseholdStep.LINKED).get()
        assert decision.reason == "Eén plan is beter."
        request = AccessRequest.objects.get()
        unlock([request.dossier_id], by=by)
        assert (request.state, request.answer) == (RequestState.GIVEN, "Eén plan is beter.")
    with as_(cast.rosa) as (by, _):
        assert not visible(Case, by=by).filter(pk=joined.other.pk).exists(), "Rosa still does not read Victor's case"


def test_who_joined_comes_through_the_own_case_and_is_out_with_it(cast: Cast, joined: Home) -> None:
    with as_(cast.victor) as (by, _):
        there = joined.other.participations.select_related("case__dossier", "dossier").get(user=cast.petra)
        participants.end_participation(there, now=timezone.now(), by=by)
    assert joined.open(cast.petra) == []
    invited(joined.other, cast.victor, cast.petra)
    assert joined.open(cast.petra) == [joined.household]


def test_a_hidden_participant_comes_in_and_stays_hidden_for_partners(cast: Cast, home: Home) -> None:
    sits(cast.greet, cast.jeugd)
    invited(home.other, cast.victor, cast.greet, hidden=True)
    accepted(home, asked(home))
    assert home.open(cast.greet) == [home.household]
    with as_(cast.wilma):
        assert not Grant.objects.filter(user=cast.greet).exists()


def test_no_is_heard_with_its_reason_and_nothing_was_learned(cast: Cast, home: Home) -> None:
    request = asked(home)
    with as_(cast.rosa) as (by, _):
        unlock([request.dossier_id], by=by)
        joining.refuse(request, home.household, "Dit gaat over andere mensen.", now=timezone.now(), by=by)
    with as_(cast.victor) as (by, _):
        unlock([request.dossier_id], by=by)
        fresh = AccessRequest.objects.get()
        assert (fresh.state, fresh.answer) == (RequestState.REFUSED, "Dit gaat over andere mensen.")
    assert home.open(cast.victor) == []
    with pytest.raises(Refused, match="al afgehandeld"):
        accepted(home, request)


def test_a_number_that_does_not_exist_looks_the_same_to_who_asks(cast: Cast, home: Home) -> None:
    real, nothing = asked(home), asked(home, "G26-22222")
    with as_(cast.victor) as (by, _):
        unlock([real.dossier_id, nothing.dossier_id], by=by)
        rows = {row.pk: row for row in AccessRequest.objects.all()}
        told = [(row.state, row.reason, row.answer, row.needed_until) for row in rows.values()]
        assert told[0] == told[1]
    with as_(cast.rosa):
        assert RequestArrival.objects.filter(request=nothing).count() == 0
        assert RequestArrival.objects.filter(request=real).count() == 1


def test_only_who_directs_the_own_case_asks(cast: Cast, home: Home) -> None:
    for person in (cast.petra, cast.rosa):
        with as_(person) as (by, _), pytest.raises(Refused, match="wie de regie heeft"):
            joining.ask(home.household.dossier.reference, home.other, WHY, now=timezone.now(), by=by)


def test_a_partner_of_the_household_can_not_answer(cast: Cast, home: Home) -> None:
    request = asked(home)
    for person in (cast.carla, cast.wilma, cast.petra):
        with as_(person) as (by, _):
            assert not visible(AccessRequest, by=by).filter(pk=request.pk).exists()


def test_who_is_kept_away_from_the_household_is_not_heard(cast: Cast, home: Home) -> None:
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(home.case.dossier_id, cast.victor, ExclusionReason.FAMILY, by=by)
    request = asked(home)
    with as_(cast.rosa):
        assert not RequestArrival.objects.filter(request=request).exists()


def test_a_case_that_closed_meanwhile_does_not_join(cast: Cast, home: Home) -> None:
    request = asked(home)
    with as_(cast.victor) as (by, _):
        unlock([home.other.dossier_id], by=by)
        outcome = active_theme("jonge_aanwas").close_outcomes[0].code
        cases.close(home.other, outcome, "Klaar.", now=timezone.now(), by=by)
    with pytest.raises(Refused, match="intussen gesloten"):
        accepted(home, request)


def _raw_link(person: object, home: Home) -> None:
    with as_(person), transaction.atomic():  # type: ignore[arg-type]
        HouseholdCase(
            dossier=home.household.dossier, compartment=home.household.compartment, household=home.household,
            case_dossier=home.other.dossier, table=home.other.table, theme=home.other.theme,
        ).save(force_insert=True)  # fmt: skip


def test_the_database_links_no_case_of_another_table_without_its_request(cast: Cast, home: Home) -> None:
    for person in (cast.rosa, cast.victor, cast.carla):
        with pytest.raises((ProgrammingError, InternalError)):
            _raw_link(person, home)
    request = asked(home)
    with pytest.raises((ProgrammingError, InternalError)):
        _raw_link(cast.rosa, home)
    with as_(cast.rosa) as (by, _):
        unlock([request.dossier_id], by=by)
        joining.refuse(request, home.household, "Nee, andere mensen.", now=timezone.now(), by=by)
    with pytest.raises((ProgrammingError, InternalError)):
        _raw_link(cast.rosa, home)


def test_one_yes_is_good_for_one_link(cast: Cast, joined: Home) -> None:
    with as_(cast.victor) as (by, _), connection.cursor() as cursor:
        cursor.execute(
            "SELECT casework_release_household(%s, %s)", [joined.household.dossier_id, joined.other.dossier_id]
        )
    assert joined.open(cast.petra) == []
    with pytest.raises((ProgrammingError, InternalError)):
        _raw_link(cast.rosa, joined)


def test_where_a_request_arrived_is_never_changed(cast: Cast, home: Home) -> None:
    asked(home)
    with as_(cast.rosa), pytest.raises(ProgrammingError), transaction.atomic():
        RequestArrival.objects.update(joining=home.case.dossier)
    with as_(cast.rosa):
        RequestArrival.objects.update(decided_at=timezone.now(), decided_by=cast.rosa.pk)
        assert RequestArrival.objects.update(decided_at=None) == 0


def test_an_expired_question_is_over(cast: Cast, home: Home) -> None:
    request = asked(home)
    with as_(cast.rosa) as (by, _):
        unlock([request.dossier_id, home.household.dossier_id], by=by)
        later = timezone.now() + timedelta(days=31)
        with pytest.raises(Refused, match="al afgehandeld"):
            joining.accept(request, home.household, "Ja.", now=later, by=by)


def test_an_exclusion_of_either_side_holds_on_both_from_then_on(cast: Cast, home: Home) -> None:
    request = asked(home)
    with as_(cast.victor) as (by, _):
        exclusions.exclude(home.other.dossier_id, cast.wilma, ExclusionReason.WORK, by=by)
    assert home.open(cast.wilma) == [home.household]
    accepted(home, request)
    assert home.open(cast.wilma) == []
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(home.case.dossier_id, cast.wout, ExclusionReason.WORK, by=by)
    assert home.open(cast.wout) == []
    with as_(cast.wout) as (by, _):
        assert not visible(Case, by=by).filter(pk=home.other.pk).exists()


def test_a_plan_that_is_somebody_elses_needs_no_second_one(cast: Cast, home: Home) -> None:
    with pytest.raises(Refused, match="hoort al bij een gezin"):
        a_household(home.case, cast.rosa, cast.wilma)
    assert Household.objects.count() == 0, "nobody acts: nothing is seen"
