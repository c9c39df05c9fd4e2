"""What partners bring in, and what was given to whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from casework.models.case import Case
from casework.models.signal import ItemKind
from partners.models import Organisation
from privacy.encryption.fields import ErasableTextField, SealedJSONField, SealedTextField
from privacy.models import Dossier, DossierRow, SealedModel


class Audience(models.TextChoices):
    TABLE = "table", "Alle deelnemers aan deze casus"
    REGIE = "regie", "Alleen de regisseur"
    CHOSEN = "chosen", "De regisseur en organisaties die ik kies"
    OWN = "own", "Alleen mijn eigen organisatie"


class Contribution(SealedModel):
    """One contribution; its owner keeps control and can correct or withdraw it (WGS 1.7(3), BGS 1.7)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="contributions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=6, choices=Audience)
    category = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=ItemKind)
    ground = models.CharField(max_length=60)
    decision_ref = SealedTextField(null=True)
    occurred_on = models.DateField(null=True)
    text = ErasableTextField(null=True)
    origin = SealedTextField(null=True)
    conditions = SealedTextField(null=True)
    terms = SealedJSONField(null=True)
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    corrected_at = models.DateTimeField(null=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by", help_text="the one it replaces"
    )
    erased_at = models.DateTimeField(null=True, help_text="on request (AVG 17); by the database alone")

    class Meta(SealedModel.Meta):
        constraints = [
            models.CheckConstraint(
                name="casework_contribution_text",
                condition=models.Q(text__isnull=False) | models.Q(erased_at__isnull=False),
            )
        ]
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return f"inbreng in {self.case_id}"


class Disclosure(SealedModel):
    """One giving of one thing to one organisation (verstrekking): by whom, on what ground, under what conditions.

    In the liaison of the owner, so that owner and regie can read it and no other partner knows who else got what.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="disclosures")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, null=True, related_name="disclosures")
    signal_dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=60)
    decision_ref = SealedTextField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta(SealedModel.Meta):
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"verstrekking in {self.case_id}"

    @property
    def key(self) -> str:
        """What grants that follow from this disclosure are given for."""
        return f"disclosure:{self.pk}"


class Consent(DossierRow):
    """The owner of a contribution is asked whether one more organisation may get it; the owner alone answers.

    In the liaison of the owner, so that owner and regie read it and the receiver never learns that it was asked.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consents")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="consents")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", help_text="the owner")
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    agreed = models.BooleanField(null=True)
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta(DossierRow.Meta):
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "receiver"], name="casework_consent_once"),
            models.CheckConstraint(
                name="casework_consent_answered",
                condition=models.Q(agreed__isnull=True, answered_at__isnull=True, answered_by__isnull=True)
                | models.Q(agreed__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"toestemming in {self.case_id}"
