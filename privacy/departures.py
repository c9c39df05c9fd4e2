"""Somebody leaves: all access ends at once, and the last looks wait for the privacy officer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from privacy.actor import Actor
from privacy.audit import record
from privacy.audit.events import EVENTS
from privacy.errors import NotKnown
from privacy.models import AuditEntry, Departure, DepartureVerdict, Why
from privacy.models.departure import REVIEWED

MOST = 500


@dataclass(frozen=True, slots=True)
class Looks:
    """What one person did with one dossier on one day: which, how often, and never what was read."""

    day: date
    reference: str
    times: int
    sentences: tuple[str, ...]


def leave(person_id: UUID, *, name: str, organisation: str, now: datetime, by: Actor) -> Departure:
    """Ends all access of a person to signals and cases, and offers the last 90 days of looks for review.

    The database lets only a beheerder.
    """
    departure = Departure(
        person_id=person_id, person_name=name, organisation_name=organisation, left_at=now, left_by=by.user_id
    )
    Departure.objects.bulk_create([departure])  # not read back: who lets somebody leave reads no review
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_end_person(%s)", [person_id])
    record.change("user.left", obj=departure, fields=["grants"], action=AuditEntry.Action.CREATE, by=by)
    return departure


def waiting() -> QuerySet[Departure]:
    """Who left and was not judged yet, or about whom something is being asked."""
    return Departure.objects.filter(Q(verdict="") | Q(verdict=DepartureVerdict.ASK))


def departure(pk: UUID) -> Departure:
    """One departure; raises NotKnown."""
    found = Departure.objects.filter(pk=pk).first()
    if found is None:
        raise NotKnown
    return found


def looks_of(left: Departure, *, by: Actor) -> list[Looks]:
    """The looks of the last 90 days, per dossier and day, newest first. Looking at them is logged first."""
    record.look("log.read", object_pk=str(left.pk), by=by)
    entries = AuditEntry.objects.filter(
        actor_id=left.person_id, action=AuditEntry.Action.ACCESS, timestamp__gte=left.left_at - REVIEWED
    ).exclude(references=[])
    times: Counter[tuple[date, str]] = Counter()
    sentences: dict[tuple[date, str], set[str]] = {}
    for at, event, references in entries.values_list("timestamp", "event", "references").iterator(1000):
        for reference in references:
            key = (timezone.localdate(at), reference)
            times[key] += 1
            sentences.setdefault(key, set()).add(EVENTS[event].sentence if event in EVENTS else event)
    newest = sorted(times, reverse=True)[:MOST]
    return [Looks(day, ref, times[day, ref], tuple(sorted(sentences[day, ref]))) for day, ref in newest]


def judge(left: Departure, verdict: DepartureVerdict, why: Why, *, now: datetime, by: Actor) -> None:
    """The privacy officer's verdict on the looks; can be given anew."""
    left.verdict, left.why, left.judged_by, left.judged_at = verdict, why, by.user_id, now
    left.save(update_fields=["verdict", "why", "judged_by", "judged_at"])
    record.change("looks.judged", obj=left, fields=["verdict", "why"], by=by)
