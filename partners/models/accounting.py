"""What accountability is shown with: dates of screening and training, DPIAs and advice, tests and audits.

In no dossier. Rows are added and stay: a correction is a new row. Free text is about the processing, not about persons.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from privacy.models import UUIDModel


class ProofKind(models.TextChoices):
    """What must be in order of everybody who works with a case table (BGS 1.11 and 1.17)."""

    SCREENING = "screening", "Screening (VOG)"
    PRIVACY = "privacy", "Training gegevensbescherming"
    ETHICS = "ethics", "Training ethiek"
    WORK = "work", "Training werkprocessen"


class PersonProof(UUIDModel):
    """On which day somebody was screened or trained: the date and nothing of the outcome. The newest row counts."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=10, choices=ProofKind)
    held_on = models.DateField()
    noted_by = models.UUIDField(help_text="opaque: never the person itself")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["user", "kind", "-noted_at"], name="partners_proof_newest")]
        constraints = [
            models.CheckConstraint(name="partners_proof_by_another", condition=~Q(noted_by=F("user"))),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.held_on}"


class DpiaOutcome(models.TextChoices):
    GO = "go", "Verwerking kan"
    MEASURES = "measures", "Verwerking kan, met maatregelen"
    STOP = "stop", "Verwerking kan niet"


class Risk(models.TextChoices):
    LOW = "low", "Laag"
    MIDDLE = "middle", "Midden"
    HIGH = "high", "Hoog"


class Consultation(models.TextChoices):
    """Prior consultation of the authority (AVG 36)."""

    NONE = "none", "Niet nodig"
    ASKED = "asked", "Gevraagd, nog geen antwoord"
    ANSWERED = "answered", "Beantwoord"


class RacAdvice(models.TextChoices):
    """What the committee on lawfulness said of new or changed processing (WGS 1.8(6))."""

    NONE = "", "Niet gevraagd"
    POSITIVE = "positive", "Positief"
    CONDITIONS = "conditions", "Positief met voorwaarden"
    NEGATIVE = "negative", "Negatief"


class ImpactAssessment(UUIDModel):
    """DPIA and RAC advice on one version of a legal profile. The newest row of a version counts."""

    profile = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    held_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=DpiaOutcome)
    risk = models.CharField(max_length=8, choices=Risk)
    consultation = models.CharField(max_length=10, choices=Consultation)
    rac_on = models.DateField(null=True)
    rac_advice = models.CharField(max_length=12, choices=RacAdvice, blank=True)
    rac_summary = models.TextField(max_length=2000, blank=True, help_text="about the processing, never about persons")
    deviation = models.TextField(
        max_length=2000, blank=True, help_text="why the advice is not followed; empty when it is"
    )
    decided_by = models.CharField(max_length=120, help_text="the office or body, no person")
    review_on = models.DateField()
    noted_by = models.UUIDField(help_text="opaque")
    noted_at = models.DateTimeField(default=timezone.now)

    # What a person fills in: what is in the log as changed, and what makes a row differ from the one before.
    GIVEN: ClassVar[tuple[str, ...]] = (
        "held_on", "outcome", "risk", "consultation", "rac_on", "rac_advice", "rac_summary", "deviation", "decided_by",
        "review_on",
    )  # fmt: skip

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["profile", "version", "-noted_at"], name="partners_dpia_newest")]
        constraints = [
            models.CheckConstraint(name="partners_dpia_consulted", condition=~Q(risk="high") | ~Q(consultation="none")),
            models.CheckConstraint(
                name="partners_dpia_rac",
                condition=Q(rac_on__isnull=True, rac_advice="", deviation="")
                | Q(rac_on__isnull=False) & ~Q(rac_advice=""),
            ),
            models.CheckConstraint(name="partners_dpia_review", condition=Q(review_on__gt=F("held_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.profile} {self.version} {self.held_on}"


class ExaminationKind(models.TextChoices):
    PENTEST = "pentest", "Pentest"
    AUDIT = "audit", "Audit"


class Examination(UUIDModel):
    """A pentest, or an audit (WGS 1.10): when, of what, and what is still open. `replaces` is how it stood before."""

    kind = models.CharField(max_length=8, choices=ExaminationKind)
    held_on = models.DateField()
    scope = models.CharField(max_length=200, help_text="about the system, never about persons")
    found = models.PositiveSmallIntegerField()
    unsolved = models.PositiveSmallIntegerField()
    again_on = models.DateField(null=True, help_text="when what failed is examined again")
    sent_on = models.DateField(null=True, help_text="when the authority got its copy of an audit")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="replaced_by"
    )
    noted_by = models.UUIDField(help_text="opaque")
    noted_at = models.DateTimeField(default=timezone.now)

    GIVEN: ClassVar[tuple[str, ...]] = ("held_on", "scope", "found", "unsolved", "again_on", "sent_on")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="partners_examination_counts", condition=Q(unsolved__lte=F("found"))),
            models.CheckConstraint(
                name="partners_examination_again",
                condition=Q(unsolved=0) | Q(again_on__isnull=False, again_on__gt=F("held_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.held_on}"
