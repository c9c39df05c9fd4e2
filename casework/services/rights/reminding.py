"""What the background reminds of, once: terms of requests, sources that do not answer, reasons to look at again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from casework import rights_rules as rules
from partners.notices import tell
from privacy import jobs
from privacy.actor import SYSTEM_ID, Actor
from privacy.audit import record
from privacy.calling import rows_of

MORNING = "rights.morning"


def ask_for_the_morning() -> None:
    """Asks for the reminders of today, as a job that can't get lost."""
    jobs.enqueue(MORNING, SYSTEM_ID, once=True)


def morning(*, now: datetime, today: date, by: Actor) -> None:
    """Says what is to be said today. The mail holds nothing: what waits is on the work list and the board."""
    for request, said in _due(today):
        _send(rows_of("casework_rights_remind", request, said), "rights.term_told", by)
    _send(rows_of("casework_rights_silent", today, now), "rights.silence_told", by)
    _send(rows_of("casework_informing_again", today), "informing.recheck_told", by)


def _due(today: date) -> list[tuple[UUID, str]]:
    """The requests of which something is to be said that was not said, and what: a stage of a term with its day."""
    found = []
    for request, received_on, extended, police, reminded in rows_of("casework_rights_running"):
        terms = rules.terms(received_on, extended=extended, police=police)
        for name, day in (("answer", terms.answer_on), ("police", terms.police_on)):
            stage = rules.stage(day, today) if day else ""
            said = f"{name}:{day}:{stage}"
            if stage and said not in reminded:
                found.append((request, said))
    return found


def _send(told: Iterable[tuple[UUID, UUID]], event: str, by: Actor) -> None:
    people: dict[UUID, set[UUID]] = {}
    for dossier, person in told:
        people.setdefault(dossier, set()).add(person)
    for dossier, theirs in people.items():
        record.change(event, dossier_id=dossier, fields=["reminded"], by=by)
        tell(theirs, about=dossier)
