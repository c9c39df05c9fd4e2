"""Putting a case on the priority list of its table, and taking it off as soon as it need not be there."""

from __future__ import annotations

from datetime import datetime

from casework.models import Case, Priority
from casework.services import cases
from casework.theming import theme_version
from privacy import dossiers
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, CompartmentKind


def put_first(case: Case, criterion: str, reason: str, *, now: datetime, by: Actor) -> Priority:
    """Puts a case on the list, by one of the published criteria of its theme (WGS 2.32). By who directs it."""
    case = cases.lock_open(case, by=by)
    theme = theme_version(case.theme, case.theme_version)
    require(any(one.code == criterion for one in theme.priority), "Kies een criterium uit de lijst.")
    require(bool(reason.strip()), "Schrijf op waarom dit criterium voor deze casus geldt.")
    there = Priority.objects.filter(case=case, until__isnull=True)
    require(not there.exists(), "Deze casus staat al op de prioriteitenlijst.")
    row = Priority(
        dossier=case.dossier,
        compartment=dossiers.part(case.dossier, CompartmentKind.REGIE),
        case=case,
        criterion=criterion,
        reason=reason,
        since=now,
        by_id=by.user_id,
    )
    row.save(force_insert=True)
    record.change("case.priority_given", dossier=case.dossier, obj=row, action=AuditEntry.Action.CREATE, by=by)
    return row


def let_go(case: Case, *, now: datetime, by: Actor) -> None:
    """Takes a case off the list; doing it twice is the same as once."""
    case = cases.lock_open(case, by=by)
    case_closes(case, now=now, by=by)


def case_closes(case: Case, *, now: datetime, by: Actor) -> None:
    """A case that closes leaves the list at once (BGS 2.22): part of closing it."""
    for row in Priority.objects.filter(case=case, until__isnull=True).select_related("dossier"):
        row.until = now
        row.save(update_fields=["until"])
        record.change("case.priority_ended", dossier=row.dossier, obj=row, fields=["until"], by=by)
