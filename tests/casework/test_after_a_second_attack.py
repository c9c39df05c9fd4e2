"""Ways back in that a second attack found, and rules that no test had noticed when they were taken away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from casework.models import Audience, Contribution, Disclosure, Participation, RegieAssignment, RegieKind, SignalItem
from casework.queries.case_content import contributions as rows_of
from casework.queries.cases import open_case
from casework.services import cases, contributions, disclosing, participants
from casework.values import ContributionInput
from partners.services.seats import end_seat, seat
from privacy.access import visible
from privacy.errors import Refused
from privacy.models import CompartmentKind
from privacy.roles import Role
from privacy.unlock import unlock
from tests.world import GROUND, Cast, a_case, a_signal, as_, contributed, invited


def ended(case, person: str, cast: Cast) -> None:
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        there = Participation.objects.get(case=case, user=cast.people[person], ended_at__isnull=True)
        participants.end_participation(there, now=timezone.now(), by=by)


def new_version(old: Contribution, person: str, cast: Cast, **more) -> None:
    values = {"kind": "feit", "category": "algemeen", "ground": GROUND, "text": "Goed.", "audience": Audience.TABLE}
    with as_(cast.people[person]) as (by, _):
        unlock([old.dossier_id], by=by)
        contributions.correct(old, ContributionInput(**values | more), now=timezone.now(), by=by)


def test_a_seat_that_is_given_again_does_not_bring_a_participation_back(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.pieter)
    with as_(cast.beheer) as (by, _):
        end_seat(cast.wilma.seats.get(), by=by)
        seat(cast.overlast, cast.wilma, Role.PROFESSIONAL, now=timezone.now(), by=by)
    contributed(case, cast.pieter, "Na het einde.")
    with as_(cast.wilma) as (by, _):
        assert not visible(Contribution, by=by).exists()
    invited(case, cast.rosa, cast.wilma)


def test_a_casusregisseur_who_leaves_is_casusregisseur_no_more(cast: Cast) -> None:
    for leave in ("participation", "seat"):
        case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
        invited(case, cast.rosa, cast.carla)
        with as_(cast.rosa) as (by, _):
            unlock([case.dossier_id], by=by)
            cases.assign_regie(case, RegieKind.CASE, cast.carla.pk, now=timezone.now(), by=by)
        if leave == "participation":
            ended(case, "carla", cast)
        else:
            with as_(cast.beheer) as (by, _):
                end_seat(cast.carla.seats.get(), by=by)
        with as_(cast.rosa):
            open_ones = RegieAssignment.objects.filter(case=case, kind=RegieKind.CASE, until__isnull=True)
            assert not open_ones.exists(), leave


def test_who_comes_back_in_the_dark_is_not_named_as_a_reader(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.pieter)
    ended(case, "pieter", cast)
    contributed(case, cast.wilma, "Voor iedereen die er nog is.")
    invited(case, cast.rosa, cast.pieter, hidden=True)
    with as_(cast.wilma) as (by, _):
        assert not visible(Disclosure, by=by).filter(organisation=cast.politie).exists()


def test_a_shared_signal_does_not_tell_its_source_of_a_hidden_partner(cast: Cast) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    case = a_case(cast.rosa, signal)
    invited(case, cast.rosa, cast.wilma)
    invited(case, cast.rosa, cast.pieter, hidden=True)
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id, signal.dossier_id], by=by)
        given = disclosing.share_signal(case, signal, cast.politie, ground=GROUND, now=timezone.now(), by=by)
        assert given.compartment.kind == CompartmentKind.REGIE
    with as_(cast.wilma) as (by, _):
        assert not visible(Disclosure, by=by).exists()


def test_a_corrected_contribution_is_marked_for_who_may_not_read_the_new_one(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.pieter, cast.greet)
    old = contributed(case, cast.wilma, "Fout.")
    new_version(old, "wilma", cast, audience=Audience.CHOSEN, recipients=(cast.politie.pk,))
    with as_(cast.greet) as (by, _):
        (row,) = rows_of(open_case(case.pk, by=by), by=by)
        assert row.corrected
    with pytest.raises(Refused, match="al verbeterd"):
        new_version(old, "wilma", cast)


def test_what_the_profile_forbids_is_withheld_from_who_is_invited_later(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.pieter)
    conviction = {"category": "justitie", "ground": "wjsg", "decision_ref": "B-1"}
    contributed(case, cast.pieter, "Veroordeling.", **conviction)
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        done = participants.invite(case, cast.wilma, ground=GROUND, now=timezone.now(), by=by)
    assert done.withheld == 1
    with as_(cast.wilma) as (by, _):
        assert not visible(Contribution, by=by).exists()


def test_the_database_itself_ends_a_grant_on_its_last_day(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        until = timezone.now() + timedelta(seconds=1)
        participants.invite(case, cast.wilma, ground=GROUND, until=until, now=timezone.now(), by=by)
    with as_(cast.wilma), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_caseface")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT pg_sleep(1.2)")
        cursor.execute("SELECT count(*) FROM casework_caseface")
        assert (before, cursor.fetchone()[0]) == (1, 0)


def test_an_item_of_a_signal_is_read_only_by_who_reported_it_and_the_regie(cast: Cast) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    for person, count in (("wilma", 1), ("rosa", 1), ("wout", 0), ("pieter", 0)):
        with as_(cast.people[person]) as (by, _):
            assert visible(SignalItem, by=by).filter(signal=signal).count() == count
