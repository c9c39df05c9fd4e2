"""The people of a group that a case is about, each with a role and a period; a group has no class of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework import known
from casework.models import Case, CaseSubject, GroupMember, SubjectKind
from casework.services.cases import lock_open
from privacy import dossiers
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import CompartmentKind


@dataclass(frozen=True, slots=True)
class GroupMemberInput:
    """Somebody of a group: plus, min or mee, from and until."""

    name: str
    role: str = ""
    birth_date: date | None = None
    since: date | None = None
    until: date | None = None


def add(case: Case, subject: CaseSubject, given: GroupMemberInput, *, by: Actor) -> GroupMember:
    """Notes somebody of the group, in the table's part."""
    case = lock_open(case, by=by)
    require(subject.kind == SubjectKind.GROUP, "Alleen een groep heeft groepsleden.")
    row = GroupMember(
        dossier=case.dossier,
        compartment=dossiers.part(case.dossier, CompartmentKind.TABLE),
        subject=subject,
        name=given.name,
        birth_date=given.birth_date,
        role=given.role,
        since=given.since,
        until=given.until,
    )
    row.save(force_insert=True)
    known.mark(row, known.group_keys(given.name, given.birth_date))
    record.change("case.changed", dossier=case.dossier, obj=row, fields=["group"], by=by)
    return row


def change(case: Case, row: GroupMember, given: GroupMemberInput, *, by: Actor) -> None:
    """Another role or period, or a better name."""
    case = lock_open(case, by=by)
    row.name, row.birth_date, row.role = given.name, given.birth_date, given.role
    row.since, row.until = given.since, given.until
    row.save()
    known.mark(row, known.group_keys(given.name, given.birth_date))
    record.change("case.changed", dossier=case.dossier, obj=row, fields=["group"], by=by)


def remove(case: Case, row: GroupMember, *, by: Actor) -> None:
    """Takes somebody out who does not belong in it; what was written of that person is deleted."""
    case = lock_open(case, by=by)
    record.change("case.changed", dossier=case.dossier, obj=row, fields=["group"], by=by)
    known.mark(row)
    row.delete()


def set_period(
    case: Case, subject: CaseSubject, role: str, since: date | None, until: date | None, *, by: Actor
) -> None:
    """The role of a subject, and from when until when it was that."""
    case = lock_open(case, by=by)
    subject.role, subject.since, subject.until = role, since, until
    subject.save(update_fields=["role", "since", "until"])
    record.change("case.changed", dossier=case.dossier, obj=subject, fields=["role", "since", "until"], by=by)
