"""Role x relation x address x method, against a table that a person reads (matrix.txt). A new address must be in it."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from partners.models import User
from tests.access.world_of_urls import PEOPLE, Objects, every_pattern, path_of, stage
from tests.world import Cast

TABLE = Path(__file__).parent / "matrix.txt"
Login = Callable[[User], Client]
# Staging the world is the dear part: some people share one, since whatever each does is undone.
GROUPS = [PEOPLE[at : at + 4] for at in range(0, len(PEOPLE), 4)]


def read_table() -> dict[tuple[str, str], dict[str, int]]:
    """Expected status per (address, method) and person."""
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    heading, *rows = lines
    assert tuple(heading[2:]) == PEOPLE
    return {(row[0], row[1]): dict(zip(PEOPLE, map(int, row[2:]), strict=True)) for row in rows}


def answer(known: Client, method: str, path: str) -> int:
    """The status; whatever the request did is undone, so that the next one finds the same world."""
    with transaction.atomic():
        client = Client()
        client.cookies = deepcopy(known.cookies)
        status = client.get(path).status_code if method == "GET" else client.post(path).status_code
        transaction.set_rollback(True)
    return status


def answers(person: str, cast: Cast, login: Login, objects: Objects) -> dict[tuple[str, str], int]:
    known = Client() if person == "nobody" else login(cast.people[person])
    return {
        (name, method): answer(known, method, path_of(name, objects))
        for name in every_pattern()
        for method in ("GET", "POST")
    }


def test_every_address_is_in_the_table_and_nothing_else() -> None:
    assert {name for name, _ in read_table()} == set(every_pattern())


@pytest.mark.parametrize("people", GROUPS, ids="-".join)
def test_each_person_gets_what_the_table_says_at_every_address(
    people: tuple[str, ...], cast: Cast, login: Login
) -> None:
    objects, table = stage(cast), read_table()
    wrong = {
        (person, *key): code
        for person in people
        for key, code in answers(person, cast, login, objects).items()
        if code != table[key][person]
    }
    assert wrong == {}
