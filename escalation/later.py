"""What the background does for ladders: it watches over terms and reviews."""

from __future__ import annotations

from celery import shared_task

from escalation.services import telling, watching
from privacy import trace
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.jobs import handles
from privacy.models.job import Job


@handles(watching.TERM)
def term_is_looked_at(job: Job) -> None:
    """A term nears its end or is over, or there is nothing to say yet."""
    by = system_actor("termijnen bewaken")
    with acting(by):
        telling.look(job.subject_id, now=job.now, by=by)


@handles(watching.REVIEW)
def review_is_due(job: Job) -> None:
    """The day has come on which a case is judged anew."""
    by = system_actor("herzieningen bewaken")
    with acting(by):
        telling.review(job.subject_id, now=job.now, by=by)


@shared_task(name="escalation.find_unwatched")  # type: ignore[untyped-decorator]  # celery has no types
def find_unwatched() -> None:
    """Takes up terms that no job looks at any more. No job row: what is missed now is found in ten minutes."""
    trace.begin(trace.Trace(channel="job"))
    with acting(system_actor("termijnen bewaken")):
        watching.find_unwatched()
