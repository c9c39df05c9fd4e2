"""Work for later: the row is the truth, the broker's message holds only its id."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone

from privacy.models.base import UUIDModel


class JobState(models.TextChoices):
    WAITING = "waiting", "wacht"
    RUNNING = "running", "bezig"
    DONE = "done", "klaar"
    FAILED = "failed", "mislukt"


class Job(UUIDModel):
    """One piece of work, written in the same transaction as its cause. Never holds personal data: ids only."""

    kind = models.CharField(max_length=40)
    subject_id = models.UUIDField(help_text="opaque: what it is about")
    state = models.CharField(max_length=8, choices=JobState, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    not_before = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True, help_text="the kind of error, never its text")
    now: datetime  # not stored: the moment at which `jobs.perform` does it, for handlers, which ask no clock

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["not_before"], condition=models.Q(done_at__isnull=True), name="privacy_job_open")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
