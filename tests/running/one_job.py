"""A job on the database of a site in other processes: made here, done by the worker that a unit names."""

from __future__ import annotations

import time

import django

django.setup()

from django.db import transaction  # noqa: E402

from privacy import jobs  # noqa: E402
from privacy.audit.watching import COMPARE, NOBODY  # noqa: E402
from privacy.models import Job  # noqa: E402
from privacy.models.job import JobState  # noqa: E402


def make() -> None:
    """A comparison of the log, told to the broker."""
    with transaction.atomic():
        jobs.enqueue(COMPARE, NOBODY)


def wait_until_done() -> None:
    """Waits half a minute at most."""
    for _ in range(300):
        if Job.objects.filter(kind=COMPARE, state=JobState.DONE).exists():
            return
        time.sleep(0.1)
    raise SystemExit("the worker did nothing")
