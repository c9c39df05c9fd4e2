"""Role x relation x address x method, against a table that a person reads (matrix.txt). A new address must be in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from partners.models import User
from tests.access.world_of_urls import PEOPLE, Objects, every_pattern, path_of, stage
from tests.world import Cast

TABLE = Path(__file__).parent / "matrix.txt"
Login = Callable[[User], Client]


def read_table() -> dict[tuple[str, str], dict[str, int]]:
    """Expected status per (address, method) and person."""
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    heading, *rows = lines
    assert tuple(heading[2:]) == PEOPLE
    return {(row[0], row[1]): dict(zip(PEOPLE, map(int, row[2:]), strict=True)) for row in rows}


def answer(log_in: Callable[[], Client], method: str, path: str) -> int:
    """The status; whatever the request did is undone, so that the next one finds the same world."""
    with transaction.atomic():
        client = log_in()
        status = client.get(path).status_code if method == "GET" else client.post(path).status_code
        transaction.set_rollback(True)
    return status


def answers(person: str, cast: Cast, login: Login, objects: Objects) -> dict[tuple[str, str], int]:
    def log_in() -> Client:
        return Client() if person == "nobody" else login(cast.people[person])

    return {
        (name, method): answer(log_in, method, path_of(name, objects))
        for name in every_pattern()
        for method in ("GET", "POST")
    }


def test_every_address_is_in_the_table_and_nothing_else() -> None:
    assert {name for name, _ in read_table()} == set(every_pattern())


@pytest.mark.parametrize("person", PEOPLE)
def test_each_person_gets_what_the_table_says_at_every_address(person: str, cast: Cast, login: Login) -> None:
    found = answers(person, cast, login, stage(cast))
    expected = {key: row[person] for key, row in read_table().items()}
    assert {key: code for key, code in found.items() if code != expected[key]} == {}
