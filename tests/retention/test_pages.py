"""The pages of who manages retention: what waits, a list with its two people, holds, and the certificate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from partners.models import User
from privacy.models import Block, Hold
from privacy.retention import holds, overview
from privacy.unlock import unlock
from tests.casework.conftest import words
from tests.retention.scene import CANARY, a_case_going, a_full_case
from tests.world import Cast, as_

Login = Callable[[User], Client]
ADDRESS = "/privacy/bewaren/"


def test_two_people_destroy_and_the_certificate_names_them_and_no_dossier(cast: Cast, login: Login) -> None:
    case = a_case_going(cast, timezone.localdate())
    first, second = login(cast.fatima), login(cast.beheer)
    page = words(first.get(ADDRESS))
    assert CANARY not in page
    assert "Loopt nog" in page
    assert "Loopt nog" not in words(second.get(ADDRESS))
    assert "niets" in words(first.post(f"{ADDRESS}lijst/", follow=True))
    still = f"{ADDRESS}loopt-nog/{case.dossier_id}/"
    assert [second.post(still, {"reason": "left"}).status_code, first.post(still).status_code] == [404, 404]
    assert case.dossier.reference in words(first.post(still, {"reason": "left"}, follow=True))
    assert first.post(still, {"reason": "left"}).status_code == 404
    made = first.post(f"{ADDRESS}lijst/", follow=True)
    assert case.dossier.reference in words(made)
    assert "vernietig</button>" not in made.content.decode()
    pk = made.redirect_chain[-1][0].rstrip("/").split("/")[-1]
    refused = first.post(f"{ADDRESS}lijst/{pk}/stap/", {"step": "check"}, follow=True)
    assert "zelf" in words(refused)
    assert "gecontroleerd" in words(second.post(f"{ADDRESS}lijst/{pk}/stap/", {"step": "check"}, follow=True))
    assert "veranderd" in words(second.post(f"{ADDRESS}lijst/{pk}/stap/", {"step": "check"}, follow=True))


@pytest.mark.parametrize(
    ("name", "status"),
    [("fatima", 200), ("beheer", 200), ("rosa", 403), ("conny", 403), ("cor", 403), ("pieter", 403)],
)
def test_who_opens_the_page(cast: Cast, login: Login, name: str, status: int) -> None:
    assert login(cast.people[name]).get(ADDRESS).status_code == status


def test_a_hold_keeps_a_dossier_until_it_is_lifted_and_its_review_shows_when_it_is_late(
    cast: Cast, login: Login
) -> None:
    case = a_full_case(cast)
    browser = login(cast.fatima)
    given = {"number": case.dossier.reference.lower(), "reason": "Er loopt een klacht.", "review_on": in_days(30)}
    wrong = browser.post(f"{ADDRESS}bewaarplicht/", given | {"number": "2026-BESTAATNIET"})
    assert wrong.status_code == 409
    assert "Er loopt een klacht." in wrong.content.decode()
    assert browser.post(f"{ADDRESS}bewaarplicht/", given | {"review_on": in_days(0)}).status_code == 409
    assert "wordt niet vernietigd" in words(browser.post(f"{ADDRESS}bewaarplicht/", given, follow=True))
    page = words(login(cast.faisal).get(ADDRESS))
    assert case.dossier.reference in page
    with as_(cast.faisal):
        hold = Hold.objects.get()
        assert Block.objects.get().source_id == hold.pk
    one = f"{ADDRESS}bewaarplicht/{hold.pk}/"
    assert "Er loopt een klacht." in words(login(cast.faisal).get(one))
    for name, status in (("beheer", 404), ("rosa", 403), ("conny", 403)):
        assert login(cast.people[name]).get(one).status_code == status, name
    answer = {"stays": "yes", "text": "De zaak loopt nog.", "review_on": ""}
    assert browser.post(one, answer).status_code == 422
    assert browser.post(one, answer | {"review_on": in_days(60)}).status_code == 302
    assert browser.post(one, {"stays": "no", "text": "De zaak is klaar."}).status_code == 302
    assert browser.post(one, {"stays": "no", "text": "De zaak is klaar."}).status_code == 409
    with as_(cast.fatima):
        assert not Block.objects.filter(ended_at__isnull=True).exists()


def test_an_objection_is_answered_and_who_objected_reads_why(cast: Cast) -> None:
    case = a_full_case(cast)
    with as_(cast.rosa) as (by, _):
        for _ in range(2):
            hold = holds.object_to(case.dossier, "De zaak speelt nog.", now=timezone.now(), by=by)
        assert Hold.objects.count() == 1
    with as_(cast.fatima) as (by, _):
        assert [one.pk for one in overview.files(by=by)] == [hold.pk]
        overview_text = "Het mag weg."
        unlock([hold.dossier_id], by=by)
        holds.lift(Hold.objects.get(), overview_text, now=timezone.now(), by=by)
    with as_(cast.rosa) as (by, _):
        unlock([hold.dossier_id], by=by)
        assert [one.text for one in overview.texts_of(hold, by=by)] == ["De zaak speelt nog.", overview_text]


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_a_regisseur_sees_what_goes_soon_and_says_that_it_must_stay(cast: Cast, login: Login) -> None:
    browser, soon = login(cast.rosa), "/werk/verdwijnt/"
    later = a_full_case(cast)
    assert later.dossier.reference not in words(browser.get(soon))
    case = a_case_going(cast, timezone.localdate())
    page = words(browser.get(soon))
    assert case.dossier.reference in page
    assert "Loopt nog" in page
    one = f"{soon}{case.dossier_id}/"
    assert browser.post(one, {"reason": ""}).status_code == 422
    for _ in range(2):
        assert browser.post(one, {"reason": "De zaak speelt nog."}).status_code == 302
    assert "bezwaar" in words(browser.get(soon)).lower()
    with as_(cast.rosa):
        assert Hold.objects.get().about_id == case.dossier_id
    assert login(cast.victor).get(one).status_code == 404
    assert login(cast.pieter).get(soon).status_code == 403
    assert "De zaak speelt nog." in words(browser.get(one))
