"""The queue as who runs the house sees it: how many wait, run and failed; and doing a failed job again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min, Q

from privacy import jobs
from privacy.actor import Actor
from privacy.audit import record
from privacy.errors import NotKnown, Refused
from privacy.models.job import Job, JobState

PATIENCE = timedelta(minutes=2)  # the sweep comes every half minute: what waits longer, waits for a worker
SHOWN = 50
OVERTAKEN = "Deze taak wacht of draait al, of is klaar. Misschien was een collega u voor. U hoeft niets te doen."


@dataclass(frozen=True, slots=True)
class Queue:
    """How many jobs there are in each state; `later` are those whose moment has yet to come."""

    waiting: int
    later: int
    running: int
    failed: int
    oldest: datetime | None

    def stuck(self, now: datetime) -> bool:
        """Whether something waits that a worker should have done by now."""
        return self.oldest is not None and now - self.oldest > PATIENCE


def queue(*, now: datetime) -> Queue:
    """How the queue stands; costs what is open, not what was ever done."""
    waits = Q(state=JobState.WAITING, not_before__lte=now)
    counted = Job.objects.filter(done_at__isnull=True).aggregate(
        waiting=Count("pk", filter=waits),
        later=Count("pk", filter=Q(state=JobState.WAITING, not_before__gt=now)),
        running=Count("pk", filter=Q(state=JobState.RUNNING)),
        failed=Count("pk", filter=Q(state=JobState.FAILED)),
        oldest=Min("not_before", filter=waits),
    )
    return Queue(**counted)


def open_jobs(*, now: datetime) -> list[Job]:
    """What failed, runs or waits now, in that order, the oldest first."""
    due = Q(state__in=(JobState.FAILED, JobState.RUNNING)) | Q(state=JobState.WAITING, not_before__lte=now)
    return list(Job.objects.filter(due, done_at__isnull=True).order_by("state", "made_at")[:SHOWN])


def again(pk: UUID, *, now: datetime, by: Actor) -> None:
    """A job that failed is done again, as if it were new; raises NotKnown, or Refused when it did not fail."""
    reset = {"state": JobState.WAITING, "attempts": 0, "not_before": now, "leased_until": None, "last_error": ""}
    if not Job.objects.filter(pk=pk, state=JobState.FAILED).update(**reset):
        if not Job.objects.filter(pk=pk).exists():
            raise NotKnown
        raise Refused(OVERTAKEN)
    jobs.nudge(pk)
    record.change("job.again", obj=Job(pk=pk), by=by)
