"""The log is used for what it is for, and says so in every entry."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from privacy.logbook import purposes
from tests.conftest import Log
from tests.logbook.conftest import BOOK, PURPOSE, Login, about, days, planted, words
from tests.world import Cast


def test_without_a_purpose_the_log_shows_nothing_and_asks(cast: Cast, login: Login) -> None:
    planted(actor_name="Nora Nergens")
    client = login(cast.fatima)
    shown = words(client.get(BOOK, days()))
    assert "Waarvoor gebruikt u het logboek?" in shown
    assert "Nora Nergens" not in shown
    assert client.get("/privacy/logboek/uitvoer/", days(vorm="csv"))["Location"] == BOOK


@pytest.mark.parametrize("use", [code for code, use in purposes.USES.items() if use.no])
def test_what_is_not_allowed_is_refused_with_the_article_and_is_in_the_log(
    cast: Cast, login: Login, log: Log, use: str
) -> None:
    client = login(cast.fatima)
    answer = client.post(PURPOSE, {"use": use})
    assert answer.status_code == 409
    assert "WGS artikel 1.8, vierde lid" in words(answer)
    (entry,) = log.looks(event="log.purpose_refused")
    assert (entry.outcome, entry.purpose) == ("refused", purposes.USES[use].label.lower())
    assert "Waarvoor gebruikt u het logboek?" in words(client.get(BOOK))


def test_a_colleague_is_not_judged_by_the_log(cast: Cast, login: Login) -> None:
    answer = login(cast.fatima).post(PURPOSE, {"use": "staff"})
    assert "niet worden gebruikt om een medewerker te beoordelen" in words(answer)


@pytest.mark.parametrize("use", [code for code, use in purposes.USES.items() if not use.no and code != "court"])
def test_what_was_chosen_stands_in_every_entry_that_follows(cast: Cast, login: Login, log: Log, use: str) -> None:
    planted(**about(reference="T-DOEL"))
    client, said = login(cast.fatima), purposes.USES[use].label.lower()
    client.post(PURPOSE, {"use": use})
    client.get(BOOK, days())
    client.get("/privacy/logboek/uitvoer/", days(vorm="csv"))
    client.get("/privacy/logboek/", {"ref": "T-DOEL"})
    for event in ("log.purpose", "log.asked", "log.export", "log.read"):
        assert [entry.purpose for entry in log.looks(event=event, actor_id=cast.fatima.pk)] == [said], event


@pytest.mark.parametrize(("given", "status"), [("", 422), ("Jan de Boer", 422), ("zonder", 422), ("AP-2026-12", 302)])
def test_a_court_or_regulator_has_a_reference_and_no_name(cast: Cast, login: Login, given: str, status: int) -> None:
    answer = login(cast.fatima).post(PURPOSE, {"use": "court", "reference": given})
    assert answer.status_code == status
    assert status == 302 or not given or given in words(answer), "what was typed comes back"


def test_the_reference_stands_in_the_purpose(cast: Cast, login: Login, log: Log) -> None:
    client = login(cast.fatima)
    client.post(PURPOSE, {"use": "court", "reference": "AP-2026-12"})
    client.get(BOOK, days())
    (entry,) = log.looks(event="log.asked")
    assert entry.purpose == "rechter of toezichthouder (AP-2026-12)"


def test_a_choice_ends_with_the_half_day(cast: Cast) -> None:
    now, session = timezone.now(), {}  # type: ignore[var-annotated]
    assert purposes.chosen(session, now=now) == ""
    purposes.choose(session, "security", now=now, by=cast.fatima.as_actor())
    just_before = now + purposes.LASTS - timedelta(seconds=1)
    assert purposes.chosen(session, now=just_before) == "beveiliging en integriteit"
    assert purposes.chosen(session, now=now + purposes.LASTS) == ""


def test_nothing_chosen_is_said(cast: Cast, login: Login) -> None:
    answer = login(cast.fatima).post(PURPOSE, {})
    assert answer.status_code == 422
    assert "Kies waarvoor u het logboek gebruikt." in words(answer)


@pytest.mark.parametrize("name", ["rosa", "pieter", "beheer", "conny", "cor"])
def test_nobody_else_uses_the_log(cast: Cast, login: Any, name: str) -> None:
    client: Client = login(cast.people[name])
    for address in (BOOK, PURPOSE, "/privacy/logboek/rapport/", "/privacy/logboek/betrokkene/"):
        assert client.get(address).status_code == 403, address


def test_the_log_of_one_dossier_asks_for_what_and_then_goes_on_to_that_dossier(
    cast: Cast, login: Login, log: Log
) -> None:
    planted(actor_name="Nora Nergens", **about(reference="T-EEN"))
    client = login(cast.fatima)
    asked = words(client.get("/privacy/logboek/", {"ref": "T-EEN"}))
    assert "Waarvoor gebruikt u het logboek?" in asked
    assert "Nora Nergens" not in asked
    assert not log.looks(event="log.read")
    answer = client.post(PURPOSE, {"use": "security", "nummer": "T-EEN"})
    assert answer["Location"] == "/privacy/logboek/?ref=T-EEN"
    assert "Nora Nergens" in words(client.get(answer["Location"]))
    (entry,) = log.looks(event="log.read")
    assert entry.purpose == "beveiliging en integriteit"


def test_the_dossier_that_was_asked_for_is_not_lost_by_a_wrong_purpose(cast: Cast, login: Login) -> None:
    client = login(cast.fatima)
    refused = client.post(PURPOSE, {"use": "staff", "nummer": "T-EEN"})
    assert refused.status_code == 409
    assert 'value="T-EEN"' in words(refused)
    assert "Waarvoor gebruikt u het logboek?" in words(client.get("/privacy/logboek/", {"ref": "T-EEN"}))


def test_the_proof_of_one_dossier_is_not_given_without_a_purpose(cast: Cast, login: Login, log: Log) -> None:
    planted(**about(reference="T-EEN"))
    client = login(cast.fatima)
    assert client.get("/privacy/logboek/bewijs/", {"ref": "T-EEN"})["Location"] == "/privacy/logboek/?ref=T-EEN"
    assert not log.looks(event="log.proof")
