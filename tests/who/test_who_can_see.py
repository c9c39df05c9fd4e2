"""Wie kan dit zien, en waarom? Everybody for who directs and the privacy officer; for a partner what it may know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from casework.models import Audience, Case, Contribution, Signal
from partners.models import User
from privacy import exclusions
from privacy.access import visible
from privacy.models import ExclusionReason
from tests.world import Cast, a_case, a_signal, as_, contributed, invited

Login = Callable[[User], Client]


@pytest.fixture
def signal(cast: Cast) -> Signal:
    return a_signal(cast.wilma, cast.overlast)


@pytest.fixture
def case(cast: Cast, signal: Signal) -> Case:
    """Wilma and Pieter take part in the open; Greet does, and the others may not know."""
    case = a_case(cast.rosa, signal)
    invited(case, cast.rosa, cast.wilma, cast.pieter)
    invited(case, cast.rosa, cast.greet, hidden=True)
    return case


def page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_directs_reads_of_everybody_also_of_who_is_hidden(cast: Cast, case: Case, login: Login) -> None:
    text = page(login(cast.rosa), "case-who", case.pk)
    for person in (cast.rosa, cast.rachid, cast.wilma, cast.pieter, cast.greet):
        assert person.name in text
    assert cast.wout.name not in text, "a colleague who was not named reads nothing"
    assert "is procesregisseur van de tafel" in text.lower()
    assert "Aantekeningen van Politie Proefstad zelf" in text


def test_a_partner_reads_of_the_regie_and_the_partners_it_knows_and_of_nobody_else(
    cast: Cast, case: Case, login: Login
) -> None:
    text = page(login(cast.pieter), "case-who", case.pk)
    for person in (cast.rosa, cast.rachid, cast.pieter, cast.wilma):
        assert person.name in text
    assert cast.greet.name not in text
    assert "GGZ" not in text
    assert "Aantekeningen van Woningstichting" not in text


def test_a_hidden_partner_reads_of_itself_and_the_others(cast: Cast, case: Case, login: Login) -> None:
    text = page(login(cast.greet), "case-who", case.pk)
    assert cast.greet.name in text
    assert cast.pieter.name in text


def test_the_owner_of_an_item_reads_who_got_it_and_a_receiver_does_not(cast: Cast, case: Case, login: Login) -> None:
    invited(case, cast.rosa, cast.carla)
    item = contributed(case, cast.wilma, "Voor de politie.", audience=Audience.CHOSEN, recipients=(cast.politie.pk,))
    item_of_all = contributed(case, cast.wilma, "Voor iedereen.", audience=Audience.TABLE)
    owner = page(login(cast.wilma), "case-who-contribution", case.pk, item.pk)
    assert cast.pieter.name in owner
    assert cast.carla.name not in owner.split("Deze inbreng")[1]
    receiver = page(login(cast.pieter), "case-who-contribution", case.pk, item_of_all.pk).split("Deze inbreng")[1]
    assert cast.wilma.name in receiver
    assert cast.pieter.name in receiver
    assert cast.carla.name not in receiver


def test_an_item_that_a_hidden_partner_got_is_not_told_to_its_owner(cast: Cast, signal: Signal, login: Login) -> None:
    case = a_case(cast.rosa, signal)
    invited(case, cast.rosa, cast.pieter)
    item = contributed(case, cast.pieter, "Voor iedereen.", audience=Audience.TABLE)
    invited(case, cast.rosa, cast.greet, hidden=True)
    with as_(cast.greet) as (by, _):
        assert visible(Contribution, by=by).filter(pk=item.pk).exists()
    assert cast.greet.name not in page(login(cast.pieter), "case-who-contribution", case.pk, item.pk)
    assert cast.greet.name in page(login(cast.rosa), "case-who-contribution", case.pk, item.pk)


def test_the_reporter_reads_of_the_regie_only(cast: Cast, signal: Signal, login: Login) -> None:
    text = page(login(cast.wilma), "signal-who", signal.pk)
    assert cast.rosa.name in text
    assert cast.wilma.name in text
    assert cast.pieter.name not in text


def test_who_may_not_know_of_a_dossier_gets_a_404(cast: Cast, case: Case, signal: Signal, login: Login) -> None:
    for person in (cast.victor, cast.wout, cast.bram):
        assert login(person).get(reverse("case-who", args=[case.pk])).status_code == 404
    for person in (cast.victor, cast.wout):
        assert login(person).get(reverse("signal-who", args=[signal.pk])).status_code == 404


def test_the_privacy_officer_reads_parts_and_people_by_number_and_never_content(
    cast: Cast, case: Case, login: Login
) -> None:
    contributed(case, cast.wilma, "geheim-van-wilma")
    answer = login(cast.fatima).get(reverse("privacy-who"), {"ref": case.dossier.reference})
    text = answer.content.decode()
    assert cast.greet.name in text
    assert "geheim-van-wilma" not in text
    assert "Fam. V." not in text
    assert (
        "Van een vernietigd dossier"
        in login(cast.fatima).get(reverse("privacy-who"), {"ref": "2026-XXXXX"}).content.decode()
    )


def test_who_is_excluded_is_not_among_the_readers(cast: Cast, case: Case, login: Login) -> None:
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(case.dossier_id, cast.pieter.pk, ExclusionReason.NEIGHBOUR, by=by)
    text = page(login(cast.rosa), "case-who", case.pk)
    assert cast.pieter.name not in text


def test_who_can_not_log_in_is_marked(cast: Cast, case: Case, login: Login) -> None:
    cast.pieter.is_active = False
    cast.pieter.save(update_fields=["is_active"])
    assert "kan niet inloggen" in page(login(cast.rosa), "case-who", case.pk)
    cast.pieter.is_active = True


def test_asking_who_can_see_is_in_the_log_before_it_is_shown(cast: Cast, case: Case, login: Login, log: Any) -> None:
    page(login(cast.pieter), "case-who", case.pk)
    (entry,) = log.looks(event="access.read")
    assert entry.actor_id == cast.pieter.pk
    assert entry.dossiers == [case.dossier_id]


@pytest.mark.parametrize("person", ["victor", "wout", "otto", "beheer", "iris"])
def test_the_database_tells_others_nothing_about_readers(cast: Cast, case: Case, person: str) -> None:
    with as_(cast.people[person]), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM privacy_who_reads(%s)", [[case.dossier_id]])
        assert cursor.fetchone()[0] == 0
