"""Giving and ending access. Grants name persons and end by themselves with what they were given for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal
from uuid import UUID

from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from privacy.actor import Actor
from privacy.audit import record
from privacy.models import OWN_KINDS, Compartment, Dossier, Grant

Level = Literal["view", "contribute", "direct"]


@dataclass(frozen=True, slots=True)
class Because:
    """Why access is given: the ground's code, what it follows from, and until when."""

    ground: str
    given_for: str
    until: datetime | None = None


@lru_cache(maxsize=8)
def _permission_id(level: Level) -> int:
    return Permission.objects.get(content_type__app_label="privacy", codename=f"{level}_dossier").pk


def valid(by: Actor) -> QuerySet[Grant]:
    """The actor's own grants that count now. The one spelling of validity in Python; `rls/` has the database's."""
    now = timezone.now()
    held = Grant.objects.all() if by.eyes is None else Grant.objects.filter(compartment_id__in=by.eyes.compartments)
    return held.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=now),
        Q(valid_until__isnull=True) | Q(valid_until__gt=now),
        Q(kind__in=OWN_KINDS) | Q(theme__in=by.themes),
        user_id=by.user_id,
        revoked_at__isnull=True,
        excluded=False,
    )


def directs(dossier_id: UUID, *, by: Actor) -> bool:
    """Whether the actor has the regie over this dossier now."""
    return valid(by).filter(content_object_id=dossier_id, directs=True).exists()


def give(
    compartments: Iterable[Compartment],
    *,
    to: Iterable[UUID],
    level: Level,
    because: Because,
    via: Dossier | None = None,
    by: Actor,
) -> None:
    """Gives persons access to compartments; what they hold already for the same reason is left as it is.

    `via` is the case through which somebody comes to a household: its table and theme stand on the grant, so that
    access ends with that seat or covenant.

    The database refuses this unless `by` directs the dossier or founded the compartment in this transaction.
    """
    people = list(to)
    rows = [
        Grant(
            user_id=person,
            permission_id=_permission_id(level),
            content_object=compartment.dossier,
            compartment=compartment,
            kind=compartment.dossier.kind,
            part=compartment.kind,
            table_id=(via or compartment.dossier).table_id,
            theme=(via or compartment.dossier).theme,
            may_write=level != "view",
            directs=level == "direct",
            ground=because.ground,
            given_by=by.user_id,
            given_for=because.given_for,
            valid_until=because.until,
            sort_at=compartment.dossier.sort_at,
        )
        for compartment in compartments
        for person in people
    ]
    if not rows:
        return
    Grant.objects.bulk_create(rows, ignore_conflicts=True)
    record.change(
        "grant.given",
        dossier=rows[0].content_object,
        fields=sorted({row.part for row in rows}),
        ground=because.ground,
        by=by,
    )


def end(given_for: str | None = None, *, dossier_id: UUID | None = None, person: UUID | None = None, by: Actor) -> int:
    """Ends access at once: all that was given for a reason, or what a person got as a participant of one dossier.

    Returns how many grants ended. The database checks who may: a beheerder, who directs, or who owns the item.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_end_grants(%s, %s, %s)", [given_for, dossier_id, person])
        ended = int(cursor.fetchone()[0])
    reason = given_for.partition(":")[0] if given_for else "participation"
    record.change("grant.ended", dossier_id=dossier_id, fields=[reason], by=by)
    return ended


def seat_regisseur(*, table_id: UUID, user_id: UUID, because: Because, by: Actor) -> int:
    """Gives a new procesregisseur the table's dossiers; returns how many. The database lets only a beheerder."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privacy_seat_regisseur(%s, %s, %s, %s, %s)",
            [table_id, user_id, because.given_for, because.ground, because.until],
        )
        given = int(cursor.fetchone()[0])
    record.change("grant.given", fields=["seat"], ground=because.ground, by=by)
    return given


def end_at_table(*, table_id: UUID, user_id: UUID, by: Actor) -> int:
    """Ends what a person was given as a participant at a table; returns how many. The database lets only a beheerder.

    What the person handed in stays readable as far as a melder may.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_end_at_table(%s, %s)", [table_id, user_id])
        ended = int(cursor.fetchone()[0])
    record.change("grant.ended", fields=["participation", "seat"], by=by)
    return ended
