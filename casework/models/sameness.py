"""What a regisseur said of two people in dossiers: the same, or not. It ties two rows and changes neither."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from privacy.models import DossierRow


class SamenessVerdict(models.TextChoices):
    SAME = "same", "Dezelfde persoon"
    DIFFERENT = "different", "Niet dezelfde"


class Sameness(DossierRow):
    """In the regie compartment of a dossier that the one who said it directs. Nothing personal.

    A row is there only for who directs that dossier and reads the people on both sides: the database asks for a grant
    on all three compartments (`privacy/rls/sameness.py`), and takes the row away when one of the people is gone.
    """

    left_kind = models.CharField(max_length=12)
    left_row = models.UUIDField()
    left_compartment = models.UUIDField()
    right_kind = models.CharField(max_length=12)
    right_row = models.UUIDField()
    right_compartment = models.UUIDField()
    verdict = models.CharField(max_length=9, choices=SamenessVerdict)
    score = models.PositiveSmallIntegerField(help_text="as it was when it was said; it decided nothing")
    reasons = models.JSONField(help_text="codes of casework/sameness/reasons.py")
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField(default=timezone.now)
    undone_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta(DossierRow.Meta):
        ordering = ["decided_at", "id"]
        indexes = [
            models.Index(fields=[name], name=f"casework_same_{name.replace('compartment', 'place')}")
            for name in ("left_row", "right_row", "left_compartment", "right_compartment")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["compartment", "left_row", "right_row"],
                condition=Q(undone_at__isnull=True),
                name="casework_same_once",
            ),
            models.CheckConstraint(name="casework_same_in_order", condition=Q(left_row__lt=F("right_row"))),
            models.CheckConstraint(
                name="casework_same_undone",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.pk}"
