"""The history of the regie can't be rewritten, cut, moved or left with a hole, whoever tries it past every form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from casework.models import Case, Household, HouseholdCase, RegieAssignment, RegieKind
from casework.services import cases
from privacy.models import Grant
from privacy.unlock import unlock
from tests.regie.conftest import accepted, offered, terms
from tests.world import Cast, a_case, a_household, a_signal, as_, invited


def settles() -> None:
    """What is judged at the end of a transaction is judged now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def handed_over(cast: Cast, household: Household) -> Household:
    """Carla had it, Wilma has it."""
    accepted(offered(household, cast.carla, cast.wilma), cast.wilma)
    return household


@pytest.mark.parametrize(
    "rewritten",
    [
        {"user_id": "pieter"},
        {"since": timezone.now() - timedelta(days=900)},
        {"until": timezone.now() + timedelta(minutes=1)},
        {"until": None},
        {"vacant_since": timezone.now(), "vacant_because": "ill"},
    ],
    ids=lambda one: next(iter(one)),
)
def test_what_is_over_stands_as_it_was(cast: Cast, handed_over: Household, rewritten: dict[str, Any]) -> None:
    change = {key: cast.people[value].pk if key == "user_id" else value for key, value in rewritten.items()}
    over = terms(handed_over, cast.rosa)[0]
    with as_(cast.rosa), pytest.raises(IntegrityError), transaction.atomic():
        RegieAssignment.objects.filter(pk=over.pk).update(**change)


@pytest.mark.parametrize("name", ["user_id", "kind", "since", "case_id"])
def test_who_has_it_and_since_when_stands_too(cast: Cast, case: Case, handed_over: Household, name: str) -> None:
    change = {
        "user_id": cast.pieter.pk,
        "kind": RegieKind.PROCESS,
        "since": timezone.now() - timedelta(days=1),
        "case_id": case.pk,
    }
    held = terms(handed_over, cast.rosa)[-1]
    with as_(cast.rosa), pytest.raises(IntegrityError), transaction.atomic():
        RegieAssignment.objects.filter(pk=held.pk).update(**{name: change[name]})


def test_a_row_of_the_history_can_not_be_taken_away(cast: Cast, handed_over: Household) -> None:
    for row in terms(handed_over, cast.rosa):
        refusal = "stands as it was|exactly one regisseur"  # of the last one, whichever is judged first
        with as_(cast.rosa), pytest.raises(IntegrityError, match=refusal), transaction.atomic():
            RegieAssignment.objects.filter(pk=row.pk).delete()
            settles()


def test_a_vacancy_is_not_wiped_out(cast: Cast, household: Household) -> None:
    with as_(cast.rosa):
        rows = RegieAssignment.objects.filter(household=household)
        rows.update(vacant_since=timezone.now(), vacant_because="ill")
        with pytest.raises(IntegrityError, match="stands as it was"), transaction.atomic():
            rows.update(vacant_since=None, vacant_because="")


def test_a_regie_does_not_end_later(cast: Cast, household: Household) -> None:
    with as_(cast.rosa), pytest.raises(IntegrityError, match="does not end later"), transaction.atomic():
        RegieAssignment.objects.filter(household=household).update(until=timezone.now() + timedelta(days=3))


def test_a_regie_ends_at_the_earliest_when_it_began(cast: Cast, case: Case) -> None:
    """Who waited for a colleague asks for a moment that is over; then it goes on from where that one began."""
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        earlier = timezone.now() - timedelta(minutes=1)
        cases.assign_regie(case, RegieKind.PROCESS, cast.rachid.pk, now=earlier, by=by)
        first, second = RegieAssignment.objects.filter(case=case, kind=RegieKind.PROCESS).order_by("since", "until")
        assert first.until == second.since >= first.since


def test_the_first_regie_does_not_begin_after_what_it_is_about(cast: Cast, household: Household) -> None:
    """A household that had nobody in its first days."""
    with as_(cast.rosa), pytest.raises(IntegrityError, match="no gap"), transaction.atomic():
        Household.objects.filter(pk=household.pk).update(opened_at=timezone.now() - timedelta(days=3))
        RegieAssignment.objects.filter(household=household).update(access_until=timezone.now() + timedelta(days=9))


def other_household(cast: Cast) -> Household:
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.pieter)
    return a_household(case, cast.rosa, cast.pieter)


def test_a_regie_stands_in_the_dossier_that_it_is_about(cast: Cast, household: Household) -> None:
    other = other_household(cast)
    with as_(cast.rosa), pytest.raises(DatabaseError, match="stands in the dossier"), transaction.atomic():
        RegieAssignment.objects.filter(household=other).update(until=timezone.now())
        RegieAssignment(
            dossier=household.dossier, compartment=household.compartment, household=other,
            kind=RegieKind.CASE, user=cast.wilma, since=timezone.now(),
        ).save(force_insert=True)  # fmt: skip


def test_a_link_stands_in_the_dossier_of_its_household(cast: Cast, case: Case, household: Household) -> None:
    other = other_household(cast)
    with as_(cast.rosa), pytest.raises(DatabaseError, match="stands in the dossier"), transaction.atomic():
        HouseholdCase(
            dossier=household.dossier, compartment=household.compartment, household=other,
            case_dossier=case.dossier, table=case.table, theme=case.theme,
        ).save(force_insert=True)  # fmt: skip


def test_nobody_gives_the_regie_to_who_has_no_part_by_a_grant_alone(cast: Cast, household: Household) -> None:
    """Rosa may give grants; that makes nobody casusregisseur, and the next one who takes it ends none of hers."""
    with as_(cast.rosa) as (by, _):
        unlock([household.dossier_id], by=by)
        held = RegieAssignment.objects.get(household=household)
        assert Grant.objects.filter(given_for=held.key, user=cast.carla).count() == 0  # she sees her own alone
    accepted(offered(household, cast.carla, cast.wilma), cast.wilma)
    with as_(cast.rosa) as (by, _):
        assert Grant.objects.filter(content_object=household.dossier, directs=True).exists()


@pytest.mark.parametrize("person", ["rosa", "carla", "wilma", "otto"])
def test_only_a_beheerder_gets_counts(cast: Cast, household: Household, person: str) -> None:
    for question, about in (
        ("SELECT casework_casusregisseur_at(%s, %s)", [cast.overlast.pk, cast.carla.pk]),
        ("SELECT * FROM casework_open_at(%s)", [[cast.overlast.pk]]),
    ):
        with as_(cast.people[person]), pytest.raises(DatabaseError, match="only a beheerder"):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(question, about)


@pytest.mark.parametrize(
    "inner",
    [
        "casework_settle_regie(gen_random_uuid())",
        "casework_settle(gen_random_uuid(), NULL)",
        "casework_directing(gen_random_uuid())",
        "casework_is_bound(gen_random_uuid(), 'x')",
        "casework_regie_ground(gen_random_uuid(), gen_random_uuid(), NULL)",
        "casework_process_stands(gen_random_uuid(), gen_random_uuid())",
        "casework_why_vacant(gen_random_uuid(), gen_random_uuid(), 'x')",
    ],
)
def test_the_application_asks_none_of_the_inner_questions(cast: Cast, inner: str) -> None:
    with as_(cast.rosa), pytest.raises(DatabaseError, match="permission denied"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {inner}")
