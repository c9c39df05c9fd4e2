"""Fixing a version of the plan, agreeing with it, and when it is evaluated."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from casework.models import GoalPartner, Household, Plan, PlanConsent, PlanPiece, PlanVersion
from casework.services.plans.holding import hold, hold_whole
from casework.services.plans.people import partners_of
from casework.services.plans.pieces import Piece, pieces_of
from partners.notices import tell
from privacy import dossiers
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, CompartmentKind

UNCHANGED = "Er is niets veranderd sinds versie {number}. U hoeft geen nieuwe versie vast te stellen."


def newest(household: Household) -> PlanVersion | None:
    """The version that counts."""
    return PlanVersion.objects.filter(household=household).order_by("-number").first()


def changed_since(version: PlanVersion | None, pieces: list[Piece]) -> bool:
    """Whether the plan differs from what was fixed. For who reads the whole: others compare only their own part."""
    if version is None:
        return bool(pieces)
    fixed = {piece.original: piece.body for piece in PlanPiece.objects.filter(plan_version=version)}
    return fixed != {piece.original: piece.body for piece in pieces}


def freeze(household: Household, *, now: datetime, by: Actor) -> PlanVersion:
    """Fixes the plan as it stands; whoever carries it is asked to agree."""
    household = hold_whole(household, by=by)
    pieces = list(pieces_of(household))
    require(bool(pieces), "Het plan is nog leeg. Voeg eerst een doel of een veiligheidsafspraak toe.")
    before = newest(household)
    require(changed_since(before, pieces), UNCHANGED.format(number=before.number if before else 0))
    last = PlanVersion.objects.filter(household=household).aggregate(last=Max("number"))["last"] or 0
    version = PlanVersion(
        dossier=household.dossier,
        compartment=dossiers.part(household.dossier, CompartmentKind.COVER),
        household=household,
        number=last + 1,
        made_by_id=by.user_id,
        made_at=now,
    )
    version.save(force_insert=True)
    PlanPiece.objects.bulk_create(
        PlanPiece(
            dossier=household.dossier,
            compartment_id=piece.compartment_id,
            plan_version=version,
            kind=piece.kind,
            original=piece.original,
            body=piece.body,
        )
        for piece in pieces
    )
    record.change(
        "plan.version_made",
        dossier=household.dossier,
        obj=version,
        fields=["version"],
        action=AuditEntry.Action.CREATE,
        by=by,
    )
    carry = carriers(version)
    told = {person.user_id for person in partners_of(household) if person.organisation_id in carry}
    tell(told - {by.user_id}, about=household.dossier_id)
    return version


def carriers(version: PlanVersion) -> set[UUID]:
    """The organisations that carry a version, as far as the actor may know: they have an action or a goal in it."""
    lines = PlanPiece.objects.filter(plan_version=version, compartment__kind=CompartmentKind.LIAISON)
    of_lines = lines.values_list("compartment__organisation_id", flat=True)
    concerned = GoalPartner.objects.filter(
        goal__household=version.household_id, since__lte=version.made_at, until__isnull=True
    )
    return {pk for pk in of_lines if pk} | set(concerned.values_list("organisation_id", flat=True))


def consent(household: Household, number: int, agreed: bool, remark: str, *, now: datetime, by: Actor) -> PlanConsent:
    """What the actor's own organisation says of the newest version; it may say otherwise later."""
    household = hold(household)
    version = newest(household)
    require(
        version is not None and version.number == number,
        "Er is intussen een nieuwe versie van het plan. Lees die eerst, en antwoord dan.",
    )
    assert version is not None
    require(by.home in carriers(version), "In deze versie staat niets voor uw organisatie. U hoeft niet te antwoorden.")
    require(agreed or bool(remark), "Schrijf op wat er moet veranderen.")
    answer = PlanConsent.objects.filter(plan_version=version, organisation=by.home).first() or PlanConsent(
        dossier=household.dossier,
        compartment=dossiers.part(household.dossier, CompartmentKind.LIAISON, by.home),
        plan_version=version,
        organisation_id=by.home,
    )
    answer.user_id, answer.agreed, answer.remark, answer.at = by.user_id, agreed, remark or None, now
    answer.save()
    record.change("plan.consented", dossier=household.dossier, obj=answer, fields=["agreed"], by=by)
    return answer


def evaluate_on(household: Household, day: date | None, *, by: Actor) -> None:
    """Sets the day on which the plan is evaluated."""
    household = hold_whole(household, by=by)
    Plan.objects.filter(household=household).update(evaluate_on=day)
    record.change("plan.evaluation_set", dossier=household.dossier, fields=["evaluate_on"], by=by)
