"""What keeps a dossier from being destroyed: a request of a person, an objection of its regisseur, a hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal
from uuid import UUID

from django.db import connection

from privacy.actor import Actor
from privacy.audit import record


def rows_of(function: str, *given: Any) -> list[Any]:
    """The rows of a function of the database."""
    marks = ", ".join(["%s"] * len(given))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({marks})", list(given))
        return [row[0] for row in cursor.fetchall()]


def block(dossier_ids: Iterable[UUID], *, because: Literal["request", "objection"], source_id: UUID, by: Actor) -> None:
    """Nothing of these dossiers is destroyed as long as this stands: an open request of a person, or an objection.

    Twice is once; what is destroyed already is passed over. The database lets only the contact point (`request`) and
    who directs each of them (`objection`).
    """
    for one in rows_of("privacy_block", list(dossier_ids), because, source_id):
        record.change("retention.blocked", dossier_id=one, fields=[because], by=by)


def unblock(source_id: UUID, *, by: Actor) -> None:
    """What followed from this request, objection or hold keeps no dossier any longer. Twice is once.

    The database lets only the contact point (a request), an officer (a hold, an objection) and who objected.
    """
    for one in rows_of("privacy_unblock", source_id):
        record.change("retention.unblocked", dossier_id=one, fields=["block"], by=by)
