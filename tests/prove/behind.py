"""The application's connection with a view behind the policies: for proofs that compare what is with what is shown.

It is logged in as the server's owner and acts as the application's role, which policies bind as always; only
`past_policies` steps out of that role for a moment.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections, transaction
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from partners.models import CaseTable, Covenant, Organisation, Seat, SecrecyStatement, User
from privacy.rls import APP
from tests.commits import really_commits


def owner_settings() -> dict[str, Any]:
    """How the server's owner reaches the test's database, in Django's words."""
    given = conninfo_to_dict(os.environ["CASUSTAFEL_TEST_SUPERUSER"])
    words = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    return {name: str(given.get(key) or "") for name, key in words.items()}


@contextmanager
def own_connection(**changes: Any) -> Iterator[None]:
    """The default connection is another one in this block; closed after it, so what was not committed is gone."""
    before = connections["default"]
    fresh = connections.create_connection("default")
    fresh.settings_dict = {**fresh.settings_dict, "NAME": settings.DATABASES["default"]["NAME"], **changes}
    connections["default"] = fresh
    try:
        yield
    finally:
        connections["default"] = before
        fresh.close()


@contextmanager
def seen_from_behind() -> Iterator[None]:
    """One transaction that is rolled back, as the application, in which `past_policies` works."""
    options = {"options": f"-c role={APP}"}
    with own_connection(**owner_settings(), OPTIONS=options), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def past_policies() -> Iterator[None]:
    """No policy binds in this block."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute(f"SET LOCAL ROLE {APP}")


def past(*queries: str) -> list[list[tuple[Any, ...]]]:
    """What queries without parameters find where no policy binds; in one go, since it is asked after every act."""
    with connection.cursor() as cursor:
        cursor.execute("; ".join(["SET LOCAL ROLE NONE", *queries, f"SET LOCAL ROLE {APP}"]))
        found = []
        for _ in queries:
            cursor.nextset()
            found.append(cursor.fetchall())
        return found


def as_owner(run: Callable[[psycopg.Connection[Any]], object]) -> None:
    """Something that no person does: time that passes, rows that never were. No trigger asks who it was."""
    given = owner_settings()
    address = make_conninfo(
        host=given["HOST"], port=given["PORT"], user=given["USER"], password=given["PASSWORD"],
        dbname=settings.DATABASES["default"]["NAME"],
    )  # fmt: skip
    with psycopg.connect(address) as owner:
        owner.execute("SET session_replication_role = replica")
        run(owner)


PARTNERS = (SecrecyStatement, Seat, User, CaseTable, Covenant.organisations.through, Covenant, Organisation)
TABLES = [model._meta.db_table for model in PARTNERS]  # type: ignore[attr-defined]


def _keep(owner: psycopg.Connection[Any]) -> None:
    for table in TABLES:
        owner.execute(f"DROP TABLE IF EXISTS kept_{table}; CREATE TABLE kept_{table} AS TABLE {table}")


def _put_back(owner: psycopg.Connection[Any]) -> None:
    for table in TABLES:
        owner.execute(f"DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_{table}; DROP TABLE kept_{table}")


@contextmanager
def partners_put_back() -> Iterator[None]:
    """People, organisations, tables and seats are as they were after it, whatever is committed in this block."""
    as_owner(_keep)
    try:
        yield
    finally:
        as_owner(_put_back)


@contextmanager
def really_committing() -> Iterator[None]:
    """Everything in this block is committed, act by act, with `past_policies` at hand.

    People, organisations and tables are as they were after it; dossiers go when the test is over.
    """
    really_commits()
    acting_as_the_application = own_connection(**owner_settings(), OPTIONS={"options": f"-c role={APP}"})
    with partners_put_back(), acting_as_the_application:
        yield


def rows(statement: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """What a statement returns on the application's connection."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []
