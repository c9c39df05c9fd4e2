"""The jobs that watch over terms and reviews: written with their cause, done at their moment, exactly once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from escalation.dutch import AMSTERDAM
from privacy import jobs

TERM = "ladder.term"  # looks at a term: reminds, or says that it is over, and asks for the next look
REVIEW = "ladder.review"


def watch_terms(terms: Iterable[UUID]) -> None:
    """Lets the background look at these terms; it finds out by itself when there is something to say."""
    for term in terms:
        jobs.enqueue(TERM, term)


def watch_review(standing: UUID, day: date) -> None:
    """Lets the background remind of a review, in the morning of its day."""
    jobs.enqueue(REVIEW, standing, not_before=datetime.combine(day, time(9), AMSTERDAM))
