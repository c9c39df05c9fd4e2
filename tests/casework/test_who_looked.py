"""The privacy officer sees who did what with a dossier, refusals included, and never what is in it."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from casework.services import cases
from partners.models import User
from privacy.unlock import unlock
from tests.world import Cast, a_case, a_signal, as_, canary, contributed, invited, item

Login = Callable[[User], Client]


def log_page(login: Login, cast: Cast, reference: str) -> str:
    officer = login(cast.fatima)
    officer.post("/privacy/logboek/doel/", {"use": "lawful"})
    return officer.get("/privacy/logboek/", {"ref": reference}).content.decode()


def test_the_log_of_a_case_names_readers_with_organisation_role_purpose_and_ground(cast: Cast, login: Login) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.pieter)
    login(cast.pieter).get(f"/casussen/{case.pk}/")
    page = log_page(login, cast, case.dossier.reference)
    assert "Pieter Proef" in page
    assert "Politie Proefstad" in page
    assert "opende het dossier" in page
    assert "deelnemen aan de casus" in page
    assert "Taak van algemeen belang" in page, "the ground stands in words, not as a code"


def test_the_log_shows_who_was_refused(cast: Cast, login: Login) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    assert login(cast.greet).get(f"/casussen/{case.pk}/").status_code == 404
    page = log_page(login, cast, case.dossier.reference)
    assert "Greet Proef" in page
    assert "Geweigerd" in page


def test_looking_at_the_log_is_itself_in_the_log(cast: Cast, login: Login) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    log_page(login, cast, case.dossier.reference)
    assert "bekeek het logboek van dit dossier" in log_page(login, cast, case.dossier.reference)


def test_the_log_holds_nothing_of_the_content(cast: Cast, login: Login) -> None:
    secret = canary("inhoud")
    signal = a_signal(cast.wilma, cast.overlast, item(secret))
    case = a_case(cast.rosa, signal, short_name=canary("naam"))
    invited(case, cast.rosa, cast.wilma)
    contributed(case, cast.wilma, secret)
    for reference in (case.dossier.reference, signal.dossier.reference):
        page = log_page(login, cast, reference)
        assert "bracht informatie in" in page or "meldde het signaal" in page
        assert "kanarie" not in page
        assert "Lindelaan" not in page


def test_an_unknown_number_gives_an_explanation(cast: Cast, login: Login) -> None:
    assert "Van dit nummer is niets bekend" in log_page(login, cast, "2026-00000")


def test_a_participant_sees_only_who_of_the_own_organisation_looked(cast: Cast, login: Login) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.pieter, cast.wilma)
    for person in (cast.pieter, cast.wilma):
        login(person).get(f"/casussen/{case.pk}/")
    page = login(cast.pieter).get(f"/casussen/{case.pk}/wie-keek/").content.decode()
    lines = page[page.index("<tbody") : page.index("</tbody")]
    assert "Pieter Proef" in lines
    assert "Wilma Proef" not in lines
    assert "Rosa Proef" not in lines


def test_a_print_of_a_case_names_its_signals_as_printed_too(cast: Cast, login: Login, log) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    case = a_case(cast.rosa, signal)
    login(cast.rosa).get(f"/casussen/{case.pk}/uitdraai/")
    printed = {dossier for entry in log.looks(event="export") for dossier in entry.dossiers}
    assert printed == {case.dossier_id, signal.dossier_id}


def test_a_closed_case_that_is_found_by_its_number_is_named_in_the_entry(cast: Cast, login: Login, log) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        cases.close(case, "overlast_gestopt", "Klaar.", now=timezone.now(), by=by)
    page = login(cast.rosa).post("/zoeken/", {"q": case.dossier.reference}).content.decode()
    assert f"/casussen/{case.pk}/" in page
    (entry,) = log.looks(event="search")
    assert case.dossier_id in entry.dossiers
    assert case.dossier.reference in entry.references
