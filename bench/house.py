"""Brings a PostgreSQL and two databases that differ in one thing: how much there is that the reader may not see."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from config import embedded

ROOT = Path(__file__).resolve().parent.parent
KEYS = {"CASUSTAFEL_ROOT_KEY": b"r", "CASUSTAFEL_INDEX_KEY": b"i", "CASUSTAFEL_AUDIT_KEY": b"a"}
NAME = f"casustafel_bench_{os.getpid()}"
SMALL, LARGE = f"{NAME}_small", f"{NAME}_large"


def _superuser() -> str:
    """The server of DATABASE_URL when that is set (a superuser's address), else the embedded one of the tests."""
    return os.environ.get("DATABASE_URL") or embedded.start(ROOT / ".testdb").superuser_dsn


def _tell_django(addresses: dict[str, str]) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "CASUSTAFEL_TESTING": "1",
        "SECRET_KEY": "only for benchmarks",
        "EMAIL_URL": "memorymail://",
        "BROKER_URL": "memory://localhost/",
        "DATABASE_URL": addresses["app"],
        "DATABASE_AUDIT_URL": addresses["audit"],
        "DATABASE_OWNER_URL": addresses["owner"],
        "DATABASE_MAINTENANCE_URL": addresses["maintenance"],
    } | {name: base64.b64encode(letter * 32).decode() for name, letter in KEYS.items()}


class House:
    """The server, seen by its superuser, with the small and the large database."""

    def __init__(self, superuser: str) -> None:
        self.superuser = superuser

    def _run(self, *statements: sql.Composable) -> None:
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def copy(self, source: str, target: str) -> None:
        """A database that starts as the same; nobody may be connected to the source."""
        names = (sql.Identifier(target), sql.Identifier(source), sql.Identifier(embedded.OWNER))
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(*names))
        embedded.prepare(self.superuser, target)

    def drop(self) -> None:
        """Removes everything this run made; the server stays, as it does after tests."""
        for name in (SMALL, LARGE, f"{SMALL}_broker", f"{LARGE}_broker"):
            self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def house() -> Iterator[House]:
    """A small, migrated database that Django knows; both databases are gone afterwards."""
    there = House(_superuser())
    try:
        _tell_django(embedded.prepare(there.superuser, SMALL))
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", database="owner", verbosity=0, skip_checks=True)
        yield there
    finally:
        leave()
        there.drop()


def leave() -> None:
    """Closes every connection of Django, so that a database can be copied or dropped."""
    from django.db import connections

    connections.close_all()


def move_to(name: str) -> None:
    """Every connection of Django goes to this database from now on.

    What the process remembers (permission ids) stays true: one database is a copy of the other.
    """
    from django.db import connections

    for alias in connections:
        if connections[alias].settings_dict["NAME"] != name:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name


def refresh_statistics() -> None:
    """The planner learns what is there: without this the first pages are planned for empty tables."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
