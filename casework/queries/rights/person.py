"""What a person says beside passages, for the desk, the source and every reader of the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework.models import (
    RightsCandidate,
    RightsPassage,
    RightsReply,
    RightsRequest,
    RightsSaying,
    Statement,
)
from casework.services.rights import restricting, saying
from casework.services.rights.releasing import Pair
from privacy.access import opened, visible
from privacy.actor import Actor
from privacy.logbook.looked import LookedDay, looked_at


@dataclass(frozen=True, slots=True)
class Said:
    """What the person says of one passage, and what the source did with it."""

    number: int
    source: str
    organisation: str
    text: str
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class Asks:
    """What this request may do besides reading, for its page."""

    said: tuple[Said, ...]
    to_say: tuple[tuple[int, RightsPassage], ...]
    can_restrict: bool
    restricted: bool


def asks(request: RightsRequest, pairs: Iterable[Pair], *, by: Actor) -> Asks:
    """The statements of a request that was opened, the passages that can get one, and how the restriction stands."""
    rows = {row.passage_id: row for row in visible(RightsSaying, by=by).filter(passage__request=request)}
    replies = {row.saying_id: row for row in visible(RightsReply, by=by).filter(saying__in=list(rows.values()))}
    said, to_say = [], []
    for number, (passage, _) in enumerate(pairs, 1):
        row = rows.get(passage.pk)
        if row is not None:
            reply = replies.get(row.pk)
            outcome, reason = (reply.get_outcome_display(), reply.reason or "") if reply else ("", "")
            said.append(Said(number, passage.source, passage.organisation.name, row.text, outcome, reason))
        elif saying.wants(request) and saying.can_be_said(passage):
            to_say.append((number, passage))
    return Asks(tuple(said), tuple(to_say), restricting.can_restrict(request), restricting.stands(request))


def saying_of(passage: RightsPassage, *, by: Actor) -> RightsSaying | None:
    """What the person says of a passage that was opened."""
    return visible(RightsSaying, by=by).filter(passage=passage).select_related("passage", "reply").first()


def who_looked(request: RightsRequest, *, until: datetime, by: Actor) -> list[LookedDay]:
    """Who looked at the confirmed dossiers of an open request; raises Refused when the request ended."""
    theirs = visible(RightsCandidate, by=by).filter(request=request, confirmed=True)
    wanted = list(theirs.values_list("about_id", flat=True))
    return looked_at(wanted, since=None, until=until, by=by) if wanted else []


def statements(rows: Iterable[UUID]) -> dict[UUID, list[Statement]]:
    """What persons say of texts that were opened, by text."""
    found: dict[UUID, list[Statement]] = {}
    for statement in opened(Statement).filter(row_id__in=list(rows), text__isnull=False):
        found.setdefault(statement.row_id, []).append(statement)
    return found
