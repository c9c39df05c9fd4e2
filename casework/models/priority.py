"""The priority list of a table: which cases go first, by published criteria (WGS 2.32, BGS 2.22)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.models.case import Case
from privacy.encryption.fields import SealedTextField
from privacy.models import SealedModel


class Priority(SealedModel):
    """That a case stands on the list, by which criterion and why; with the regie. Taken off as soon as it can."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="priorities")
    criterion = models.CharField(max_length=40, help_text="code in the theme of the case")
    reason = SealedTextField()
    since = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField(null=True)

    class Meta(SealedModel.Meta):
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(until__isnull=True), name="casework_priority_once")
        ]

    def __str__(self) -> str:
        return f"prioriteit van {self.case_id}"
