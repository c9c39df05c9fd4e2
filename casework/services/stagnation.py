"""Waiting with an alarm, noting contact with the family, and the mail that says that something is stuck."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import blake2s
from uuid import UUID

from casework import stagnation
from casework.models import AlarmPause, ContactKind, FamilyContact, Household, StagnationTold
from casework.queries.stagnation import Counted, counted
from casework.services.plans.holding import hold
from partners.models import Alarm, DigestDay, StagnationSettings
from partners.notices import tell
from partners.queries import limits_of
from privacy import dossiers, jobs
from privacy.access import require, require_regie
from privacy.actor import SYSTEM_ID, Actor
from privacy.audit import record
from privacy.errors import NotKnown
from privacy.models import AuditEntry, CompartmentKind, Dossier

DIGEST = "stagnation.digest"
LONGEST = timedelta(days=92)


def pause(dossier: Dossier, alarm: Alarm, until: date, reason: str, *, now: datetime, today: date, by: Actor) -> None:
    """Waits with an alarm until a day, with why; what was decided before about this alarm ends.

    Raises Refused unless the actor directs the dossier, and for a day that is not to come or too far off.
    """
    row = AlarmPause(
        dossier=dossier,
        compartment=dossiers.part(dossier, CompartmentKind.REGIE),
        alarm=alarm,
        until=until,
        reason=reason,
        decided_by_id=by.user_id,
        decided_at=now,
    )
    require_regie(row, by=by)
    require(until > today, "Kies een dag die nog komt.")
    require(until <= today + LONGEST, "Wacht hoogstens drie maanden. Kies een eerdere dag.")
    dossiers.one_at_a_time(dossier.pk)
    AlarmPause.objects.filter(dossier=dossier, alarm=alarm, ended_at__isnull=True).update(ended_at=now)
    row.save(force_insert=True)
    record.change(
        "stagnation.paused", dossier=dossier, obj=row, fields=["until"], action=AuditEntry.Action.CREATE, by=by
    )


def resume(dossier: Dossier, alarm: Alarm, *, now: datetime, by: Actor) -> None:
    """Waits no longer; raises NotKnown when nobody waits with this alarm."""
    running = AlarmPause.objects.filter(dossier=dossier, alarm=alarm, ended_at__isnull=True)
    if not running.update(ended_at=now):
        raise NotKnown
    record.change("stagnation.resumed", dossier=dossier, fields=["ended_at"], by=by)


def note_contact(
    household: Household,
    held_on: date,
    kind: ContactKind,
    *,
    whom: str = "",
    note: str = "",
    now: datetime,
    today: date,
    by: Actor,
) -> FamilyContact:
    """Notes that somebody spoke with the family. The page lets in only who reads the whole; so does the database."""
    require(held_on <= today, "Deze dag moet nog komen. Noteer een contact dat er is geweest.")
    household = hold(household)
    same = FamilyContact.objects.filter(household=household, held_on=held_on, kind=kind, noted_by=by.user_id)
    require(all((row.whom or "", row.note or "") != (whom, note) for row in same), "Dit contact is al genoteerd.")
    row = FamilyContact(
        dossier=household.dossier,
        compartment=dossiers.part(household.dossier, CompartmentKind.REGIE),
        household=household,
        held_on=held_on,
        kind=kind,
        whom=whom or None,
        note=note or None,
        noted_by_id=by.user_id,
        noted_at=now,
    )
    row.save(force_insert=True)
    action = AuditEntry.Action.CREATE
    record.change("household.contact_noted", dossier=household.dossier, obj=row, action=action, by=by)
    return row


def ask_for_the_digest() -> None:
    """Asks for the count of today, as a job that can't get lost."""
    jobs.enqueue(DIGEST, SYSTEM_ID, once=True)


def _open(one: Counted, limits: StagnationSettings, today: date) -> set[str]:
    """What this regisseur should hear of, as digests: a vacancy is told apart, on the day itself."""
    every = stagnation.found(one.facts, limits, today)
    open_now = [s for s in every if s.alarm is not Alarm.REGIE and not stagnation.waits(one.facts, s.alarm, today)]
    return {blake2s(f"{one.handle} {s.alarm} {s.since}".encode(), digest_size=8).hexdigest() for s in open_now}


def digest(*, today: date, by: Actor) -> list[UUID]:
    """Tells who directs a table, on its day, that something new is stuck there; returns who gets a mail.

    At most one mail a person, whatever the number of tables; none when nothing is new since the last look.
    """
    found = counted()
    limits = limits_of(one.table_id for one in found)
    due = {table for table, row in limits.items() if DigestDay(row.digest).is_on(today)}
    per_seat: dict[tuple[UUID, UUID], set[str]] = {}
    for one in found:
        if one.table_id in due:
            per_seat.setdefault((one.person, one.table_id), set()).update(_open(one, limits[one.table_id], today))
    told = [person for (person, table), now_open in per_seat.items() if _is_news(person, table, now_open, today)]
    tell(told, about=None)
    record.change("stagnation.digest", by=by)
    return sorted(set(told))


def _is_news(person: UUID, table: UUID, open_now: Iterable[str], today: date) -> bool:
    """Whether there is something among these that was not told; remembers what there is now."""
    row, _ = StagnationTold.objects.get_or_create(user_id=person, table_id=table, defaults={"on": today})
    news = set(open_now) - set(row.told)
    row.told, row.on = sorted(open_now), today
    row.save()
    return bool(news)
