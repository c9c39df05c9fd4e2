"""What the tests of managing share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from partners.models import User
from privacy.jobs import perform
from privacy.models import Job
from tests.world import Cast


@pytest.fixture
def beheerder(cast: Cast, login: Callable[[User], Client]) -> Client:
    """The browser of the beheerder."""
    return login(cast.beheer)


@pytest.fixture
def do_jobs(db: None) -> Callable[[], list[mail.EmailMessage]]:
    """Does what waits since the test began, as the worker would; returns the mails that went out."""
    of_others = set(Job.objects.values_list("pk", flat=True))  # tests that really commit leave theirs behind

    def do() -> list[mail.EmailMessage]:
        mail.outbox.clear()
        for job in Job.objects.filter(done_at__isnull=True, not_before__lte=timezone.now()).exclude(pk__in=of_others):
            perform(job.pk, now=timezone.now())
            job.refresh_from_db()
            assert job.state == "done", job.last_error
        return list(mail.outbox)

    return do
