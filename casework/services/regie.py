"""Who directs: beginning, being away and back, and the alarm that nobody does in fact. Handing over: `handing.py`.

What a regie rests on is watched by the database (`privacy/rls/regie.py`), however it ends.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

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
from casework.services.disclosing import taking_part
from partners.notices import tell
from partners.queries import hold_seats, regisseurs_to_be
from privacy import dossiers, exclusions, grants
from privacy.access import require, require_regie
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import Refused
from privacy.models import AuditEntry, CompartmentKind

NOT_THERE = "Kies iemand die nu meedoet aan de casus en van wie de andere deelnemers dat mogen weten."
VACANT = "regie.vacant"  # a job that the database queues at the moment itself
BOTH = (
    "{name} is casusregisseur van dit gezin en procesregisseur van de andere casus. Dat kan niet samen: kies eerst een "
    "andere casusregisseur."
)
DIRECTS = "Een procesregisseur van een casus over dit gezin wordt geen casusregisseur. Kies een andere deelnemer."


def linked_cases(household: Household) -> list[Case]:
    """The open cases about this household that the actor may read."""
    links = HouseholdCase.objects.filter(household=household, until__isnull=True)
    return list(Case.objects.filter(dossier__in=links.values("case_dossier")).select_related("dossier", "table"))


def _through(household: Household, user_id: UUID) -> tuple[Participation, Case]:
    """The participation through which somebody comes to the household; every partner may know of it."""
    for case in linked_cases(household):
        there = taking_part(case).filter(user=user_id, compartment__kind=CompartmentKind.TABLE).first()
        if there is not None:
            return there, case
    raise Refused(NOT_THERE)


def check(household: Household, user_id: UUID, *, now: datetime) -> tuple[Participation, Case]:
    """Raises Refused unless this person may become casusregisseur; returns what lets the person in."""
    for case in linked_cases(household):
        require(user_id not in regisseurs_to_be(case.table_id, now), DIRECTS)
    require(
        not exclusions.standing(household.dossier_id).filter(user=user_id).exists(),
        "Deze persoon is uitgesloten. Kies een andere deelnemer.",
    )
    return _through(household, user_id)


def check_link(household: Household, table_id: UUID, *, now: datetime) -> None:
    """Raises Refused when who has the regie of the household directs the table of a case that comes in."""
    held = household.regie.filter(until__isnull=True, vacant_since__isnull=True).select_related("user").first()
    if held is not None:
        require(held.user_id not in regisseurs_to_be(table_id, now), BOTH.format(name=held.user.name))


def begin(household: Household, user_id: UUID, *, now: datetime, by: Actor) -> RegieAssignment:
    """Gives somebody the regie of a household. Who had it, if anybody, was ended by the caller at this very moment."""
    require_regie(household, by=by)
    links = HouseholdCase.objects.filter(household=household, until__isnull=True)
    for table_id in links.order_by("table").values_list("table", flat=True):
        hold_seats(table_id)
    exclusions.hold(household.dossier_id)
    there, case = check(household, user_id, now=now)
    # Who ends the participation at this moment waits, and then finds the regie.
    held = Participation.objects.select_for_update(of=("self",)).filter(pk=there.pk, ended_at__isnull=True)
    require(bool(held), NOT_THERE)
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
    give_to_holder(assignment, everything_of(household), links, by=by)
    record.change("household.regie", dossier=household.dossier, obj=assignment, action=AuditEntry.Action.CREATE, by=by)
    return assignment


def holder(household: Household) -> RegieAssignment | None:
    """Whose name the regie is in now; None only within the act that hands it over, and after closing."""
    return household.regie.filter(until__isnull=True).select_related("user").first()


def absent(household: Household, back_on: date | None, *, now: datetime, by: Actor) -> None:
    """The casusregisseur is ill or away: no access from now on, and an alarm until somebody else took over.

    Only a procesregisseur says so of somebody.
    """
    require_regie(household, by=by)
    held = _held(household)
    require(held.vacant_since is None, "De casusregisseur staat al als niet beschikbaar.")
    require(back_on is None or back_on > timezone.localdate(now), "Kies een dag na vandaag.")
    held.vacant_since, held.vacant_because, held.back_on = now, Vacant.ILL, back_on
    held.save(update_fields=["vacant_since", "vacant_because", "back_on"])
    record.change("household.regie_vacant", dossier=held.dossier, obj=held, fields=["vacant_because"], by=by)
    grants.end(held.key, by=by)


def back(household: Household, *, now: datetime, by: Actor) -> None:
    """Who was away is back: a period of its own, so that the history keeps when nobody was there."""
    require_regie(household, by=by)
    held = _held(household)
    require(held.vacant_because == Vacant.ILL, "Deze casusregisseur was niet afwezig gemeld. Draag de regie over.")
    held.until = max(now, held.since)
    held.save(update_fields=["until"])
    begin(household, held.user_id, now=held.until, by=by)


def _held(household: Household) -> RegieAssignment:
    """The regie as it is now, held until this act is over."""
    dossiers.one_at_a_time(household.dossier_id)
    rows = household.regie.select_for_update(of=("self",)).select_related("dossier")
    held = rows.filter(until__isnull=True).first()
    if held is None:
        raise Refused("Dit gezin heeft geen lopende regie meer.")
    return held


def named(case: Case) -> bool:
    """Whether the process of a case has a regisseur who is really there."""
    there = case.regie.filter(kind=RegieKind.PROCESS, until__isnull=True, vacant_since__isnull=True)
    return there.exists()


def watch(*, by: Actor) -> int:
    """Finds every regie that rests on nothing any more, and marks it; for the system. Returns how many were touched."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT dossier, of_kind, vacant FROM casework_watch_regie()")
        touched = cursor.fetchall()
    for dossier_id, kind, vacant in touched:
        event = _EVENT[kind] if vacant else "household.changed"
        record.change(event, dossier_id=dossier_id, fields=["vacant_since" if vacant else "regie"], by=by)
    return len(touched)


_EVENT = {RegieKind.CASE: "household.regie_vacant", RegieKind.PROCESS: "case.regie_vacant"}


def alarm(assignment_id: UUID, *, by: Actor) -> None:
    """Nobody has the regie: word to who directs, or to who can give a seat. Nothing when it was settled meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT dossier, of_kind, person FROM casework_alarmed(%s)", [assignment_id])
        people = cursor.fetchall()
    for dossier_id, kind in {(dossier, kind) for dossier, kind, _ in people}:
        record.change(_EVENT[kind], dossier_id=dossier_id, fields=["vacant_since"], by=by)
        tell([person for _, _, person in people], about=dossier_id)
