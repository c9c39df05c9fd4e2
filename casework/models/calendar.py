"""What leaves for somebody's calendar: that the own tables meet, and nothing else."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.models.meeting import Meeting
from privacy.models import UUIDModel


class CalendarFeed(UUIDModel):
    """An address at which a calendar reads when somebody's tables meet; only that person reads or ends this row.

    The address is told once and kept nowhere: here is a digest of the random part of it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    address_hash = models.BinaryField(max_length=32, unique=True, help_text="SHA-256 of 256 random bits")
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at__isnull=True), name="casework_calendarfeed_once"
            )
        ]

    def __str__(self) -> str:
        return f"agenda van {self.user_id}"


class MeetingCall(UUIDModel):
    """Of which change of a meeting somebody's calendar was told by mail. It says no more than the seat at the table."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="calls")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told = models.PositiveIntegerField(null=True, help_text="`Meeting.sequence` in the last mail; none was sent yet")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="casework_meetingcall_once")]

    def __str__(self) -> str:
        return f"uitnodiging voor {self.meeting_id}"
