"""Looks of people in the log, as they were written: with a moment, a dossier and whatever a rule asks."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from casework.models import Case
from partners.models import User
from privacy.audit import mac
from privacy.models import AuditEntry, ReviewHit
from privacy.review import evaluating
from tests.world import Cast, a_case, a_signal, as_, invited

TUESDAY = date(2026, 11, 24)


def at(hour: float, day: date = TUESDAY) -> datetime:
    """This hour of a day, as clocks show it here."""
    return timezone.make_aware(datetime.combine(day, time())) + timedelta(hours=hour)


def looked(person: User, case: Case | None, when: datetime, event: str = "read", **more: Any) -> AuditEntry:
    """An entry of somebody who looked; it stays in this test's transaction."""
    given: dict[str, Any] = {
        "id": uuid4(), "event": event, "action": AuditEntry.Action.ACCESS, "timestamp": when,
        "actor_id": person.pk, "actor_name": person.name, "organisation_id": person.organisation_id,
        "organisation_name": person.organisation.name, "actor_roles": ",".join(sorted(person.as_actor().roles)),
        "changes": [], "trace_id": uuid4().hex, "session": "s1", "remote_addr": "10.0.0.1",
    }  # fmt: skip
    if case is not None:
        given |= {"dossiers": [case.dossier_id], "references": [case.dossier.reference]}
    entry = AuditEntry(**(given | more))
    mac.stamp(entry)
    entry.save()
    return entry


def found(now: datetime) -> evaluating.Kept:
    """The rules go over the log, as at night."""
    return evaluating.evaluate(now=now)


def hits(person: User, **filters: Any) -> list[ReviewHit]:
    """What this person sees of what was found."""
    with as_(person):
        return list(ReviewHit.objects.filter(**filters))


def a_taken_case(cast: Cast, *people: str) -> Case:
    """A case of Rosa in which these people take part."""
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, *(cast.people[name] for name in people))
    return case
