"""Is this process fit to take requests? Each question raises what is wrong; only who may know reads more than yes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import structlog
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from privacy.audit import record

log = structlog.get_logger("config.running")


class NotMigrated(Exception):
    """The code is newer than the tables."""


def database() -> None:
    """The application's own connection answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@lru_cache(maxsize=1)
def _on_disk() -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """Every migration of this release, with those that it stands for."""
    loader = MigrationLoader(None)
    return {key: tuple(migration.replaces) for key, migration in (loader.disk_migrations or {}).items()}


def missing_migrations() -> list[str]:
    """What `migrate` would still do. Migrations that a newer release made are no hindrance to an older one."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    missing = (
        key
        for key, replaced in _on_disk().items()
        if key not in applied and not (replaced and applied.issuperset(replaced))
    )
    return sorted(f"{app}.{name}" for app, name in missing)


def migrations() -> None:
    """Raises NotMigrated when tables are behind."""
    missing = missing_migrations()
    if missing:
        raise NotMigrated(", ".join(missing))


QUESTIONS: tuple[tuple[str, Callable[[], None]], ...] = (
    ("database", database),
    ("migrations", migrations),
    ("audit", record.check_writable),
)


def ready() -> bool:
    """Whether requests may come. What is wrong stands in the log of this process, not in the answer."""
    for name, ask in QUESTIONS:
        try:
            ask()
        except Exception as error:
            log.warning("not ready", question=name, error=type(error).__name__)
            return False
    return True
