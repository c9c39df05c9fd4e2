"""Measures that were imposed, with their terms: when they end, how often they were extended, and breaches."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from escalation.models.standing import Decision, Standing
from privacy.encryption.fields import SealedTextField
from privacy.models import DossierRow, SealedModel


class EndedBecause(models.TextChoices):
    LEFT = "left", "De casus verliet de trede"
    WITHDRAWN = "withdrawn", "Ingetrokken"
    DONE = "done", "Gedaan"
    CLOSED = "closed", "De casus is gesloten"


class Measure(DossierRow):
    """A measure in force, begun by a decision; in the cover. What it is called stands in the ladder, at its rung."""

    standing = models.ForeignKey(Standing, on_delete=models.CASCADE, related_name="measures")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="+")
    ladder_version = models.CharField(max_length=20)
    rung = models.CharField(max_length=40)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="before its term: withdrawn, or the rung was left")

    class Meta(DossierRow.Meta):
        ordering = ["-since", "id"]

    def __str__(self) -> str:
        return f"{self.rung} van {self.standing_id}"


class Breach(SealedModel):
    """That somebody broke a measure; with the regie."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="breaches")
    at = models.DateTimeField()
    note = SealedTextField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return f"overtreding van {self.measure_id}"


class Term(DossierRow):
    """A term that runs, of a rung or its measure; in the cover. Its end was computed by `terms.compute`."""

    standing = models.ForeignKey(Standing, on_delete=models.CASCADE, related_name="terms")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, null=True, related_name="terms")
    ladder = models.CharField(max_length=40)
    ladder_version = models.CharField(max_length=20)
    rung = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    number = models.PositiveIntegerField(help_text="the length that counts, in the unit of the rung's term")
    since = models.DateTimeField()
    ends = models.DateTimeField()
    extended = models.PositiveIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=10, choices=EndedBecause, blank=True)

    class Meta(DossierRow.Meta):
        ordering = ["ends", "id"]
        indexes = [
            models.Index(fields=["dossier", "ends"], condition=Q(ended_at__isnull=True), name="escalation_term_running")
        ]
        constraints = [
            models.CheckConstraint(name="escalation_term_period", condition=Q(ends__gt=F("since"))),
            models.CheckConstraint(
                name="escalation_term_ended",
                condition=Q(ended_at__isnull=True, ended_because="") | Q(ended_at__isnull=False) & ~Q(ended_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"termijn {self.key} van {self.standing_id}"
