"""Who belongs to a household: joining, leaving, and correcting what was written of somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casework import known
from casework.models import Goal, Household, HouseholdFace, HouseholdStatus, HouseholdStep, Left, Member, Relation
from casework.services.households import MemberInput, add_member, decide
from casework.services.one_plan import OnePlan, hold_all, settle
from privacy import dossiers
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record

OVERTAKEN = "Een collega was u voor: deze persoon hoort al niet meer bij het gezin."
CLOSED = "Dit gezin is intussen afgesloten. Laad de pagina opnieuw."
ALREADY = "{name} staat al in dit gezin. Is dit iemand anders met dezelfde naam? Vul dan de geboortedatum in."
TAKEN_OUT = "Weggehaald (vergissing)"


@dataclass(frozen=True, slots=True)
class Correction:
    """How somebody should have been written down, or what changed in what this person is here."""

    name: str
    relation: Relation
    birth_date: date | None
    since: date


def hold(household: Household) -> Household:
    """The household, for this act alone; raises Refused when it was closed meanwhile."""
    dossiers.one_at_a_time(household.dossier_id)
    fresh = Household.objects.select_related("dossier", "compartment").get(pk=household.pk)
    require(fresh.status == HouseholdStatus.ACTIVE, CLOSED)
    return fresh


def _hold_member(member: Member) -> Member:
    household = hold(member.household)
    fresh = Member.objects.select_related("dossier", "household", "compartment").get(pk=member.pk)
    require(fresh.until is None, OVERTAKEN)
    fresh.household = household
    return fresh


def join(
    household: Household, given: MemberInput, reason: str, *, one_plan: OnePlan | None = None, now: datetime, by: Actor
) -> Member:
    """Somebody belongs to the household from a day on. Who is in another plan too comes with which plan goes on."""
    if one_plan is not None:
        hold_all(household, one_plan)
    household = hold(household)
    there = Member.objects.filter(household=household, until__isnull=True)
    known = {(row.name, row.birth_date) for row in there}
    require((given.name, given.birth_date) not in known, ALREADY.format(name=given.name))
    member = add_member(household, given, by=by)
    decide(household, HouseholdStep.JOINED, reason, about=member.pk, now=now, by=by)
    if one_plan is not None:
        settle([member], one_plan, now=now, by=by)
    return member


def leave(member: Member, because: Left, on: date, reason: str, *, now: datetime, by: Actor) -> None:
    """Somebody does not belong to the household any more. Who never did is wiped: only that a row was there stays."""
    member = _hold_member(member)
    require(on >= member.since, "Deze dag ligt vóór de dag waarop deze persoon erbij kwam.")
    fields = ["until", "left_because"]
    if because == Left.MISTAKE:
        require(
            not Goal.objects.filter(member=member).exists(),
            "Er staan doelen voor deze persoon in het plan. Rond die eerst af, of kies een andere reden.",
        )
        member.name, member.birth_date = TAKEN_OUT, None
        fields += ["name", "birth_date"]
    member.until, member.left_because = on, because
    member.save()
    if because == Left.MISTAKE:
        known.mark(member)
    decide(member.household, HouseholdStep.LEFT, reason, about=member.pk, now=now, by=by)
    record.change("household.member_left", dossier=member.dossier, obj=member, fields=sorted(fields), by=by)


def correct(member: Member, given: Correction, reason: str, *, now: datetime, by: Actor) -> None:
    """Changes what was written of somebody. What somebody is in the household stays behind in the decision."""
    member = _hold_member(member)
    wanted = {
        "name": given.name,
        "relation": given.relation,
        "birth_date": given.birth_date,
        "since": given.since,
    }
    changed = sorted(name for name, value in wanted.items() if getattr(member, name) != value)
    if not changed:
        return
    step = HouseholdStep.CORRECTED
    if "relation" in changed:
        step = HouseholdStep.RELATION
        reason = f"{Relation(member.relation).label} → {given.relation.label}. {reason}".strip()
    for name in changed:
        setattr(member, name, wanted[name])
    member.save()
    known.mark(member, known.person_keys(member.name, member.birth_date))
    decide(member.household, step, reason, about=member.pk, now=now, by=by)
    record.change("household.changed", dossier=member.dossier, obj=member, fields=changed, by=by)


def rename(household: Household, name: str, address: str, *, by: Actor) -> None:
    """Another name or address."""
    household = hold(household)
    face = HouseholdFace.objects.get(household=household)
    face.name, face.address = name, address or None
    face.save()
    record.change("household.changed", dossier=household.dossier, obj=household, fields=["address", "name"], by=by)
