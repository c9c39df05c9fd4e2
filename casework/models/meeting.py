"""When a table meets: series and meetings. Outside the dossiers: nothing here is about a case or a person's life."""

from __future__ import annotations

from datetime import time
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partners.models import CaseTable
from privacy.models import UUIDModel


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", "Elke zoveel weken"
    MONTHLY = "monthly", "Elke maand op een vaste dag"


class Weekday(models.IntegerChoices):
    MONDAY = 0, "maandag"
    TUESDAY = 1, "dinsdag"
    WEDNESDAY = 2, "woensdag"
    THURSDAY = 3, "donderdag"
    FRIDAY = 4, "vrijdag"


class Where(models.Model):
    """Where people meet, who leads and who writes: of a series, and of each meeting after it."""

    place = models.CharField("plaats", max_length=120, blank=True)
    video_link = models.URLField("link voor beeldbellen", max_length=500, blank=True)
    # Both direct the table: what is decided is written in dossiers that nobody else may write in.
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="voorzitter"
    )
    secretary = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="verslaglegger"
    )

    class Meta:
        abstract = True


class MeetingSeries(Where, UUIDModel):
    """The rhythm in which a table meets. Who sits at the table may read it, who directs the table sets it."""

    table = models.ForeignKey(CaseTable, on_delete=models.PROTECT, related_name="+")
    rhythm = models.CharField(max_length=8, choices=Rhythm, default=Rhythm.WEEKLY)
    every = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(12)], help_text="weeks, or months"
    )
    weekday = models.PositiveSmallIntegerField(choices=Weekday, default=Weekday.TUESDAY)
    nth = models.SmallIntegerField(default=1, help_text="monthly: which of its kind in the month; -1 is the last")
    begins_on = models.DateField()
    starts_at = models.TimeField(default=time(10, 0))
    minutes = models.PositiveSmallIntegerField(default=120)
    cutoff_days = models.PositiveSmallIntegerField(default=1, help_text="calendar days before the meeting")
    cutoff_time = models.TimeField(default=time(12, 0))
    made_until = models.DateField(null=True, help_text="up to this day its meetings were made")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["begins_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="casework_series_sound",
                condition=Q(every__gte=1, every__lte=12, minutes__gte=15, minutes__lte=600, cutoff_days__lte=14)
                & Q(nth__in=[1, 2, 3, 4, -1], weekday__lte=4),
            )
        ]

    def __str__(self) -> str:
        return f"reeks van {self.table_id}"


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", "Gepland"
    RUNNING = "running", "Bezig"
    HELD = "held", "Gehouden"
    CANCELLED = "cancelled", "Gaat niet door"


class Meeting(Where, UUIDModel):
    """One meeting of a table. That a table meets is no secret for who sits there; what it is about is elsewhere.

    `published_at`: from then on each partner sees its own items, and only those.
    """

    table = models.ForeignKey(CaseTable, on_delete=models.PROTECT, related_name="+")
    series = models.ForeignKey(MeetingSeries, on_delete=models.PROTECT, null=True, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="as planned for the series: it tells nothing of what is on the agenda")
    cutoff_at = models.DateTimeField(help_text="until when partners may ask to put something on the agenda")
    status = models.CharField(max_length=9, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    published_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    sequence = models.PositiveIntegerField(default=0, help_text="changes so far, as calendars count them (RFC 5545)")
    calendar_uid = models.UUIDField(
        default=uuid4,
        db_default=RandomUUID(),
        editable=False,
        help_text="what calendars call it; random, so that it leads to nothing",
    )

    class Meta:
        default_permissions = ()
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["table", "starts_at"], name="casework_meeting_when")]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "starts_at"], condition=~Q(status="cancelled"), name="casework_meeting_at_once"
            ),
            models.CheckConstraint(name="casework_meeting_period", condition=Q(ends_at__gt=F("starts_at"))),
        ]

    def __str__(self) -> str:
        return f"overleg {self.pk}"


class MinutesVersion(UUIDModel):
    """That minutes were made, and who fixed them. What stands in them is in pieces, each in the dossier of its case."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    number = models.PositiveIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    chair_at = models.DateTimeField(null=True, help_text="when the chair fixed it")
    secretary_at = models.DateTimeField(null=True, help_text="when the secretary fixed it")
    fixed_at = models.DateTimeField(null=True, help_text="both did: from then on partners read their part")

    class Meta:
        default_permissions = ()
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="casework_minutes_once"),
            models.CheckConstraint(
                name="casework_minutes_by_both",
                condition=Q(fixed_at__isnull=True) | Q(chair_at__isnull=False, secretary_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"verslag {self.number} van {self.meeting_id}"
