"""Attacks by the contact point itself: keeping dossiers, letting them go, and what it is kept away from."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from casework.models import (
    Case,
    RightsCandidate,
    RightsOverview,
    RightsPassage,
    RightsRelease,
    RightsRequest,
)
from casework.services import exclusions
from casework.services.rights import collecting, handing
from casework.services.rights.releasing import refuse
from privacy import desks
from privacy.errors import Refused
from privacy.models import Block, Desk, ExclusionReason
from privacy.unlock import unlock
from tests.conftest import Log
from tests.rights.scene import Home, a_home, collected, identified, registered, searched
from tests.world import Cast, a_case, a_signal, as_, item


def call(function: str, *arguments: object) -> list[tuple[object, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}({', '.join(['%s'] * len(arguments))})", arguments)
        return list(cursor.fetchall())


def another_case(cast: Cast) -> Case:
    return a_case(cast.rosa, a_signal(cast.pieter, cast.overlast, item("het lawaai duurt voort")))


def a_colleague(cast: Cast) -> None:
    """Wout comes to the desk."""
    cast.wout.roles = ["contact_point"]
    with as_(cast.beheer):
        cast.wout.save()
    with as_(cast.wout) as (by, _):
        desks.take_up(Desk.RIGHTS, by=by)


def keep_away(cast: Cast, home: Home) -> None:
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(home.case.dossier_id, cast.conny, ExclusionReason.WORK, by=by)


def kept_away_request(cast: Cast) -> tuple[Home, RightsRequest]:
    """Conny searches, and one of the dossiers is kept from her."""
    home = a_home(cast)
    a_colleague(cast)
    keep_away(cast, home)
    request = identified(cast, registered(cast))
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        collecting.search(request, by=by)
    return home, request


def test_nobody_keeps_a_dossier_for_a_request_that_is_not_there(cast: Cast) -> None:
    case = another_case(cast)
    with as_(cast.conny):
        with pytest.raises(DatabaseError):
            call("privacy_block", [case.dossier_id], "request", uuid4())
        assert not Block.objects.filter(dossier_id=case.dossier_id).exists()


def test_nobody_keeps_a_dossier_that_the_request_is_not_about(cast: Cast) -> None:
    a_home(cast)
    case = another_case(cast)
    request = identified(cast, registered(cast))
    searched(cast, request)
    with as_(cast.conny), pytest.raises(DatabaseError):
        call("privacy_block", [case.dossier_id], "request", request.pk)


def test_nobody_keeps_a_dossier_of_somebody_else(cast: Cast) -> None:
    home = a_home(cast)
    request = identified(cast, registered(cast))
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        collecting.search(request, by=by)
        collecting.confirm(request, {one.pk: False for one in request.candidates.all()}, now=timezone.now(), by=by)
        with pytest.raises(DatabaseError):
            call("privacy_block", [home.case.dossier_id], "request", request.pk)


def test_nobody_keeps_a_dossier_for_a_request_that_ended(cast: Cast) -> None:
    home = a_home(cast)
    request = identified(cast, registered(cast))
    searched(cast, request)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        refuse(request, "avg_12_5", "", now=timezone.now(), today=timezone.localdate(), by=by)
        with pytest.raises(DatabaseError):
            call("privacy_block", [home.case.dossier_id], "request", request.pk)


def test_nobody_lets_go_what_an_open_request_keeps(cast: Cast) -> None:
    home = a_home(cast)
    request = identified(cast, registered(cast))
    searched(cast, request)
    with as_(cast.conny):
        with pytest.raises(DatabaseError):
            call("privacy_unblock", request.pk)
        assert Block.objects.filter(dossier_id=home.case.dossier_id, ended_at=None).exists()


def test_nobody_takes_back_after_collecting_that_a_dossier_is_about_the_person(cast: Cast) -> None:
    a_home(cast)
    request = collected(cast)
    with as_(cast.conny):
        assert RightsCandidate.objects.filter(request=request).update(confirmed=False) == 0


def test_a_colleague_acts_on_a_request_only_after_taking_it_over(cast: Cast, log: Log) -> None:
    a_home(cast)
    request = identified(cast, registered(cast))
    searched(cast, request)
    a_colleague(cast)
    with as_(cast.wout) as (by, _):
        unlock([request.dossier_id], by=by)
        with pytest.raises(Refused, match="Neem het eerst over"):
            collecting.search(request, by=by)
        assert RightsRequest.objects.filter(pk=request.pk).update(state="new") == 0
        with pytest.raises(DatabaseError):
            call("privacy_unblock", request.pk)
        handing.hand_over(request, cast.wout.pk, by=by)
        assert collecting.search(request, by=by) == 0
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        with pytest.raises(Refused, match="Neem het eerst over"):
            collecting.search(request, by=by)
    assert len(log.changes(event="rights.handed")) == 1


def test_who_is_kept_away_sees_no_candidate_of_it(cast: Cast) -> None:
    home, request = kept_away_request(cast)
    with as_(cast.conny):
        assert not RightsCandidate.objects.filter(about_id=home.case.dossier_id).exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM casework_rightscandidate WHERE about_id = %s", [home.case.dossier_id])
            assert cursor.fetchone() == (0,)
    with as_(cast.wout):
        assert RightsCandidate.objects.filter(about_id=home.case.dossier_id).exists()


def test_who_is_kept_away_can_not_finish_the_request(cast: Cast) -> None:
    _, request = kept_away_request(cast)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        seen = {one.pk: True for one in request.candidates.all()}
        acts: tuple[Callable[[], object], ...] = (
            lambda: collecting.confirm(request, seen, now=timezone.now(), by=by),
            lambda: collecting.collect(request, now=timezone.now(), today=timezone.localdate(), by=by),
            lambda: refuse(request, "avg_12_5", "", now=timezone.now(), today=timezone.localdate(), by=by),
        )
        for act in acts:
            with pytest.raises(Refused, match="collega"):
                act()
        assert RightsRequest.objects.filter(pk=request.pk).update(state="judging") == 0


def test_a_colleague_finishes_it_and_who_is_kept_away_reads_none_of_it(cast: Cast, log: Log) -> None:
    home, request = kept_away_request(cast)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        handing.hand_over(request, cast.wout.pk, by=by)
    with as_(cast.wout) as (by, _):
        unlock([request.dossier_id], by=by)
        collecting.confirm(request, {one.pk: True for one in request.candidates.all()}, now=timezone.now(), by=by)
        collecting.collect(request, now=timezone.now(), today=timezone.localdate(), by=by)
        assert RightsPassage.objects.filter(about_id=home.case.dossier_id).exists()
        assert RightsOverview.objects.filter(request=request).exists()
        refuse(request, "avg_12_5", "", now=timezone.now(), today=timezone.localdate(), by=by)
    with as_(cast.conny):
        assert not RightsPassage.objects.filter(request=request).exists()
        assert not RightsOverview.objects.filter(request=request).exists()
        assert not RightsRelease.objects.filter(request=request).exists()
    assert [entry.actor_id for entry in log.changes(event="rights.handed")] == [cast.conny.pk]


def test_the_page_says_that_a_colleague_must_take_over_and_not_why(cast: Cast, login: Callable[..., Client]) -> None:
    home, request = kept_away_request(cast)
    client = login(cast.conny)
    page = client.get(f"/verzoeken/{request.pk}/").content.decode()
    assert "U kunt dit verzoek niet afmaken" in page
    assert home.case.dossier.reference not in page
    assert "uitgesloten" not in page
    assert "Verzamel</button>" not in page
    assert client.post(f"/verzoeken/{request.pk}/draag-over/", {"to": str(cast.wout.pk)}).status_code == 302
    shown = login(cast.wout).get(f"/verzoeken/{request.pk}/").content.decode()
    assert home.case.dossier.reference in shown


def test_a_request_goes_to_nobody_outside_the_desk(cast: Cast, login: Callable[..., Client]) -> None:
    request = registered(cast)
    for person in (cast.rosa, cast.fatima):
        with as_(cast.conny) as (by, _):
            assert call("casework_rights_hand_over", request.pk, person.pk) == [(False,)]
        with as_(person):
            assert call("casework_rights_hand_over", request.pk, person.pk) == [(False,)]
    answer = login(cast.conny).post(f"/verzoeken/{request.pk}/draag-over/", {"to": str(cast.rosa.pk)})
    assert answer.status_code == 422


def test_taking_over_twice_says_that_it_was_done(cast: Cast) -> None:
    request = registered(cast)
    a_colleague(cast)
    with as_(cast.wout) as (by, _):
        handing.hand_over(request, cast.wout.pk, by=by)
        with pytest.raises(Refused, match="al"):
            handing.hand_over(request, cast.wout.pk, by=by)


def test_nobody_is_kept_away_by_a_dossier_of_somebody_else(cast: Cast) -> None:
    _, request = kept_away_request(cast)
    with as_(cast.conny):
        seen = set(request.candidates.values_list("pk", flat=True))
    with as_(cast.wout) as (by, _):
        unlock([request.dossier_id], by=by)
        handing.hand_over(request, cast.wout.pk, by=by)
        really = {one.pk: one.pk in seen for one in request.candidates.all()}
        collecting.confirm(request, really, now=timezone.now(), by=by)
        handing.hand_over(request, cast.conny.pk, by=by)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        collecting.collect(request, now=timezone.now(), today=timezone.localdate(), by=by)
        assert RightsRequest.objects.get(pk=request.pk).state == "judging"
