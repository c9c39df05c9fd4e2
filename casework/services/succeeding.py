"""Work of somebody who left goes to a successor, when who directs the dossier says so and not before."""

from __future__ import annotations

from datetime import datetime

from casework.circles import signal_parts
from casework.models import Participation, Signal, SignalStatus
from casework.services.locking import lock
from casework.services.participants import Invited, invite
from casework.services.signals import REPORT_GROUND
from casework.services.triage import lock_undecided
from partners.notices import tell
from partners.queries import successor_of
from privacy import exclusions, grants
from privacy.access import require, require_regie
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import Refused
from privacy.models import CompartmentKind

NOBODY = "Er is geen opvolger met een zetel aan deze tafel. Nodig iemand uit of vraag het de beheerder."
DONE = "Dit is al geregeld, misschien door een collega."


def _decide(participation: Participation, *, now: datetime, by: Actor) -> Participation:
    row = lock(Participation.objects.select_related("case__dossier", "case__table"), participation.pk, lambda _: "")
    require_regie(row, by=by)
    require(row.ended_at is not None and row.handed_on_at is None, DONE)
    row.handed_on_at = now
    row.save(update_fields=["handed_on_at"])
    return row


def succeed(participation: Participation, *, hidden: bool, now: datetime, by: Actor) -> Invited:
    """Invites the proposed successor on the same ground, as visible to the others as who left."""
    row = _decide(participation, now=now, by=by)
    successor = successor_of(row.user_id, row.case.table_id, now)
    if successor is None:
        raise Refused(NOBODY)
    return invite(row.case, successor, ground=row.ground, hidden=hidden, now=now, by=by)


def leave_open(participation: Participation, *, now: datetime, by: Actor) -> None:
    """Nobody takes over: the organisation is not needed in this case any more."""
    row = _decide(participation, now=now, by=by)
    record.change("case.changed", dossier=row.case.dossier, obj=row, fields=["handed_on_at"], by=by)


def succeed_reporter(signal: Signal, *, now: datetime, by: Actor) -> None:
    """Lets the proposed successor of a reporter who left answer in the place of that reporter."""
    signal = lock_undecided(signal, by=by)
    require(signal.status == SignalStatus.ASKED, DONE)
    source = signal.reporter
    if source.reporter is None or source.reporter.is_active:
        raise Refused(DONE)
    successor = successor_of(source.reporter.pk, signal.table_id, now)
    if successor is None:
        raise Refused(NOBODY)
    require(bool(exclusions.reachable([successor.pk], signal.dossier_id)), NOBODY)
    parts = signal_parts(signal.dossier, signal.source_id)
    readable = [parts[kind] for kind in (CompartmentKind.COVER, CompartmentKind.TABLE, CompartmentKind.LIAISON)]
    because = grants.Because(REPORT_GROUND, f"report:{signal.pk}")
    grants.give(readable, to=[successor.pk], level="contribute", because=because, by=by)
    source.reporter = successor
    source.save(update_fields=["reporter"])
    record.change("signal.reporter_succeeded", dossier=signal.dossier, obj=signal, fields=["reporter"], by=by)
    tell([successor.pk], about=signal.dossier_id)
