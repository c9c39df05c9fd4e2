"""Who may never see a dossier, because of a conflict of interest; it beats every grant and can't be noticed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from privacy.models.base import UUIDModel
from privacy.models.dossier import Dossier


class ExclusionReason(models.TextChoices):
    """Why, as a code: what there is between two people is written down nowhere."""

    FAMILY = "family", "Familie of partner"
    FRIEND = "friend", "Vriend of bekende"
    NEIGHBOUR = "neighbour", "Buren"
    OWN = "own", "Zelf betrokken"
    WORK = "work", "Werkt of werkte met deze persoon"
    OTHER = "other", "Een andere persoonlijke band"


class Exclusion(UUIDModel):
    """One person kept away from one dossier. Read by who directs it and by the privacy officer, never by the person.

    Written by definer functions alone, which also mark the grants of the person (`Grant.excluded`).
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=ExclusionReason)
    set_by = models.UUIDField()
    set_at = models.DateTimeField(default=timezone.now)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "dossier"],
                condition=models.Q(ended_at__isnull=True),
                name="privacy_exclusion_once",
            ),
            models.CheckConstraint(
                name="privacy_exclusion_ended_both",
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"uitsluiting van {self.dossier_id}"

    @property
    def self_reported(self) -> bool:
        """Whether the person asked for it."""
        return self.set_by == self.user_id
