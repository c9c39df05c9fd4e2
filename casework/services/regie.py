"""Who directs a household: beginning, handing over, and marking that nobody does in fact."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from casework.circles import everything_of, give_to_holder
from casework.models import (
    Case,
    Household,
    HouseholdCase,
    Participation,
    RegieAssignment,
    RegieKind,
    Vacant,
)
from partners.queries import regisseur_seats
from privacy import dossiers, exclusions, grants
from privacy.access import require, require_regie
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import Refused
from privacy.models import AuditEntry, CompartmentKind

NOT_THERE = "Kies iemand die nu meedoet aan de casus en van wie de andere deelnemers dat mogen weten."
DIRECTS = "Een procesregisseur van een casus over dit gezin wordt geen casusregisseur. Kies een andere deelnemer."


def linked_cases(household: Household) -> list[Case]:
    """The open cases about this household that the actor may read."""
    links = HouseholdCase.objects.filter(household=household, until__isnull=True)
    return list(Case.objects.filter(dossier__in=links.values("case_dossier")).select_related("dossier", "table"))


def _through(household: Household, user_id: UUID) -> tuple[Participation, Case]:
    """The participation through which somebody comes to the household; every partner may know of it."""
    for case in linked_cases(household):
        there = Participation.objects.filter(
            case=case, user=user_id, ended_at__isnull=True, compartment__kind=CompartmentKind.TABLE
        ).first()
        if there is not None:
            return there, case
    raise Refused(NOT_THERE)


def check(household: Household, user_id: UUID, *, now: datetime) -> tuple[Participation, Case]:
    """Raises Refused unless this person may become casusregisseur; returns what lets the person in."""
    for case in linked_cases(household):
        directing = {seat.user_id for seat in regisseur_seats(case.table_id, now)}
        require(user_id not in directing, DIRECTS)
    require(
        not exclusions.standing(household.dossier_id).filter(user=user_id).exists(),
        "Deze persoon is uitgesloten. Kies een andere deelnemer.",
    )
    return _through(household, user_id)


def begin(household: Household, user_id: UUID, *, now: datetime, by: Actor) -> RegieAssignment:
    """Gives somebody the regie of a household. Who had it, if anybody, was ended by the caller at this very moment."""
    require_regie(household, by=by)
    there, case = check(household, user_id, now=now)
    assignment = RegieAssignment(
        dossier=household.dossier,
        compartment=dossiers.part(household.dossier, CompartmentKind.COVER),
        household=household,
        kind=RegieKind.CASE,
        user_id=user_id,
        since=now,
        through=case.dossier,
        access_until=there.until,
    )
    assignment.save(force_insert=True)
    links = HouseholdCase.objects.filter(household=household, until__isnull=True)
    give_to_holder(assignment, everything_of(household), links, by=by)
    record.change("household.regie", dossier=household.dossier, obj=assignment, action=AuditEntry.Action.CREATE, by=by)
    return assignment


def holder(household: Household) -> RegieAssignment | None:
    """Whose name the regie is in now; None only within the act that hands it over, and after closing."""
    return household.regie.filter(until__isnull=True).select_related("user").first()


def vacate(assignment: RegieAssignment, because: Vacant, *, now: datetime, by: Actor) -> None:
    """Marks that nobody directs in fact and ends the access; the regie stays in this name until it is handed over."""
    assignment.vacant_since, assignment.vacant_because = now, because
    assignment.save(update_fields=["vacant_since", "vacant_because"])
    record.change(
        "household.regie_vacant", dossier=assignment.dossier, obj=assignment, fields=["vacant_because"], by=by
    )
    grants.end(assignment.key, by=by)


def leaves(case: Case, user_id: UUID, because: Vacant, *, now: datetime, by: Actor) -> None:
    """Somebody does not take part in a case any more: a regie that came through it is vacant from now on."""
    held = RegieAssignment.objects.filter(
        user=user_id, through=case.dossier_id, until__isnull=True, vacant_since__isnull=True
    )
    for assignment in held.select_related("dossier"):
        vacate(assignment, because, now=now, by=by)
