"""Guessing is stopped: a lock per person and address, with a page that says so and tells nothing of who exists."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.login.conftest import logged_in, password
from tests.world import PASSWORD, Cast, as_

HOME, ELSEWHERE = {"REMOTE_ADDR": "10.0.0.7"}, {"REMOTE_ADDR": "10.0.0.8"}


def guess(user: Any, times: int = 5, **where: str) -> Any:
    answer = None
    for number in range(times):
        answer = password(Client(), user, f"geraden {number}", **where)
    return answer


def test_the_fifth_wrong_password_locks_with_a_page_that_says_what_to_do(cast: Cast, log: Any) -> None:
    assert guess(cast.wilma, 4, **HOME).status_code == 200
    locked = guess(cast.wilma, 1, **HOME)
    assert locked.status_code == 429
    assert "15 minuten" in locked.text
    assert locked.headers["Retry-After"] == "900"
    client = Client()
    assert password(client, cast.wilma, **HOME).status_code == 429, "the right one no longer helps"
    assert not logged_in(client)
    assert len(log.looks(event="login.failed")) == 6
    assert len(log.looks(event="login.locked")) == 2


def test_colleagues_at_the_same_address_and_the_person_elsewhere_go_on(cast: Cast) -> None:
    guess(cast.wilma, **HOME)
    assert password(Client(), cast.wout, **HOME).status_code == 302
    assert password(Client(), cast.wilma, **ELSEWHERE).status_code == 302


def test_the_lock_is_over_after_a_quarter_and_trying_on_makes_it_no_longer(cast: Cast, time_machine: Any) -> None:
    guess(cast.wilma, **HOME)
    begun = timezone.now()
    time_machine.move_to(begun + timedelta(minutes=10))
    assert password(Client(), cast.wilma, "nog eens", **HOME).status_code == 429
    time_machine.move_to(begun + timedelta(minutes=15, seconds=5))
    assert password(Client(), cast.wilma, **HOME).status_code == 302


def test_a_log_in_forgets_earlier_mistakes(cast: Cast) -> None:
    for _ in range(3):
        guess(cast.wilma, 2, **HOME)
        assert password(Client(), cast.wilma, **HOME).status_code == 302


def _bare(answer: Any) -> str:
    return re.sub(r'value="[^"]*"', "", answer.text)


def test_an_account_that_exists_and_one_that_does_not_read_the_same(cast: Cast) -> None:
    class Nobody:
        email = "niemand@nergens.example"

    for times in (1, 4):
        known, unknown = guess(cast.wilma, times, **HOME), guess(Nobody, times, **HOME)
        assert known.status_code == unknown.status_code
        assert _bare(known) == _bare(unknown)


def test_one_account_is_not_guessed_from_many_addresses(cast: Cast) -> None:
    for number in range(10):
        password(Client(), cast.wilma, "geraden", REMOTE_ADDR=f"10.0.1.{number}")
    client = Client()
    assert "U hebt het te vaak geprobeerd" in password(client, cast.wilma, REMOTE_ADDR="10.0.2.1").text
    assert not logged_in(client)


def test_forwarded_headers_are_the_client_s_own_words(cast: Cast) -> None:
    for number in range(5):
        password(Client(), cast.wilma, "geraden", headers={"x-forwarded-for": f"8.8.8.{number}"}, **HOME)
    assert password(Client(), cast.wilma, headers={"x-forwarded-for": "9.9.9.9"}, **HOME).status_code == 429


def test_nothing_that_was_typed_is_kept(cast: Cast) -> None:
    typed = "Geheim!dat-per-ongeluk-in-het-naamveld-staat"
    Client().post(
        reverse("account_login") + "?next=/casussen/", {"login": f"{typed}@x.nl", "password": typed, "x": typed}
    )
    password(Client(), cast.wilma, typed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT a::text FROM axes_accessattempt a")
        rows = " ".join(row[0] for row in cursor.fetchall())
    assert rows
    for word in ("Geheim", "wilma", "casussen", "csrf"):
        assert word not in rows.lower() + rows


def test_whoever_acts_sees_no_tries(cast: Cast) -> None:
    guess(cast.wilma, 1)
    assert AccessAttempt.objects.exists()
    with as_(cast.beheer):
        assert not AccessAttempt.objects.exists()


def test_the_counters_are_rows_that_every_process_reads(cast: Cast, settings: Any) -> None:
    guess(cast.wilma, 1)
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 1_000_000, "a flood pushes no counter out"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM privacy_cache WHERE cache_key LIKE %s", ["%login_failed%"])
        assert cursor.fetchone()[0] >= 1


def test_a_lock_that_cannot_be_logged_shows_503(cast: Cast, monkeypatch: Any) -> None:
    guess(cast.wilma, 4)
    from django.db import OperationalError

    def fails(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("away")

    monkeypatch.setattr("privacy.models.AuditEntry.save", fails)
    assert guess(cast.wilma, 1).status_code == 503


def test_a_right_password_after_four_wrong_ones_works(cast: Cast) -> None:
    guess(cast.wilma, 4)
    assert password(Client(), cast.wilma, PASSWORD).status_code == 302
