"""What keeps a dossier from being destroyed, the lists of what goes, and what remains of each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from privacy.encryption.fields import SealedTextField
from privacy.models.base import DossierRow, SealedModel, UUIDModel


class Because(models.TextChoices):
    """Why nothing of a dossier is destroyed."""

    REQUEST = "request", "verzoek van een betrokkene"
    OBJECTION = "objection", "bezwaar van de regisseur"
    HOLD = "hold", "bewaarplicht"


class Block(UUIDModel):
    """One reason why one dossier is not destroyed, as long as it has no end. Outside dossiers: it says nothing of any.

    Written by definer functions alone. `source_id` is the request, objection or hold that it follows from.
    """

    dossier_id = models.UUIDField(help_text="opaque: outlives the dossier")
    because = models.CharField(max_length=10, choices=Because)
    source_id = models.UUIDField(db_index=True)
    set_by = models.UUIDField()
    set_at = models.DateTimeField(default=timezone.now)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["dossier_id", "source_id"],
                condition=models.Q(ended_at__isnull=True),
                name="privacy_block_once",
            ),
            models.CheckConstraint(
                name="privacy_block_ended_both",
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.because} {self.dossier_id}"


class Hold(DossierRow):
    """The file of a hold of the privacy officer, or of an objection of a regisseur. It stands in its cover.

    What keeps the dossier is the `Block` with this row as its source; this says who asked it and when it is reviewed.
    """

    because = models.CharField(max_length=10, choices=Because)
    about_id = models.UUIDField(help_text="opaque: outlives the dossier")
    reference = models.CharField(max_length=30)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    review_on = models.DateField(help_text="on this day an officer looks again")
    reviewed_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)

    class Meta(DossierRow.Meta):
        ordering = ["review_on"]
        constraints = [
            models.CheckConstraint(
                name="privacy_hold_lifted_both",
                condition=models.Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.because} {self.pk}"


class HoldText(SealedModel):
    """Why a dossier is held, and what was said at a review or at the end. In the part of the whole desk file."""

    class Kind(models.TextChoices):
        REASON = "reason", "Reden"
        REVIEW = "review", "Blijft staan"
        END = "end", "Opgeheven"

    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="texts")
    kind = models.CharField(max_length=10, choices=Kind)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = SealedTextField()

    class Meta(SealedModel.Meta):
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.hold_id}"
