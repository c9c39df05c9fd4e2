"""A balancer learns yes or no, from any host name, without TLS, session or a line in the log of looks."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections
from django.test import Client, override_settings

from config.running import health, views
from tests.conftest import Log
from tests.world import Cast

LIVE, READY = "/_healthz/livez/", "/_healthz/readyz/"


def broken(monkeypatch: pytest.MonkeyPatch, alias: str) -> None:
    """The server at the address of this connection is gone."""
    connections[alias].close()
    monkeypatch.setitem(connections[alias].settings_dict, "HOST", "/nowhere")
    monkeypatch.setitem(connections[alias].settings_dict, "OPTIONS", {"connect_timeout": 2})


def test_a_living_process_says_so_without_asking_the_database(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0), django_assert_num_queries(0, using="audit"):
        answer = Client().get(LIVE)
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_a_ready_process_says_no_more_than_that() -> None:
    answer = Client().get(READY)
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_it_is_not_ready_while_looks_cannot_be_recorded_but_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch, "audit")
    answer = Client().get(READY)
    assert (answer.status_code, answer.content) == (503, b"not ready")
    assert Client().get(LIVE).status_code == 200


def test_it_is_not_ready_while_tables_are_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    assert health.missing_migrations() == []
    monkeypatch.setattr(health, "_on_disk", lambda: {("privacy", "9999_later"): ()})
    assert health.missing_migrations() == ["privacy.9999_later"]
    answer = Client().get(READY)
    assert (answer.status_code, answer.content) == (503, b"not ready")


def test_a_migration_that_stands_for_others_counts_when_those_were_done(monkeypatch: pytest.MonkeyPatch) -> None:
    done = (("privacy", "0001_initial"), ("privacy", "0002_walls"))
    monkeypatch.setattr(health, "_on_disk", lambda: {("privacy", "0001_both"): done})
    assert health.missing_migrations() == []


def test_it_is_not_ready_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise ConnectionError("secret.host.example")

    monkeypatch.setattr(health, "QUESTIONS", (("database", away),))
    answer = Client().get(READY)
    assert (answer.status_code, answer.content) == (503, b"not ready")


def test_who_keeps_asking_costs_one_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(health, "QUESTIONS", (("database", lambda: asked.append(1)),))
    for _ in range(20):
        Client().get(READY)
    assert len(asked) == 1


@override_settings(SECURE_SSL_REDIRECT=True, ALLOWED_HOSTS=["casustafel.example"])
@pytest.mark.parametrize("path", [LIVE, READY])
def test_a_machine_may_ask_by_address_and_without_tls(path: str) -> None:
    answer = Client().get(path, headers={"host": "10.0.0.7:8000"})
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert Client().get("/inloggen/", headers={"host": "10.0.0.7:8000"}).status_code in (301, 400)


@pytest.mark.parametrize("path", [LIVE, READY])
def test_nothing_is_written_for_it(path: str, cast: Cast, login: Any, log: Log) -> None:
    client = login(cast.beheer)
    before = len(log.looks())
    assert client.get(path).status_code == 200
    assert len(log.looks()) == before


@pytest.mark.parametrize("path", [LIVE, READY])
def test_it_only_answers_questions(path: str) -> None:
    assert Client().post(path).status_code == 405


def test_the_time_between_two_answers_is_short() -> None:
    assert views.KEPT_FOR <= 5
