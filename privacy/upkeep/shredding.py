"""The list of destroyed dossiers outside the database, and destroying again what a restore brought back.

A line is an id and a moment: it tells nothing. The file is only ever added to, and is kept apart from back-ups.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, Dossier, OperationKind, Shredded
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
    """The same function takes it away as the first time (privacy/rls/destroying.py): only a tombstone stays."""
    with step(by):
        dossier = Dossier.objects.using(USING).filter(pk=dossier_id).first()
        if dossier is None or dossier.destroyed_at is not None:
            return False
        record.change("dossier.destroyed_again", dossier=dossier, action=AuditEntry.Action.DELETE, using=USING, by=by)
        with connections[USING].cursor() as cursor:
            cursor.execute("SELECT privacy_wipe(%s, %s)", [dossier_id, at])
    return True
