"""A new key behind the digests. Each digest is linked on, from itself alone: no dossier is opened to do it.

Whoever has the old key can't make the new digests, and the old ones are gone: one transaction, all tables or none.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Model
from django.utils import timezone
from psycopg import sql

from privacy.actor import Actor
from privacy.audit import record
from privacy.encryption import keys
from privacy.encryption.fields import DigestField
from privacy.locks import Lock
from privacy.models import IndexKey, OperationKind
from privacy.upkeep.work import USING, alone, done, step, to_myself

BATCH = 5000


def digests() -> list[tuple[type[Model], DigestField]]:
    """Every column of digests there is."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, DigestField)
    ]


def rotate_index(*, by: Actor) -> tuple[int, int]:
    """Links every digest on to a new key; returns its number and how many digests there were.

    Who computes a digest at this moment is waited for, and waits; finding likenesses goes on.
    """
    now, moved = timezone.now(), 0
    with alone(), step(by):
        to_myself(Lock.INDEX_CHAIN)
        last = IndexKey.objects.using(USING).order_by("-epoch").first()
        row = keys.new_index_key(last.epoch + 1 if last else 2)
        row.save(using=USING, force_insert=True)
        key = keys.open_index(row)
        for model, field in digests():
            moved += _link_all(model, field, key)
        record.change("keys.index_rotated", obj=row, using=USING, by=by)
        done(OperationKind.ROTATE_INDEX, now, number=row.epoch, by=by)
    return row.epoch, moved


def _link_all(model: type[Model], field: DigestField, key: bytes) -> int:
    update = sql.SQL(
        "UPDATE {table} t SET {column} = new.digest "
        "FROM unnest(%s::uuid[], %s::bytea[]) AS new (id, digest) WHERE t.id = new.id"
    ).format(table=sql.Identifier(model._meta.db_table), column=sql.Identifier(str(field.column)))
    rows: list[tuple[Any, Any]] = list(model._default_manager.using(USING).values_list("pk", field.attname))
    with connections[USING].cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            some = rows[start : start + BATCH]
            linked = [keys.link(key, bytes(digest)) for _, digest in some]
            cursor.execute(update, [[pk for pk, _ in some], linked])
    return len(rows)
