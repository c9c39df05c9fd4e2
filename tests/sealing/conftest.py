"""A log in a database of its own, so that it can be spoiled: a superuser's changes are rolled back after each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from config import embedded
from privacy.audit import mac, sealing
from privacy.audit.heads import Head
from privacy.models import AuditEntry
from tests.database import PREFIX, copy_of_template

START = datetime(2026, 11, 2, 8, 0, 0, 123456, tzinfo=UTC)
OFFICER = "SELECT set_config('casustafel.roles', 'privacy_officer', false)"
FIELDS = [field.attname for field in AuditEntry._meta.concrete_fields]
ADD = f"""INSERT INTO privacy_auditentry ({", ".join(f'"{name}"' for name in FIELDS)})
    VALUES ({", ".join(["%s"] * len(FIELDS))})"""
Connection = psycopg.Connection[Any]


def an_entry(number: int = 0, **values: Any) -> AuditEntry:
    """An entry as the house writes it, with its MAC."""
    plain: dict[str, Any] = {
        "event": "read", "action": 3, "timestamp": START + timedelta(seconds=number), "actor_id": uuid4(),
        "actor_name": "Rosa Proef", "actor_roles": "procesregisseur", "organisation_name": "Gemeente Proefstad",
        "dossiers": [uuid4()], "references": [f"2026-{number:05}"], "remote_addr": "127.0.0.1",
        "changes": ["naam"] if number % 2 else None, "purpose": "regie op de casus", "xact": number or None,
    }  # fmt: skip
    entry = AuditEntry(**plain | values)
    mac.stamp(entry)
    return entry


def add(connection: Connection, *entries: AuditEntry) -> None:
    """Writes entries over this connection, as they are."""
    rows = []
    for entry in entries:
        values = [getattr(entry, name) for name in FIELDS]
        changes = FIELDS.index("changes")
        if values[changes] is not None:
            values[changes] = psycopg.types.json.Jsonb(values[changes])
        rows.append(values)
    with connection.cursor() as cursor:
        cursor.executemany(ADD, rows)


@dataclass
class Vault:
    """The addresses of the database, by role."""

    superuser: str
    dsns: dict[str, str]

    @contextmanager
    def connected(self, role: str = "app") -> Iterator[Connection]:
        """A connection of a role; of the application as privacy officer, as the sealer is."""
        dsn = self.superuser if role == "superuser" else self.dsns[role]
        with psycopg.connect(dsn) as connection:
            if role == "app":
                connection.execute(OFFICER)
                connection.commit()
            yield connection

    @contextmanager
    def spoiling(self) -> Iterator[Connection]:
        """A superuser without triggers, as an insider with the database in hands; rolled back at the end."""
        with self.connected("superuser") as connection:
            connection.execute("SET session_replication_role = replica")
            try:
                yield connection
            finally:
                connection.rollback()

    def written(self, *entries: AuditEntry) -> None:
        """Entries that are there, committed by the application."""
        with self.connected() as connection:
            add(connection, *entries)

    def sealed(self, now: datetime | None = None, most: int = sealing.MOST) -> Head | None:
        """Seals one block."""
        with self.connected() as connection:
            return sealing.seal_block(connection, now=now or datetime.now(UTC), most=most)


def a_vault(name: str) -> Vault:
    """A migrated database of its own. It goes with the next run's cleaning."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    run = os.getpid() if worker == "main" else os.getppid()
    full = f"{PREFIX}{run}_{worker}_{name}"
    superuser = copy_of_template(full)
    return Vault(urlsplit(superuser)._replace(path=f"/{full}").geturl(), embedded.prepare(superuser, full))


def filled(vault: Vault, blocks: int, each: int) -> None:
    """So many blocks of so many entries."""
    for block in range(blocks):
        first = block * each
        vault.written(*(an_entry(number) for number in range(first, first + each)))
        vault.sealed(START + timedelta(seconds=first + each))


@pytest.fixture
def vault() -> Vault:
    """An empty log."""
    return a_vault("empty")


@pytest.fixture(scope="module")
def standing() -> Vault:
    """Six blocks of seven entries; only for tests that roll back."""
    made = a_vault("standing")
    filled(made, 6, 7)
    return made
