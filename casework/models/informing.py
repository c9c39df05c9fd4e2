"""Telling persons that data about them are processed (AVG 14, BGS 1.3): who was told, and what is postponed and why.

Both stand with the regie: why somebody is not told yet is not for every participant.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.models.case import Case, CaseSubject
from partners.models import Organisation
from privacy.encryption.fields import SealedTextField
from privacy.models import SealedModel


class ToldHow(models.TextChoices):
    LETTER = "letter", "Brief"
    TALK = "talk", "Gesprek"
    PHONE = "phone", "Telefoon"
    OTHER = "other", "Anders"


class PostponeReason(models.TextChoices):
    """A ground to wait with telling, with its article."""

    SAFETY = "safety", "Gevaar voor de openbare veiligheid (UAVG 41, lid 1, onder c)"
    CRIME = "crime", "Onderzoek naar of voorkomen van strafbare feiten (UAVG 41, lid 1, onder d)"
    OVERSIGHT = "oversight", "Toezicht of inspectie (UAVG 41, lid 1, onder h)"
    PROTECTION = "protection", "Bescherming van deze persoon of van anderen (UAVG 41, lid 1, onder i)"
    PURPOSE = "purpose", "Vertellen maakt het doel onmogelijk of kost onevenredig veel (AVG 14, lid 5, onder b)"
    SECRECY = "secrecy", "Beroepsgeheim (AVG 14, lid 5, onder d)"


class SubjectTold(SealedModel):
    """That a person was told, once for this case: when, how, by whom, and in which words."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="told")
    subject = models.OneToOneField(CaseSubject, on_delete=models.CASCADE, related_name="told")
    told_on = models.DateField()
    how = models.CharField(max_length=10, choices=ToldHow)
    text = SealedTextField()
    told_by = SealedTextField(help_text="who of the professionals did it")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        ordering = ["told_on", "id"]

    def __str__(self) -> str:
        return f"informeren van {self.subject_id}"


class Postponement(SealedModel):
    """A reason to wait, of one participant, until it ends or is looked at again: within three months."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="postponements")
    subject = models.ForeignKey(CaseSubject, on_delete=models.CASCADE, related_name="postponements")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=PostponeReason)
    explanation = SealedTextField()
    since = models.DateField()
    recheck_on = models.DateField()
    ended_on = models.DateField(null=True)
    recheck_told = models.DateField(null=True, help_text="the re-check of which was told; by the database")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        ordering = ["noted_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "organisation"],
                condition=Q(ended_on__isnull=True),
                name="casework_postponement_once",
            )
        ]

    def __str__(self) -> str:
        return f"uitstel bij {self.subject_id}"
