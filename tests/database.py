"""Brings the tests their own PostgreSQL, before Django reads its settings.

Loaded as a plugin (`-p tests.database`). A template database is migrated once per state of the migrations; each
worker gets a copy. With DATABASE_URL set (a role that may create roles and databases) that server is used instead.
"""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from config import embedded

KEYS = {"CASUSTAFEL_ROOT_KEY": b"r", "CASUSTAFEL_INDEX_KEY": b"i", "CASUSTAFEL_AUDIT_KEY": b"a"}
ROOT = Path(__file__).resolve().parent.parent
LOCK = 4_210_727
PREFIX = "casustafel_test_"


def _secrets() -> None:
    os.environ.setdefault("SECRET_KEY", "only for tests")
    for name, letter in KEYS.items():
        os.environ.setdefault(name, base64.b64encode(letter * 32).decode())
    os.environ["CASUSTAFEL_TESTING"] = "1"
    os.environ["EMAIL_URL"] = "memorymail://"
    # Playwright keeps an event loop in the thread of a worker that ran browser tests; nothing here is asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def _state_of_migrations() -> str:
    """A digest of everything that shapes an empty database."""
    files = sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("privacy/rls/*.py")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:10]


def _tell_django(dsns: dict[str, str]) -> None:
    os.environ["DATABASE_URL"] = dsns["app"]
    os.environ["DATABASE_AUDIT_URL"] = dsns["audit"]
    os.environ["DATABASE_OWNER_URL"] = dsns["owner"]
    os.environ["DATABASE_MAINTENANCE_URL"] = dsns["maintenance"]
    os.environ["DATABASE_BACKUP_URL"] = dsns["backup"]


def _exists(connection: psycopg.Connection[Any], name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _copy(superuser: str, template: str, name: str) -> None:
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER casustafel_owner").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _drop_left_overs(connection: psycopg.Connection[Any]) -> None:
    """Databases of runs that are over; whoever comes next cleans up, so that a killed run leaves nothing for long."""
    rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [PREFIX + "%"]).fetchall()
    for (name,) in rows:
        run = name.removeprefix(PREFIX).split("_")[0]
        if run.isdigit() and not _alive(int(run)):
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _keep_to_default() -> None:
    """Only the application's own connection is wrapped in the test's transaction.

    The audit connection commits for real, as it does in production: what it wrote must be seen by others.
    """
    from django.test import TestCase

    TestCase._databases_names = classmethod(lambda cls, include_mirrors=True: ["default"])  # type: ignore[attr-defined]


def _do_not_wait_for_the_disk(superuser: str) -> None:
    """What a crash of this machine would take was made up anyway."""
    with psycopg.connect(superuser, autocommit=True) as connection:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name)))
        connection.execute("SELECT pg_reload_conf()")


def bring(name: str) -> None:
    """A migrated database under this name, with its four roles told to Django."""
    superuser = os.environ.get("CASUSTAFEL_TEST_SUPERUSER") or os.environ.get("DATABASE_URL")
    if superuser is None:
        superuser = embedded.start(ROOT / ".testdb").superuser_dsn
        _do_not_wait_for_the_disk(superuser)
        os.environ.setdefault("PG_BIN", str(embedded.program("pg_dump").parent))
    os.environ["CASUSTAFEL_TEST_SUPERUSER"] = superuser  # workers are children: they use the same server
    template = f"casustafel_template_{_state_of_migrations()}"
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not _exists(connection, template):
            _tell_django(embedded.prepare(superuser, template + "_new"))
            _migrate()
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(template + "_new"), sql.Identifier(template)
                )
            )
        _drop_left_overs(connection)
        _copy(superuser, template, name)
        _tell_django(embedded.prepare(superuser, name))


def copy_of_template(name: str) -> str:
    """One more migrated database beside the run's own, for a site in other processes; returns the superuser's DSN."""
    superuser = os.environ["CASUSTAFEL_TEST_SUPERUSER"]
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        _copy(superuser, f"casustafel_template_{_state_of_migrations()}", name)
    return superuser


def _migrate() -> None:
    import subprocess
    import sys

    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--database=owner", "--verbosity=0", "--skip-checks"],
        cwd=ROOT,
        check=True,
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: Any, parser: Any, args: list[str]) -> None:
    _secrets()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    # The controller is the workers' parent; its number tells whether a left-over is still in use.
    run = os.getpid() if worker == "main" else os.getppid()
    bring(f"{PREFIX}{run}_{worker}")
    _keep_to_default()
