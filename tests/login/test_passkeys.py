"""Passkeys: made, used instead of a password, used to confirm, and refused whenever anything is odd."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from partners.models import User
from tests.login.conftest import App, logged_in, password, with_app
from tests.login.device import Device
from tests.world import Cast

BAD = "Deze passkey werkt hier niet"


def browser() -> Client:
    """At a name that browsers know passkeys at."""
    return Client(headers={"host": "localhost"})


def options(client: Client, name: str) -> dict[str, Any]:
    """What the page asks the browser for."""
    if name == "mfa_login_webauthn":
        return client.get(reverse(name), headers={"accept": "application/json"}).json()["request_options"]
    data = client.get(reverse(name)).context["js_data"]
    return json.loads(json.dumps(data.get("creation_options") or data["request_options"], default=dict))


def add(client: Client, device: Device, name: str = "Laptop van het werk") -> Any:
    credential = json.dumps(device.create(options(client, "mfa_add_webauthn")))
    return client.post(reverse("mfa_add_webauthn"), {"name": name, "credential": credential})


def use(client: Client, device: Device, name: str = "mfa_login_webauthn", **more: str) -> Any:
    return client.post(reverse(name), {"credential": json.dumps(device.get(options(client, name))), **more})


def owner(user: User) -> tuple[Client, Device]:
    """A person who made a passkey as the first second factor."""
    client, device = browser(), Device()
    password(client, user)
    assert add(client, device)["Location"] == reverse("mfa_view_recovery_codes")
    return client, device


def test_a_passkey_is_made_and_logs_in_without_a_password(cast: Cast, log: Any) -> None:
    client, device = owner(cast.wilma)
    assert client.get(reverse("home")).status_code == 200
    assert "Laptop van het werk" in client.get(reverse("mfa_index")).text
    other = browser()
    assert use(other, device)["Location"] == reverse("home")
    assert other.get(reverse("home")).status_code == 200, "two factors in one: not confined"
    assert [entry.event for entry in log.looks(actor_id=cast.wilma.pk)].count("login") == 2


def test_it_is_the_second_step_after_a_password(cast: Cast) -> None:
    _, device = owner(cast.wilma)
    client = browser()
    assert password(client, cast.wilma)["Location"] == reverse("mfa_authenticate")
    assert not logged_in(client)
    use(client, device, "mfa_authenticate")
    assert logged_in(client)


def test_it_confirms_and_that_is_in_the_log(cast: Cast, log: Any) -> None:
    _, device = owner(cast.wilma)
    client = browser()
    use(client, device)
    sent = client.get(reverse("mfa_view_recovery_codes"))
    assert sent["Location"].startswith(reverse("mfa_reauthenticate_webauthn"))
    use(client, device, "mfa_reauthenticate_webauthn", next="/account/herstelcodes/")
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200
    assert len(log.looks(event="stepup", actor_id=cast.wilma.pk)) == 1


def test_a_device_that_did_not_check_who_holds_it_is_refused(cast: Cast) -> None:
    client = browser()
    password(client, cast.wilma)
    assert BAD in add(client, Device(verified=False)).text
    assert not Authenticator.objects.filter(user=cast.wilma).exists()
    _, device = owner(cast.greet)
    device.verified = False
    other = browser()
    use(other, device)
    assert not logged_in(other)


def test_a_look_alike_page_gets_nothing(cast: Cast, log: Any) -> None:
    _, device = owner(cast.wilma)
    device.origin = "https://casustafel-voorbeeldstad.example"
    client = browser()
    use(client, device)
    assert not logged_in(client)
    assert len(log.looks(event="login.failed")) == 1


def test_an_answer_works_once_and_in_its_own_browser(cast: Cast) -> None:
    _, device = owner(cast.wilma)
    client, other = browser(), browser()
    answer = {"credential": json.dumps(device.get(options(client, "mfa_login_webauthn")))}
    other.post(reverse("mfa_login_webauthn"), answer)
    assert not logged_in(other)
    client.post(reverse("mfa_login_webauthn"), answer)
    assert logged_in(client)
    client.post(reverse("account_logout"))
    client.post(reverse("mfa_login_webauthn"), answer)
    assert not logged_in(client)


def test_somebody_else_s_passkey_logs_in_as_nobody_but_its_owner(cast: Cast) -> None:
    _, device = owner(cast.wilma)
    owner(cast.greet)
    device.user_handle = cast.greet.pk.hex.encode()
    client = browser()
    use(client, device)
    assert not logged_in(client)


@pytest.mark.parametrize("sent", ["", "geen json", "{}", "[]", "7", '{"response": {"userHandle": null}}',
                                  '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}'])  # fmt: skip
def test_nonsense_is_one_sentence_and_no_error(cast: Cast, sent: str) -> None:
    client = browser()
    options(client, "mfa_login_webauthn")
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": sent}, follow=True)
    assert answer.status_code == 200
    assert "passkey" in answer.text.lower()
    assert not logged_in(client)


def test_who_was_switched_off_does_not_log_in_with_one(cast: Cast) -> None:
    _, device = owner(cast.wilma)
    User.objects.filter(pk=cast.wilma.pk).update(is_active=False)
    client = browser()
    assert use(client, device)["Location"] == reverse("account_inactive")
    assert not logged_in(client)


def test_the_last_one_stays_and_another_may_go(cast: Cast) -> None:
    client, _ = owner(cast.wilma)
    first = Authenticator.objects.get(user=cast.wilma, type="webauthn")
    page = reverse("mfa_remove_webauthn", args=[first.pk])
    assert "Laptop van het werk" in client.get(page).text
    assert "laatste tweede stap" in client.post(page, follow=True).text
    with_app(cast.wilma)
    client.post(page)
    assert not Authenticator.objects.filter(pk=first.pk).exists()


def test_somebody_else_s_passkey_can_t_be_taken_away(cast: Cast) -> None:
    owner(cast.greet)
    theirs = Authenticator.objects.get(user=cast.greet, type="webauthn")
    client, _ = owner(cast.wilma)
    assert client.post(reverse("mfa_remove_webauthn", args=[theirs.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


def test_at_a_bare_address_the_page_says_where_passkeys_work(cast: Cast) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    password(client, cast.wilma)
    assert "http://localhost:80/account/" in client.get(reverse("mfa_index")).text


def test_app_and_passkey_are_both_offered_at_the_second_step(cast: Cast) -> None:
    owner(cast.wilma)
    app = with_app(cast.wilma)
    assert isinstance(app, App)
    client = browser()
    password(client, cast.wilma)
    page = client.get(reverse("mfa_authenticate")).text
    assert 'data-passkey="get"' in page
    assert "Zes cijfers uit uw app" in page
