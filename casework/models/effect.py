"""Whether it works: assessments over time, evaluations of the plan, and what remains of them as counts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.models.household import Household, Member
from partners.models import Organisation
from privacy.encryption.fields import SealedJSONField, SealedTextField
from privacy.models import SealedModel, UUIDModel


class Assessment(SealedModel):
    """How one member fares by an instrument; in the liaison of the organisation that looked, so that it and the regie
    read it. One that was wrong is replaced with a reason and stays readable as replaced. It decides nothing (AVG 22).
    """

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="assessments")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="assessments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    instrument_version = models.CharField(max_length=20)
    assessed_on = models.DateField()
    scores = SealedJSONField(help_text="level by domain; a domain that was not scored is absent")
    note = SealedTextField(null=True)
    at = models.DateTimeField(default=timezone.now)
    corrected_at = models.DateTimeField(null=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by", help_text="the one it replaces"
    )
    reason = SealedTextField(null=True, help_text="why it replaces that one")

    class Meta(SealedModel.Meta):
        ordering = ["assessed_on", "at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "organisation", "instrument", "assessed_on"],
                condition=Q(corrected_at__isnull=True),
                name="casework_assessment_once",
            ),
            models.CheckConstraint(
                name="casework_assessment_reason",
                condition=Q(corrects__isnull=True, reason__isnull=True)
                | Q(corrects__isnull=False, reason__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"meting van {self.household_id}"


class Agreed(models.TextChoices):
    """Whether the family sees it the same way."""

    YES = "ja", "Ja, het gezin ziet het ook zo"
    PARTLY = "deels", "Deels"
    NO = "nee", "Nee, het gezin ziet het anders"
    NOT_ASKED = "niet_besproken", "Niet besproken met het gezin"


class Evaluation(SealedModel):
    """What came of the plan so far, or at its end, in words and counts; in the regie compartment of the household."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="evaluations")
    closing = models.BooleanField(default=False)
    evaluated_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    goals = SealedJSONField(help_text="counts by life domain, as the plan stood")
    goal_words = SealedTextField(null=True, help_text="what the counts don't say")
    nuisance = SealedJSONField(help_text="counts before and after, as given and as counted")
    nuisance_words = SealedTextField(null=True)
    worked = SealedTextField()
    not_worked = SealedTextField(null=True)
    family = models.CharField(max_length=16, choices=Agreed)
    family_words = SealedTextField(null=True)

    class Meta(SealedModel.Meta):
        ordering = ["-evaluated_on", "-at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["household", "evaluated_on", "closing"], name="casework_evaluation_day"),
            models.UniqueConstraint(fields=["household"], condition=Q(closing=True), name="casework_evaluation_last"),
        ]

    def __str__(self) -> str:
        return f"evaluatie van {self.household_id}"


class Outcome(UUIDModel):
    """What remains of the goals of plans that ended, to steer by: counts without persons or organisations."""

    theme = models.CharField(max_length=40)
    domain = models.CharField(max_length=40)
    outcome = models.CharField(max_length=8, help_text="reached, partly, missed, or open at the end")
    month = models.DateField()
    counted = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["theme", "domain", "outcome", "month"], name="casework_outcome_once")
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.counted}"
