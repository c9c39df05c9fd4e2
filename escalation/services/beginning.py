"""A case begins on the ladders of its theme, in the versions of that moment."""

from __future__ import annotations

from datetime import datetime

from casework.models import Case
from escalation.laddering import ladders_for
from escalation.models import Standing
from privacy import dossiers
from privacy.actor import Actor
from privacy.audit import record
from privacy.models import AuditEntry, CompartmentKind


def begin(case: Case, *, now: datetime, by: Actor) -> list[Standing]:
    """Puts a case at the foot of the ladder of its theme, and of the one that says who directs (AVE).

    It keeps these versions; only a decision moves it to a newer one.
    """
    there = set(Standing.objects.filter(case=case).values_list("ladder", flat=True))
    wanted = [one for one in ladders_for(case.theme) if one.code not in there]
    made = [
        Standing(
            dossier=case.dossier,
            compartment=dossiers.part(case.dossier, CompartmentKind.COVER),
            case=case,
            ladder=ladder.code,
            ladder_version=ladder.version,
            at=ladder.start,
            since=now,
        )
        for ladder in wanted
    ]
    for standing in made:
        standing.save(force_insert=True)
    if made:
        record.change("ladder.begun", dossier=case.dossier, obj=made[0], action=AuditEntry.Action.CREATE, by=by)
    return made
