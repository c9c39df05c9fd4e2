"""With the log out of reach nothing is shown, and what can't be logged is not done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import DatabaseError, connections, transaction
from django.test import Client

from partners.models import Organisation, User
from privacy.models import AuditEntry, Grant
from tests.access.test_declared import PUBLIC
from tests.access.test_matrix import GROUPS, read_table
from tests.access.world_of_urls import Objects, path_of, stage
from tests.walls.helpers import dossier_models
from tests.world import Cast, as_

Login = Callable[[User], Client]
Broken = Callable[[], AbstractContextManager[None]]
CONTENT = ("Lindelaan", "Piet Voorbeeld", "Harde muziek", "Alleen voor Rosa", "Voor iedereen in de casus")


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Cuts the connection over which looks are written: the server at its address is gone."""

    def do() -> None:
        audit = connections["audit"]
        audit.close()
        monkeypatch.setitem(audit.settings_dict, "HOST", "/nowhere")
        monkeypatch.setitem(audit.settings_dict, "OPTIONS", {"connect_timeout": 2})

    return do


@pytest.mark.parametrize("people", GROUPS, ids="-".join)
def test_every_page_with_content_answers_503_and_shows_nothing(
    people: tuple[str, ...], cast: Cast, login: Login, cut: Callable[[], None]
) -> None:
    objects = stage(cast)
    clients = {person: login(cast.people[person]) for person in people if person != "nobody"}
    cut()
    for person, client in clients.items():
        pages = [name for (name, method), row in read_table().items() if method == "GET" and row[person] == 200]
        for name in set(pages) - PUBLIC:
            response = client.get(path_of(name, objects))
            assert response.status_code == 503, (person, name)
            assert not [word for word in CONTENT if word in response.content.decode()], (person, name)


@pytest.mark.parametrize("person", ["wout", "greet", "fatima"])
def test_a_refusal_that_cannot_be_logged_says_no_more_than_503(
    person: str, cast: Cast, login: Login, cut: Callable[[], None]
) -> None:
    objects = stage(cast)
    client = login(cast.people[person])
    cut()
    assert client.get(path_of("case-detail", objects)).status_code == 503


def test_nobody_logs_in_while_the_log_is_away(cast: Cast, cut: Callable[[], None]) -> None:
    client = Client()
    cut()
    data = {"login": cast.rosa.email, "password": "een lang en fictief wachtwoord"}
    assert client.post("/inloggen/", data).status_code == 503
    assert "_auth_user_id" not in client.session


def _everything(person: User) -> dict[str, object]:
    """How many rows this person has, and in what state."""
    with as_(person), connections["default"].cursor() as cursor:
        counts: dict[str, object] = {}
        for model in (*dossier_models(), Grant, Organisation):
            cursor.execute("SELECT count(*), coalesce(sum(hashtext(t::text)), 0) FROM " + model._meta.db_table + " t")
            counts[model.__name__] = cursor.fetchone()
    return counts


ACTS: dict[str, tuple[str, dict[str, object]]] = {
    "triage-ask": ("rosa", {"question": "Hoe vaak komt het voor?"}),
    "triage-reject": ("rosa", {"reason": "FIRST", "sure": "on"}),
    "case-rename": ("rosa", {"short_name": "Anders", "summary": ""}),
    "case-end": ("rosa", {}),
    "case-subject-remove": ("rosa", {}),
    "case-close": ("rosa", {"outcome": "FIRST", "reason": "Klaar", "sure": "on"}),
    "case-contributions": ("wilma", {
        "text": "Nieuw", "kind": "waarneming", "category": "algemeen", "audience": "FIRST", "ground": "avg_6_1_e",
    }),
    "case-withdraw": ("wilma", {}),
    "signal-answer": ("wilma", {"text": "Elke nacht."}),
    "signal-draft-drop": ("wilma", {}),
    "organisation-new": ("beheer", {"name": "Nieuwe partner", "kind": "politie", "active": "on"}),
    "import-drop": ("iris", {}),
}  # fmt: skip


def _filled(client: Client, name: str, objects: Objects, data: dict[str, object]) -> dict[str, object]:
    """FIRST becomes the first choice that the form on the page offers."""
    if "FIRST" not in data.values():
        return data
    form = client.get(path_of(name, objects)).context["form"]
    first = {key: form.fields[key].choices[0][0] for key, value in data.items() if value == "FIRST"}
    return data | first


def _act_fails_and_then_works(name: str, client: Client, person: User, objects: Objects, broken: Broken) -> None:
    data = _filled(client, name, objects, ACTS[name][1])
    before = _everything(person)
    with broken():
        assert client.post(path_of(name, objects), data).status_code in (500, 503), name
    assert _everything(person) == before, name
    assert client.post(path_of(name, objects), data).status_code == 302, f"the act itself was right: {name}"
    assert _everything(person) != before, name


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Broken:
    """While it lasts, the entry of an act can't be written; those of looks can."""
    real = AuditEntry.save

    def fails(entry: AuditEntry, *args: object, **kwargs: object) -> None:
        if kwargs.get("using") != "audit":
            raise DatabaseError("no space left")
        real(entry, *args, **kwargs)

    @contextmanager
    def while_it_lasts() -> Iterator[None]:
        with monkeypatch.context() as patched:
            patched.setattr(AuditEntry, "save", fails)
            yield

    return while_it_lasts


@pytest.mark.parametrize("names", [list(ACTS)[:6], list(ACTS)[6:]], ids="-".join)
def test_after_a_failed_entry_no_change_remains(names: list[str], cast: Cast, login: Login, broken: Broken) -> None:
    objects = stage(cast)
    for name in names:
        person = cast.people[ACTS[name][0]]
        # Each act begins in the world as it was staged.
        with transaction.atomic():
            client = login(person)
            client.raise_request_exception = False
            _act_fails_and_then_works(name, client, person, objects, broken)
            transaction.set_rollback(True)
