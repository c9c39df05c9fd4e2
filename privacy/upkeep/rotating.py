"""A new epoch of the key encryption key, and the end of old ones. No content is opened: data keys are wrapped anew.

Every batch is a transaction of its own, and a data key always stands under one epoch that exists. So it may stop at
any moment: everything stays readable, and running it again goes on where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connections
from django.utils import timezone

from privacy.actor import Actor
from privacy.audit import record
from privacy.encryption import keys, server
from privacy.errors import Refused
from privacy.models import Compartment, KeyEncryptionKey, Operation, OperationKind
from privacy.upkeep.work import USING, alone, done, step

BATCH = 500
_MOVE = """
UPDATE privacy_compartment c SET wrapped_key = new.wrapped, epoch_id = %s
FROM unnest(%s::uuid[], %s::bytea[]) AS new (id, wrapped) WHERE c.id = new.id
"""


def rotate(*, by: Actor) -> tuple[int, int]:
    """Moves every data key to a new epoch, or ends a rotation that was interrupted: the epoch, and how many moved."""
    with alone():
        operation = _unfinished() or _begin(by)
        epoch, moved = operation.number or 0, 0
        while _left(epoch):
            batch = _move(epoch, by)
            moved += batch
            if not batch:
                time.sleep(0.05)  # all that is left is held by acts that end in a moment
        _renew_server_secrets(epoch, by)
        _end(operation, by)
    return epoch, moved


def _unfinished() -> Operation | None:
    return Operation.objects.using(USING).filter(kind=OperationKind.ROTATE_KEK, ended_at__isnull=True).first()


def _begin(by: Actor) -> Operation:
    with step(by):
        newest = KeyEncryptionKey.objects.using(USING).order_by("-epoch").first()
        made = keys.new_epoch(newest.epoch + 1 if newest else 1)
        made.save(using=USING, force_insert=True)
        operation = Operation(kind=OperationKind.ROTATE_KEK, number=made.epoch, by=by.user_id)
        operation.save(using=USING, force_insert=True)
        record.change("keys.rotation_begun", obj=made, using=USING, by=by)
    return operation


def _left(epoch: int) -> bool:
    return Compartment.objects.using(USING).filter(epoch__lt=epoch).exists()


def _renew_server_secrets(epoch: int, by: Actor) -> None:
    """What the server keeps for itself, outside dossiers."""
    with step(by):
        into = KeyEncryptionKey.objects.using(USING).get(epoch=epoch)
        for holder in server.HOLDERS:
            holder.renew(USING, into)


def _move(epoch: int, by: Actor) -> int:
    """One batch. What somebody is changing at this moment is left for the next."""
    with step(by) as ring:
        into = KeyEncryptionKey.objects.using(USING).get(epoch=epoch)
        rows = list(
            Compartment.objects.using(USING)
            .select_for_update(of=("self",), skip_locked=True, no_key=True)
            .filter(epoch__lt=epoch)
            .select_related("epoch")
            .order_by("pk")[:BATCH]
        )
        if rows:
            ring.unwraps += len(rows)
            record.change("keys.rewrapped", compartments=[row.pk for row in rows], using=USING, by=by)
            with connections[USING].cursor() as cursor:
                cursor.execute(_MOVE, [epoch, [row.pk for row in rows], _rewrapped(rows, into)])
    return len(rows)


def _rewrapped(rows: Sequence[Compartment], into: KeyEncryptionKey) -> list[bytes]:
    wrapped = []
    for row in rows:
        names = {"dossier_id": row.dossier_id, "compartment_id": row.pk}
        data_key = keys.unwrap(bytes(row.wrapped_key), **names, epoch=row.epoch)
        wrapped.append(keys.wrap(data_key, **names, epoch=into))
    return wrapped


def _end(operation: Operation, by: Actor) -> None:
    now = timezone.now()
    with step(by):
        older = KeyEncryptionKey.objects.using(USING).filter(epoch__lt=operation.number, retired_at__isnull=True)
        older.update(retired_at=now)
        operation.ended_at, operation.outcome = now, "ok"
        operation.save(using=USING, force_update=True)
        record.change("keys.rotated", using=USING, by=by)


def destroyable(horizon: timedelta, now: datetime) -> list[KeyEncryptionKey]:
    """Epochs that no back-up of keys needs any more; raises Refused while a data key stands under one of them."""
    old = list(KeyEncryptionKey.objects.using(USING).filter(retired_at__lte=now - horizon).order_by("epoch"))
    used = set(Compartment.objects.using(USING).filter(epoch__in=old).values_list("epoch", flat=True))
    used |= {row.epoch for row in old} & {number for holder in server.HOLDERS for number in holder.standing(USING)}
    if used:
        numbers = ", ".join(str(number) for number in sorted(used))
        raise Refused(f"Onder sleutel {numbers} staan nog gegevens. Draai eerst: python manage.py rotate_kek")
    return old


def destroy(horizon: timedelta, *, now: datetime, by: Actor) -> list[int]:
    """Destroys old epochs: what was wrapped under them, in whatever old back-up, opens never again."""
    with alone(), step(by):
        old = destroyable(horizon, now)
        for epoch in old:
            record.change("keys.epoch_destroyed", obj=epoch, using=USING, by=by)
            done(OperationKind.DESTROY_EPOCHS, now, number=epoch.epoch, by=by)
        numbers = [epoch.epoch for epoch in old]
        KeyEncryptionKey.objects.using(USING).filter(epoch__in=numbers).delete()
    return numbers
