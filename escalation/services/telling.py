"""What the background says of terms and reviews: each thing once, to who directs the case and the casusregisseur.

It looks at the moment that it is given and at what is stored, never at a clock: a clock that goes back finds what was
said already, and one that jumps ahead finds it late, not twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from escalation.dutch import day_of
from escalation.laddering import ladder_version
from escalation.rungs import RungTerm, TermRole
from escalation.services import watching
from escalation.terms import Running, State, next_look, state
from partners.notices import tell
from privacy.actor import Actor
from privacy.audit import record
from privacy.free_days import free_days

# When there is nobody to tell, somebody may be there by then.
NOBODY_THERE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Held:
    """A term that runs, as the system may look at it: codes and moments."""

    rung_term: RungTerm
    running: Running
    reminded: bool
    alarmed: bool


def look(term_id: UUID, *, now: datetime, by: Actor) -> None:
    """Reminds of a term or says that it is over, when that was not said, and asks for the next look."""
    held = _held(term_id)
    if held is None or held.alarmed:
        return
    before, days = held.rung_term.remind, free_days()
    stands = state(held.running, before, now=now, days=days)
    over, after = stands is State.OVER, next_look(held.running, before, now=now, days=days)
    if over or (stands is State.SOON and not held.reminded):
        said = _told("escalation_term_told", term_id, over, now)
        if not _send(said, "ladder.term_told", silent=over and _of_others(held), by=by):
            after = min(now + NOBODY_THERE, after or now + NOBODY_THERE)
    if after is not None:
        watching.again(watching.TERM, term_id, after)


def _held(term_id: UUID) -> Held | None:
    """The term, locked until this look is over; None when it ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM escalation_term_held(%s)", [term_id])
        row = cursor.fetchone()
    if row is None:
        return None
    ladder, version, rung, key, since, ends, extended, reminded, alarmed = row
    rung_term = ladder_version(ladder, version).get(rung).term(key)
    return Held(rung_term, Running(since, ends, extended), reminded, alarmed)


def _of_others(held: Held) -> bool:
    """Somebody else's term is reminded of; that it is over is no alarm of ours, unless nothing was said at all."""
    return held.rung_term.role is TermRole.INFORMATION and held.reminded


def review(standing_id: UUID, *, now: datetime, by: Actor) -> None:
    """Reminds of a review on its day or later; nothing when it was moved ahead, told of, or the case closed."""
    said = _told("escalation_review_told", standing_id, day_of(now))
    if not _send(said, "ladder.review_told", by=by):
        watching.again(watching.REVIEW, standing_id, now + NOBODY_THERE)


def _told(function: str, *given: Any) -> list[tuple[UUID, UUID | None]]:
    """Marks that it is said and returns the dossier with each person to tell; none when it was said before."""
    places = ", ".join(["%s"] * len(given))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT dossier, person FROM {function}({places})", given)  # noqa: S608  # our own names
        return list(cursor.fetchall())


def _send(said: list[tuple[UUID, UUID | None]], event: str, *, silent: bool = False, by: Actor) -> bool:
    """Sends word to these people, and notes it; False when there was something to say and nobody to say it to."""
    people = [person for _, person in said if person]
    if not people:
        return not said
    dossier_id = said[0][0]
    record.change(event, dossier_id=dossier_id, fields=["told"], by=by)
    if not silent:
        tell(people, about=dossier_id)
    return True
