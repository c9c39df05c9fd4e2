"""The list of destroyed dossiers outside the database, and destroying again what a restore brought back.

A line is an id and a moment: it tells nothing. The file is only ever added to, and is kept apart from back-ups.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, Compartment, Dossier, DossierRow, Exclusion, Grant, OperationKind, Shredded
from privacy.upkeep.work import USING, done, step


def note_all() -> int:
    """Writes what is not in the list yet, then says so in the table: twice is harmless, never is not possible."""
    if not settings.SHRED_LIST:
        return 0
    with transaction.atomic():
        rows = list(Shredded.objects.select_for_update(skip_locked=True).filter(noted_at__isnull=True).order_by("at"))
        if rows:
            _append(Path(settings.SHRED_LIST), [f"{row.dossier_id} {row.at.isoformat()}\n" for row in rows])
            Shredded.objects.filter(pk__in=[row.pk for row in rows]).update(noted_at=timezone.now())
    return len(rows)


def _append(file: Path, lines: Iterable[str]) -> None:
    """Adds the lines, on the disk when it returns; what a full disk cut off before stays a line by itself."""
    with open(file, "a+b", opener=_for_us_alone) as opened:
        opened.seek(-1 if opened.tell() else 0, os.SEEK_END)
        cut_off = opened.read() not in (b"", b"\n")
        opened.write(b"\n" * cut_off + "".join(lines).encode())
        opened.flush()
        os.fsync(opened.fileno())


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def listed(file: Path) -> Iterator[tuple[UUID, datetime]]:
    """What the list holds; raises ValueError with the number of a line that is not right."""
    for number, line in enumerate(file.read_text().splitlines(), 1):
        try:
            dossier_id, at = line.split(" ")
            yield UUID(dossier_id), datetime.fromisoformat(at)
        except ValueError as error:
            raise ValueError(f"{file}, regel {number}: geen id met een tijdstip") from error


def replay(file: Path, *, by: Actor) -> tuple[int, int]:
    """Destroys whatever is on the list and is here still; returns how many were listed and how many were destroyed.

    Each dossier is a transaction of its own: stopping halfway is no harm, and a second time does nothing.
    """
    lines = dict(listed(file))
    destroyed = sum(_destroy_again(dossier_id, at, by) for dossier_id, at in lines.items())
    with step(by):
        done(OperationKind.SHRED_REPLAY, timezone.now(), number=destroyed, by=by)
    return len(lines), destroyed


def _destroy_again(dossier_id: UUID, at: datetime, by: Actor) -> bool:
    """Keys, grants and content go; nobody sees the dossier any more, not even that it existed."""
    with step(by):
        dossier = Dossier.objects.using(USING).filter(pk=dossier_id).first()
        if dossier is None or dossier.destroyed_at is not None:
            return False
        record.change("dossier.destroyed_again", dossier=dossier, action=AuditEntry.Action.DELETE, using=USING, by=by)
        # Foreign keys are checked at the end of the transaction, so the order does not matter.
        for model in _inside():
            model._base_manager.using(USING).filter(dossier=dossier_id)._raw_delete(USING)
        Grant.objects.using(USING).filter(content_object=dossier_id)._raw_delete(USING)
        Exclusion.objects.using(USING).filter(dossier=dossier_id)._raw_delete(USING)
        Compartment.objects.using(USING).filter(dossier=dossier_id)._raw_delete(USING)
        dossier.destroyed_at = at
        dossier.save(using=USING, update_fields=["destroyed_at"])
    return True


def _inside() -> list[type[DossierRow]]:
    return [model for model in apps.get_models() if issubclass(model, DossierRow)]
