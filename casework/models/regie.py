"""Who directs a case or a household, from and until, and handing that over."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.models.case import Case
from casework.models.household import Household
from privacy.encryption.fields import SealedTextField
from privacy.models import Dossier, DossierRow, SealedModel


class RegieKind(models.TextChoices):
    PROCESS = "process", "Procesregisseur"
    CASE = "case", "Casusregisseur"


class Vacant(models.TextChoices):
    """Why nobody directs in fact, although the regie still stands in somebody's name."""

    LEFT = "left", "uit dienst"
    SEAT = "seat", "zetel afgelopen"
    ENDED = "ended", "doet niet meer mee"
    ILL = "ill", "afwezig"
    ORGANISATION = "organisation", "organisatie doet niet meer mee"


class RegieAssignment(DossierRow):
    """Who directs, when; in the cover, since everyone in the case or household may know it.

    The casusregisseur of a household stands in the dossier of the household, whatever cases are about it; a case about
    no household may have one of its own. The database keeps one at a time, without a gap, and marks it vacant when what
    it rests on falls away (`privacy/rls/regie.py`). What stands in it stands: who is back begins a row anew.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="regie")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, null=True, related_name="regie")
    kind = models.CharField(max_length=8, choices=RegieKind)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    through = models.ForeignKey(
        Dossier,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="the case through which the casusregisseur of a household comes to it",
    )
    access_until = models.DateTimeField(null=True, help_text="the end of the participation in that case")
    vacant_since = models.DateTimeField(null=True)
    vacant_because = models.CharField(max_length=12, choices=Vacant, blank=True)
    back_on = models.DateField(null=True, help_text="when who is away expects to be back")

    class Meta(DossierRow.Meta):
        constraints = [
            models.CheckConstraint(
                name="casework_regie_period", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(until__isnull=True), name="casework_regie_one"
            ),
            models.UniqueConstraint(
                fields=["household"], condition=Q(until__isnull=True), name="casework_regie_one_household"
            ),
            models.CheckConstraint(
                name="casework_regie_of_one",
                condition=Q(case__isnull=False, household__isnull=True)
                | Q(case__isnull=True, household__isnull=False, kind="case"),
            ),
            models.CheckConstraint(
                name="casework_regie_vacant",
                condition=Q(vacant_since__isnull=True, vacant_because="")
                | Q(vacant_since__isnull=False) & ~Q(vacant_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.household_id or self.case_id}"

    @property
    def key(self) -> str:
        """What grants that follow from this regie are given for."""
        return f"regie:{self.pk}"


class Handover(SealedModel):
    """The regie of a household, or of the process of a case, is offered to somebody. Until then nothing changes.

    Of a household it stands in the liaison of the receiver's organisation; of a case in the regie compartment, since
    the receiver directs already.
    """

    household = models.ForeignKey(Household, on_delete=models.CASCADE, null=True, related_name="handovers")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="handovers")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True, help_text="empty while open, and when it was taken back")
    answer = SealedTextField(null=True)

    class Meta(SealedModel.Meta):
        ordering = ["-offered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(answered_at__isnull=True), name="casework_handover_one"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_at__isnull=True), name="casework_handover_one_case"
            ),
            models.CheckConstraint(
                name="casework_handover_of_one",
                condition=Q(case__isnull=False, household__isnull=True) | Q(case__isnull=True, household__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"overdracht van {self.household_id or self.case_id}"

    def lapsed(self, now: datetime) -> bool:
        """Whether nobody answered in time; it stays open until somebody makes another offer."""
        return self.answered_at is None and self.expires_at <= now
