"""Keeping a person away from a dossier: a conflict of interest beats every grant, and can't be noticed."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from privacy.actor import Actor
from privacy.audit import record
from privacy.models import Exclusion, ExclusionReason


def exclude(dossier_id: UUID, person: UUID, reason: ExclusionReason, *, by: Actor) -> None:
    """Keeps a person away from a dossier from the next request on; twice is once.

    The database refuses it unless `by` directs the dossier, is the privacy officer, or is the person, with access.
    """
    record.change("exclusion.set", dossier_id=dossier_id, fields=["user"], by=by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_exclude(%s, %s, %s)", [dossier_id, person, reason])


def lift(exclusion: Exclusion, *, by: Actor) -> None:
    """Gives back what the person holds; the database refuses it to the person, and to who does not direct."""
    record.change("exclusion.lifted", dossier_id=exclusion.dossier_id, fields=["ended_at"], by=by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_lift_exclusion(%s)", [exclusion.pk])


def reachable(people: Iterable[UUID], dossier_id: UUID) -> set[UUID]:
    """Who of these people may get word about a dossier. Never shown: the sender may not know who is excluded."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_reachable(%s, %s)", [dossier_id, list(people)])
        return {row[0] for row in cursor.fetchall()}
