"""An empty database beside the test's own, to restore into."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings
from psycopg import sql

from config import embedded
from tests.keys.scene import run


class Elsewhere:
    """A database that is filled by restoring, and Django connected to it for a while."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.superuser = os.environ["CASUSTAFEL_TEST_SUPERUSER"]
        self.address = urlsplit(self.superuser)._replace(path=f"/{name}").geturl()
        self.anew()

    def anew(self) -> None:
        """Nothing in it but roles and rights."""
        self.drop()
        name = sql.Identifier(self.name)
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER casustafel_owner").format(name))
        with psycopg.connect(self.address, autocommit=True) as connection:
            for statement in embedded.RIGHTS:
                connection.execute(statement)

    def drop(self) -> None:
        name = sql.Identifier(self.name)
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

    @contextmanager
    def here(self) -> Iterator[None]:
        """Threads that begin in this block work in this database."""
        before = {alias: connections.databases[alias]["NAME"] for alias in connections}
        try:
            for alias in connections:
                connections.databases[alias]["NAME"] = self.name
            with override_settings(DATABASE_RESTORE_URL=self.address):
                yield
        finally:
            for alias, name in before.items():
                connections.databases[alias]["NAME"] = name

    def restored(self, *arguments: str) -> str:
        """What restoring into it said."""
        with self.here():
            return run("restore", *arguments)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.address) as connection:
            return connection.execute(query).fetchall()  # type: ignore[arg-type]


@pytest.fixture
def elsewhere(_wiped: None) -> Iterator[Elsewhere]:
    made = Elsewhere(f"{settings.DATABASES['default']['NAME']}_restored")
    yield made
    made.drop()


@pytest.fixture
def backed_up(tmp_path: Path) -> Callable[[], tuple[str, str]]:
    """Makes a back-up; the folders of the data and of the keys."""

    def make() -> tuple[str, str]:
        data, keys = str(tmp_path / "data"), str(tmp_path / "keys")
        run("backup", data, "--keys", keys)
        return data, keys

    return make
