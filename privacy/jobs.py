"""Work for later. The row is written with its cause; the message is only a nudge; a sweep finds what was lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from celery import shared_task
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from privacy import trace
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.models.job import Job, JobState

log = structlog.get_logger("privacy.jobs")
LEASE = timedelta(minutes=2)
TRIES = 6
Handler = Callable[[Job], None]
_handlers: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Registers the function that does jobs of this kind."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def _nudge(job_id: UUID) -> None:
    try:
        run_job.delay(str(job_id))
    except Exception as error:  # a broker that is down loses nothing: the sweep finds the row
        log.warning("nudge lost", error=type(error).__name__)


def enqueue(kind: str, subject_id: UUID, *, once: bool = False, not_before: datetime | None = None) -> Job:
    """Writes a job in the current transaction; the worker hears of it after the commit.

    With `once`, a job of this kind and subject that still waits is enough. With `not_before` it waits for that
    moment, and the sweep finds it.
    """
    waiting = Job.objects.filter(kind=kind, subject_id=subject_id, state=JobState.WAITING).first() if once else None
    if waiting is not None:
        return waiting
    job = Job(kind=kind, subject_id=subject_id)
    if not_before is not None:
        job.not_before = not_before
    job.save(force_insert=True)
    if not_before is None:
        nudge(job.pk)
    return job


def nudge(job_id: UUID) -> None:
    """Tells a worker of this job once the current transaction has committed."""
    transaction.on_commit(lambda: _nudge(job_id), robust=True)


def waits(kind: str) -> bool:
    """Whether work of this kind waits or runs."""
    return Job.objects.filter(kind=kind, state__in=(JobState.WAITING, JobState.RUNNING)).exists()


def _claim(job_id: UUID, now: datetime) -> Job | None:
    free = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, leased_until__lt=now)
    claimed = Job.objects.filter(free, pk=job_id, not_before__lte=now).update(
        state=JobState.RUNNING, leased_until=now + LEASE, attempts=F("attempts") + 1
    )
    return Job.objects.get(pk=job_id) if claimed else None


def perform(job_id: UUID, *, now: datetime) -> None:
    """Does one job if it is free: effect and `done` in one transaction. A failure is tried again, ever later."""
    job = _claim(job_id, now)
    if job is None:
        return
    job.now = now
    try:
        with acting(system_actor("achtergrondtaak")):
            _handlers[job.kind](job)
            Job.objects.filter(pk=job.pk).update(state=JobState.DONE, done_at=timezone.now(), leased_until=None)
    except Exception as error:
        state = JobState.FAILED if job.attempts >= TRIES else JobState.WAITING
        later = now + timedelta(seconds=10 * 4**job.attempts)
        Job.objects.filter(pk=job.pk).update(state=state, not_before=later, last_error=type(error).__name__)
        log.error("job failed", kind=job.kind, job=str(job.pk), error=type(error).__name__)


@shared_task(name="privacy.run_job")  # type: ignore[untyped-decorator]  # celery has no types
def run_job(job_id: str) -> None:
    """Does the job with this id."""
    trace.begin(trace.Trace(channel="job"))
    perform(UUID(job_id), now=timezone.now())


def sweep(*, now: datetime) -> None:
    """Does what waits too long: messages get lost, rows do not."""
    overdue = Job.objects.filter(done_at__isnull=True, not_before__lte=now - timedelta(seconds=20)).exclude(
        state=JobState.FAILED
    )
    for job_id in overdue.values_list("pk", flat=True)[:100]:
        perform(job_id, now=now)


@shared_task(name="privacy.sweep_jobs")  # type: ignore[untyped-decorator]  # celery has no types
def sweep_jobs() -> None:
    """Sweeps."""
    trace.begin(trace.Trace(channel="job"))
    sweep(now=timezone.now())
