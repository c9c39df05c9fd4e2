"""Two households become one: people start living together, or one family turned out to have two plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casework.circles import REGIE_GROUND, as_dossier, everything_of
from casework.models import Household, HouseholdCase, HouseholdStatus, HouseholdStep, Left, Member
from casework.queries.one_plan import Twin
from casework.services import carrying, regie
from casework.services.carrying import Carried
from casework.services.households import admit_through, decide, tie
from casework.services.members import hold
from casework.services.moving import hold_cases, hold_exclusions, people_hear
from privacy import grants
from privacy.access import require, require_regie
from privacy.actor import Actor
from privacy.audit import record
from privacy.grants import Because

SAME = "Kies een ander gezin."


@dataclass(frozen=True, slots=True)
class MergeInput:
    """Since when, and why."""

    on: date
    reason: str


def merge(source: Household, target: Household, given: MergeInput, *, now: datetime, by: Actor) -> Carried:
    """The plan of `target` goes on; `source` closes, and stays readable to who could read it until its cases close.

    The actor directs both; all of it, or nothing.
    """
    require(source.pk != target.pk, SAME)
    hold_cases(source, target)
    first, second = sorted((source, target), key=lambda one: str(one.dossier_id))
    held = {one.pk: hold(one) for one in (first, second)}
    source, target = held[source.pk], held[target.pk]
    for one in (source, target):
        require_regie(one, by=by)
    hold_exclusions(first, second)
    links = list(HouseholdCase.objects.filter(household=source, until__isnull=True))
    _close(source, target, links, now=now, by=by)
    _link(target, links, now=now, by=by)
    carried = Carried()
    _people(source, target, given.on, carried, by=by)
    carrying.agreements(source, target)
    carrying.goals(source, target, carried, everything=True, now=now, by=by)
    for one, other in ((source, target), (target, source)):
        decide(one, HouseholdStep.MERGED, given.reason, about=other.dossier_id, now=now, by=by)
        record.change("household.merged", dossier=one.dossier, obj=one, fields=["members"], by=by)
    people_hear(target, now=now, by=by)
    return carried


def _close(source: Household, target: Household, links: list[HouseholdCase], *, now: datetime, by: Actor) -> None:
    """Its regie ends, and with it what the casusregisseur read of the whole, unless the same person goes on."""
    before, after = regie.holder(source), regie.holder(target)
    source.status, source.closed_at, source.merged_into = HouseholdStatus.CLOSED, now, target.dossier
    source.save(update_fields=["status", "closed_at", "merged_into"])
    source.regie.filter(until__isnull=True).update(until=now)
    if before is not None:
        grants.end(before.key, by=by)
        if after is not None and after.user_id == before.user_id and not after.vacant_since:
            because = Because(REGIE_GROUND, after.key, before.access_until)
            for link in links:
                if link.case_dossier_id == before.through_id:
                    via, whole = as_dossier(link), everything_of(source)
                    grants.give(whole, to=[after.user_id], level="view", because=because, via=via, by=by)


def _link(target: Household, links: list[HouseholdCase], *, now: datetime, by: Actor) -> None:
    there = HouseholdCase.objects.filter(household=target, until__isnull=True)
    known = set(there.values_list("case_dossier", flat=True))
    for link in links:
        if link.case_dossier_id not in known:
            tie(target, as_dossier(link), now=now, by=by)
            admit_through(target, link.case_dossier_id, now=now, by=by)


def _people(source: Household, target: Household, on: date, carried: Carried, *, by: Actor) -> None:
    """Who stands in both is one person: the row in the plan that goes on stays, and the plan is there now."""
    running = Member.objects.filter(until__isnull=True).select_related("dossier", "household")
    there = {key: row for row in running.filter(household=target) for key in Twin.keys_of(row.name, row.birth_date)}
    going = []
    for row in running.filter(household=source):
        same = next((there[key] for key in Twin.keys_of(row.name, row.birth_date) if key in there), None)
        if row.planned_in_id == target.dossier_id:
            row.planned_in = None
        if same is None:
            going.append(row)
            continue
        carried.members[row.pk] = same
        carrying.ends(row, Left.MERGED, on, by=by)
    carrying.people(going, target, Left.MERGED, on, carried, by=by)
