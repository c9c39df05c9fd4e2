"""Prometheus reads numbers with a token; no label, number or help text tells of anybody."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from config.running import metrics
from privacy.audit import watching
from privacy.models import Job
from privacy.models.job import JobState
from tests.access.world_of_urls import every_pattern
from tests.world import Cast, a_signal, item

TOKEN = "een-lang-en-fictief-token-voor-de-meetwaarden"
CANARY = "Kanarievogel"


def scraped(settings: Any) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    settings.METRICS_TOKEN = TOKEN
    answer = Client().get("/_metrics/", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain")
    families = text_string_to_metric_families(answer.content.decode())
    return {(s.name, frozenset(s.labels.items())): s.value for family in families for s in family.samples}


def number(settings: Any, name: str, **labels: str) -> float | None:
    return scraped(settings).get((name, frozenset(labels.items())))


@pytest.mark.parametrize("header", ["", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer é"])
def test_without_the_token_there_is_nothing(settings: Any, header: str) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert Client().get("/_metrics/", headers={"authorization": header}).status_code == 404
    assert Client().get("/_metrics/").status_code == 404
    assert Client().post("/_metrics/", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 404


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer"])
def test_with_no_token_in_the_settings_nobody_reads_them(settings: Any, header: str) -> None:
    settings.METRICS_TOKEN = ""
    assert Client().get("/_metrics/", headers={"authorization": header}).status_code == 404


def test_requests_are_counted_by_name_method_and_answer(settings: Any) -> None:
    labels = {"view": "account_login", "method": "GET", "status": "200"}
    before = number(settings, "casustafel_requests_total", **labels) or 0
    for _ in range(3):
        Client().get("/inloggen/")
    assert number(settings, "casustafel_requests_total", **labels) == before + 3
    assert (number(settings, "casustafel_request_seconds_bucket", view="account_login", le="+Inf") or 0) >= 3


def test_the_queue_and_the_seals_are_there(settings: Any, cast: Cast, login: Any) -> None:
    Job.objects.create(kind="seat.ends", subject_id=uuid4(), state=JobState.FAILED)
    login(cast.beheer).get("/beheer/")  # an entry that waits for its seal
    assert (number(settings, "casustafel_jobs", state="failed") or 0) >= 1
    assert (number(settings, "casustafel_log_unsealed") or 0) >= 1
    watching.seal(now=timezone.now())
    assert number(settings, "casustafel_log_unsealed") == 0
    assert (number(settings, "casustafel_log_seal_age_seconds") or 0) < 60
    assert number(settings, "casustafel_database_up") == 1


def test_with_the_database_away_it_says_so_and_still_counts(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    Client().get("/inloggen/")

    def away(*_: object, **__: object) -> None:
        raise connections["default"].Database.OperationalError(CANARY)

    monkeypatch.setattr(metrics, "queue", away)
    found = scraped(settings)
    assert found[("casustafel_database_up", frozenset())] == 0
    assert any(name == "casustafel_requests_total" for name, _ in found)


def test_no_id_name_or_address_appears(settings: Any, cast: Cast, login: Any) -> None:
    signal = a_signal(cast.wilma, cast.overlast, item(CANARY))
    client = login(cast.wilma)
    for path in (
        "/", f"/signalen/{signal.pk}/", f"/{CANARY}/{uuid4()}/", f"/inloggen/?next=/{CANARY}/", "/casussen/%F0%9F/",
    ):  # fmt: skip
        client.get(path)
    client.post("/zoeken/", {"q": CANARY})
    client.generic(CANARY.upper(), "/")
    settings.METRICS_TOKEN = TOKEN
    text = Client().get("/_metrics/", headers={"authorization": f"Bearer {TOKEN}"}).content.decode()
    assert CANARY.lower() not in text.lower()
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", text)
    assert signal.dossier.reference not in text
    for person in cast.people.values():
        assert person.email not in text
        assert person.name not in text
    views = {dict(labels)["view"] for (_, labels) in scraped(settings) if "view" in dict(labels)}
    assert views <= set(every_pattern()) | {"unknown"}
    methods = {dict(labels)["method"] for (_, labels) in scraped(settings) if "method" in dict(labels)}
    assert methods <= {*metrics.METHODS, "other"}
