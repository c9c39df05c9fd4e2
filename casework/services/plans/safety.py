"""Safety agreements: what is agreed for everybody's safety, above all goals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casework.models import Household, SafetyAgreement
from casework.services.plans.holding import fresh_row, hold_whole
from privacy import dossiers
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, CompartmentKind


@dataclass(frozen=True, slots=True)
class AgreementInput:
    """What is agreed, who watches over it, when it is checked, and whether the family's version tells it."""

    text: str
    watches: str = ""
    check_on: date | None = None
    for_family: bool = True


def agree(household: Household, given: AgreementInput, *, now: datetime, by: Actor) -> SafetyAgreement:
    """A new safety agreement, read by everybody in the household's cases."""
    household = hold_whole(household, by=by)
    standing = SafetyAgreement.objects.filter(household=household, until__isnull=True)
    require(all(row.text != given.text for row in standing), "Deze afspraak staat al in het plan.")
    agreement = SafetyAgreement(
        dossier=household.dossier,
        compartment=dossiers.part(household.dossier, CompartmentKind.TABLE),
        household=household,
        text=given.text,
        watches=given.watches or None,
        check_on=given.check_on,
        for_family=given.for_family,
        since=now,
    )
    agreement.save(force_insert=True)
    record.change(
        "plan.agreement_added",
        dossier=household.dossier,
        obj=agreement,
        fields=["agreements"],
        action=AuditEntry.Action.CREATE,
        by=by,
    )
    return agreement


def _standing(agreement: SafetyAgreement, seen: int | None) -> SafetyAgreement:
    locked = fresh_row(SafetyAgreement.objects.select_related("dossier"), agreement, seen)
    require(locked.until is None, "Deze afspraak is al beëindigd.")
    return locked


def change_agreement(agreement: SafetyAgreement, given: AgreementInput, *, seen: int, by: Actor) -> SafetyAgreement:
    """Changes an agreement that stands; raises Changed when a colleague did since it was shown."""
    hold_whole(agreement.household, by=by)
    locked = _standing(agreement, seen)
    locked.text, locked.watches, locked.check_on = given.text, given.watches or None, given.check_on
    locked.for_family = given.for_family
    locked.save()
    record.change("plan.agreement_changed", dossier=locked.dossier, obj=locked, fields=["agreements"], by=by)
    return locked


def end_agreement(agreement: SafetyAgreement, reason: str, *, now: datetime, by: Actor) -> SafetyAgreement:
    """The agreement does not hold any more, and why."""
    hold_whole(agreement.household, by=by)
    locked = _standing(agreement, None)
    locked.until, locked.ended_because = now, reason
    locked.save()
    record.change("plan.agreement_ended", dossier=locked.dossier, obj=locked, fields=["until"], by=by)
    return locked
