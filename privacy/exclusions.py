"""Keeping a person away from a dossier: a conflict of interest beats every grant, and can't be noticed."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from privacy.actor import Actor
from privacy.audit import record
from privacy.calling import column_of
from privacy.errors import Refused
from privacy.models import Exclusion, ExclusionReason

NOBODY_ELSE = "55000"  # object_not_in_prerequisite_state, raised by privacy_exclude


class LastRegisseur(Refused):
    """Nobody else directs the dossier: it would be without regie."""

    def __init__(self) -> None:
        super().__init__(
            "Niemand anders heeft de regie over dit dossier. Vraag de beheerder eerst om een tweede procesregisseur."
        )


def exclude(dossier_id: UUID, person: UUID, reason: ExclusionReason, *, by: Actor) -> None:
    """Keeps a person away from a dossier and all that hangs together with it, from the next request on; twice is once.

    The database refuses it unless `by` directs the dossier, is the privacy officer, or is the person, with access.
    Raises LastRegisseur when the person is the only one who directs it.
    """
    try:
        with transaction.atomic():
            touched = column_of("privacy_exclude", dossier_id, person, reason)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == NOBODY_ELSE:
            raise LastRegisseur from error
        raise
    for one in touched:
        record.change("exclusion.set", dossier_id=one, fields=["user"], by=by)


def lift(exclusion: Exclusion, *, by: Actor) -> None:
    """Gives back what the person holds there; the database refuses it to the person, and to who does not direct."""
    for one in column_of("privacy_lift_exclusion", exclusion.pk):
        record.change("exclusion.lifted", dossier_id=one, fields=["ended_at"], by=by)


def hold(dossier_id: UUID) -> None:
    """Keeps the exclusions of a dossier as they are until this transaction ends: before access is given in it.

    Whoever holds rows first and asks this afterwards may wait for who waits for those rows.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(hashtextextended('exclusion ' || %s, 0))", [str(dossier_id)]
        )


def standing(dossier_id: UUID) -> QuerySet[Exclusion]:
    """The exclusions that count now, for who directs the dossier and for the privacy officer; nobody else finds any."""
    return Exclusion.objects.filter(dossier=dossier_id, ended_at__isnull=True)


def can_be_spared(dossier_id: UUID) -> bool:
    """Whether somebody else directs this dossier, or the one who asks does not direct it."""
    return bool(column_of("privacy_can_be_spared", dossier_id)[0])


def regie_of(dossier_id: UUID) -> list[UUID]:
    """Who directs this dossier now, to send word to; nobody for who may not open it."""
    return column_of("privacy_regie_of", dossier_id)


def reachable(people: Iterable[UUID], dossier_id: UUID) -> set[UUID]:
    """Who of these people may get word about a dossier. Never shown: the sender may not know who is excluded."""
    return set(column_of("privacy_reachable", dossier_id, list(people)))
