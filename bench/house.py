"""Brings a PostgreSQL of the bench's own, with one database per size, and takes both away again."""

from __future__ import annotations

import base64
import io
import logging
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from config import embedded

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / ".benchdb"
KEYS = {"CASUSTAFEL_ROOT_KEY": b"r", "CASUSTAFEL_INDEX_KEY": b"i", "CASUSTAFEL_AUDIT_KEY": b"a"}
NAME = f"casustafel_bench_{os.getpid()}"
# The same for every competitor. `minimal` lets the filling skip what only a standby needs.
SERVER = {
    "shared_buffers": "2GB",
    "effective_cache_size": "6GB",
    "maintenance_work_mem": "2GB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}
HASTE = {"fsync": "off", "full_page_writes": "off"}
BYTES_PER_CASE = 20_000  # measured: one case with its rights, ours and those of the others
BASE_BYTES = 5_000_000_000  # its log of writes, and room to sort


class TooLittleRoom(SystemExit):
    """There is not enough disk for the sizes that were asked."""


def need_room(sizes: Sequence[int], folder: Path = ROOT) -> None:
    """Refuses before anything is made when the largest size will not fit."""
    needed, free = BASE_BYTES + max(sizes) * BYTES_PER_CASE, shutil.disk_usage(folder).free
    if free < needed:
        raise TooLittleRoom(
            f"make bench needs {needed / 1e9:.1f} GB of disk for {max(sizes):,} cases and {free / 1e9:.1f} GB is free. "
            'Free some, or choose smaller sizes: make bench SIZES="1000 10000"'
        )


def _tell_django(addresses: dict[str, str]) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "bench.others.settings",
        "CASUSTAFEL_TESTING": "1",
        "SECRET_KEY": "only for benchmarks",
        "EMAIL_URL": "memorymail://",
        "BROKER_URL": "memory://localhost/",
        "DATABASE_URL": addresses["app"],
        "DATABASE_AUDIT_URL": addresses["audit"],
        "DATABASE_OWNER_URL": addresses["owner"],
        "DATABASE_MAINTENANCE_URL": addresses["maintenance"],
    } | {name: base64.b64encode(letter * 32).decode() for name, letter in KEYS.items()}


def _remove(data: Path) -> None:
    embedded.stop(data)
    shutil.rmtree(data)


def _alive(run: str) -> bool:
    try:
        os.kill(int(run), 0)
    except (ProcessLookupError, ValueError):
        return False
    return True


def _remove_left_overs() -> None:
    """Servers of runs that were killed: each is named after its process."""
    for data in DATA.glob("*"):
        if not _alive(data.name):
            _remove(data)


@contextmanager
def server() -> Iterator[str]:
    """The superuser's address: of DATABASE_URL when that is set, else of a server that lives as long as this run."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    _remove_left_overs()
    data = DATA / str(os.getpid())
    try:
        with psycopg.connect(embedded.start(data).superuser_dsn, autocommit=True) as connection:
            _set(connection, SERVER)
        yield embedded.restart(data).superuser_dsn
    finally:
        _remove(data)


def _set(server: psycopg.Connection, values: Mapping[str, str | None]) -> None:
    """Settings of the server from now on; None is as it was."""
    for name, value in values.items():
        to = sql.SQL("DEFAULT") if value is None else sql.Literal(value)
        server.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), to))
    server.execute("SELECT pg_reload_conf()")


class House:
    """The server, seen by its superuser, with one database per size."""

    def __init__(self, superuser: str) -> None:
        self.superuser = superuser
        self.name = ""

    def filler(self) -> psycopg.Connection:
        """A superuser's connection to the database of this size: no policy, no trigger, no foreign key in the way."""
        connection = psycopg.connect(make_conninfo(self.superuser, dbname=self.name), autocommit=True)
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET work_mem = '1GB'")  # the cases fit in memory, whatever is joined to them
        return connection

    @contextmanager
    def filling(self) -> Iterator[psycopg.Connection]:
        """While this lasts nothing waits for the disk; what is measured afterwards does, as in life."""
        with psycopg.connect(self.superuser, autocommit=True) as server, self.filler() as filler:
            _set(server, HASTE)
            try:
                yield filler
            finally:
                _set(server, dict.fromkeys(HASTE))
                server.execute("CHECKPOINT")

    def _drop(self, name: str) -> None:
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            for each in (name, f"{name}_broker"):
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(each)))

    @contextmanager
    def database(self, size: int) -> Iterator[None]:
        """A migrated database that Django uses; gone afterwards."""
        self.name = f"{NAME}_{size}"
        try:
            _move_django(embedded.prepare(self.superuser, self.name), self.name)
            _migrate()
            yield
        finally:
            leave()
            self._drop(self.name)


def _move_django(addresses: dict[str, str], name: str) -> None:
    import django
    from django.apps import apps

    if not apps.ready:
        _tell_django(addresses)
        django.setup()
    from django.db import connections

    leave()
    for alias in connections:
        connections[alias].settings_dict["NAME"] = name


def _migrate() -> None:
    from django.core.management import call_command

    from privacy import grants

    for also_plain in (False, True):  # the plain tables point at tables that migrations make
        call_command("migrate", database="owner", run_syncdb=also_plain, verbosity=0, skip_checks=True)
    logging.getLogger("pgtrigger").setLevel(logging.WARNING)
    with redirect_stdout(io.StringIO()):
        call_command("pgtrigger", "install", database="owner", verbosity=0)
    grants._permission_id.cache_clear()  # each database counts its permissions anew


def leave() -> None:
    """Closes every connection of Django, so that a database can be dropped."""
    from django.db import connections

    connections.close_all()
