"""Nobody collects without the identity, for another name, or twice; nobody reads what is not asked of them."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from casework.models import (
    RightsAnswer,
    RightsCandidate,
    RightsMark,
    RightsPassage,
    RightsPerson,
    RightsQuestion,
    RightsRequest,
)
from casework.services.rights import admitting, collecting
from casework.services.rights.releasing import refuse
from privacy import dossiers
from privacy.audit import record
from privacy.encryption.keys import blind
from privacy.errors import Refused
from privacy.models import Block, CompartmentKind, Grant
from privacy.unlock import unlock
from tests.rights.scene import a_home, collected, identified, registered, searched
from tests.world import Cast, as_


def call(function: str, *arguments: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}({', '.join(['%s'] * len(arguments))})", arguments)


def said_so(request: RightsRequest, by: object) -> None:
    """What would be collected is in the log: that is not what refuses here."""
    for event in ("rights.searched", "rights.collecting"):
        record.look(event, seen=record.Seen((request.dossier_id,), (request.reference,)), by=by)  # type: ignore[arg-type]


def test_nothing_is_searched_or_opened_before_the_identity_is_known(cast: Cast) -> None:
    a_home(cast)
    request = registered(cast)
    with as_(cast.conny) as (by, _):
        with pytest.raises(Refused):
            collecting.search(request, by=by)
        said_so(request, by)
        for function in ("casework_rights_find", "casework_rights_open", "casework_rights_closed"):
            with pytest.raises(DatabaseError):
                call(function, request.pk)


def test_the_database_holds_that_a_state_needs_an_identity(cast: Cast) -> None:
    request = registered(cast)
    with as_(cast.conny), pytest.raises(DatabaseError), transaction.atomic():
        RightsRequest.objects.filter(pk=request.pk).update(state="collecting")


@pytest.mark.parametrize("name", ["fatima", "rosa", "wilma", "beheer", "cor"])
def test_only_the_contact_point_searches(cast: Cast, name: str) -> None:
    request = identified(cast, registered(cast))
    with as_(cast.people[name]) as (by, _):
        said_so(request, by)
        for function in ("casework_rights_find", "casework_rights_open"):
            with pytest.raises(DatabaseError):
                call(function, request.pk)


def test_nothing_is_searched_that_is_not_in_the_log(cast: Cast) -> None:
    request = identified(cast, registered(cast))
    with as_(cast.conny), pytest.raises(DatabaseError):
        call("casework_rights_find", request.pk)


def test_nobody_searches_for_another_name_than_that_of_the_request(cast: Cast) -> None:
    request = identified(cast, registered(cast))
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        person = RightsPerson.objects.get(request=request)
        with pytest.raises(DatabaseError), transaction.atomic():
            person.name = "Piet Voorbeeld"
            person.save()
        mark = RightsMark(
            dossier=request.dossier, compartment=dossiers.part(request.dossier, CompartmentKind.REGIE),
            request=request, kind="bsn", digest=blind("known", "bsn", "999990044"),
        )  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            mark.save(force_insert=True)
        with pytest.raises(DatabaseError), transaction.atomic():
            RightsMark.objects.filter(request=request).update(digest=mark.digest)


def test_nobody_adds_a_dossier_to_open(cast: Cast) -> None:
    home = a_home(cast)
    request = identified(cast, registered(cast))
    made = RightsCandidate(
        id=uuid4(), dossier_id=request.dossier_id,
        compartment=dossiers.part(request.dossier, CompartmentKind.REGIE),
        request=request, about_id=home.case.dossier_id, reference="x", dossier_kind="case", matched="bsn",
    )  # fmt: skip
    with as_(cast.conny), pytest.raises(DatabaseError), transaction.atomic():
        made.save(force_insert=True)


def test_what_somebody_said_is_another_stays_closed(cast: Cast) -> None:
    home = a_home(cast)
    request = identified(cast, registered(cast))
    searched(cast, request)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        case = RightsCandidate.objects.get(request=request, about_id=home.case.dossier_id)
        collecting.confirm(request, {case.pk: False}, now=timezone.now(), by=by)
        collecting.collect(request, now=timezone.now(), today=timezone.localdate(), by=by)
        assert not RightsPassage.objects.filter(about_id=home.case.dossier_id).exists()


def test_access_that_is_not_given_back_undoes_the_act(cast: Cast) -> None:
    a_home(cast)
    request = identified(cast, registered(cast))
    searched(cast, request)
    with as_(cast.conny) as (by, _):
        said_so(request, by)
        with pytest.raises(DatabaseError), transaction.atomic():
            call("casework_rights_open", request.pk)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert not Grant.objects.filter(given_for=request.key).exists()


def test_each_dossier_that_was_read_is_in_the_log(cast: Cast, log: object) -> None:
    home = a_home(cast)
    collected(cast)
    looks = log.looks(event="rights.collected")  # type: ignore[attr-defined]
    assert len(looks) == 1
    assert looks[0].actor_id == cast.conny.pk
    assert {home.case.dossier_id, home.household.dossier_id} <= set(looks[0].dossiers)


def test_collecting_twice_does_nothing_the_second_time(cast: Cast) -> None:
    a_home(cast)
    request = collected(cast)
    with as_(cast.conny) as (by, _), pytest.raises(Refused):
        unlock([request.dossier_id], by=by)
        collecting.collect(request, now=timezone.now(), today=timezone.localdate(), by=by)


def test_a_source_reads_its_own_passages_and_nothing_else(cast: Cast) -> None:
    home = a_home(cast)
    request = collected(cast)
    with as_(cast.pieter) as (by, _):
        unlock([request.dossier_id], by=by)
        assert {row.organisation_id for row in RightsPassage.objects.all()} == {cast.politie.pk}
        assert {row.organisation_id for row in RightsQuestion.objects.all()} == {cast.politie.pk}
        assert not RightsPerson.objects.exists()
        assert not RightsRequest.objects.exists()
        text = " ".join(row.text for row in RightsPassage.objects.all())
        assert home.hers[2] in text
        assert home.hers[1] not in text
    with as_(cast.wout):
        assert not RightsPassage.objects.exists()


def test_nobody_answers_for_a_source(cast: Cast) -> None:
    a_home(cast)
    request = collected(cast)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        passage = RightsPassage.objects.filter(organisation=cast.gemeente).first()
        assert passage is not None
        made = RightsAnswer(
            dossier_id=passage.dossier_id, compartment_id=passage.compartment_id, passage=passage, verdict="may",
            answered_by=cast.conny,
        )  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            made.save(force_insert=True)


def test_a_source_changes_no_passage(cast: Cast) -> None:
    a_home(cast)
    request = collected(cast)
    with as_(cast.pieter) as (by, _):
        unlock([request.dossier_id], by=by)
        assert RightsPassage.objects.update(judged_at=timezone.now()) == 0


def test_the_contact_point_reaches_no_case(cast: Cast, login: Callable[..., Client]) -> None:
    home = a_home(cast)
    collected(cast)
    client = login(cast.conny)
    for path in (
        f"/casussen/{home.case.pk}/",
        f"/gezinnen/{home.household.pk}/",
        "/casussen/",
        "/zoeken/",
        "/signalen/",
    ):
        assert client.get(path).status_code in (403, 404), path


def test_who_is_kept_away_from_a_dossier_does_not_collect_it(cast: Cast) -> None:
    from casework.services import exclusions
    from privacy.models import ExclusionReason

    home = a_home(cast)
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(home.case.dossier_id, cast.conny, ExclusionReason.WORK, by=by)
    request = identified(cast, registered(cast))
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        collecting.search(request, by=by)
    with pytest.raises(Refused, match="collega"):
        searched(cast, request)
    with as_(cast.conny) as (by, _):
        said_so(request, by)
        with pytest.raises(DatabaseError):
            call("casework_rights_open", request.pk)


def test_a_doubt_waits_for_a_decision(cast: Cast) -> None:
    a_home(cast)
    request = identified(cast, registered(cast), doubt="party")
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        with pytest.raises(Refused):
            collecting.search(request, by=by)
        with pytest.raises(DatabaseError), transaction.atomic():
            RightsRequest.objects.filter(pk=request.pk).update(state="collecting")
        admitting.settle(request, "De rechter gaf beide ouders gezag.", now=timezone.now(), by=by)
        assert collecting.search(request, by=by) > 0


def test_nothing_is_destroyed_of_whom_asks_as_long_as_the_request_is_open(cast: Cast) -> None:
    home = a_home(cast)
    request = identified(cast, registered(cast))
    searched(cast, request)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        kept = Block.objects.filter(source_id=request.pk, ended_at=None)
        assert {home.case.dossier_id, home.household.dossier_id} <= set(kept.values_list("dossier_id", flat=True))
        refuse(request, "avg_12_5", "", now=timezone.now(), today=timezone.localdate(), by=by)
        assert not kept.exists()
