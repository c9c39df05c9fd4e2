"""Emergency access (break-glass): that somebody opened a dossier without being invited, and what was said about it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from privacy.encryption.fields import SealedTextField
from privacy.models.base import DossierRow, SealedModel
from privacy.models.dossier import Dossier


class Verdict(models.TextChoices):
    NONE = "", "Nog te beoordelen"
    ASKED = "asked", "Vraag gesteld"
    ANSWERED = "answered", "Vraag beantwoord"
    RIGHT = "right", "Terecht"
    WRONG = "wrong", "Onterecht"


OPEN = (Verdict.NONE, Verdict.ASKED, Verdict.ANSWERED)


class EmergencyAccess(DossierRow):
    """One use, in the table's part of its own dossier: read by the person, the regisseurs and the privacy officers.

    Written by definer functions alone. `reference` is copied: who reviews can't read the dossier it is about.
    """

    about = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=30)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.NONE, blank=True)
    reviewed_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)

    class Meta(DossierRow.Meta):
        ordering = ["-opened_at", "id"]

    def __str__(self) -> str:
        return f"noodtoegang {self.pk}"

    @property
    def key(self) -> str:
        """What the grants that it gave are given for."""
        return f"emergency:{self.pk}"

    @property
    def over_at(self) -> datetime:
        """When it ended, or will end by itself."""
        return min(self.until, self.ended_at) if self.ended_at else self.until

    def runs_at(self, now: datetime) -> bool:
        """Whether it gives access at this moment."""
        return now < self.over_at


class EmergencyText(SealedModel):
    """What was written about a use: why, and the verdict with its explanation, in the part of the regie (which the
    person can't read); a question of the privacy officer and the person's answer in the table's part.
    """

    class Kind(models.TextChoices):
        REASON = "reason", "Reden"
        QUESTION = "question", "Vraag"
        ANSWER = "answer", "Antwoord"
        EXPLANATION = "explanation", "Toelichting"

    use = models.ForeignKey(EmergencyAccess, on_delete=models.PROTECT, related_name="texts")
    kind = models.CharField(max_length=12, choices=Kind)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = SealedTextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} bij {self.use_id}"
