"""Who read something, from the log, without a right to the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class NoLongerToUse:
    """Something that the reader read once and that its owner corrected or took back since."""

    organisation_id: UUID
    withdrawn_at: datetime | None
    corrected_at: datetime | None
    seen_at: datetime


def readers(compartment_id: UUID, since: datetime) -> set[UUID]:
    """People of other organisations who opened this part since then; for its owner, to send word to. Never shown."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_readers(%s, %s)", [compartment_id, since])
        return {row[0] for row in cursor.fetchall()}


def no_longer_to_use(dossier_id: UUID) -> list[NoLongerToUse]:
    """What the one who asks read in this dossier and must not use any more, newest change first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_no_longer_to_use(%s)", [dossier_id])
        found = {NoLongerToUse(*row) for row in cursor.fetchall()}
    return sorted(found, key=lambda one: one.withdrawn_at or one.corrected_at or one.seen_at, reverse=True)
