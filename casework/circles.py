"""Who gets which part of a dossier: the few combinations this application knows, in one place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from casework.models import Case, Household, HouseholdCase, RegieAssignment
from partners.queries import hold_seats, regisseur_seats
from partners.services.seats import SEAT_GROUND
from privacy import grants
from privacy.actor import Actor
from privacy.dossiers import add_compartment, part
from privacy.grants import Because
from privacy.models import Compartment, CompartmentKind, Dossier

REGIE_GROUND = "regie"


def give_regie(
    compartments: Iterable[Compartment], table_id: UUID, *, via: Dossier | None = None, now: datetime, by: Actor
) -> list[UUID]:
    """Gives every procesregisseur of the table these compartments, for as long as the seat lasts.

    `via` is the case through which they come to a household.
    """
    hold_seats(table_id)
    parts = list(compartments)
    directing = [c for c in parts if c.kind == CompartmentKind.REGIE]
    others = [c for c in parts if c.kind != CompartmentKind.REGIE]
    # A seat given a moment ago counts too, also when this act began before it.
    seats = regisseur_seats(table_id, max(now, timezone.now()))
    for seat in seats:
        because = Because(SEAT_GROUND, seat.key, seat.valid_until)
        grants.give(others, to=[seat.user_id], level="contribute", because=because, via=via, by=by)
        grants.give(directing, to=[seat.user_id], level="direct", because=because, via=via, by=by)
    return [seat.user_id for seat in seats]


def ensure_liaison(case: Case, organisation_id: UUID, *, now: datetime, by: Actor) -> Compartment:
    """The line of one organisation with the regie in this case, made when it is first needed."""
    line = part(case.dossier, CompartmentKind.LIAISON, organisation_id)
    if Compartment.objects.filter(pk=line.pk).exists():
        return line
    line = add_compartment(case.dossier, CompartmentKind.LIAISON, organisation_id=organisation_id, by=by)
    give_regie([line], case.table_id, now=now, by=by)
    return line


def signal_parts(dossier: Dossier, source_id: UUID) -> dict[CompartmentKind, Compartment]:
    """The four compartments of a signal."""
    return {
        CompartmentKind.COVER: part(dossier, CompartmentKind.COVER),
        CompartmentKind.TABLE: part(dossier, CompartmentKind.TABLE),
        CompartmentKind.REGIE: part(dossier, CompartmentKind.REGIE),
        CompartmentKind.LIAISON: part(dossier, CompartmentKind.LIAISON, source_id),
    }


def household_parts(household: Household) -> list[Compartment]:
    """The three parts that every household has."""
    kinds = (CompartmentKind.COVER, CompartmentKind.TABLE, CompartmentKind.REGIE)
    return [part(household.dossier, kind) for kind in kinds]


def everything_of(household: Household) -> list[Compartment]:
    """All parts of a household that the actor reads: who directs it reads all."""
    return list(Compartment.objects.filter(dossier=household.dossier_id).select_related("dossier"))


def hold_people(household: Household) -> None:
    """Lets who ends a participation, a seat or the regie wait: before access is given for it. Then ask who is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_hold_people(%s)", [household.dossier_id])


def give_to_whole(household: Household, parts: list[Compartment], *, now: datetime, by: Actor) -> None:
    """Gives new parts to everybody who reads the whole: the regie of every case about it, and the casusregisseur."""
    hold_people(household)
    links = HouseholdCase.objects.filter(household=household, until__isnull=True)
    for link in links:
        give_regie(parts, link.table_id, via=as_dossier(link), now=now, by=by)
    for holder in household.regie.filter(until__isnull=True, vacant_since__isnull=True):
        give_to_holder(holder, parts, links, by=by)


def give_to_holder(
    holder: RegieAssignment, parts: list[Compartment], links: Iterable[HouseholdCase], *, by: Actor
) -> None:
    """Gives parts of a household to its casusregisseur, through the case in which that person takes part."""
    because = Because(REGIE_GROUND, holder.key, holder.access_until)
    for link in links:
        if link.case_dossier_id == holder.through_id:
            grants.give(parts, to=[holder.user_id], level="contribute", because=because, via=as_dossier(link), by=by)


def as_dossier(link: HouseholdCase) -> Dossier:
    """The case's dossier as far as a link says: not everybody who reads the household reads it."""
    return Dossier(id=link.case_dossier_id, table_id=link.table_id, theme=link.theme)


def works_on_whole(household: Household, *, by: Actor) -> bool:
    """Whether somebody works on the whole plan: the casusregisseur, and who directs a case about the household."""
    regie = part(household.dossier, CompartmentKind.REGIE)
    return grants.valid(by).filter(compartment=regie.pk, may_write=True).exists()


def household_line(household: Household, organisation_id: UUID, *, now: datetime, by: Actor) -> Compartment:
    """The line of one organisation with the regie of a household, made when it is first needed."""
    line = part(household.dossier, CompartmentKind.LIAISON, organisation_id)
    if not Compartment.objects.filter(pk=line.pk).exists():
        line = add_compartment(household.dossier, CompartmentKind.LIAISON, organisation_id=organisation_id, by=by)
        give_to_whole(household, [line], now=now, by=by)
    return line


def goal_part(household: Household, owner_id: UUID, *, now: datetime, by: Actor) -> Compartment:
    """A part of its own for a goal, for who reads the whole; partners whom it concerns come later."""
    made = add_compartment(household.dossier, CompartmentKind.ITEM, organisation_id=owner_id, by=by)
    give_to_whole(household, [made], now=now, by=by)
    return made
