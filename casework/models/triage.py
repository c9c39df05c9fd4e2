"""What the regisseur decided about a signal, and what remains of a rejected one."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from casework.models.signal import Signal
from partners.models import CaseTable, Organisation
from privacy.encryption.fields import SealedJSONField, SealedTextField
from privacy.models import SealedModel, UUIDModel


class TriageOutcome(models.TextChoices):
    ASKED = "asked", "Vraag aan de melder"
    ADDED = "added", "Bij een casus gevoegd"
    OPENED = "opened", "Casus geopend"
    FORWARDED = "forwarded", "Doorgestuurd naar een andere tafel"
    REJECTED = "rejected", "Afgewezen"


class TriageDecision(SealedModel):
    """One decision with the admission criteria as answered (BGS 2.20); in the regie compartment of the signal."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=TriageOutcome)
    criteria = SealedJSONField()
    reason = SealedTextField(null=True)
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        ordering = ["-decided_at"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.signal_id}"


class Tally(UUIDModel):
    """What remains of a rejected signal: that there was one (BGS 1.16(1))."""

    table = models.ForeignKey(CaseTable, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    theme = models.CharField(max_length=40)
    outcome_code = models.CharField(max_length=40)
    month = models.DateField()
    counted = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["table", "source", "theme", "outcome_code", "month"], name="casework_tally_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.counted}"
