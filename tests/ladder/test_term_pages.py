"""The pages of terms and measures: what is shown, what is taken, and who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from escalation.dutch import AMSTERDAM
from escalation.models import Breach, Proposal, Standing, Term
from partners.models import User
from tests.ladder.home import a_home, asked, mandated, measure, term
from tests.ladder.scene import at_the_ladder, granted, standing_of
from tests.world import Cast, a_case, a_signal, as_

Login = Callable[[User], Client]


@pytest.fixture
def standing(cast: Cast) -> Standing:
    """Imposed two days ago."""
    case = a_home(cast)
    mandated(cast, case)
    now = timezone.now() - timedelta(days=2)
    granted(asked(case, cast.rosa, now), cast.petra, now=now)
    return standing_of(case, "hgkm", cast.rosa)


def said(days_ago: float) -> dict[str, str]:
    """A day and a time as somebody types them."""
    moment = (timezone.now() - timedelta(days=days_ago)).astimezone(AMSTERDAM)
    return {"day": moment.strftime("%-d-%-m-%Y"), "clock": moment.strftime("%H:%M")}


def test_the_page_shows_measures_and_terms_in_words(cast: Cast, login: Login, standing: Standing) -> None:
    page = login(cast.rosa).get(reverse("case-ladder", args=[standing.case_id])).content.decode()
    for words in ("Tijdelijk huisverbod", "loopt", "Intrekken doet de burgemeester", "Hoe is dit berekend?",
                  "is voorbij", "Ga na of betrokkene", "De rechter hoort betrokkene"):  # fmt: skip
        assert words in page


def test_a_partner_reads_it_and_finds_nothing_to_do(cast: Cast, login: Login, standing: Standing) -> None:
    page = login(cast.wilma).get(reverse("case-ladder", args=[standing.case_id])).content.decode()
    assert "Tijdelijk huisverbod" in page
    for words in ("Gehaald", "Stel verlengen voor", "Leg een overtreding vast", "Leg het moment vast"):
        assert words not in page


def test_a_term_begins_on_the_page(cast: Cast, login: Login, standing: Standing) -> None:
    address = reverse("ladder-term-start", args=[standing.case_id, "hgkm", "huisverbod", "zitting"])
    client = login(cast.rosa)
    assert "de indiening van het verzoek" in client.get(address).content.decode()
    assert client.post(address, said(-1)).status_code == 422, "tomorrow"
    early = client.post(address, said(3))
    assert early.status_code == 409
    assert "ligt voor het besluit" in early.content.decode()
    assert client.post(address, said(1)).status_code == 302
    again = client.post(address, said(1))
    assert again.status_code == 409
    assert "al ingegaan" in again.content.decode()
    with as_(cast.rosa):
        assert Term.objects.filter(standing=standing, key="zitting").count() == 1


def test_a_term_that_the_ladder_does_not_have_is_not_there(cast: Cast, login: Login, standing: Standing) -> None:
    for given in (
        ("hgkm", "huisverbod", "onzin"),
        ("hgkm", "onzin", "zitting"),
        ("woonoverlast", "huisverbod", "duur"),
    ):
        address = reverse("ladder-term-start", args=[standing.case_id, *given])
        assert login(cast.rosa).get(address).status_code == 404


def test_a_term_is_said_to_be_kept_once(cast: Cast, login: Login, standing: Standing) -> None:
    address = reverse("ladder-term-done", args=[standing.case_id, term(standing, cast.rosa, "bereikbaar").pk])
    client = login(cast.rosa)
    assert client.post(address).status_code == 302
    again = client.post(address)
    assert again.status_code == 409
    assert "loopt niet meer" in again.content.decode()


def test_an_extension_is_put_to_the_burgemeester(cast: Cast, login: Login, standing: Standing) -> None:
    of = term(standing, cast.rosa, "duur")
    address = reverse("ladder-extend", args=[standing.case_id, of.pk])
    client, why = login(cast.rosa), {"about": "Piet Voorbeeld", "reason": "De hulp is nog niet op gang."}
    shown = client.get(address).content.decode()
    assert "Over verlengen beslist de burgemeester" in shown
    assert "niet langer" in shown
    far = client.post(address, said(-40) | why)
    assert far.status_code == 409
    assert "Wth 9(1)" in far.content.decode()
    assert "De hulp is nog niet op gang." in far.content.decode(), "nothing typed is lost"
    assert client.post(address, said(-20) | why).status_code == 302
    assert client.post(address, said(-20) | why).status_code == 409, "it waits already"
    with as_(cast.bram):
        assert Proposal.objects.filter(move="verlengen", term=of).count() == 1
    with as_(cast.petra):
        assert not Proposal.objects.filter(move="verlengen").exists()


def test_withdrawing_is_put_to_the_burgemeester(cast: Cast, login: Login, standing: Standing) -> None:
    address = reverse("ladder-withdraw-measure", args=[standing.case_id, measure(standing, cast.rosa).pk])
    assert login(cast.rosa).post(address, {}).status_code == 422
    why = {"about": "Piet Voorbeeld", "reason": "De hulp is aanvaard."}
    assert login(cast.rosa).post(address, why).status_code == 302
    with as_(cast.bram):
        assert Proposal.objects.filter(move="intrekken").exists()


def test_a_breach_is_noted_and_shown_to_who_directs_alone(cast: Cast, login: Login, standing: Standing) -> None:
    address = reverse("ladder-breach", args=[standing.case_id, measure(standing, cast.rosa).pk])
    assert login(cast.rosa).post(address, said(1) | {"note": "Hij stond voor de deur."}).status_code == 302
    overview = reverse("case-ladder", args=[standing.case_id])
    assert "Hij stond voor de deur." in login(cast.rosa).get(overview).content.decode()
    assert "Hij stond voor de deur." not in login(cast.wilma).get(overview).content.decode()
    with at_the_ladder(cast.rosa, standing):
        assert Breach.objects.get().note == "Hij stond voor de deur."


@pytest.mark.parametrize(("name", "status"), [("wilma", 403), ("carla", 403), ("petra", 403), ("bram", 403),
                                              ("victor", 404), ("otto", 403), ("beheer", 403)])  # fmt: skip
def test_who_does_not_direct_does_nothing_here(
    cast: Cast, login: Login, standing: Standing, name: str, status: int
) -> None:
    of, on = term(standing, cast.rosa, "duur"), measure(standing, cast.rosa)
    client = login(cast.people[name])
    for address, given in (
        ("ladder-term-start", ["hgkm", "huisverbod", "zitting"]),
        ("ladder-extend", [of.pk]),
        ("ladder-withdraw-measure", [on.pk]),
        ("ladder-breach", [on.pk]),
    ):
        url = reverse(address, args=[standing.case_id, *given])
        assert client.get(url).status_code == status
        assert client.post(url, said(1) | {"note": "x", "about": "x", "reason": "x"}).status_code == status
    assert client.post(reverse("ladder-term-done", args=[standing.case_id, of.pk])).status_code == status


def test_a_term_of_another_case_is_not_there(cast: Cast, login: Login, standing: Standing) -> None:
    other = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    url = reverse("ladder-extend", args=[other.pk, term(standing, cast.rosa, "duur").pk])
    assert login(cast.rosa).get(url).status_code == 404
