"""The annex of who looked, in the file of the person; and who received data, now and earlier."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import Participation, RightsRelease, RightsRequest
from casework.services import participants
from casework.services.rights.composing import PROTECTED
from casework.services.rights.looks import IN_SIGNAL, annex
from casework.services.rights.releasing import composed, pairs_of, release
from privacy.unlock import unlock
from tests.conftest import Log
from tests.pdf import text_of_pdf
from tests.rights.scene import Home, _subject, a_home, answered, collected, judged, registered
from tests.world import Cast, a_case, a_signal, as_, invited, item

Login = Callable[..., Client]


def the_annex(cast: Cast, request: RightsRequest) -> dict[str, Any]:
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        made = annex(request, pairs_of(request), by=by)
        assert made is not None
        return made


def lines(made: dict[str, Any], title: str = "") -> str:
    """What stands in it; of one part, or of all."""
    return " ".join(
        f"{line['who']}: {line['did']} {line['why']}"
        for part in made["parts"] if title in ("", part["title"])
        for day in part["days"] for line in day["lines"]
    )  # fmt: skip


def ready(cast: Cast) -> tuple[Home, RightsRequest]:
    home = a_home(cast)
    request = collected(cast)
    answered(cast, request, cast.wilma)
    answered(cast, request, cast.pieter)
    judged(cast, request, home)
    return home, request


def given(cast: Cast, request: RightsRequest, **more: Any) -> tuple[str, str]:
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        later = timezone.localdate() + timedelta(days=20)
        release(request, "", None, now=timezone.now(), today=later, by=by, **more)
        made = RightsRelease.objects.get(request=request)
        return text_of_pdf(made.letter), text_of_pdf(made.file)


def test_the_file_tells_who_looked_per_organisation_and_names_no_staff(cast: Cast, log: Log) -> None:
    home, request = ready(cast)
    letter, file = given(cast, request, with_looks=True)
    assert "Wie keek naar uw gegevens?" in file
    tail = file.partition("Wie keek naar uw gegevens?")[2]
    assert cast.gemeente.name in tail
    assert "lazen uw gegevens" in " ".join(tail.split())
    assert "U vroeg ook wie er keek" in " ".join(letter.split())
    for person in cast.people.values():
        assert person.name not in tail
    for secret in (*home.hers, *home.of_others, *home.secret):
        assert secret not in "".join(tail.split())
    assert log.looks(event="log.looked", actor_id=cast.conny.pk), "that it was asked is in the log"


def test_who_did_not_ask_gets_no_annex(cast: Cast, log: Log) -> None:
    _, request = ready(cast)
    letter, file = given(cast, request)
    assert "Wie keek" not in file
    assert "wie er keek" not in letter
    assert not log.looks(event="log.looked")


def test_who_reported_is_not_named_where_signals_are_told_of(cast: Cast) -> None:
    a_home(cast)
    made = the_annex(cast, collected(cast))
    told = lines(made, IN_SIGNAL)
    assert cast.corporatie.name not in told
    assert PROTECTED[1:] in told
    assert "meldden een zorg" in told


def test_a_reporter_who_takes_no_part_is_named_nowhere(cast: Cast) -> None:
    a_case(cast.rosa, a_signal(cast.greet, cast.overlast, item("Moeder belt vaak."), subjects=(_subject(),)))
    made = the_annex(cast, collected(cast))
    assert cast.greet.organisation.name not in lines(made)
    assert "meldden een zorg" in lines(made)


def test_who_takes_part_in_the_dark_is_not_named(cast: Cast, login: Login) -> None:
    home = a_home(cast)
    invited(home.case, cast.rosa, cast.greet, hidden=True)
    login(cast.greet).get(f"/casussen/{home.case.pk}/")
    request = collected(cast)
    assert cast.greet.organisation.name not in lines(the_annex(cast, request))
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        content = composed(request, pairs_of(request)).content
    assert cast.greet.organisation.name not in str(content)


def test_what_the_police_keep_secret_keeps_their_looking_secret(cast: Cast) -> None:
    a_home(cast)
    request = collected(cast)
    assert cast.politie.name in lines(the_annex(cast, request))
    answered(cast, request, cast.pieter, verdict="refused", ground="wpg_27", reason="Er loopt een onderzoek.")
    made = the_annex(cast, request)
    assert cast.politie.name not in lines(made)
    assert made["withheld"]


def test_it_ends_at_the_moment_of_collecting(cast: Cast, login: Login) -> None:
    home = a_home(cast)
    request = collected(cast)
    before = lines(the_annex(cast, request))
    for person in (cast.rosa, cast.carla):
        login(person).get(f"/casussen/{home.case.pk}/uitdraai/")
    assert lines(the_annex(cast, request)) == before
    assert "afdruk" not in before


def test_the_desk_sees_the_annex_before_it_decides_and_keeps_what_was_typed(cast: Cast, login: Login) -> None:
    _, request = ready(cast)
    page = f"/verzoeken/{request.pk}/besluit/"
    client = login(cast.conny)
    assert "Bijlage: wie keek" not in client.get(page).content.decode()
    shown = client.post(page, {"said": "Bel gerust.", "with_looks": "on", "bekijk": "ja"}).content.decode()
    assert "Bijlage: wie keek" in shown
    assert cast.gemeente.name in shown.partition("Bijlage: wie keek")[2]
    assert "Bel gerust." in shown
    with as_(cast.conny):
        assert RightsRequest.objects.get(pk=request.pk).open
        assert not RightsRelease.objects.exists()


def test_only_who_wants_to_see_gets_the_choice(cast: Cast, login: Login) -> None:
    a_home(cast)
    request = collected(cast, registered(cast, kind="rectificatie"))
    page = login(cast.conny).get(f"/verzoeken/{request.pk}/besluit/").content.decode()
    assert "Voeg de bijlage" not in page
    assert "Bekijk de bijlage" not in page


@pytest.mark.parametrize("name", ["rosa", "pieter", "fatima", "cor", "beheer"])
def test_nobody_else_previews_it(cast: Cast, login: Login, name: str) -> None:
    a_home(cast)
    request = collected(cast)
    answer = login(cast.people[name]).post(f"/verzoeken/{request.pk}/besluit/", {"bekijk": "ja"})
    assert answer.status_code == 403


def test_who_received_data_earlier_is_listed_apart(cast: Cast) -> None:
    home = a_home(cast)
    with as_(cast.rosa) as (by, _):
        unlock([home.case.dossier_id], by=by)
        there = Participation.objects.get(case=home.case, user=cast.pieter, ended_at=None)
        participants.end_participation(there, now=timezone.now(), by=by)
    request = collected(cast)
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        content = composed(request, pairs_of(request)).content
    assert cast.politie.name not in content["recipients"]
    assert [one["name"] for one in content["earlier"]] == [cast.politie.name]
    assert cast.corporatie.name in content["recipients"]
