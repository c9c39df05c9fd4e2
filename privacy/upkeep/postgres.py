"""PostgreSQL from outside Django: its own programs, and the checksum of a table."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from privacy.access import require
from privacy.errors import Refused

Connection = psycopg.Connection[tuple[Any, ...]]
Tables = dict[str, dict[str, Any]]
_NAMES = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT",
}  # fmt: skip
_PLAIN = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")
# Numbers of transactions mean something in their own cluster only.
_NOT_COMPARED = ("founded_in",)
_SPELLING = "SET TIME ZONE 'UTC'; SET datestyle TO 'ISO'; SET bytea_output TO 'hex'; SET extra_float_digits TO 1"


def run(program: str, dsn: str, *arguments: str) -> None:
    """Runs one of PostgreSQL's programs; the password is in its environment, not on its command line."""
    path = str(Path(settings.PG_BIN) / program) if settings.PG_BIN else shutil.which(program)
    require(bool(path), f"{program} is niet gevonden. Installeer de client van PostgreSQL, of zet PG_BIN op de map.")
    done = subprocess.run(  # noqa: S603  # PostgreSQL's own program, with our own arguments
        [str(path), *arguments], env=_environment(dsn), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refused(f"{program} is mislukt: {done.stderr.strip()[-600:]}")


def _environment(dsn: str) -> Mapping[str, str]:
    """What the program needs and no more: keys and other addresses in our own environment are none of its business."""
    parts = conninfo_to_dict(dsn)
    here = {name: os.environ[name] for name in _PLAIN if name in os.environ}
    return here | {name: str(parts[key]) for key, name in _NAMES.items() if parts.get(key)}


def tables(connection: Connection) -> list[str]:
    """Every table of Casustafel."""
    rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return [name for (name,) in rows]


def checksums(connection: Connection, names: list[str]) -> Tables:
    """Rows and a checksum of each table, whatever the order of its rows."""
    connection.execute(_SPELLING)
    return {name: _checksum(connection, name) for name in names}


def _checksum(connection: Connection, name: str) -> dict[str, Any]:
    found = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s "
        "ORDER BY column_name",
        [name],
    )
    columns = [sql.Identifier(column) for (column,) in found if column not in _NOT_COMPARED]
    query = sql.SQL(
        "SELECT count(*), coalesce(sum(('x' || left(md5(ROW({})::text), 16))::bit(64)::bigint::numeric), 0) FROM {}"
    ).format(sql.SQL(", ").join(columns), sql.Identifier(name))
    row = connection.execute(query).fetchone()
    return {"rows": row[0], "checksum": str(row[1])} if row else {}
