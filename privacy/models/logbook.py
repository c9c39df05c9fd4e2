"""Questions to the log that a privacy officer keeps."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from privacy.models.base import UUIDModel


class LogQuestion(UUIDModel):
    """A question to the log under a name of its own: codes, days and ids, and a name without personal data.

    In no dossier: it holds nothing of any, and only its owner reads it (a policy of the database).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    asked = models.JSONField(help_text="name of a filter to its code")
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="privacy_logquestion_once")]

    def __str__(self) -> str:
        return f"vraag {self.pk}"
