"""No form, no POST and no address brings an ondermijning case to the RIEC without the driehoek."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Case
from escalation.facts import Checked
from tests.casework.conftest import Browser, Login, words
from tests.ladder.scene import noted, proposed
from tests.ladder.test_riec import CONSENT, DRIEHOEK, PACKAGE, at_driehoek, at_tvo, case, here, not_there, ready
from tests.world import Cast

__all__ = ["at_driehoek", "at_tvo", "case"]  # fixtures
TODAY = f"{date.today():%d-%m-%Y}"
STEP = {
    "criterion": "ingestemd", "about": "Een pand", "reason": "Er zijn sterke aanwijzingen.",
    "review_on": f"{date.today() + timedelta(days=20):%d-%m-%Y}",
}  # fmt: skip


def step(cast: Cast, found: Case, login: Login) -> Any:
    return Browser(login(cast.rosa)).do("ladder-step", found.pk, "ondermijning", "riec", **STEP)


def fact(cast: Cast, found: Case, login: Login, key: str, **sent: Any) -> Any:
    return Browser(login(cast.rosa)).do("ladder-fact", found.pk, "ondermijning", "riec", key, **sent)


def test_by_the_forms_and_with_the_driehoek_it_goes(cast: Cast, at_driehoek: Case, login: Login) -> None:
    members = sorted(DRIEHOEK)
    assert fact(cast, at_driehoek, login, "instemming", agreed="ja", dated=TODAY, members=members).status_code == 302
    assert fact(cast, at_driehoek, login, "gegevensfase", phase="1", categories=["identiteit"]).status_code == 302
    assert fact(cast, at_driehoek, login, "feiten_juist", held="ja").status_code == 302
    put = step(cast, at_driehoek, login)
    assert put.status_code == 302
    not_there(cast, at_driehoek)  # putting it is no decision
    sent = {"authority": "driehoek", "decided_on": TODAY, "document": "Verslag driehoek"}
    without = Browser(login(cast.rosa)).client.post(put["Location"], sent | {"members": members[:2]})
    assert without.status_code == 409
    assert "hoort ook" in words(without)
    not_there(cast, at_driehoek)
    assert Browser(login(cast.rosa)).client.post(put["Location"], sent | {"members": members}).status_code == 302
    assert here(cast, at_driehoek).at == "riec"


def test_the_step_is_refused_with_the_article_when_the_driehoek_said_nothing_or_no(
    cast: Cast, at_driehoek: Case, login: Login
) -> None:
    ready(cast, at_driehoek, instemming=None)
    refused = step(cast, at_driehoek, login)
    assert refused.status_code == 409
    assert "instemming van de driehoek" in words(refused)
    members = sorted(DRIEHOEK)
    assert fact(cast, at_driehoek, login, "instemming", agreed="nee", dated=TODAY, members=members).status_code == 302
    assert step(cast, at_driehoek, login).status_code == 409
    partly = fact(cast, at_driehoek, login, "instemming", agreed="ja", dated=TODAY, members=members[:1])
    assert partly.status_code == 422
    assert step(cast, at_driehoek, login).status_code == 409
    not_there(cast, at_driehoek)


def test_data_outside_the_phase_are_refused(cast: Cast, at_driehoek: Case, login: Login) -> None:
    ready(cast, at_driehoek, gegevensfase=None)
    fact(cast, at_driehoek, login, "gegevensfase", phase="1", categories=["belasting"])
    refused = step(cast, at_driehoek, login)
    assert refused.status_code == 409
    assert "In fase 1 horen geen gegevens over “belasting” (WGS 2.23(6))." in words(refused)
    fact(cast, at_driehoek, login, "gegevensfase", phase="2", categories=["belasting"])
    assert "Fase 2 kan alleen als vaststaat" in words(step(cast, at_driehoek, login))
    not_there(cast, at_driehoek)


def test_no_rung_is_passed_over_to_it(cast: Cast, at_tvo: Case, login: Login) -> None:
    for key in ("instemming", "gegevensfase", "feiten_juist"):
        noted(
            here(cast, at_tvo), key, {"instemming": CONSENT, "gegevensfase": PACKAGE}.get(key, Checked(True)), cast.rosa
        )
    refused = step(cast, at_tvo, login)
    assert refused.status_code == 409
    assert "gaat het alleen vanaf “Driehoek”" in words(refused)
    not_there(cast, at_tvo)


def test_what_the_driehoek_takes_back_counts_at_the_decision(cast: Cast, at_driehoek: Case, login: Login) -> None:
    waits = proposed(ready(cast, at_driehoek), "riec", "ingestemd", cast.rosa)
    fact(cast, at_driehoek, login, "instemming", agreed="nee", dated=TODAY, members=sorted(DRIEHOEK))
    sent = {"authority": "driehoek", "decided_on": TODAY, "document": "Verslag", "members": sorted(DRIEHOEK)}
    refused = Browser(login(cast.rosa)).do("ladder-proposal", at_driehoek.pk, waits.pk, **sent)
    assert refused.status_code == 409
    assert "niet ingestemd" in words(refused)
    not_there(cast, at_driehoek)


@pytest.mark.parametrize("name", ["ladder-step", "ladder-fact", "ladder-version"])
def test_a_partner_and_a_stranger_can_send_nothing(cast: Cast, at_driehoek: Case, login: Login, name: str) -> None:
    more = {"ladder-step": ["riec"], "ladder-fact": ["riec", "instemming"], "ladder-version": []}[name]
    address = reverse(name, args=[at_driehoek.pk, "ondermijning", *more])
    for person in (cast.wilma, cast.bram, cast.victor):
        assert login(person).post(address, STEP).status_code in (403, 404)
    assert Client().post(address, STEP).status_code == 302
    not_there(cast, at_driehoek)
