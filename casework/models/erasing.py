"""Erasure (AVG 17): what a source decides of one passage, and that the contact point carried it out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.models.rights import RightsPassage
from privacy.encryption.fields import SealedTextField
from privacy.models import SealedModel


class Erase(models.TextChoices):
    ERASE = "erase", "Wissen: het contactpunt voert het uit"
    SELF = "self", "Wissen: wij hebben dit zelf gewist of weggehaald"
    KEEP = "keep", "Blijft staan"


class RightsErasure(SealedModel):
    """The word of the source, once, with its ground; then that it was done, or that a hold stood in the way."""

    passage = models.OneToOneField(RightsPassage, on_delete=models.CASCADE, related_name="erasure")
    decision = models.CharField(max_length=5, choices=Erase)
    ground = models.CharField(max_length=12)
    reason = SealedTextField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    carried_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    carried_out_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True, help_text="a legal hold kept it from being erased")
    told = models.PositiveIntegerField(default=0, help_text="how many people who had it were told (AVG 19)")

    class Meta(SealedModel.Meta):
        constraints = [
            # Four eyes: somebody of the source decides, another carries it out.
            models.CheckConstraint(
                name="casework_rightserasure_four_eyes",
                condition=Q(carried_out_at__isnull=True, carried_out_by__isnull=True)
                | Q(carried_out_at__isnull=False, carried_out_by__isnull=False, decision__in=("erase", "self"))
                & ~Q(carried_out_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="casework_rightserasure_reason", condition=~Q(decision="keep") | Q(reason__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"wissen van {self.passage_id}"
