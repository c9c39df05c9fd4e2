"""Linking the plans of people in each other's direct circle (BGS 2.20(2)): three statements, both sides, a review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casework.models import Household, PlanLink
from casework.services.plans.holding import hold_whole
from privacy import dossiers
from privacy.access import require, require_regie
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, CompartmentKind


@dataclass(frozen=True, slots=True)
class LinkInput:
    """What the law wants to be said before two plans are linked."""

    circle: str
    depends: str
    needed: str
    review_on: date


def _half(household: Household, other: Household, given: LinkInput, now: datetime, by: Actor) -> PlanLink:
    link = PlanLink(
        dossier=household.dossier,
        compartment=dossiers.part(household.dossier, CompartmentKind.REGIE),
        household=household,
        other=other.dossier,
        reference=other.dossier.reference,
        circle=given.circle,
        depends=given.depends,
        needed=given.needed,
        by_id=by.user_id,
        since=now,
        review_on=given.review_on,
    )
    link.save(force_insert=True)
    record.change(
        "plan.linked", dossier=household.dossier, obj=link, fields=["links"], action=AuditEntry.Action.CREATE, by=by
    )
    return link


def _both(one: Household, other: Household, by: Actor) -> tuple[Household, Household]:
    """Both, held in one order, so that two who link them crosswise do not wait for each other."""
    held = {row.pk: hold_whole(row, by=by) for row in sorted((one, other), key=lambda row: str(row.dossier_id))}
    for row in held.values():
        require_regie(row, by=by)
    return held[one.pk], held[other.pk]


def tie(household: Household, other: Household, given: LinkInput, *, now: datetime, by: Actor) -> PlanLink:
    """Links two plans of which the actor directs both. Nobody reads more by it than that the other is there."""
    require(household.pk != other.pk, "Kies een ander gezin.")
    household, other = _both(household, other, by)
    require(
        not PlanLink.objects.filter(household=household, other=other.dossier, until__isnull=True).exists(),
        "Deze plannen zijn al gekoppeld.",
    )
    _half(other, household, given, now, by)
    return _half(household, other, given, now, by)


def untie(link: PlanLink, reason: str, *, now: datetime, by: Actor) -> None:
    """Ends both halves of a link, with why."""
    other = Household.objects.select_related("dossier").filter(dossier=link.other_id).first()
    require(other is not None, "Alleen wie beide plannen leest, kan de koppeling beëindigen.")
    assert other is not None
    household, other = _both(link.household, other, by)
    halves = PlanLink.objects.filter(
        household__in=(household, other), other__in=(household.dossier, other.dossier), until__isnull=True
    )
    for half in halves.select_related("dossier"):
        half.until, half.ended_because = now, reason
        half.save()
        record.change("plan.unlinked", dossier=half.dossier, obj=half, fields=["until"], by=by)
