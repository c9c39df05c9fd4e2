"""What the beheerder may know of keys and back-ups: numbers and moments. Asked as the application itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max

from privacy.encryption.providers import RootUnavailable, root
from privacy.models import Operation, OperationKind, Shredded


@dataclass(frozen=True, slots=True)
class Epoch:
    """One epoch of the key encryption key, and how many data keys stand under it."""

    number: int
    made_at: datetime
    retired_at: datetime | None
    keys: int


@dataclass(frozen=True, slots=True)
class Tried:
    """When a piece of upkeep last went well, and whether the last attempt did not end well."""

    ended_at: datetime | None = None
    failed: bool = False
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Shreds:
    """The list of destroyed dossiers: how many, how many are not outside the database yet, and whether it is kept."""

    count: int
    waiting: int
    kept: bool


def epochs() -> list[Epoch]:
    """Every epoch that exists, newest first; for a beheerder."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT epoch, made_at, retired_at, keys FROM privacy_key_counts()")
        return [Epoch(*row) for row in cursor.fetchall()]


def last(kind: OperationKind) -> Tried:
    """The last time."""
    newest = Operation.objects.filter(kind=kind).order_by("-begun_at").first()
    if newest is None:
        return Tried()
    good = Operation.objects.filter(kind=kind, outcome="ok").aggregate(at=Max("ended_at"))["at"]
    return Tried(good, newest.outcome == "failed", newest.ended_at is None)


def shreds(now: datetime) -> Shreds:
    """How the list of destroyed dossiers stands; what waits less than a quarter of an hour is on its way."""
    counted = Shredded.objects.aggregate(all=Count("pk"))["all"]
    waiting = Shredded.objects.filter(noted_at__isnull=True, at__lt=now - timedelta(minutes=15)).count()
    return Shreds(counted, waiting, bool(settings.SHRED_LIST))


def provider() -> tuple[str, str]:
    """The name of who keeps the root, and what is wrong; empty when it answers."""
    try:
        keeper = root()
        keeper.check()
    except RootUnavailable as error:
        return settings.CASUSTAFEL_ROOT_PROVIDER, str(error)
    return keeper.name, ""
