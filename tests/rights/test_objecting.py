"""An objection restricts by itself, is weighed by who directs each dossier, and is decided in a letter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from casework.models import (
    Restriction,
    RightsCandidate,
    RightsObjection,
    RightsPassage,
    RightsRelease,
    RightsRequest,
    RightsWeighing,
)
from casework.services.rights import collecting, objecting, releasing, restricting
from casework.services.rights.objecting import WeighInput
from privacy.audit import record
from privacy.errors import LockedValue, Refused
from privacy.unlock import unlock
from tests.pdf import text_of_pdf
from tests.rights.scene import Home, a_home, identified, objected, put, refused, registered, searched
from tests.world import Cast, as_, contributed


def weighed(cast: Cast, request: RightsRequest, outcome: str = "dismissed", **how: str) -> None:
    """Rosa weighs each dossier that she directs."""
    for person in (cast.rosa,):
        with as_(person) as (by, _):
            unlock([request.dossier_id], by=by)
            for row in RightsObjection.objects.filter(weighing=None):
                if person.pk in row.asked:
                    given = WeighInput(
                        outcome, how.get("reason", "Het gaat om de veiligheid."), how.get("hidden_on", "")
                    )
                    objecting.weigh(row, given, now=timezone.now(), by=by)


def decided(cast: Cast, request: RightsRequest) -> str:
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        made = releasing.release(request, "", None, now=timezone.now(), today=timezone.localdate(), by=by)
        return text_of_pdf(made.letter)


def in_use(cast: Cast, home: Home) -> bool:
    try:
        contributed(home.case, cast.wilma, "Nog iets.")
    except Refused:
        return False
    return True


def test_an_objection_is_searched_and_restricts_by_itself(cast: Cast, log: object) -> None:
    home = a_home(cast)
    request = identified(cast, registered(cast, kind="bezwaar"))
    with as_(cast.conny):
        assert RightsCandidate.objects.filter(request=request, about_id=home.case.dossier_id).exists()
    assert in_use(cast, home)
    searched(cast, request)
    assert not in_use(cast, home)
    assert log.changes(event="rights.restricted")  # type: ignore[attr-defined]


def test_what_turns_out_to_be_somebody_else_is_used_again(cast: Cast) -> None:
    home = a_home(cast)
    request = objected(cast)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        collecting.confirm(request, {one.pk: False for one in request.candidates.all()}, now=timezone.now(), by=by)
    assert in_use(cast, home)


def test_each_regisseur_gets_its_own_dossier_and_nothing_is_copied(cast: Cast, login: Callable[..., Client]) -> None:
    home = a_home(cast)
    request = put(cast)
    with as_(cast.conny):
        assert not RightsPassage.objects.exists()
        assert all(row.asked for row in RightsObjection.objects.filter(request=request))
    with as_(cast.rosa):
        theirs = set(RightsObjection.objects.values_list("about_id", flat=True))
        assert {home.case.dossier_id, home.household.dossier_id} <= theirs
    for person in (cast.carla, cast.wilma, cast.pieter, cast.fatima):
        with as_(person):
            assert not RightsObjection.objects.exists()
    client = login(cast.rosa)
    assert "Bezwaar van een betrokkene" in client.get("/").content.decode()
    assert "Bezwaren om te wegen" in client.get("/verzoeken/bron/").content.decode()


def test_it_is_weighed_on_its_page_with_a_reason_and_once(cast: Cast, login: Callable[..., Client]) -> None:
    home = a_home(cast)
    put(cast)
    client = login(cast.rosa)
    with as_(cast.rosa):
        row = RightsObjection.objects.get(about_id=home.case.dossier_id)
    page = f"/verzoeken/bezwaar/{row.pk}/"
    shown = client.get(page).content.decode()
    assert "Ik wil dit niet meer." in shown
    assert f"/casussen/{home.case.pk}/" in shown
    empty = client.post(page, {"outcome": "", "reason": "Het gaat om de veiligheid."})
    assert empty.status_code == 422
    assert "Het gaat om de veiligheid." in empty.content.decode()
    given = {"outcome": "dismissed", "reason": "Het gaat om de veiligheid.", "hidden_on": ""}
    assert client.post(page, given).status_code == 302
    again = client.post(page, given)
    assert again.status_code == 409
    assert "al gewogen" in again.content.decode()
    assert login(cast.pieter).get(page).status_code == 404
    assert login(cast.fatima).get(page).status_code == 403


def test_nobody_else_weighs(cast: Cast) -> None:
    home = a_home(cast)
    request = put(cast)
    with as_(cast.conny):
        row = RightsObjection.objects.get(about_id=home.case.dossier_id)
    for person in (cast.conny, cast.carla, cast.wilma):
        made = RightsWeighing(
            dossier_id=row.dossier_id, compartment_id=row.compartment_id, objection=row, outcome="keep", reason="x",
            weighed_by=person,
        )  # fmt: skip
        with as_(person) as (by, _):
            unlock([request.dossier_id], by=by)
            with pytest.raises((DatabaseError, LockedValue)), transaction.atomic():
                made.save(force_insert=True)
        with as_(cast.conny):
            assert not RightsWeighing.objects.exists()


def test_nothing_is_decided_or_lifted_before_all_is_weighed(cast: Cast) -> None:
    a_home(cast)
    request = put(cast)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        with pytest.raises(Refused, match="nog niet gewogen"):
            releasing.release(request, "", None, now=timezone.now(), today=timezone.localdate(), by=by)
        with pytest.raises(Refused, match="gewogen"):
            restricting.lift(request, "Weg ermee.", now=timezone.now(), by=by)
        record.look("rights.lifting", seen=record.Seen((request.dossier_id,), (request.reference,)), by=by)
        for function in ("lift", "settle"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SELECT casework_rights_{function}(%s)", [request.pk])
        with pytest.raises(DatabaseError, match="weighed"), transaction.atomic():
            RightsRequest.objects.filter(pk=request.pk).update(
                state="released", ended_at=timezone.now(), ended_by=cast.conny
            )


def test_dismissed_is_used_again_and_the_letter_says_why(cast: Cast) -> None:
    home = a_home(cast)
    request = put(cast)
    weighed(cast, request)
    letter = decided(cast, request)
    assert "ongegrond" in letter
    assert "Het gaat om de veiligheid." in letter
    assert "artikel 21 AVG" in letter
    assert in_use(cast, home)


def test_upheld_stays_out_of_use(cast: Cast) -> None:
    home = a_home(cast)
    request = put(cast)
    weighed(cast, request, "keep", reason="Het is lang geleden.")
    assert "niet meer" in decided(cast, request)
    assert not in_use(cast, home)
    with as_(cast.rosa):
        assert Restriction.objects.filter(lifted_at=None).exists()


def test_what_is_to_be_erased_goes_on_as_a_request_to_erase(cast: Cast) -> None:
    a_home(cast)
    request = put(cast)
    weighed(cast, request, "erase", reason="Het is lang geleden.")
    decided(cast, request)
    with as_(cast.conny) as (by, _):
        made = RightsRequest.objects.get(kind="wissing")
        unlock([made.dossier_id], by=by)
        assert made.state == "collecting"
        assert request.reference in made.person.wish


def test_the_letter_is_silent_about_what_the_person_may_not_know(cast: Cast) -> None:
    a_home(cast)
    request = put(cast)
    weighed(cast, request, reason="Er loopt een onderzoek.", hidden_on="uavg_41_d")
    letter = decided(cast, request)
    assert "onderzoek" not in letter
    assert "ongegrond" not in letter


def test_a_refused_objection_lets_go(cast: Cast) -> None:
    home = a_home(cast)
    request = objected(cast)
    assert not in_use(cast, home)
    refused(cast, request)
    assert in_use(cast, home)


def test_a_successor_of_the_regisseur_is_asked_again(cast: Cast) -> None:
    home = a_home(cast)
    request = put(cast)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        row = RightsObjection.objects.select_related("request__dossier").get(about_id=home.case.dossier_id)
        objecting.ask_again(row, now=timezone.now(), by=by)
        assert row.reminded_at is not None
    weighed(cast, request)
    with as_(cast.conny) as (by, _), pytest.raises(Refused, match="al gewogen"):
        unlock([request.dossier_id], by=by)
        objecting.ask_again(row, now=timezone.now(), by=by)


def test_the_desk_walks_from_letter_to_letter(cast: Cast, login: Callable[..., Client]) -> None:
    a_home(cast)
    request = objected(cast)
    client, page = login(cast.conny), f"/verzoeken/{request.pk}/"
    assert "Leg het bezwaar voor" in client.get(page).content.decode()
    client.post(f"{page}leg-voor/")
    client.post(f"{page}leg-voor/")
    shown = client.get(page).content.decode()
    assert "Wat de regisseurs besluiten" in shown
    assert "intussen verder" in shown
    assert "nog niet gewogen" in client.get(f"{page}besluit/").content.decode()
    weighed(cast, request)
    assert "ongegrond" in client.get(f"{page}besluit/").content.decode()
    assert client.post(f"{page}besluit/", {"said": ""}).status_code == 302
    with as_(cast.conny):
        assert RightsRelease.objects.filter(request=request).count() == 1
