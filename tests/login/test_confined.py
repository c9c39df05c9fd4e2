"""Confined sessions: without a second factor every address but a few is closed, whoever it is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partners.login.confined import ENROLLING, OUTSIDE, SHOWING
from partners.models import User
from tests.access.world_of_urls import every_pattern, path_of, stage
from tests.login.conftest import logged_in, password, with_app, worker
from tests.world import PASSWORD, Cast

Login = Callable[[User], Client]


def test_a_confined_session_is_sent_to_its_second_factor_from_every_other_address(cast: Cast, login: Login) -> None:
    objects, client = stage(cast), login(cast.rosa)
    everything = {name: path_of(name, objects) for name in every_pattern()}
    assert set(everything) > ENROLLING | SHOWING | OUTSIDE, "what is open exists"
    _is_sent_on(client, {name: path for name, path in everything.items() if name not in ENROLLING}, "mfa_index")
    with_app(cast.rosa)
    _is_sent_on(client, {name: path for name, path in everything.items() if name not in SHOWING}, "mfa_reauthenticate")
    assert logged_in(client), "no address ended it either"


def _is_sent_on(client: Client, closed: dict[str, str], to: str) -> None:
    for name in set(closed) - OUTSIDE:
        seen = client.get(closed[name])
        assert (seen.status_code, seen.headers.get("Location")) == (302, reverse(to)), name
        sent = client.post(closed[name])
        assert sent.status_code == 403, name
        assert "Er is niets veranderd" in sent.text, name
        part = client.get(closed[name], headers={"HX-Request": "true"})
        assert (part.status_code, part.headers["HX-Redirect"]) == (403, reverse(to)), name


def test_what_is_open_works_and_shows_no_doors(cast: Cast, login: Login) -> None:
    client = login(cast.rosa)
    for name in ("help", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn"):
        page = client.get(reverse(name), follow=True)
        assert page.status_code == 200, name
        assert 'id="deuren"' not in page.text, name
    assert client.post(reverse("account_logout")).status_code == 302
    assert not logged_in(client)


def test_a_stolen_password_adds_no_factor_beside_the_owner_s(cast: Cast) -> None:
    stranger = Client()
    password(stranger, cast.wilma)
    stranger.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    with_app(cast.wilma)  # the owner links an app, and this session stays for once
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_index"):
        assert stranger.get(reverse(name))["Location"] == reverse("mfa_reauthenticate"), name
        assert stranger.post(reverse(name)).status_code == 403, name


def test_showing_the_factor_frees_an_older_session(cast: Cast) -> None:
    client = Client()
    password(client, cast.wilma)
    app = with_app(cast.wilma)
    assert client.get(reverse("home"))["Location"] == reverse("mfa_reauthenticate")
    client.post(reverse("mfa_reauthenticate"), {"code": app.code(), "next": "/"})
    assert client.get(reverse("home")).status_code == 200


def test_whoever_showed_both_steps_works(cast: Cast) -> None:
    client, _ = worker(cast.rosa)
    assert client.get(reverse("home")).status_code == 200
    assert 'id="deuren"' in client.get(reverse("home")).text


def test_a_proof_of_somebody_else_in_the_same_browser_counts_for_nothing(cast: Cast) -> None:
    client, _ = worker(cast.rosa)
    client.post(reverse("account_logout"))
    password(client, cast.wilma)
    assert client.get(reverse("home"))["Location"] == reverse("mfa_index")


def test_with_the_force_off_a_password_is_enough_and_a_factor_is_still_asked_for(cast: Cast, settings: Any) -> None:
    settings.SECOND_FACTOR = False
    client = Client()
    password(client, cast.wilma)
    assert client.get(reverse("home")).status_code == 200
    assert "alleen een wachtwoord" in client.get(reverse("mfa_index")).text
    with_app(cast.greet)
    assert password(Client(), cast.greet)["Location"] == reverse("mfa_authenticate")


@pytest.mark.parametrize(("place", "works"), [({}, False), ({"DEMO": "1"}, True), ({"CASUSTAFEL_TESTING": "1"}, True)])
def test_the_force_is_off_in_the_demo_and_in_tests_only(place: dict[str, str], works: bool) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ("DEMO", "CASUSTAFEL_TESTING")}
    environment |= {"SECOND_FACTOR": "off", "CLAMD_ADDRESS": "off"} | place
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings"], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode == 0) is works, done.stderr
    assert works or "Unset SECOND_FACTOR" in done.stderr
