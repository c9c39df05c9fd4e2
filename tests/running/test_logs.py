"""One line of JSON a request, with canaries in every place where somebody might be named."""

from __future__ import annotations

import io
import json
import logging
import sys
from typing import Any
from uuid import uuid4

import pytest
import structlog
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client

from config.running.logs import Facts
from tests.access.test_declared import PUBLIC
from tests.world import Cast, a_signal, item

CANARY = "Kanarievogel"


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def requests(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [line for line in lines(capsys.readouterr().out) if line["event"] == "request"]


def test_a_request_is_one_line_with_these_fields_and_no_other(
    cast: Cast, login: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    client = login(cast.rosa)
    capsys.readouterr()
    client.get("/")
    (line,) = requests(capsys)
    assert set(line) == {"event", "level", "timestamp", "request_id", "view", "method", "status", "ms"}
    assert (line["view"], line["method"], line["status"]) == ("home", "GET", 200)
    assert line["ms"] > 0


def test_the_id_is_that_of_the_trace_so_that_lines_and_looks_can_be_joined(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    Client().get("/inloggen/", headers={"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"})
    assert [line["request_id"] for line in requests(capsys)] == ["ab" * 16]
    assert structlog.contextvars.get_contextvars() == {}


def test_machines_that_ask_every_few_seconds_leave_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    Client().get("/_healthz/livez/")
    assert requests(capsys) == []
    Client().get("/_metrics/")
    assert [(line["view"], line["status"]) for line in requests(capsys)] == [("metrics", 404)]
    assert {"healthz-live", "metrics"} <= PUBLIC


def test_nothing_that_was_typed_or_belongs_to_anybody_is_in_the_lines(
    cast: Cast, login: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    signal = a_signal(cast.wilma, cast.overlast, item(CANARY))
    client = login(cast.wilma)
    capsys.readouterr()
    client.get(f"/signalen/{signal.pk}/")
    client.get(f"/{CANARY}/{uuid4()}/?q={CANARY}")
    client.post("/zoeken/", {"q": CANARY}, headers={"referer": f"https://x/{CANARY}", "user-agent": CANARY})
    Client().post("/inloggen/", {"login": f"{CANARY}@politie.example", "password": CANARY})
    Client().get("/", headers={"host": f"{CANARY}.example"})
    got = capsys.readouterr()
    assert len([line for line in lines(got.out) if line["event"] == "request"]) == 5
    for told in (CANARY, str(signal.pk), signal.dossier.reference, cast.wilma.name, cast.wilma.email, "127.0.0.1"):
        assert told.lower() not in (got.out + got.err).lower(), told


def test_an_error_is_told_by_its_kind_and_place_and_not_by_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as inner:
            raise ValueError(f"Key (name)=({CANARY}) exists") from inner
    except ValueError:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 0, "%s: %s", ("Internal Server Error", f"/{CANARY}/"), sys.exc_info()
        )
    text = Facts().format(record)
    told = json.loads(text)
    assert told["error"] == ["ValueError", "KeyError"]
    assert "test_logs.py" in told["at"][-1]
    assert CANARY not in text


def test_what_a_library_fills_in_is_left_out_also_when_it_is_no_text() -> None:
    for message, arguments in (("user %s did it", (CANARY,)), (ValueError(CANARY), ())):
        record = logging.LogRecord("lib", logging.WARNING, "", 0, message, arguments, None)  # type: ignore[arg-type]
        assert CANARY not in Facts().format(record)
    record = logging.LogRecord("django.security.DisallowedHost", logging.ERROR, "", 0, f"host {CANARY}", (), None)
    assert CANARY not in Facts().format(record)


def test_a_page_that_breaks_mails_nobody_and_leaves_no_words(
    cast: Cast, login: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError(CANARY)

    written = io.StringIO()
    (console,) = [one for one in logging.getLogger().handlers if isinstance(one.formatter, Facts)]
    monkeypatch.setattr(console, "stream", written)
    settings.ADMINS = [("A", "a@voorbeeldstad.example")]
    client = login(cast.rosa)
    client.raise_request_exception = False
    monkeypatch.setattr("config.views.worklist", broken)
    assert client.get(f"/?q={CANARY}").status_code == 500
    (told,) = lines(written.getvalue())
    assert (told["event"], told["logger"], told["error"]) == ("Internal Server Error", "django.request", ["ValueError"])
    assert [line["request_id"] for line in requests(capsys) if line["status"] == 500] == [told["request_id"]]
    assert CANARY not in written.getvalue()
    assert mail.outbox == []
    handlers = {name: logging.getLogger(name).handlers for name in ("django", "django.request")}
    assert handlers == {"django": [], "django.request": []}
    assert django_settings.LOGGING["handlers"]["console"]["formatter"] == "facts"
