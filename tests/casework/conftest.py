"""What the tests of signals and cases share: browsers, words of a page, and addresses."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from psycopg import sql

from partners.models import User
from privacy.models import Compartment, Dossier, Grant
from tests.walls.helpers import dossier_models

Login = Callable[[User], Client]


class Browser:
    """A logged-in browser that speaks in names of addresses."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def see(self, name: str, /, *args: Any, **query: Any) -> HttpResponse:
        """Opens a page."""
        return self.client.get(reverse(name, args=args), query)

    def do(self, name: str, /, *args: Any, headers: dict[str, str] | None = None, **data: Any) -> HttpResponse:
        """Sends a form."""
        return self.client.post(reverse(name, args=args), data, headers=headers)


@pytest.fixture
def browser(login: Login) -> Callable[[User], Browser]:
    """The browser of this person."""
    return lambda user: Browser(login(user))


@pytest.fixture
def clean_up() -> Iterator[list[Dossier]]:
    """Dossiers that were really committed; afterwards every trace but the log is gone, as if they never were."""
    made: list[Dossier] = []
    yield made
    name = settings.DATABASES["default"]["NAME"]
    address = urlsplit(os.environ["CASUSTAFEL_TEST_SUPERUSER"])._replace(path=f"/{name}").geturl()
    tables = [model._meta.db_table for model in [*dossier_models(), Grant, Compartment]]
    with psycopg.connect(address) as superuser:
        superuser.execute("SET session_replication_role = replica")  # no triggers: nobody acts here
        for dossier in made:
            for table in tables:
                superuser.execute(
                    sql.SQL("DELETE FROM {} WHERE dossier_id = %s").format(sql.Identifier(table)), [dossier.pk]
                )
            superuser.execute("DELETE FROM privacy_dossier WHERE id = %s", [dossier.pk])
        superuser.execute("DELETE FROM privacy_job")
        superuser.execute("DELETE FROM casework_tally")


Browsers = Callable[[User], Browser]


def words(response: HttpResponse) -> str:
    """The page as a reader's eyes get it: no escapes."""
    return unescape(response.content.decode())
