"""Run inside a site's environment: `python -m tests.stage` writes the cast, `… jobs` does every waiting job."""

from __future__ import annotations

import sys

import django


def main(arguments: list[str]) -> None:
    django.setup()
    from django.utils import timezone

    from privacy import jobs
    from privacy.models import Job
    from tests.world import make_cast

    if arguments == ["jobs"]:
        for job in Job.objects.filter(done_at__isnull=True):
            jobs.perform(job.pk, now=timezone.now())
        left = Job.objects.filter(done_at__isnull=True)
        assert not left, [(job.kind, job.last_error) for job in left]
    else:
        make_cast()


if __name__ == "__main__":
    main(sys.argv[1:])
