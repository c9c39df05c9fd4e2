"""Logging in at the own organisation, against a real OpenID provider over a real socket; two providers at once."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.identity import providers as read_file
from partners.models import Identity, IdentityInvitation, User
from partners.services.identities import invite_identity, untie_identity
from partners.views import people
from tests.login.conftest import logged_in, password, with_app
from tests.partners.conftest import do_jobs
from tests.world import Cast, as_

__all__ = ["do_jobs", "people"]
SECRET = "the client's own secret"
ROOT = Path(__file__).resolve().parents[2]
MFA = {"amr": ["pwd", "mfa"]}


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """A provider in a process of its own."""

    def __init__(self, folder: Path, code: str, issuer: str = "") -> None:
        self.code, self.port = code, _port()
        self.address = f"http://127.0.0.1:{self.port}"
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        environment = {
            "PATH": os.environ["PATH"], "PROVIDER_DATABASE": str(folder / f"{code}.sqlite"), "PROVIDER_KEY": pem,
            "PROVIDER_ISSUER": issuer,
        }  # fmt: skip
        callback = f"http://testserver/inloggen/via/{code}/terug/"
        command = [sys.executable, "-m", "tests.login.provider.run", str(self.port), SECRET, callback]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        assert self.process.stdout.readline() == "ready\n"

    def app(self, organisation: User, **more: Any) -> dict[str, Any]:
        """As the file of providers gives it."""
        return {
            "provider_id": self.code, "name": f"Inlog {self.code}", "client_id": "casustafel", "secret": SECRET,
            "settings": {
                "server_url": self.address, "issuer": self.address, "organisation_claim": "tid",
                "organisations": {f"tenant-{self.code}": str(organisation.pk)}, "second_factor_claim": "amr",
                "second_factor_values": ["mfa"], "fetch_userinfo": False, "oauth_pkce_enabled": True,
            } | more,
        }  # fmt: skip

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        assert self.process.stdout
        self.process.stdout.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Running]]:
    folder = tmp_path_factory.mktemp("providers")
    found = {code: Running(folder, code) for code in ("corporatie", "politie")}
    found["namaak"] = Running(folder, "namaak", found["corporatie"].address)
    yield found
    for one in found.values():
        one.stop()


@pytest.fixture
def two(running: dict[str, Running], cast: Cast, settings: Any) -> dict[str, Running]:
    """The providers of the corporation and of the police."""
    apps = [running["corporatie"].app(cast.corporatie), running["politie"].app(cast.politie)]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}
    return running


def at(client: Client, provider: Running, who: str, claims: dict[str, Any] | None = None, email: str = "") -> Any:
    """A person goes to the provider from our log-in page, logs in there, and comes back."""
    begun = client.get(reverse("openid_connect_login", args=[provider.code]))
    assert begun.status_code == 302, begun.text
    assert begun["Location"].startswith(provider.address)
    claims = {"tid": f"tenant-{provider.code}"} | (MFA if claims is None else claims)
    query = {"who": who, "claims": json.dumps(claims), "email": email, "next": begun["Location"]}
    session = requests.Session()
    done = session.get(f"{provider.address}/enter/?{urlencode(query)}", allow_redirects=False)
    done = session.get(done.headers["Location"], allow_redirects=False)
    assert done.status_code == 302, done.text
    return client.get(done.headers["Location"].removeprefix("http://testserver"))


def invited(cast: Cast, user: User, provider: str = "corporatie") -> IdentityInvitation:
    with as_(cast.beheer) as (by, _):
        return invite_identity(user, provider, now=timezone.now(), by=by)


def tied(cast: Cast, user: User, provider: Running, who: str) -> Client:
    from partners.login.elsewhere.invitations import link_of

    client = Client()
    page = client.get(urlsplit(link_of(invited(cast, user, provider.code))).path)
    assert "Log in en koppel" in page.text
    assert at(client, provider, who)["Location"] == reverse("home")
    return client


def test_an_invited_person_ties_the_log_in_and_uses_it_from_then_on(
    cast: Cast, two: dict[str, Running], do_jobs: Any, log: Any
) -> None:
    invited(cast, cast.wilma)
    (message,) = [one for one in do_jobs() if "Koppel" in one.subject]
    assert message.to == [cast.wilma.email]
    client = Client()
    client.get(urlsplit(re.search(r"http\S+", message.body)[0]).path)
    assert at(client, two["corporatie"], "w.proef")["Location"] == reverse("home")
    assert client.get(reverse("home")).status_code == 200, "the second factor there counts"
    row = Identity.objects.get(user=cast.wilma)
    assert (row.issuer, row.subject) == (two["corporatie"].address, "w.proef")
    other = Client()
    assert "Log in via Inlog corporatie" in other.get(reverse("account_login")).text
    at(other, two["corporatie"], "w.proef")
    assert other.session["_auth_user_id"] == str(cast.wilma.pk)
    events = [entry.event for entry in log.looks(actor_id=cast.wilma.pk)]
    assert events.count("identity.linked") == 1
    assert events.count("login") == 2
    assert mail.outbox is not None


def test_an_unknown_log_in_gets_a_page_that_says_what_to_do_and_makes_nobody(
    cast: Cast, two: dict[str, Running], log: Any
) -> None:
    before = User.objects.count()
    client = Client()
    answer = at(client, two["corporatie"], "onbekend", email=cast.wilma.email)
    assert answer.status_code == 403
    assert "Vraag de beheerder van de casustafel om een uitnodiging" in answer.text
    assert not logged_in(client), "the same address of a mail opens nothing"
    assert User.objects.count() == before
    assert not Identity.objects.exists()
    assert not SocialAccount.objects.exists()
    assert len(log.looks(event="login.failed")) == 1


def test_the_same_subject_at_another_provider_is_somebody_else(cast: Cast, two: dict[str, Running]) -> None:
    tied(cast, cast.wilma, two["corporatie"], "proef")
    client = Client()
    assert at(client, two["politie"], "proef").status_code == 403
    tied(cast, cast.pieter, two["politie"], "proef")
    at(client, two["politie"], "proef")
    assert client.session["_auth_user_id"] == str(cast.pieter.pk)


def test_a_provider_that_says_it_is_another_is_believed_nothing(
    cast: Cast, two: dict[str, Running], settings: Any
) -> None:
    tied(cast, cast.wilma, two["corporatie"], "w.proef")
    liar = two["namaak"].app(cast.corporatie)
    liar["settings"]["organisations"] = {"tenant-namaak": str(cast.corporatie.pk)}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [liar]}}
    client = Client()
    answer = at(client, two["namaak"], "w.proef")
    assert answer.status_code == 502
    assert "gaf geen goed antwoord" in answer.text
    # Even when the file names the other's issuer for it, its subject is not that of the other.
    liar["settings"]["issuer"] = two["corporatie"].address
    answer = at(client, two["namaak"], "w.proef")
    assert answer.status_code == 403
    assert not logged_in(client)


@pytest.mark.parametrize(
    "claims", [{}, {"amr": []}, {"amr": ["pwd"]}, {"amr": "pwd"}, {"acr": "mfa"}, {"amr": {"mfa": 1}}]
)
def test_without_the_agreed_claim_the_session_is_confined_to_a_factor_of_ours(
    cast: Cast, two: dict[str, Running], claims: dict[str, Any]
) -> None:
    tied(cast, cast.wilma, two["corporatie"], "w.proef")
    client = Client()
    assert at(client, two["corporatie"], "w.proef", claims)["Location"] == reverse("home")
    assert client.get(reverse("home"))["Location"] == reverse("mfa_index")


def test_a_claim_as_one_word_counts_when_it_was_agreed(cast: Cast, two: dict[str, Running], settings: Any) -> None:
    app = two["corporatie"].app(cast.corporatie, second_factor_claim="acr", second_factor_values=["hoog"])
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    invited(cast, cast.wilma)
    from partners.login.elsewhere.invitations import link_of

    client = Client()
    client.get(urlsplit(link_of(IdentityInvitation.objects.get())).path)
    at(client, two["corporatie"], "w.proef", {"acr": "hoog"})
    assert client.get(reverse("home")).status_code == 200


def test_a_factor_of_ours_is_asked_for_as_well(cast: Cast, two: dict[str, Running]) -> None:
    tied(cast, cast.wilma, two["corporatie"], "w.proef")
    with_app(cast.wilma)
    client = Client()
    assert at(client, two["corporatie"], "w.proef")["Location"] == reverse("mfa_authenticate")
    assert not logged_in(client)


@pytest.mark.parametrize("tid", ["tenant-politie", "", None, ["tenant-corporatie"]])
def test_a_log_in_of_another_organisation_opens_nothing(cast: Cast, two: dict[str, Running], tid: Any) -> None:
    tied(cast, cast.wilma, two["corporatie"], "w.proef")
    client = Client()
    answer = at(client, two["corporatie"], "w.proef", MFA | {"tid": tid})
    assert answer.status_code == 403
    assert "andere organisatie" in answer.text
    assert not logged_in(client)


def test_claims_give_no_role_and_change_no_account(cast: Cast, two: dict[str, Running]) -> None:
    tied(cast, cast.wilma, two["corporatie"], "w.proef")
    claims = MFA | {"roles": ["beheerder"], "groups": ["admin"], "name": "Iemand Anders", "email": "x@x.example"}
    client = Client()
    at(client, two["corporatie"], "w.proef", claims)
    assert client.get(reverse("beheer-home")).status_code == 403
    stored = User.objects.get(pk=cast.wilma.pk)
    assert (stored.name, stored.email, stored.roles) == (cast.wilma.name, cast.wilma.email, [])
    assert not SocialToken.objects.exists()


def test_a_link_ties_once(cast: Cast, two: dict[str, Running], time_machine: Any) -> None:
    from partners.login.elsewhere.invitations import link_of

    made = invited(cast, cast.wilma)
    path = urlsplit(link_of(made)).path
    first, second = Client(), Client()
    first.get(path)
    second.get(path)
    at(first, two["corporatie"], "w.proef")
    assert at(second, two["corporatie"], "iemand-anders").status_code == 403
    assert "werkt niet meer" in Client().get(path).text
    assert Identity.objects.count() == 1


def test_a_link_is_for_three_days_and_for_its_own_provider(
    cast: Cast, two: dict[str, Running], time_machine: Any
) -> None:
    from datetime import timedelta

    from partners.login.elsewhere.invitations import link_of

    path = urlsplit(link_of(invited(cast, cast.wilma))).path
    client = Client()
    client.get(path)
    assert at(client, two["politie"], "w.proef").status_code == 403
    time_machine.move_to(timezone.now() + timedelta(days=3, minutes=1))
    assert "werkt niet meer" in Client().get(path).text
    assert "werkt niet meer" in Client().get(path[:-4] + "x/").text
    assert not Identity.objects.exists()


def test_a_log_in_that_is_tied_already_is_tied_to_nobody_else(cast: Cast, two: dict[str, Running]) -> None:
    from partners.login.elsewhere.invitations import link_of

    tied(cast, cast.wilma, two["corporatie"], "gedeeld")
    client = Client()
    client.get(urlsplit(link_of(invited(cast, cast.wout))).path)
    answer = at(client, two["corporatie"], "gedeeld")
    assert answer.status_code == 403
    assert "al gekoppeld" in answer.text
    assert not Identity.objects.filter(user=cast.wout).exists()


def test_who_was_switched_off_gets_in_by_no_door(cast: Cast, two: dict[str, Running]) -> None:
    tied(cast, cast.wilma, two["corporatie"], "w.proef")
    User.objects.filter(pk=cast.wilma.pk).update(is_active=False)
    client = Client()
    assert at(client, two["corporatie"], "w.proef")["Location"] == reverse("account_inactive")
    assert not logged_in(client)


def test_an_answer_of_the_provider_works_once_and_in_its_own_browser(cast: Cast, two: dict[str, Running]) -> None:
    tied(cast, cast.wilma, two["corporatie"], "w.proef")
    victim, client = Client(), Client()
    begun = client.get(reverse("openid_connect_login", args=["corporatie"]))["Location"]
    asked = parse_qs(urlsplit(begun).query)
    assert asked["code_challenge_method"] == ["S256"]
    query = {"who": "w.proef", "claims": json.dumps({"tid": "tenant-corporatie"} | MFA), "next": begun}
    session = requests.Session()
    done = session.get(f"{two['corporatie'].address}/enter/?{urlencode(query)}", allow_redirects=False)
    back = session.get(done.headers["Location"], allow_redirects=False).headers["Location"]
    path = back.removeprefix("http://testserver")
    assert victim.get(path).status_code == 403
    assert client.get(path).status_code == 302
    client.post(reverse("account_logout"))
    assert client.get(path).status_code == 403
    assert not logged_in(client)
    assert not logged_in(victim)


def test_a_person_who_stops_halfway_reads_a_sentence(cast: Cast, two: dict[str, Running]) -> None:
    client = Client()
    begun = client.get(reverse("openid_connect_login", args=["corporatie"]))["Location"]
    state = parse_qs(urlsplit(begun).query)["state"][0]
    answer = client.get(
        reverse("openid_connect_callback", args=["corporatie"]), {"error": "access_denied", "state": state}
    )
    assert answer.status_code == 403
    assert "Er is niets veranderd" in answer.text


def test_a_provider_that_is_away_says_so(cast: Cast, two: dict[str, Running], settings: Any) -> None:
    app = two["corporatie"].app(cast.corporatie, server_url=f"http://127.0.0.1:{_port()}")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    answer = Client().get(reverse("openid_connect_login", args=["corporatie"]))
    assert answer.status_code == 502
    assert Client().get(reverse("openid_connect_login", args=["bestaat-niet"])).status_code == 404


def test_an_open_session_of_somebody_else_ends_first(cast: Cast, two: dict[str, Running], settings: Any) -> None:
    settings.SECOND_FACTOR = False
    tied(cast, cast.wilma, two["corporatie"], "w.proef")
    client = Client()
    password(client, cast.rosa)
    before = client.session.session_key
    at(client, two["corporatie"], "w.proef")
    assert client.session["_auth_user_id"] == str(cast.wilma.pk)
    assert client.session.session_key != before


def test_the_beheerder_sends_the_link_and_unties(cast: Cast, two: dict[str, Running], login: Any) -> None:
    page = reverse("person-identity", args=[cast.wilma.pk])
    beheerder = login(cast.beheer)
    _free(beheerder)
    assert "Inlog corporatie" in beheerder.get(page).text
    assert "Inlog politie" not in beheerder.get(page).text, "only of the person's own organisation"
    assert beheerder.post(page, {"provider": "politie"}).status_code == 422
    assert "krijgt een e-mail" in beheerder.post(page, {"provider": "corporatie"}, follow=True).text
    client = tied(cast, cast.wilma, two["corporatie"], "w.proef")
    row = Identity.objects.get(user=cast.wilma)
    gone = reverse("person-identity-untie", args=[cast.wilma.pk])
    assert "ontkoppeld" in beheerder.post(gone, {"identity": str(row.pk)}, follow=True).text
    assert "was al ontkoppeld" in beheerder.post(gone, {"identity": str(row.pk)}, follow=True).text
    assert client.get(reverse("home")).status_code == 302
    assert at(Client(), two["corporatie"], "w.proef").status_code == 403


def _free(client: Client) -> None:
    """As a session that showed a second factor."""
    session = client.session
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session.save()


def test_the_database_lets_nobody_tie_for_oneself(cast: Cast, two: dict[str, Running]) -> None:
    made = invited(cast, cast.wilma)
    values = {"provider": "corporatie", "issuer": "x", "subject": "y", "linked_at": timezone.now()}
    for person in (cast.wilma, cast.beheer, cast.rosa):
        with as_(person), pytest.raises(DatabaseError), transaction.atomic():
            Identity.objects.create(user=cast.wilma, invitation=made, **values)
    with pytest.raises(DatabaseError), transaction.atomic():
        Identity.objects.create(user=cast.wout, invitation=made, **values)
    with as_(cast.beheer), pytest.raises(DatabaseError), transaction.atomic():
        IdentityInvitation.objects.create(
            user=cast.beheer, provider="x", invited_by=cast.beheer.pk, made_at=timezone.now()
        )
    with as_(cast.rosa):
        assert not IdentityInvitation.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        SocialAccount.objects.create(user=cast.wilma, provider="x", uid="y")


def test_a_beheerder_ties_not_the_own_log_in(cast: Cast, two: dict[str, Running]) -> None:
    with as_(cast.beheer) as (by, _), pytest.raises(Exception, match="andere beheerder"):
        invite_identity(cast.beheer, "corporatie", now=timezone.now(), by=by)
    with as_(cast.beheer) as (by, _), pytest.raises(Exception, match="andere beheerder"):
        untie_identity(cast.beheer, cast.beheer.pk, now=timezone.now(), by=by)


FILE = """
[[provider]]
code = "gemeente"
name = "Gemeente Voorbeeldstad"
issuer = "https://inlog.voorbeeldstad.example"
client_id = "casustafel"
client_secret_file = "{secret}"
organisation_claim = "tid"
organisations = {{ "1234" = "7b0c1f0e-6d44-4c3a-9a0a-1f6e6f5c0d11" }}
second_factor_values = ["mfa"]
"""


def _file(folder: Path, text: str = FILE, mode: int = 0o640) -> str:
    secret = folder / "secret"
    secret.write_text("geheim\n")
    secret.chmod(mode)
    file = folder / "providers.toml"
    file.write_text(text.format(secret=secret))
    return str(file)


def test_the_file_of_providers_is_read(tmp_path: Path) -> None:
    (app,) = read_file(_file(tmp_path), insecure=False)
    assert app["secret"] == "geheim"
    assert app["settings"]["organisations"] == {"1234": "7b0c1f0e-6d44-4c3a-9a0a-1f6e6f5c0d11"}
    assert read_file("", insecure=False) == []


@pytest.mark.parametrize(("change", "said"), [
    (("https://", "http://"), "must begin with https"), (('client_id = "casustafel"', ""), "client_id is missing"),
    (("7b0c1f0e-", "x"), "must map a value"), (("[[provider]]", "[[provider"), "can't be read as TOML"),
    (('"gemeente"', '"a/b"'), "letters, digits and dashes"), (("{secret}", "/nergens"), "can't be read"),
])  # fmt: skip
def test_a_mistake_in_the_file_is_refused_with_a_hint(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=re.escape(said)):
        read_file(_file(tmp_path, FILE.replace(*change)), insecure=False)


def test_a_secret_that_everybody_reads_and_two_of_the_same_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="readable by everybody"):
        read_file(_file(tmp_path, mode=0o644), insecure=False)
    twice = FILE + FILE.replace('"gemeente"', '"tweede"')
    with pytest.raises(ImproperlyConfigured, match="the same issuer"):
        read_file(_file(tmp_path, twice), insecure=False)
