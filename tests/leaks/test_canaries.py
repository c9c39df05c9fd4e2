"""Planted values are in no dump of the database, no log, no broker table and no mail; in any spelling."""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Iterator

import pytest

from tests.database import PREFIX
from tests.site import Site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    run = os.getpid() if worker == "main" else os.getppid()
    running = Site(tmp_path_factory.mktemp("leaks"), f"{PREFIX}{run}_{worker}_leaks")
    yield running
    running.stop()


def spellings(value: str) -> set[str]:
    """How a value may stand in a text: as it is, as hexadecimal bytes (bytea), and inside base64."""
    raw = value.encode()
    # A value may begin at any of three places inside base64: the inner, whole groups are searched for.
    inner = {base64.b64encode(b"\x00" * shift + raw).decode()[4 if shift else 0 : -4] for shift in range(3)}
    return {value.lower(), raw.hex(), *(text.lower() for text in inner if len(text) >= 8)}


def found_in(text: str, values: list[str]) -> list[str]:
    text = text.lower()
    return [value for value in values if any(spelling in text for spelling in spellings(value))]


def test_the_search_itself_finds_a_value_in_any_spelling() -> None:
    value = "KanarieNaam001zq"
    for text in (value, value.encode().hex(), base64.b64encode(f"xy{value}z".encode()).decode()):
        assert found_in(f"... {text} ...", [value]) == [value]


def test_no_planted_value_is_readable_outside_the_seals(site: Site) -> None:
    values = json.loads(site.python("-m", "tests.leaks.plant").splitlines()[-1])  # above it are lines of the log
    assert len(values) >= 90
    dump = site.dump()
    queued = re.findall(r"INSERT INTO public\.kombu_message", dump)
    site.do_jobs()
    dump += site.dump()
    mails, log = site.mails(), site.log.read_text()

    assert "INSERT INTO public.casework_signalitem" in dump
    for table in (
        "casework_attachmentchunk", "casework_accessrequest", "privacy_emergencytext", "casework_knownmark",
        "casework_assessment", "casework_evaluation", "casework_agendaitem", "casework_itemquestion",
        "casework_refusalreason", "casework_guest", "casework_agendawish",
    ):  # fmt: skip
        assert f"INSERT INTO public.{table}" in dump
    assert queued, "the broker holds messages"
    assert "Er staat iets voor u klaar" in mails
    assert found_in(dump, values) == []
    assert found_in(mails, values) == []
    assert found_in(log, values) == []
