"""What every piece of upkeep shares: one at a time, as maintenance, in short transactions that each leave an entry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import OperationalError, connections, transaction

from privacy.acting import acting
from privacy.actor import Actor
from privacy.encryption.keyring import Keyring
from privacy.errors import Refused
from privacy.locks import Lock
from privacy.models import Operation, OperationKind

USING = "maintenance"
PATIENCE = "15s"


@contextmanager
def alone() -> Iterator[None]:
    """One piece of upkeep at a time. PostgreSQL lets go of it by itself when this process is gone."""
    with connections[USING].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [Lock.UPKEEP])
        if not cursor.fetchone()[0]:
            raise Refused("Er loopt al onderhoud aan de sleutels. Wacht tot dat klaar is.")
    try:
        yield
    finally:
        with connections[USING].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [Lock.UPKEEP])


@contextmanager
def step(by: Actor) -> Iterator[Keyring]:
    """One transaction as maintenance."""
    with acting(by, using=USING) as ring:
        yield ring


def to_myself(lock: Lock = Lock.KEYS_IN_USE) -> None:
    """Waits until nobody holds the lock, and holds it until this step ends; raises Refused after a while."""
    try:
        with transaction.atomic(using=USING), connections[USING].cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
            cursor.execute("SELECT set_config('lock_timeout', '0', true)")
    except OperationalError as error:
        raise Refused("Er is iemand lang bezig. Probeer het straks opnieuw; er is niets veranderd.") from error


def done(kind: OperationKind, at: datetime, *, number: int | None = None, outcome: str = "ok", by: Actor) -> None:
    """Notes a piece of upkeep that began and ended in this step."""
    Operation(kind=kind, number=number, begun_at=at, ended_at=at, outcome=outcome, by=by.user_id).save(
        using=USING, force_insert=True
    )
