"""What somebody has to do stands on the home page, and is reported from there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.test import Client

from casework.models import Action, Household
from partners.models import User
from tests.conftest import Log
from tests.plan.scene import an_action, at_the_plan
from tests.world import Cast

Login = Callable[[User], Client]


def test_my_actions_and_nobody_elses(cast: Cast, household: Household, login: Login, log: Log) -> None:
    an_action(household, cast.carla, cast.wilma, "Regeling maken", due_on=date(2026, 1, 5))
    an_action(household, cast.carla, cast.pieter, "Langsgaan")
    text = login(cast.wilma).get("/").content.decode()
    assert "Regeling maken" in text
    assert "Te laat" in text
    assert "Langsgaan" not in text
    assert any(household.dossier_id in entry.dossiers for entry in log.looks(event="list"))


def test_what_is_late_counts_as_what_cannot_wait(cast: Cast, household: Household, login: Login) -> None:
    an_action(household, cast.carla, cast.wilma, "Regeling maken")
    assert "Niets heeft nu haast" in login(cast.wilma).get("/").content.decode()
    an_action(household, cast.carla, cast.wilma, "Langsgaan", due_on=date(2026, 1, 5))
    text = login(cast.wilma).get("/").content.decode()
    assert "1 ding kan niet wachten" in text
    assert text.index('id="nu"') < text.index("Langsgaan") < text.index('id="acties"') < text.index("Regeling maken")


def test_done_from_the_home_page_goes_back_there(cast: Cast, household: Household, login: Login) -> None:
    action = an_action(household, cast.carla, cast.wilma, "Regeling maken")
    client = login(cast.wilma)
    there = f"/werk/acties/{action.pk}/?werkvoorraad"
    assert there in client.get("/").content.decode()
    answer = client.post(there, {"status": "done", "result": "Klaar."})
    assert answer.headers["Location"] == "/"
    assert "Regeling maken" not in client.get("/").content.decode()
    with at_the_plan(cast.carla, household):
        assert Action.objects.get().result == "Klaar."
