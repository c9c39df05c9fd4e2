"""Who decides for which authority at a table, and who gave whom a mandate. Outside dossiers: nothing of any case."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partners.models import CaseTable
from privacy.models import UUIDModel


class Holder(UUIDModel):
    """Somebody who decides for an authority (a code of `authorities/*.toml`) at this table."""

    table = models.ForeignKey(CaseTable, on_delete=models.CASCADE, related_name="holders")
    authority = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "authority", "user"], condition=Q(ended_at__isnull=True), name="escalation_holder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.authority} van {self.table_id}"


class Mandate(UUIDModel):
    """That one authority lets another decide in its name (Awb 10:3), from and until, with where it is written."""

    table = models.ForeignKey(CaseTable, on_delete=models.CASCADE, related_name="mandates")
    giver = models.CharField(max_length=40)
    to = models.CharField(max_length=40)
    document = models.CharField(max_length=200, help_text="where the mandate is written")
    since = models.DateField()
    until = models.DateField(null=True, help_text="the last day on which it counts")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                name="escalation_mandate_period", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            )
        ]

    def __str__(self) -> str:
        return f"mandaat van {self.giver} aan {self.to}"
