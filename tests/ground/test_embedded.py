"""The roles in the database: what each may, and that preparing twice changes nothing."""

from __future__ import annotations

import os

import psycopg
import pytest
from django.conf import settings

from config import embedded

# name: (superuser, creates databases, creates roles, passes by row level security, logs in)
EXPECTED = {
    embedded.APP: (False, False, False, False, True),
    embedded.AUDIT: (False, False, False, False, True),
    embedded.OWNER: (False, False, False, False, True),
    embedded.BROKER: (False, False, False, False, True),
    embedded.MAINTENANCE: (False, False, False, True, True),
}


@pytest.fixture
def superuser() -> str:
    return os.environ["CASUSTAFEL_TEST_SUPERUSER"]


def attributes(superuser: str) -> dict[str, tuple[bool, ...]]:
    """What the database says of our roles."""
    query = (
        "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolcanlogin FROM pg_roles "
        "WHERE rolname LIKE 'casustafel_%'"
    )
    with psycopg.connect(superuser) as connection:
        return {name: tuple(rest) for name, *rest in connection.execute(query).fetchall()}


def test_only_the_maintenance_role_passes_by_the_policies_and_none_is_superuser(superuser: str) -> None:
    found = attributes(superuser)
    assert {name: found[name] for name in EXPECTED} == EXPECTED


def test_preparing_twice_is_harmless(superuser: str) -> None:
    database = str(settings.DATABASES["default"]["NAME"])
    before = attributes(superuser)
    first, second = embedded.prepare(superuser, database), embedded.prepare(superuser, database)
    assert first == second
    assert set(first) == {"app", "audit", "owner", "maintenance", "backup", "broker"}
    assert attributes(superuser) == before
    with psycopg.connect(first["app"]) as connection:
        assert connection.execute("SELECT current_user, count(*) FROM privacy_dossier").fetchone() == (embedded.APP, 0)


def test_an_address_keeps_host_and_options_and_changes_role_and_database() -> None:
    dsn = "postgresql://postgres:@/postgres?host=%2Fsome%2Ffolder"
    assert embedded.dsn_for(dsn, "app", "x", "db") == "postgres://app:x@/db?host=%2Fsome%2Ffolder"
