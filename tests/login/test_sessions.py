"""Sessions end by themselves, nothing typed is lost, and a person sees and ends the own ones."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.login.devices import in_words
from partners.models import LoginSession, User
from partners.services.users import switch_off
from tests.login.conftest import logged_in, password, with_app
from tests.world import Cast, as_

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36"
SCRIPT = {"sec-fetch-mode": "cors"}


@pytest.fixture(autouse=True)
def _without_force(settings: Any, _forced: None) -> None:
    settings.SECOND_FACTOR = False


def browser(user: Any, agent: str = CHROME) -> Client:
    client = Client(headers={"user-agent": agent})
    password(client, user)
    client.get(reverse("home"))
    return client


def after(time_machine: Any, **passed: int) -> None:
    time_machine.move_to(timezone.now() + timedelta(**passed))


def test_half_an_hour_without_doing_anything_ends_it(cast: Cast, time_machine: Any, log: Any) -> None:
    client = browser(cast.wilma)
    after(time_machine, minutes=29)
    assert client.get(reverse("help")).status_code == 200
    after(time_machine, minutes=29)
    assert client.get(reverse("help")).status_code == 200, "it was used in between"
    after(time_machine, minutes=31)
    sent = client.get(reverse("help") + "?x=1")
    assert sent["Location"] == "/inloggen/?next=%2Fhelp%2F%3Fx%3D1&verlopen=1"
    assert "U was te lang weg" in client.get(sent["Location"]).text
    assert [entry.actor_id for entry in log.looks(event="session.expired")] == [cast.wilma.pk]
    assert not logged_in(client)


def test_a_working_day_ends_it_however_busy_somebody_is(cast: Cast, time_machine: Any) -> None:
    client = browser(cast.wilma)
    for _ in range(19):
        after(time_machine, minutes=25)
        assert client.get(reverse("home")).status_code == 200
    after(time_machine, minutes=25)
    assert client.get(reverse("home")).status_code == 302


def test_a_page_that_asks_by_itself_keeps_no_session_alive(cast: Cast, time_machine: Any) -> None:
    client = browser(cast.wilma)
    for _ in range(6):
        after(time_machine, minutes=5, seconds=10)
        client.get(reverse("session-state"), headers=SCRIPT)
    assert client.get(reverse("home")).status_code == 302


def test_saying_i_am_still_here_does(cast: Cast, time_machine: Any) -> None:
    client = browser(cast.wilma)
    after(time_machine, minutes=28)
    assert client.get(reverse("session-state"), headers=SCRIPT).json()["seconds"] in (119, 120)
    assert client.post(reverse("session-state"), headers=SCRIPT).json()["seconds"] in (1799, 1800)
    after(time_machine, minutes=28)
    assert client.get(reverse("home")).status_code == 200


def test_what_was_typed_comes_back_when_it_was_sent_too_late(cast: Cast, time_machine: Any) -> None:
    client = browser(cast.wilma)
    after(time_machine, minutes=31)
    text = "De buurvrouw belde vanmorgen weer."
    answer = client.post(reverse("ask-new"), {"reason": text, "password": "een geheim wachtwoord"})
    assert answer.status_code == 403
    assert text in answer.text
    assert "een geheim" not in answer.text
    assert "Er is niets bewaard of verstuurd" in answer.text


def test_a_script_hears_that_it_must_log_in(cast: Cast, time_machine: Any) -> None:
    client = browser(cast.wilma)
    after(time_machine, minutes=31)
    assert client.post(reverse("session-state"), headers=SCRIPT).json() == {"seconds": 0, "who": "", "token": ""}
    assert not logged_in(client)


def test_after_logging_in_anew_the_page_learns_a_token_and_whose_it_is(cast: Cast) -> None:
    client = browser(cast.wilma)
    page = client.get(reverse("home")).text
    mark = re.search(r'data-who="(\w+)"', page)[1]
    client.post(reverse("account_logout"))
    password(client, cast.wilma)
    assert client.get(reverse("session-state"), headers=SCRIPT).json()["who"] == mark
    client.post(reverse("account_logout"))
    password(client, cast.wout)
    assert client.get(reverse("session-state"), headers=SCRIPT).json()["who"] != mark


def test_the_page_says_when_it_ends_and_holds_the_warning(cast: Cast) -> None:
    page = browser(cast.wilma).get(reverse("home")).text
    assert re.search(r'data-seconds="1(799|800)"', page)
    assert "Wat u typte, blijft staan" in page
    assert "session.js" in page


def test_one_s_own_sessions_are_listed_in_plain_words(cast: Cast) -> None:
    browser(cast.wout)
    browser(cast.wilma, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile Safari/604.1")
    page = browser(cast.wilma).get(reverse("session-list")).text
    assert "Chrome op Windows" in page
    assert "Safari op iPhone" in page
    assert page.count("Log daar uit") == 1
    assert "Dit apparaat" in page


@pytest.mark.parametrize(("said", "words"), [
    (CHROME, "Chrome op Windows"), (CHROME + " Edg/142.0", "Edge op Windows"),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox op Linux"),
    ("", "Onbekende browser"), ("<script>", "Onbekende browser"),
])  # fmt: skip
def test_a_device_is_named_and_nothing_of_what_it_says_is_kept(said: str, words: str) -> None:
    assert in_words(said) == words


def test_another_one_is_logged_out_and_twice_says_so(cast: Cast, log: Any) -> None:
    other, client = browser(cast.wilma), browser(cast.wilma)
    row = LoginSession.objects.exclude(session_id=client.session.session_key).get(user=cast.wilma)
    assert "U bent daar uitgelogd" in client.post(reverse("session-end", args=[row.pk]), follow=True).text
    assert other.get(reverse("home")).status_code == 302
    assert "al uitgelogd" in client.post(reverse("session-end", args=[row.pk]), follow=True).text
    assert len(log.changes(event="session.ended")) == 1


def test_nobody_ends_a_session_of_another(cast: Cast) -> None:
    other, client = browser(cast.wout), browser(cast.wilma)
    row = LoginSession.objects.get(user=cast.wout)
    client.post(reverse("session-end", args=[row.pk]))
    assert other.get(reverse("home")).status_code == 200
    with as_(cast.wilma):
        assert not LoginSession.objects.filter(user=cast.wout).exists()


def test_logging_out_everywhere_is_everywhere(cast: Cast) -> None:
    colleague, one, two = browser(cast.wout), browser(cast.wilma), browser(cast.wilma)
    assert one.post(reverse("session-end-all"))["Location"] == reverse("account_login")
    assert one.get(reverse("home")).status_code == two.get(reverse("home")).status_code == 302
    assert colleague.get(reverse("home")).status_code == 200
    assert not LoginSession.objects.filter(user=cast.wilma).exists()


def test_a_new_password_ends_every_session(cast: Cast) -> None:
    from partners.links import password_link

    client = browser(cast.wilma)
    link = "/wachtwoord/" + password_link(User.objects.get(pk=cast.wilma.pk)).partition("/wachtwoord/")[2]
    elsewhere = Client()
    page = elsewhere.get(link, follow=True)
    new = "een heel ander lang wachtwoord"
    done = elsewhere.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert done.status_code == 302, done.text
    assert not LoginSession.objects.filter(user=cast.wilma).exists()
    assert client.get(reverse("home")).status_code == 302


def test_who_is_ended_is_gone_from_the_list_too(cast: Cast) -> None:
    browser(cast.wilma)
    with as_(cast.beheer) as (by, _):
        switch_off(cast.wilma, by=by)
    assert not LoginSession.objects.filter(user=cast.wilma).exists()


def test_logging_out_takes_the_row_along(cast: Cast) -> None:
    client = browser(cast.wilma)
    client.post(reverse("account_logout"))
    assert not LoginSession.objects.filter(user=cast.wilma).exists()


def test_looking_around_writes_once_a_minute_at_most(
    cast: Cast, django_assert_max_num_queries: Any, time_machine: Any
) -> None:
    client = browser(cast.wilma)
    with django_assert_max_num_queries(3):  # the session, the person, and nothing of ours
        client.get(reverse("session-state"))
    after(time_machine, seconds=61)
    client.get(reverse("home"))
    assert timezone.now() - LoginSession.objects.get(user=cast.wilma).used_at < timedelta(seconds=2)


def test_a_second_step_in_between_keeps_the_start_of_the_session(cast: Cast) -> None:
    app, client = with_app(cast.wilma), Client()
    password(client, cast.wilma)
    client.post(reverse("mfa_authenticate"), {"code": app.code()})
    client.get(reverse("home"))
    assert LoginSession.objects.filter(user=cast.wilma).count() == 1


@pytest.mark.parametrize(("minutes", "hours"), [("0", "8"), ("600", "8"), ("30", "48")])
def test_limits_that_protect_nobody_are_refused(minutes: str, hours: str) -> None:
    import os
    import subprocess
    import sys

    environment = os.environ | {"SESSION_IDLE_MINUTES": minutes, "SESSION_MOST_HOURS": hours}
    done = subprocess.run([sys.executable, "-c", "import config.settings"], env=environment, capture_output=True)
    assert ImproperlyConfigured.__name__ in done.stderr.decode()
