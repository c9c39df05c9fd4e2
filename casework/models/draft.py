"""A signal in the making: sealed on the server, so that a lost session or browser loses nothing."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from privacy.encryption.fields import SealedJSONField
from privacy.models import SealedModel


class SignalDraft(SealedModel):
    """Only its writer can open it. Sending it makes a signal and destroys the draft."""

    theme = models.CharField(max_length=40)
    body = SealedJSONField()
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return f"concept {self.pk}"
