"""What a person says of a text stands beside it, for every reader of that text; the text itself stays (BGS 1.7)."""

from __future__ import annotations

from datetime import datetime

from casework.models import Contribution, Corrected, SignalItem, Statement
from privacy.actor import Actor
from privacy.audit import record


def lay_beside(
    row: Contribution | SignalItem, text: str, outcome: str, reason: str, *, now: datetime, by: Actor
) -> Statement:
    """Lays a statement in the part of the text. The database wants the hand of whose text it is."""
    statement = Statement(
        dossier_id=row.dossier_id,
        compartment_id=row.compartment_id,
        row_id=row.pk,
        text=text,
        organisation_id=by.home,
        outcome=outcome,
        reason=reason or None,
        at=now,
    )
    statement.save(force_insert=True)
    record.change("rights.beside", dossier_id=row.dossier_id, obj=statement, fields=["text"], by=by)
    return statement


def empty(contribution: Contribution) -> None:
    """With a text that is taken back goes what was said of it."""
    for statement in Statement.objects.filter(row_id=contribution.pk):
        statement.text = statement.reason = None
        statement.save(update_fields=["text", "reason"])


def carry(old: Contribution, new: Contribution) -> None:
    """A new version takes along what it did not settle: the person still says it."""
    for statement in Statement.objects.filter(row_id=old.pk, outcome=Corrected.KEPT, text__isnull=False):
        Statement(
            dossier_id=new.dossier_id,
            compartment_id=new.compartment_id,
            row_id=new.pk,
            text=statement.text,
            organisation_id=new.organisation_id,
            outcome=statement.outcome,
            reason=statement.reason,
            at=statement.at,
        ).save(force_insert=True)
