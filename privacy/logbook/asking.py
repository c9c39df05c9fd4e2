"""One question to the log: filters as codes, and the entries that answer it, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from privacy import queries
from privacy.logbook.kinds import KINDS
from privacy.models import AuditEntry

DAYS = 30  # how far a question without a beginning goes back
OPENS, CLOSES, SATURDAY = 7, 19, 6
CHANNELS = {
    "web": "Scherm", "job": "Achtergrondtaak", "command": "Opdracht op de server", "table": "Aan tafel",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks. Days are whole days here; empty asks nothing of that kind."""

    since: date
    until: date
    organisation: UUID | None = None
    person: UUID | None = None
    kind: str = ""
    reference: str = ""
    channel: str = ""
    refused: bool = False
    outside_hours: bool = False
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class After:
    """Where a page ends: the moment and the id of its last entry, since several may bear one moment."""

    at: datetime
    entry: UUID


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _outside_hours() -> Q:
    early_or_late = Q(timestamp__hour__lt=OPENS) | Q(timestamp__hour__gte=CLOSES)
    return early_or_late | Q(timestamp__iso_week_day__gte=SATURDAY)


def _asked(question: Question) -> Q:
    found = Q(timestamp__gte=_midnight(question.since), timestamp__lt=_midnight(question.until + timedelta(days=1)))
    if question.organisation:
        found &= Q(organisation_id=question.organisation)
    if question.person:
        found &= Q(actor_id=question.person)
    if question.kind:
        found &= KINDS[question.kind][1]
    if question.channel:
        found &= Q(channel=question.channel)
    if question.refused:
        found &= Q(outcome="refused")
    if question.emergency:
        found &= Q(break_glass=True) | Q(event="emergency.opened")
    return found & _outside_hours() if question.outside_hours else found


def entries(question: Question, after: After | None = None) -> QuerySet[AuditEntry]:
    """The entries that answer, newest first, as far as the one who asks may see them."""
    rows: QuerySet[AuditEntry] = AuditEntry.objects.filter(_asked(question))
    if question.reference:
        named = queries.dossiers_named(question.reference)
        rows = rows.filter(queries.about(named)) if named else rows.none()
    if after is not None:
        earlier = Q(timestamp__lt=after.at) | Q(id__lt=after.entry)
        rows = rows.filter(earlier, timestamp__lte=after.at)
    return rows.order_by("-timestamp", "-id")


# One step through the index for each value, however many entries bear it.
_EACH = """
WITH RECURSIVE each AS (
    (SELECT {key} AS key, {name} AS name, organisation_name AS at FROM privacy_auditentry
     WHERE {key} IS NOT NULL ORDER BY {key}, timestamp DESC LIMIT 1)
    UNION ALL SELECT n.* FROM each, LATERAL (
        SELECT {key}, {name}, organisation_name FROM privacy_auditentry
        WHERE {key} > each.key ORDER BY {key}, timestamp DESC LIMIT 1) n)
SELECT key, name, at FROM each ORDER BY name, at
"""


def _each(key: str, name: str) -> list[tuple[UUID, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_EACH.format(key=key, name=name))
        return list(cursor.fetchall())


def people() -> list[tuple[str, str]]:
    """Everybody in the log, by id, with the name and organisation of the newest entry."""
    return [(str(key), f"{name} ({at})" if at else name) for key, name, at in _each("actor_id", "actor_name")]


def organisations() -> list[tuple[str, str]]:
    """Every organisation in the log, by id."""
    return [(str(key), name) for key, name, _ in _each("organisation_id", "organisation_name")]
