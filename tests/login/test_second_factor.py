"""The second step: an app, recovery codes, and what the log and the database keep of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from privacy.encryption import server
from privacy.errors import TamperedValue
from tests.login.conftest import App, logged_in, password, recovery_codes, with_app, worker
from tests.world import PASSWORD, Cast, as_


def enrol(client: Client) -> tuple[App, Any]:
    """Links an app on the page for it."""
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    app = App(page.context["form"].secret)
    return app, client.post(reverse("mfa_activate_totp"), {"code": app.code()})


def test_who_has_none_links_an_app_right_after_logging_in_and_works(cast: Cast, log: Any) -> None:
    client = Client()
    password(client, cast.wilma)
    assert client.get(reverse("home"))["Location"] == reverse("mfa_index")
    app, done = enrol(client)
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    page = client.get(done["Location"])
    assert len(re.findall(r"<code[^>]*>\d{8}</code>", page.text)) == 10
    assert client.get(reverse("home")).status_code == 200
    events = [entry.event for entry in log.looks(actor_id=cast.wilma.pk)]
    assert [event for event in events if event.startswith("factor.")] == ["factor.added", "factor.codes_seen"]
    other = Client()
    assert password(other, cast.wilma)["Location"] == reverse("mfa_authenticate")
    assert not logged_in(other)
    other.post(reverse("mfa_authenticate"), {"code": app.code(ago=-1)})
    assert other.get(reverse("home")).status_code == 200


def test_the_log_has_one_log_in_and_it_comes_after_the_second_step(cast: Cast, log: Any) -> None:
    app, client = with_app(cast.wilma), Client()
    password(client, cast.wilma)
    assert log.looks(event="login") == []
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert [entry.actor_id for entry in log.looks(event="login.failed")] == [cast.wilma.pk]
    client.post(reverse("mfa_authenticate"), {"code": app.code()})
    assert [entry.actor_id for entry in log.looks(event="login")] == [cast.wilma.pk]


@pytest.mark.parametrize("spelling", ["{}", "{} ", "{0[0]}-{0[1]}{0[2]}{0[3]} {0[4]}{0[5]}"])
def test_a_code_works_once_however_it_is_spelled_and_whatever_the_clock(
    cast: Cast, spelling: str, time_machine: Any
) -> None:
    _, app = worker(cast.wilma)
    code, again = app.code(), Client()
    password(again, cast.wilma)
    again.post(reverse("mfa_authenticate"), {"code": spelling.format(code)})
    assert not logged_in(again)
    import datetime

    from django.utils import timezone

    # Allauth forgets it after half a minute, while a neighbouring code still counts: ours is remembered longer.
    time_machine.move_to(timezone.now() + datetime.timedelta(seconds=31))
    again.post(reverse("mfa_authenticate"), {"code": spelling.format(code)})
    assert not logged_in(again)


def test_the_code_that_linked_the_app_logs_nobody_in(cast: Cast) -> None:
    client = Client()
    password(client, cast.wilma)
    app, _ = enrol(client)
    other = Client()
    password(other, cast.wilma)
    other.post(reverse("mfa_authenticate"), {"code": app.code()})
    assert not logged_in(other)


def test_a_recovery_code_works_once(cast: Cast) -> None:
    with_app(cast.wilma)
    code = recovery_codes(cast.wilma)[3]
    for works in (True, False):
        client = Client()
        password(client, cast.wilma)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert logged_in(client) is works
    assert code not in recovery_codes(cast.wilma)


def test_codes_are_not_guessed(cast: Cast) -> None:
    app, client = with_app(cast.wilma), Client()
    password(client, cast.wilma)
    for guess in range(10):
        client.post(reverse("mfa_authenticate"), {"code": f"{guess:06}"})
    answer = client.post(reverse("mfa_authenticate"), {"code": app.code()})
    assert not logged_in(client), "the right one no longer helps"
    assert "U hebt het te vaak geprobeerd" in answer.text


def test_a_second_browser_process_counts_the_same_codes(cast: Cast) -> None:
    """The mark is a row that all processes share, not something of this one."""
    _, app = worker(cast.wilma)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM privacy_cache WHERE cache_key LIKE %s", ["%code-used:%"])
        assert cursor.fetchone()[0] == 1
    assert cache.add(f"code-used:{cast.wilma.pk}:{app.code()}", "y") is False


def test_secrets_are_sealed_in_the_database_and_in_the_session(cast: Cast) -> None:
    client = Client()
    password(client, cast.wilma)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert secret not in str(dict(client.session))
    app = with_app(cast.wilma)
    for row in Authenticator.objects.filter(user=cast.wilma):
        assert app.secret not in str(row.data)
        assert re.fullmatch(r"\d+:[\w+/=]+", row.data.get("secret") or row.data["seed"])


def test_a_secret_that_was_moved_to_another_person_opens_for_nobody(cast: Cast) -> None:
    app = with_app(cast.greet)
    own = Authenticator.objects.get(user=cast.greet, type="totp")
    Authenticator.objects.create(user=cast.wilma, type="totp", data=own.data)
    client = Client()
    password(client, cast.wilma)
    with pytest.raises(TamperedValue):
        client.post(reverse("mfa_authenticate"), {"code": app.code()})
    with pytest.raises(TamperedValue):
        server.open_text(own.data["secret"], use="anders", whose=cast.greet.pk)


def test_new_keys_seal_the_secrets_anew_and_everybody_still_logs_in(cast: Cast) -> None:
    from partners.login.keeping import HOLDER
    from privacy.encryption import keys

    app = with_app(cast.wilma)
    first = keys.newest_epoch().epoch
    assert HOLDER.standing("default") == {first}
    epoch = keys.new_epoch(first + 1)
    epoch.save(force_insert=True)
    HOLDER.renew("default", epoch)
    assert HOLDER.standing("default") == {first + 1}
    client = Client()
    password(client, cast.wilma)
    client.post(reverse("mfa_authenticate"), {"code": app.code()})
    assert logged_in(client)


def test_adding_or_taking_away_asks_for_the_second_factor_never_for_the_password(cast: Cast, time_machine: Any) -> None:
    client, app = worker(cast.wilma)
    for name in ("mfa_add_webauthn", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"):
        sent = client.get(reverse(name))
        assert sent["Location"].startswith(reverse("mfa_reauthenticate")), name
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 302
    there = client.post(reverse("mfa_reauthenticate"), {"code": app.code(ago=-1), "next": "/account/herstelcodes/"})
    assert there["Location"] == "/account/herstelcodes/"
    assert client.get("/account/herstelcodes/").status_code == 200


def test_confirming_with_a_code_is_in_the_log_and_so_is_failing(cast: Cast, log: Any) -> None:
    client, app = worker(cast.wilma)
    client.post(reverse("mfa_reauthenticate"), {"code": "000000"})
    client.post(reverse("mfa_reauthenticate"), {"code": app.code(ago=-1)})
    assert [entry.event for entry in log.looks(actor_id=cast.wilma.pk, event__startswith="stepup")] == [
        "stepup.failed",
        "stepup",
    ]


def test_the_last_second_factor_stays(cast: Cast, settings: Any) -> None:
    client, app = worker(cast.wilma)
    client.post(reverse("mfa_reauthenticate"), {"code": app.code(ago=-1)})
    assert "laatste tweede stap" in client.get(reverse("mfa_deactivate_totp")).text
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=cast.wilma, type="totp").exists()
    settings.SECOND_FACTOR = False
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=cast.wilma).exists()


def test_new_recovery_codes_end_the_old_ones(cast: Cast) -> None:
    client, app = worker(cast.wilma)
    before = recovery_codes(cast.wilma)
    client.post(reverse("mfa_reauthenticate"), {"code": app.code(ago=-1)})
    client.post(reverse("mfa_generate_recovery_codes"))
    assert not set(before) & set(recovery_codes(cast.wilma))
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert 'filename="herstelcodes.txt"' in file["Content-Disposition"]
    assert recovery_codes(cast.wilma)[0] in file.text


def test_the_first_factor_ends_sessions_that_were_opened_without_it(cast: Cast) -> None:
    stranger, owner = Client(), Client()
    password(stranger, cast.wilma)
    password(owner, cast.wilma)
    enrol(owner)
    assert not logged_in(stranger)
    assert owner.get(reverse("home")).status_code == 200


def test_without_the_log_no_factor_is_added(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    password(client, cast.wilma)
    page = client.get(reverse("mfa_activate_totp"))
    app = App(page.context["form"].secret)
    monkeypatch.setattr("privacy.models.AuditEntry.save", _fails)
    assert client.post(reverse("mfa_activate_totp"), {"code": app.code()}).status_code == 503
    assert not Authenticator.objects.filter(user=cast.wilma).exists()


def _fails(*args: Any, **kwargs: Any) -> None:
    raise DatabaseError("no space left")


def test_whoever_acts_reaches_no_factor_of_another(cast: Cast) -> None:
    with_app(cast.wilma)
    with as_(cast.rosa):
        assert not Authenticator.objects.exists()
        assert Authenticator.objects.update(type="totp") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Authenticator.objects.create(user_id=cast.wilma.pk, type="webauthn", data={})
    with as_(cast.wilma):
        assert Authenticator.objects.count() == 2


def test_the_pages_are_in_plain_dutch(cast: Cast) -> None:
    client, app = worker(cast.wilma)
    assert "Uw manier van inloggen" in client.get(reverse("mfa_index")).text
    client.post(reverse("mfa_reauthenticate"), {"code": app.code(ago=-1)})
    for name in ("mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"):
        page = client.get(reverse(name)).text
        assert not re.search(r"\b(Authenticator|Recovery|Security key|Sign in|Cancel)\b", page), name
