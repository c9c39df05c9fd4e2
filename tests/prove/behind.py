"""The application's connection with a view behind the policies: for proofs that compare what is with what is shown.

It is logged in as the server's owner and acts as the application's role, which policies bind as always; only
`past_policies` steps out of that role for a moment.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction
from psycopg.conninfo import conninfo_to_dict

from privacy.rls import APP


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
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute(f"SET LOCAL ROLE {APP}")


def rows(statement: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """What a statement returns on the application's connection."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []
