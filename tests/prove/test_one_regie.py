"""One regie, whatever two people do at the same moment: real transactions on real connections, and nothing waits."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connections
from django.utils import timezone

from casework.models import Case, Handover, Household, Participation, RegieAssignment, RegieKind
from casework.services import cases, exclusions, handing, households, participants
from partners.models import Seat, User
from partners.services.seats import end_seat, seat
from privacy.errors import NotKnown, Refused
from privacy.models import ExclusionReason, Grant
from privacy.roles import Role
from privacy.unlock import unlock
from tests.commits import committed
from tests.proofs import Proof
from tests.prove.test_two_at_once import at_once
from tests.world import Cast, a_case, a_household, a_signal, as_, invited

Act = Callable[[], Any]


def a_home(cast: Cast) -> tuple[Case, Household]:
    """A case with a household that Carla directs; Wilma, Pieter and Greet take part."""
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.pieter, cast.greet, cast.carla)
    return case, a_household(case, cast.rosa, cast.carla)


def offers(household: Household, by: User, to: User) -> Act:
    def act() -> Handover:
        with as_(by) as (actor, _):
            unlock([household.dossier_id], by=actor)
            return handing.offer(household, to, "Ik ga weg.", now=timezone.now(), by=actor)

    return act


def accepts(handover: Handover, by: User) -> Act:
    def act() -> None:
        with as_(by) as (actor, _):
            unlock([handover.dossier_id], by=actor)
            found = Handover.objects.select_related("dossier", "case").filter(pk=handover.pk).first()
            if found is None:  # no access any more
                raise NotKnown
            handing.accept(found, by=actor)

    return act


def declines(handover: Handover, by: User) -> Act:
    def act() -> None:
        with as_(by) as (actor, _):
            unlock([handover.dossier_id], by=actor)
            handing.decline(handover, "Geen tijd.", now=timezone.now(), by=actor)

    return act


def takes_back(handover: Handover, by: User) -> Act:
    def act() -> None:
        with as_(by) as (actor, _):
            unlock([handover.dossier_id], by=actor)
            handing.take_back(handover, now=timezone.now(), by=actor)

    return act


def ends_part(case: Case, person: User, by: User) -> Act:
    def act() -> None:
        with as_(by) as (actor, _):
            unlock([case.dossier_id], by=actor)
            there = Participation.objects.select_related("case__dossier", "dossier").get(
                case=case, user=person, ended_at__isnull=True
            )
            participants.end_participation(there, now=timezone.now(), by=actor)

    return act


def excludes(dossier_id: Any, person: User, by: User) -> Act:
    def act() -> None:
        with as_(by) as (actor, _):
            exclusions.exclude(dossier_id, person, ExclusionReason.FRIEND, by=actor)

    return act


def seats(cast: Cast, person: User) -> Act:
    def act() -> None:
        with as_(cast.beheer) as (by, _):
            seat(cast.overlast, User.objects.get(pk=person.pk), Role.PROCESREGISSEUR, now=timezone.now(), by=by)

    return act


def unseats(cast: Cast, person: User) -> None:
    with as_(cast.beheer) as (by, _):
        for one in Seat.objects.filter(user=person, role=Role.PROCESREGISSEUR, ended_at__isnull=True):
            end_seat(one, by=by)
    Seat.objects.filter(user=person, role=Role.PROCESREGISSEUR).delete()  # nothing else is wiped away afterwards


def rows(household: Household) -> list[RegieAssignment]:
    return list(RegieAssignment.objects.using("maintenance").filter(household=household).order_by("since"))


def one_regie(household: Household) -> bool:
    """Exactly one is open, and each begins where the one before ended."""
    found = rows(household)
    pairs = zip(found, found[1:], strict=False)
    return [row.until is None for row in found].count(True) == 1 and all(a.until == b.since for a, b in pairs)


def only_the_holder_has_it(household: Household) -> bool:
    """Whoever holds a part for the regie is the one whose regie it is; nobody does while it is vacant."""
    grants = Grant.objects.using("maintenance").filter(
        content_object=household.dossier_id, given_for__startswith="regie:", revoked_at__isnull=True, excluded=False
    )
    holder = next(row for row in rows(household) if row.until is None)
    return set(grants.values_list("user_id", flat=True)) == (set() if holder.vacant_since else {holder.user_id})


def writes_itself(household: Household, person: User, by: User, meet: Barrier) -> Act:
    """Past every form and service: ends the regie that both found, and appoints somebody, in one transaction."""

    def act() -> None:
        with as_(by):
            found = [row.pk for row in RegieAssignment.objects.filter(household=household, until__isnull=True)]
            meet.wait(10)
            now = timezone.now()
            RegieAssignment.objects.filter(pk__in=found, until__isnull=True).update(until=now)
            RegieAssignment(
                dossier=household.dossier, compartment=household.compartment, household=household,
                kind=RegieKind.CASE, user=person, since=now,
            ).save(force_insert=True)  # fmt: skip

    return act


def in_the_database(*acts: Act) -> list[str]:
    """At the same moment; a refusal of the database is one of the answers."""

    def kept(act: Act) -> Act:
        def inner() -> None:
            try:
                act()
            except IntegrityError as error:
                said.append(type(error).__name__)
                connections.close_all()
                raise Refused(type(error).__name__) from error

        return inner

    said: list[str] = []
    ended = at_once(*(kept(act) for act in acts))
    return sorted(["done"] * ended.count("done") + said)


@pytest.mark.proof("one_regie", full=60, sample=2)
def test_of_two_who_appoint_at_once_the_database_takes_one(cast: Cast, proof: Proof) -> None:
    for _ in range(proof.size):
        _, household = committed(lambda: a_home(cast))
        meet = Barrier(2)
        said = in_the_database(
            writes_itself(household, cast.wilma, cast.rosa, meet),
            writes_itself(household, cast.pieter, cast.rachid, meet),
        )
        proof.attempt(said == ["IntegrityError", "done"] and one_regie(household), said)


@pytest.mark.proof("one_regie", full=60, sample=2)
def test_of_two_who_offer_at_once_one_offers(cast: Cast, proof: Proof) -> None:
    for _ in range(proof.size):
        _, household = committed(lambda: a_home(cast))
        said = at_once(offers(household, cast.rosa, cast.wilma), offers(household, cast.carla, cast.pieter))
        proof.attempt(said == ["Refused", "done"] and one_regie(household), said)


@pytest.mark.proof("one_regie", full=60, sample=2)
def test_accepted_twice_at_once_it_is_taken_once(cast: Cast, proof: Proof) -> None:
    for _ in range(proof.size):
        _, household = committed(lambda: a_home(cast))
        offer = committed(offers(household, cast.carla, cast.wilma))
        said = at_once(accepts(offer, cast.wilma), accepts(offer, cast.wilma))
        held = one_regie(household) and len(rows(household)) == 2 and only_the_holder_has_it(household)
        proof.attempt(said == ["Refused", "done"] and held, said)


@pytest.mark.proof("one_regie", full=60, sample=2)
def test_accepted_while_it_is_declined_or_taken_back_one_thing_happens(cast: Cast, proof: Proof) -> None:
    for number in range(proof.size):
        _, household = committed(lambda: a_home(cast))
        offer = committed(offers(household, cast.carla, cast.wilma))
        other = takes_back(offer, cast.rosa) if number % 2 else declines(offer, cast.wilma)
        said = at_once(accepts(offer, cast.wilma), other)
        held = one_regie(household) and only_the_holder_has_it(household)
        proof.attempt(said == ["Refused", "done"] and held, said)


@pytest.mark.proof("one_regie", full=60, sample=4)
def test_accepted_while_the_receiver_leaves_or_is_excluded_nobody_keeps_what_is_not_theirs(
    cast: Cast, proof: Proof
) -> None:
    for number in range(proof.size):
        case, household = committed(lambda: a_home(cast))
        offer = committed(offers(household, cast.carla, cast.wilma))
        about = household.dossier_id if number % 4 < 2 else case.dossier_id
        other = ends_part(case, cast.wilma, cast.rosa) if number % 2 else excludes(about, cast.wilma, cast.rosa)
        said = at_once(accepts(offer, cast.wilma), other)
        wilma_works = any(row.user_id == cast.wilma.pk and not row.vacant_since for row in rows(household)[-1:])
        held = one_regie(household) and only_the_holder_has_it(household) and not wilma_works
        proof.attempt(held and "done" in said, said)


@pytest.mark.proof("one_regie", full=60, sample=2)
def test_accepted_while_the_receiver_is_seated_as_procesregisseur_one_of_both_is_refused(
    cast: Cast, proof: Proof
) -> None:
    for _ in range(proof.size):
        _, household = committed(lambda: a_home(cast))
        committed(lambda household=household: _bram_takes_part(cast, household))
        offer = committed(offers(household, cast.carla, cast.bram))
        said = at_once(accepts(offer, cast.bram), seats(cast, cast.bram))
        committed(lambda: unseats(cast, cast.bram))
        held = one_regie(household) and only_the_holder_has_it(household)
        proof.attempt(said == ["Refused", "done"] and held, said)


def _bram_takes_part(cast: Cast, household: Household) -> None:
    with as_(cast.rosa):
        case = Case.objects.get(dossier__in=household.links.values("case_dossier"))
    invited(case, cast.rosa, cast.bram)


@pytest.mark.proof("one_regie", full=60, sample=2)
def test_a_case_linked_while_the_casusregisseur_gets_its_process_is_never_one_person(cast: Cast, proof: Proof) -> None:
    def links(household: Household, other: Case) -> Act:
        def act() -> None:
            with as_(cast.rosa) as (by, _):
                unlock([household.dossier_id, other.dossier_id], by=by)
                households.link(household, cases.lock_open(other, by=by), now=timezone.now(), by=by)

        return act

    def becomes_process(other: Case) -> Act:
        def act() -> None:
            with as_(cast.rachid):
                now = timezone.now()
                RegieAssignment.objects.filter(case=other, kind=RegieKind.PROCESS, until__isnull=True).update(until=now)
                RegieAssignment(
                    dossier=other.dossier, compartment=other.compartment, case=other, kind=RegieKind.PROCESS,
                    user=cast.carla, since=now,
                ).save(force_insert=True)  # fmt: skip

        return act

    for _ in range(proof.size):
        _, household = committed(lambda: a_home(cast))
        other = committed(lambda: a_case(cast.rosa, a_signal(cast.wilma, cast.overlast)))
        said = in_the_database(links(household, other), becomes_process(other))
        process = RegieAssignment.objects.using("maintenance").get(case=other, kind="process", until__isnull=True)
        linked = household.links.using("maintenance").filter(case_dossier=other.dossier_id, until__isnull=True).exists()
        proof.attempt(
            said == ["IntegrityError", "done"] and not (linked and process.user_id == cast.carla.pk), (said, linked)
        )
