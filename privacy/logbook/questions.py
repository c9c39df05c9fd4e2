"""Questions to the log that an officer keeps: nobody else reads them, and their names hold nothing personal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import NotKnown
from privacy.models import LogQuestion

MOST = 20
_NUMBER = re.compile(r"\d{6,}")
NO_NUMBER = "Gebruik een naam zonder persoonsgegevens. Haal het lange getal weg."


def mine(by: Actor) -> QuerySet[LogQuestion]:
    """The questions that this officer kept."""
    return LogQuestion.objects.filter(user_id=by.user_id)


def keep(name: str, asked: Mapping[str, str], *, now: datetime, by: Actor) -> LogQuestion:
    """Keeps a question; under a name that is there already it takes the place of the old one."""
    require(not _NUMBER.search(name), NO_NUMBER)
    there = mine(by).filter(name=name).first()
    require(there is not None or mine(by).count() < MOST, f"U kunt {MOST} vragen bewaren. Gooi er eerst een weg.")
    row = there or LogQuestion(user_id=by.user_id, name=name)
    if there is not None and there.asked == dict(asked):
        return there
    row.asked, row.kept_at = dict(asked), now
    row.save()
    record.change("log.question_kept", obj=row, fields=["asked"], by=by)
    return row


def drop(pk: UUID, *, by: Actor) -> None:
    """Throws a question of one's own away; raises NotKnown for another's."""
    row = mine(by).filter(pk=pk).first()
    if row is None:
        raise NotKnown
    record.change("log.question_dropped", obj=row, by=by)
    row.delete()
