"""Somebody who belongs to two households has one plan: which of the two is decided, with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casework.models import Household, HouseholdStatus, HouseholdStep, Member
from casework.queries.one_plan import Twin
from casework.services.households import decide
from privacy import dossiers
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import CompartmentKind
from privacy.unlock import unlock

OVERTAKEN = "Het andere gezin is intussen veranderd. Controleer het opnieuw."


class Which(StrEnum):
    """The plan that goes on."""

    HERE = "here"
    THERE = "there"


@dataclass(frozen=True, slots=True)
class OnePlan:
    """The decision about everybody who was found in another household."""

    twins: tuple[Twin, ...]
    which: Which
    reason: str


def hold_all(household: Household, decided: OnePlan) -> None:
    """Holds the household and those whose plan may end by this, in one order: two who decide crosswise do not block."""
    ends = [twin.household_pk for twin in decided.twins if twin.whole]
    there = Household.objects.filter(pk__in=ends).values_list("dossier_id", flat=True)
    for dossier_id in sorted({household.dossier_id, *there}, key=str):
        dossiers.one_at_a_time(dossier_id)


def settle(members: Iterable[Member], decided: OnePlan, *, now: datetime, by: Actor) -> None:
    """Writes the decision in both households, as far as the actor works in both; one plan goes on, never two."""
    twins = {twin.keys: twin for twin in decided.twins}
    for member in members:
        found = next(
            (twin for keys, twin in twins.items() if keys & Twin.keys_of(member.name, member.birth_date)), None
        )
        if found is not None:
            _settle_one(member, found, decided, now=now, by=by)


def _settle_one(member: Member, twin: Twin, decided: OnePlan, *, now: datetime, by: Actor) -> None:
    there = Household.objects.select_related("dossier").filter(pk=twin.household_pk).first()
    require(there is not None and there.status == HouseholdStatus.ACTIVE, OVERTAKEN)
    assert there is not None
    if twin.whole:
        unlock([there.dossier_id], parts=[CompartmentKind.REGIE], by=by)
    if decided.which == Which.THERE:
        _plan_elsewhere(member, there, by=by)
    else:
        require(twin.whole, "Alleen wie ook aan het andere plan werkt, kan dat plan laten vervallen.")
        dossiers.one_at_a_time(there.dossier_id)
        other = Member.objects.select_related("dossier").filter(pk=twin.member_pk, until__isnull=True).first()
        require(other is not None, OVERTAKEN)
        assert other is not None
        _plan_elsewhere(other, member.household, by=by)
    decide(member.household, HouseholdStep.ONE_PLAN, decided.reason, about=there.dossier_id, now=now, by=by)
    if twin.whole:
        about = member.household.dossier_id
        decide(there, HouseholdStep.ONE_PLAN, decided.reason, about=about, now=now, by=by)


def _plan_elsewhere(member: Member, household: Household, *, by: Actor) -> None:
    member.planned_in = household.dossier
    member.save()
    record.change("household.one_plan", dossier=member.dossier, obj=member, fields=["planned_in"], by=by)
