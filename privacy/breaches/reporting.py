"""Telling of a possible breach, by anyone who logs in: three minutes, and afterwards that it arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.breaches.opening import BreachStart, open_file
from privacy.models import Breach, BreachReceipt, BreachSource
from privacy.roles import Verb

TWICE = "Deze melding is al aangekomen. Er is niets dubbel verstuurd."


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody tells. `made` is the key of the receipt, made with the form."""

    made: UUID
    summary: str
    discovered_at: datetime


def report(given: Report, *, now: datetime, by: Actor) -> Breach:
    """Opens a file and keeps a receipt for who told of it. Raises Refused for a form that was sent before."""
    require(not BreachReceipt.objects.filter(pk=given.made).exists(), TWICE)
    source = BreachSource.OWN if by.may(Verb.BREACH_HANDLE) else BreachSource.REPORT
    start = BreachStart(given.summary, given.discovered_at, source, source_id=given.made)
    breach = open_file(start, now=now, by=by)
    receipt = BreachReceipt(id=given.made, reporter_id=by.user_id, reference=breach.dossier.reference, at=now)
    receipt.save(force_insert=True)
    record.change("breach.reported", dossier=breach.dossier, obj=receipt, by=by)
    return breach


def receipts(*, by: Actor) -> list[BreachReceipt]:
    """What the actor told of before: numbers and moments. The database shows nobody another's."""
    return list(BreachReceipt.objects.filter(reporter_id=by.user_id))
