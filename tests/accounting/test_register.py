"""The register of processing is complete, says what is so now, and names nobody whom a dossier is about."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.accounting.activities import ACTIVITIES, MODULES, activity_of
from partners.accounting.register import register
from partners.models import Covenant, Seat, User
from privacy.audit.events import EVENTS
from privacy.data_register import own_models
from tests.world import Cast, a_case, a_signal, as_, canary

Login = Callable[[User], Client]
CODES = {activity.code for activity in ACTIVITIES}


@pytest.mark.parametrize("code", sorted({event.processing for event in EVENTS.values()}))
def test_every_event_of_the_log_belongs_to_an_activity_of_the_register(code: str) -> None:
    assert code in CODES, f"add {code} to partners/accounting/activities.py"


def test_every_table_belongs_to_one() -> None:
    absent = [m._meta.label for m in own_models() if m.__module__ not in MODULES and not m._meta.auto_created]
    assert not absent, f"say in partners/accounting/activities.py which activity they serve: {absent}"
    assert {activity_of(model) for model in own_models()} <= CODES


def test_an_activity_says_everything_that_article_30_asks() -> None:
    for one in ACTIVITIES:
        assert all((one.name, one.purpose, one.basis, one.persons, one.data, one.retention)), one.code


def test_each_table_stands_with_profile_covenants_recipients_and_terms(cast: Cast) -> None:
    with as_(cast.fatima):
        found = register(timezone.now())
    tables = {table.name: table for table in found.tables}
    overlast = tables["Casustafel woonoverlast"]
    assert overlast.version == "gemeentelijk 2026.1"
    assert {party.name for party in overlast.controllers} == {
        cast.gemeente.name, cast.politie.name, cast.corporatie.name, cast.ggz.name
    }  # fmt: skip
    assert "Politie: 1" in overlast.recipients
    assert any(line.startswith("Thema: 5 jaar") for line in overlast.retention)
    assert found.officers == ("Faisal Proef (faisal@proefstad.example)", "Fatima Proef (fatima@proefstad.example)")
    assert not overlast.not_in_profile
    assert found.transfers


def test_it_follows_what_ends_today(cast: Cast) -> None:
    with as_(cast.beheer):
        Seat.objects.filter(user__in=[cast.pieter, cast.petra]).update(ended_at=timezone.now())
        Covenant.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
        found = register(timezone.now())
    overlast = next(table for table in found.tables if table.name == "Casustafel woonoverlast")
    assert not any(line.startswith("Politie") for line in overlast.recipients)
    assert overlast.controllers == ()
    assert overlast.covenants == ()


ADDRESSES = ["accounting-register", "accounting-register-print", "accounting-register-csv", "accounting-register-json"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_accounts_reads_it_and_nobody_else(cast: Cast, login: Login, address: str) -> None:
    for name in ("fatima", "cor", "beheer"):
        assert login(cast.people[name]).get(reverse(address)).status_code == 200, name
    for name in ("rosa", "wilma", "conny", "iris", "bram"):
        assert login(cast.people[name]).get(reverse(address)).status_code == 403, name


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_holds_nothing_of_a_dossier(cast: Cast, login: Login, address: str) -> None:
    name = canary("betrokkene")
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name=name)
    answer = login(cast.fatima).get(reverse(address)).content.decode()
    assert not any(told in answer for told in (name, "Piet Voorbeeld", "Lindelaan", case.dossier.reference))


def test_the_file_is_data_and_in_the_log(cast: Cast, login: Login, log) -> None:
    answer = login(cast.fatima).get(reverse("accounting-register-json"))
    assert len(json.loads(answer.content)["entries"]) == len(ACTIVITIES)
    (entry,) = log.looks(event="account.file")
    assert entry.actor_id == cast.fatima.pk
    assert entry.changes[0].startswith("register.json sha256:")
