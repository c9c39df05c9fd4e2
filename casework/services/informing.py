"""Noting that a person was told, that telling is postponed, and that the reason for that has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from casework.informing_terms import MOST_MONTHS, months_later
from casework.models import Case, CaseSubject, Postponement, SubjectKind, SubjectTold
from casework.services import cases
from privacy import dossiers
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, CompartmentKind

TOLD_ALREADY = "Deze persoon is in deze casus al geïnformeerd. Nog een keer is niet nodig."
ONLY_PERSONS = "Alleen een persoon wordt geïnformeerd."
TOO_LATE = "Kies een dag binnen drie maanden: dan kijkt u opnieuw of de reden nog geldt."
PAST = "Kies een dag die nog komt."
NO_PARTNER = "Deze organisatie doet niet mee aan deze casus. Kies een deelnemer uit de lijst."
ENDED = "Dit uitstel was al beëindigd."
THERE = "Voor deze organisatie geldt deze reden al, met dezelfde datum. Er is niets dubbel vastgelegd."


@dataclass(frozen=True, slots=True)
class Telling:
    """How somebody was told."""

    told_on: date
    how: str
    told_by: str
    text: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why somebody is not told yet, whose reason it is, and when it is looked at again."""

    organisation_id: UUID
    reason: str
    explanation: str
    recheck_on: date


def _ready(case: Case, subject: CaseSubject, by: Actor) -> Case:
    """The case, locked, with a person in it who was not told yet."""
    case = cases.lock_open(case, by=by)
    require(subject.kind == SubjectKind.PERSON, ONLY_PERSONS)
    require(not SubjectTold.objects.filter(subject=subject).exists(), TOLD_ALREADY)
    return case


def tell(case: Case, subject: CaseSubject, given: Telling, *, now: datetime, today: date, by: Actor) -> None:
    """Somebody was told; what was postponed is over with it."""
    case = _ready(case, subject, by)
    row = SubjectTold(
        dossier=case.dossier,
        compartment=dossiers.part(case.dossier, CompartmentKind.REGIE),
        case=case,
        subject=subject,
        told_on=given.told_on,
        how=given.how,
        told_by=given.told_by,
        text=given.text,
        noted_by_id=by.user_id,
        noted_at=now,
    )
    row.save(force_insert=True)
    _end(subject, today)
    record.change("informing.told", dossier=case.dossier, obj=row, action=AuditEntry.Action.CREATE, by=by)


def postpone(
    case: Case, subject: CaseSubject, given: Waiting, *, allowed: set[UUID], now: datetime, today: date, by: Actor
) -> None:
    """Telling waits, on a ground of one participant; a new reason of the same participant takes the place of the old.

    `allowed` are the organisations that take part.
    """
    case = _ready(case, subject, by)
    require(given.organisation_id in allowed, NO_PARTNER)
    require(given.recheck_on > today, PAST)
    require(given.recheck_on <= months_later(today, MOST_MONTHS), TOO_LATE)
    there = Postponement.objects.filter(subject=subject, organisation_id=given.organisation_id, ended_on=None)
    require(not there.filter(reason=given.reason, recheck_on=given.recheck_on).exists(), THERE)
    there.update(ended_on=today)
    row = Postponement(
        dossier=case.dossier,
        compartment=dossiers.part(case.dossier, CompartmentKind.REGIE),
        case=case,
        subject=subject,
        organisation_id=given.organisation_id,
        reason=given.reason,
        explanation=given.explanation,
        since=today,
        recheck_on=given.recheck_on,
        noted_by_id=by.user_id,
        noted_at=now,
    )
    row.save(force_insert=True)
    record.change("informing.postponed", dossier=case.dossier, obj=row, fields=["reason", "recheck_on"], by=by)


def resume(case: Case, postponement: Postponement, *, today: date, by: Actor) -> None:
    """The reason ended: telling goes on (BGS 1.3)."""
    case = cases.lock_open(case, by=by)
    ended = Postponement.objects.filter(pk=postponement.pk, ended_on=None).update(ended_on=today)
    require(bool(ended), ENDED)
    record.change("informing.resumed", dossier=case.dossier, obj=postponement, fields=["ended_on"], by=by)


def _end(subject: CaseSubject, today: date) -> None:
    Postponement.objects.filter(subject=subject, ended_on=None).update(ended_on=today)
