"""A household parts: parents part, a child moves out. Who goes gets a household with a plan of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from casework.circles import as_dossier, everything_of, give_to_holder
from casework.models import (
    Household,
    HouseholdCase,
    HouseholdStep,
    Left,
    Member,
    RegieAssignment,
    RegieKind,
)
from casework.services import carrying, regie
from casework.services.carrying import Carried
from casework.services.households import HouseholdInput, Origin, admit_through, begin, decide, tie
from casework.services.members import hold
from casework.services.moving import hold_cases, people_hear
from privacy import dossiers, grants
from privacy.access import require, require_regie
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, CompartmentKind

NOBODY = "Kies wie er naar het nieuwe gezin gaan."
EVERYBODY = "Niet iedereen kan weg. Verhuist het hele gezin, verander dan het adres."
NO_CASE = "Kies ten minste één casus die over het nieuwe gezin gaat."
OTHER_TABLE = (
    "Kies ook een casus van uw eigen tafel. Gaat het nieuwe gezin alleen over een andere casus, laat dan de "
    "procesregisseur daarvan splitsen."
)
GONE = "Een van deze personen hoort intussen niet meer bij het gezin. Laad de pagina opnieuw."


@dataclass(frozen=True, slots=True)
class SplitInput:
    """Who goes, since when and why; how the new household is called, who directs it and which cases are about it."""

    members: frozenset[UUID]
    cases: frozenset[UUID]
    name: str
    address: str
    regisseur: UUID
    because: Left
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Split:
    """The new household and what went along."""

    household: Household
    carried: Carried


def _who(household: Household, given: SplitInput) -> list[Member]:
    there = list(Member.objects.filter(household=household, until__isnull=True).select_related("dossier"))
    going = [row for row in there if row.pk in given.members]
    require(bool(going), NOBODY)
    require(len(going) == len(given.members), GONE)
    require(len(going) < len(there), EVERYBODY)
    first = max(row.since for row in going)
    require(given.on >= first, f"Kies een dag vanaf {first:%d-%m-%Y}: eerder hoorde niet iedereen erbij.")
    return going


def _directs(
    source: Household, target: Household, links: list[HouseholdCase], user_id: UUID, now: datetime, by: Actor
) -> None:
    """The casusregisseur of before may come through a case that this procesregisseur does not read."""
    before = regie.holder(source)
    kept = {link.case_dossier_id for link in links}
    if before is None or before.vacant_since or before.user_id != user_id or before.through_id not in kept:
        regie.begin(target, user_id, now=now, by=by)
        return
    assignment = RegieAssignment(
        dossier=target.dossier,
        compartment=dossiers.part(target.dossier, CompartmentKind.COVER),
        household=target,
        kind=RegieKind.CASE,
        user_id=user_id,
        since=now,
        through_id=before.through_id,
        access_until=before.access_until,
    )
    assignment.save(force_insert=True)
    give_to_holder(assignment, everything_of(target), links, by=by)
    record.change("household.regie", dossier=target.dossier, obj=assignment, action=AuditEntry.Action.CREATE, by=by)


def split(source: Household, given: SplitInput, *, now: datetime, by: Actor) -> Split:
    """Parts a household. The actor directs it; all of it, or nothing.

    Whoever reads the history of who goes still reads it where it is; the new household is read by who takes part in the
    cases that are about it, which are cases of the old one: so by nobody who could not read of them before.
    """
    hold_cases(source)
    source = hold(source)
    require_regie(source, by=by)
    going = _who(source, given)
    old_links = HouseholdCase.objects.filter(household=source, until__isnull=True, case_dossier__in=given.cases)
    origin = Origin(source.dossier.first_processed_on, source.dossier.retain_until, source.dossier)
    target = begin(HouseholdInput(given.name, given.regisseur, given.address), origin, now=now, by=by)
    links = [tie(target, as_dossier(link), now=now, by=by) for link in old_links]
    require(bool(links), NO_CASE)
    require(grants.directs(target.dossier_id, by=by), OTHER_TABLE)
    _directs(source, target, links, given.regisseur, now, by)
    for link in links:
        admit_through(target, link.case_dossier_id, now=now, by=by)
    carried = Carried()
    carrying.people(going, target, given.because, given.on, carried, by=by)
    carrying.agreements(source, target)
    carrying.goals(source, target, carried, everything=False, now=now, by=by)
    for one, other in ((source, target), (target, source)):
        decide(one, HouseholdStep.SPLIT, given.reason, about=other.dossier_id, now=now, by=by)
    record.change("household.split", dossier=source.dossier, obj=source, fields=["members"], by=by)
    record.change("household.founded", dossier=target.dossier, obj=target, action=AuditEntry.Action.CREATE, by=by)
    people_hear(target, now=now, by=by)
    return Split(target, carried)
