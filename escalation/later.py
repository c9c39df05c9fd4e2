"""What the background does for ladders: it watches over terms and reviews; mandates begin and lapse on their day."""

from __future__ import annotations

from celery import shared_task

from escalation.models import Mandate
from escalation.services import telling, watching
from escalation.services.authorities import MANDATE_DAY, settle_mandate
from partners.later import as_decided
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


@handles(MANDATE_DAY)
def mandate_day(job: Job) -> None:
    """Who decides for the receiver gets what they may decide from today on, or loses what they no longer may."""
    by = as_decided("mandaat gaat in of loopt af")
    with acting(by):
        settle_mandate(Mandate.objects.select_related("table").get(pk=job.subject_id), by=by)
