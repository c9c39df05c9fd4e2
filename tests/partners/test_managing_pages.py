"""The beheerder's pages: every one works for the beheerder, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from partners import todo, upkeep
from partners.models import CaseTable, Covenant, Organisation, Seat, User
from privacy.roles import Role
from tests.world import Cast, a_case, a_signal, canary

LISTS = ["beheer-home", "organisation-list", "person-list", "covenant-list", "table-list"]
NEW = ["organisation-new", "person-new", "covenant-new", "table-new"]


def _pages(cast: Cast) -> list[str]:
    seat = Seat.objects.get(user=cast.wilma)
    of_one = {
        "organisation-edit": cast.politie.pk,
        "person-edit": cast.wilma.pk,
        "covenant-edit": Covenant.objects.get().pk,
        "table-detail": cast.overlast.pk,
        "table-edit": cast.overlast.pk,
        "table-stagnation": cast.overlast.pk,
        "seat-new": cast.overlast.pk,
        "seat-end": seat.pk,
    }
    return [*map(reverse, LISTS + NEW), *(reverse(name, args=[pk]) for name, pk in of_one.items())]


def _form(response) -> dict[str, object]:
    """What the browser would send back unchanged."""
    form = response.context["form"]
    values = {}
    for field in form:
        value = field.value()
        if value is None or value is False:
            continue
        if isinstance(value, list):
            values[field.name] = [str(getattr(one, "pk", one)) for one in value]
        else:
            values[field.name] = "on" if value is True else str(getattr(value, "pk", value))
    return values


def test_every_page_opens_for_the_beheerder(cast: Cast, beheerder: Client) -> None:
    for url in _pages(cast):
        response = beheerder.get(url)
        assert response.status_code == 200, url
        assert b"{%" not in response.content


@pytest.mark.parametrize("name", ["rosa", "wilma", "carla", "bram", "fatima", "iris", "otto"])
def test_nobody_else_opens_a_page_of_managing(cast: Cast, login: Callable[[User], Client], name: str) -> None:
    client = login(getattr(cast, name))
    for url in _pages(cast):
        assert client.get(url).status_code == 403, (name, url)
        assert client.post(url).status_code == 403, (name, url)
    assert client.post(reverse("person-invite", args=[cast.wilma.pk])).status_code == 403


def test_without_logging_in_every_page_asks_to_log_in(cast: Cast, client: Client) -> None:
    for url in _pages(cast):
        assert client.get(url).headers["Location"].startswith(reverse("account_login"))


def test_what_does_not_exist_is_not_known(cast: Cast, beheerder: Client) -> None:
    for name in ("organisation-edit", "person-edit", "covenant-edit", "table-detail", "table-edit", "seat-new"):
        assert beheerder.get(reverse(name, args=["00000000-0000-4000-8000-00000000dead"])).status_code == 404


def test_saving_a_form_unchanged_changes_nothing(cast: Cast, beheerder: Client, log) -> None:
    for name, row in (
        ("organisation-edit", cast.politie),
        ("person-edit", cast.wilma),
        ("covenant-edit", Covenant.objects.get()),
        ("table-edit", cast.overlast),
    ):
        url = reverse(name, args=[row.pk])
        response = beheerder.post(url, _form(beheerder.get(url)))
        assert response.status_code == 302, (name, response.context and response.context["form"].errors)
    saved = [entry for entry in log.changes() if entry.event.endswith(".saved")]
    assert len(saved) == 4
    assert all(entry.changes == [] for entry in saved), [(entry.event, entry.changes) for entry in saved]


def test_a_new_organisation_person_covenant_and_table_are_saved(cast: Cast, beheerder: Client) -> None:
    beheerder.post(reverse("organisation-new"), {"name": "Halt Proef", "kind": "halt", "active": "on"})
    halt = Organisation.objects.get(name="Halt Proef")
    person = {"name": "Hanna Proef", "email": "Hanna@Halt.example", "organisation": halt.pk, "is_active": "on"}
    assert beheerder.post(reverse("person-new"), person).status_code == 302
    assert User.objects.get(name="Hanna Proef").email == "hanna@halt.example"
    covenant = {
        "name": "Convenant jeugd",
        "organisations": [halt.pk, cast.politie.pk],
        "themes": ["jonge_aanwas"],
        "categories": ["politie"],
        "valid_from": "1-1-2026",
        "valid_until": "31-12-2029",
    }
    assert beheerder.post(reverse("covenant-new"), covenant).status_code == 302
    assert Covenant.objects.get(name="Convenant jeugd").valid_until == date(2029, 12, 31)
    table = {
        "name": "Tafel Noord",
        "area": "Noord",
        "theme": "jonge_aanwas",
        "profile": "gemeentelijk",
        "active": "on",
        "code": "",
    }
    assert beheerder.post(reverse("table-new"), table).status_code == 302
    assert CaseTable.objects.get(name="Tafel Noord").code == "tafel-noord"


def test_what_is_wrong_comes_back_with_what_was_typed(cast: Cast, beheerder: Client) -> None:
    response = beheerder.post(reverse("person-new"), {"name": "Half Ingevuld", "email": "geen adres"})
    assert response.status_code == 422
    assert "Half Ingevuld" in response.text
    assert "Kies een organisatie." in response.text
    taken = {"name": cast.politie.name.upper(), "kind": "politie", "active": "on"}
    response = beheerder.post(reverse("organisation-new"), taken)
    assert response.status_code == 409
    assert "Er is al een organisatie met deze naam." in response.text
    assert cast.politie.name.upper() in response.text


def test_a_covenant_that_ends_before_it_begins_is_refused(cast: Cast, beheerder: Client) -> None:
    url = reverse("covenant-edit", args=[Covenant.objects.get().pk])
    values = _form(beheerder.get(url)) | {"valid_from": "1-1-2027", "valid_until": "1-1-2026"}
    response = beheerder.post(url, values)
    assert response.status_code == 422
    assert "De einddatum ligt voor de begindatum." in response.text


def test_a_long_list_comes_in_pages_and_keeps_its_filter(cast: Cast, beheerder: Client) -> None:
    for number in range(120):
        User.objects.create(email=f"n{number}@x.example", name=f"Nummer {number:03}", organisation=cast.politie)
    url = reverse("person-list")
    first = beheerder.get(url, {"q": "nummer", "organisatie": str(cast.politie.pk)})
    assert len(first.context["page"].rows) == 50
    assert f"?pagina=2&amp;q=nummer&amp;organisatie={cast.politie.pk}" in first.text
    last = beheerder.get(url, {"q": "nummer", "pagina": "99"})
    assert len(last.context["page"].rows) == 20
    assert beheerder.get(url, {"pagina": "x", "organisatie": "x"}).status_code == 200


def test_a_list_costs_the_same_number_of_queries_however_long(
    cast: Cast, beheerder: Client, django_assert_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(name: str, *args: object) -> int:
        with CaptureQueriesContext(connection) as captured:
            beheerder.get(reverse(name, args=args))
        return len(captured)

    before = [cost(name) for name in LISTS] + [cost("table-detail", cast.overlast.pk)]
    for number in range(30):
        home = Organisation.objects.create(name=f"Org {number}", kind="welzijn")
        Covenant.objects.get(name="Convenant Proefstad").organisations.add(home)
        user = User.objects.create(email=f"n{number}@x.example", name=f"Nummer {number}", organisation=home)
        Seat.objects.create(table=cast.overlast, user=user, role=Role.PROFESSIONAL)
    after = [cost(name) for name in LISTS] + [cost("table-detail", cast.overlast.pk)]
    assert after == before


def test_no_page_of_managing_shows_anything_of_a_dossier(cast: Cast, beheerder: Client) -> None:
    name = canary("naam")
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name=name)
    for url in [*_pages(cast), reverse("home")]:
        text = beheerder.get(url).text
        assert name not in text
        assert case.dossier.reference not in text
    for name in ("case-list", "signal-list", "triage-inbox", "search"):
        assert beheerder.get(reverse(name)).status_code == 403


def test_the_home_page_says_what_must_be_done(cast: Cast, beheerder: Client) -> None:
    covenant = Covenant.objects.get()
    covenant.valid_until = date.today() + timedelta(days=12)
    covenant.save()
    CaseTable.objects.create(name="Lege tafel", code="leeg", theme="hgkm", area="x", profile="gemeentelijk")
    for url in (reverse("beheer-home"), reverse("home")):
        text = beheerder.get(url).text
        assert "Convenant loopt af" in text
        assert "over 12 dagen" in text
        assert "Tafel zonder procesregisseur" in text
        assert "Lege tafel" in text


def test_with_nothing_to_do_the_page_says_so(cast: Cast, beheerder: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "lines", lambda now: [])  # keys and back-ups are in order
    monkeypatch.setattr(todo, "people", lambda users, now: [])  # so are screening and training
    assert "Er is nu niets te doen" in beheerder.get(reverse("beheer-home")).text


def test_people_whose_covenant_ended_are_named_first(cast: Cast, beheerder: Client) -> None:
    Covenant.objects.get().organisations.remove(cast.ggz)
    response = beheerder.get(reverse("beheer-home"))
    assert response.context["todo"][0].what == "Zetel zonder geldig convenant"
    assert "GGZ Proef" in response.text
    assert "Geen convenant" in beheerder.get(reverse("table-detail", args=[cast.overlast.pk])).text


def test_theme_and_profile_are_fixed_once_a_table_has_dossiers(cast: Cast, beheerder: Client) -> None:
    url = reverse("table-edit", args=[cast.overlast.pk])
    assert {"theme", "profile"} <= set(beheerder.get(url).context["form"].fields)
    a_signal(cast.wilma, cast.overlast)
    response = beheerder.get(url)
    assert not {"theme", "profile"} & set(response.context["form"].fields)
    sent = {"name": "Andere naam", "code": "woonoverlast", "area": "x", "active": "on", "theme": "hgkm"}
    assert beheerder.post(url, sent).status_code == 302
    cast.overlast.refresh_from_db()
    assert (cast.overlast.name, cast.overlast.theme) == ("Andere naam", "woonoverlast")
