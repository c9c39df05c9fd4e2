"""What this package does in the background: sealing, checking at night, listing what was destroyed."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from privacy import jobs, trace
from privacy.actor import system_actor
from privacy.audit import watching
from privacy.dossiers import SHREDDED
from privacy.jobs import handles
from privacy.models.job import Job
from privacy.retention import lists, term_changes
from privacy.review import evaluating, sampling
from privacy.review.kinds import DRAW, EVALUATE
from privacy.upkeep.shredding import note_all


@shared_task(name="privacy.seal_audit")  # type: ignore[untyped-decorator]  # celery has no types
def seal_audit() -> None:
    """Seals what waits. No job row: what is missed now is sealed in half a minute."""
    trace.begin(trace.Trace(channel="job"))
    watching.seal(now=timezone.now())


@shared_task(name="privacy.audit_night")  # type: ignore[untyped-decorator]  # celery has no types
def audit_night() -> None:
    """Asks for the checks of the night and the mail with the newest seal, as jobs that can't get lost."""
    trace.begin(trace.Trace(channel="job"))
    watching.ask_for_the_night()


def _asked_by(job: Job) -> UUID | None:
    return None if job.subject_id == watching.NOBODY else job.subject_id


@handles(watching.CHECK_SEALS)
def check_seals(job: Job) -> None:
    """The whole log is checked."""
    watching.check_seals(_asked_by(job), now=timezone.now())


@handles(watching.COMPARE)
def compare(job: Job) -> None:
    """The trigger's rows are compared with the log."""
    watching.compare_traces(_asked_by(job), now=timezone.now())


@handles(SHREDDED)
def shredded(job: Job) -> None:
    """Adds what was destroyed to the list outside the database; also what an earlier job could not."""
    note_all()


@shared_task(name="privacy.review_night")  # type: ignore[untyped-decorator]  # celery has no types
def review_night() -> None:
    """Every night the rules go over the log, and the sample of last week is drawn when that was not done yet."""
    trace.begin(trace.Trace(channel="job"))
    with transaction.atomic():
        for kind in (EVALUATE, DRAW):
            jobs.enqueue(kind, watching.NOBODY, once=True)


@handles(EVALUATE)
def evaluate(job: Job) -> None:
    """The rules go over what came in the log."""
    evaluating.evaluate(_asked_by(job), now=job.now)


@handles(DRAW)
def draw(job: Job) -> None:
    """The sample of the week that is over; a second time draws nothing."""
    sampling.draw(sampling.last_week(timezone.localdate(job.now)), now=job.now)


@handles(lists.LINE)
def destroys_line(job: Job) -> None:
    """One dossier of a checked list goes, whole; or the line says why it stays."""
    lists.carry_out(job.subject_id, by=system_actor("vernietigen na de bewaartermijn"))


@handles(term_changes.CARRY_OUT)
def brings_terms_nearer(job: Job) -> None:
    """The shorter term of a table, to which an officer agreed, counts for what was there."""
    term_changes.carry_out(job.subject_id, by=system_actor("kortere bewaartermijn van een tafel"))
