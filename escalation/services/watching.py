"""The jobs that watch over terms and reviews: written with their cause, done at their moment, exactly once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from django.db import connection

from escalation.dutch import AMSTERDAM
from privacy import jobs
from privacy.models.job import Job, JobState

TERM = "ladder.term"  # looks at a term: reminds, or says that it is over, and asks for the next look
REVIEW = "ladder.review"


def watch_terms(terms: Iterable[UUID]) -> None:
    """Lets the background look at these terms; it finds out by itself when there is something to say."""
    for term in terms:
        jobs.enqueue(TERM, term)


def watch_review(standing: UUID, day: date) -> None:
    """Lets the background remind of a review, in the morning of its day."""
    jobs.enqueue(REVIEW, standing, not_before=datetime.combine(day, time(9), AMSTERDAM))


def again(kind: str, subject: UUID, at: datetime) -> None:
    """Asks for the next look, unless one waits for that very moment: looks must not multiply."""
    there = Job.objects.filter(kind=kind, subject_id=subject, state=JobState.WAITING, not_before=at)
    if not there.exists():
        jobs.enqueue(kind, subject, not_before=at)


def find_unwatched() -> int:
    """Takes up what no job looks at any more because one failed too often; for the system. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT term, standing, review_on FROM escalation_unwatched()")
        found = cursor.fetchall()
    for term, standing, day in found:
        watch_terms([term]) if term else watch_review(standing, day)
    return len(found)
