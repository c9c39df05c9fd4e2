"""Where a case stands on a ladder, what is known for it, what was proposed, and what was decided."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.models import Case
from privacy.encryption.fields import SealedJSONField, SealedTextField
from privacy.models import DossierRow, SealedModel


class Standing(DossierRow):
    """Where a case stands on one ladder, in the version it began with. In the cover: codes and moments.

    Only a decision moves it (`escalation_carry_out`): the application may not change the row.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="standings")
    ladder = models.CharField(max_length=40)
    ladder_version = models.CharField(max_length=20)
    at = models.CharField(max_length=40, help_text="key of the rung")
    beside = ArrayField(models.CharField(max_length=40), default=list, help_text="rungs in force beside the ladder")
    since = models.DateTimeField(default=timezone.now)
    review_on = models.DateField(null=True)
    review_told = models.DateField(null=True, help_text="the review date that word was sent of")
    steps = models.PositiveIntegerField(default=0, help_text="decisions so far")

    class Meta(DossierRow.Meta):
        constraints = [models.UniqueConstraint(fields=["case", "ladder"], name="escalation_standing_once")]
        indexes = [models.Index(fields=["dossier", "review_on"], name="escalation_standing_review")]

    def __str__(self) -> str:
        return f"{self.ladder} van {self.case_id}"


class Finding(SealedModel):
    """What is known for one requirement of a ladder (`escalation/facts.py`); with the regie. The newest counts."""

    standing = models.ForeignKey(Standing, on_delete=models.CASCADE, related_name="findings")
    requirement = models.CharField(max_length=40)
    fact = SealedJSONField(help_text="kind and values, as `fact_values` writes them")
    note = SealedTextField(null=True)
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, help_text="withdrawn, or replaced by a newer one")

    class Meta(SealedModel.Meta):
        ordering = ["found_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["standing", "requirement"], condition=Q(ended_at__isnull=True), name="escalation_finding_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement} van {self.standing_id}"


class DecisionMove(models.TextChoices):
    """What a decision does; the first six are `ladder.Move`."""

    UP = "opschalen", "Opschalen"
    SKIP = "trede overslaan", "Trede overslaan"
    DOWN = "afschalen", "Afschalen"
    BACK = "terugstappen", "Terugstappen"
    BEGIN = "inzetten naast de ladder", "Inzetten naast de ladder"
    END = "beëindigen", "Beëindigen"
    EXTEND = "verlengen", "Maatregel verlengen"
    WITHDRAW = "intrekken", "Maatregel intrekken"
    ADOPT = "nieuwe versie", "Over naar een nieuwe versie van de ladder"
    STAY = "blijven", "Opnieuw bekeken, blijft staan"


class Outcome(models.TextChoices):
    OPEN = "", "Wacht op besluit"
    GRANTED = "granted", "Genomen"
    REFUSED = "refused", "Niet genomen"
    WITHDRAWN = "withdrawn", "Ingetrokken"
    OVERTAKEN = "overtaken", "Ingehaald door een ander besluit"


class Proposal(SealedModel):
    """A step put to who decides it, in a part of its own: the regie, and who may decide, read it and nobody else.

    It bears all that the decision needs, so that who decides needs no other part of the dossier.
    """

    standing = models.ForeignKey(Standing, on_delete=models.CASCADE, related_name="proposals")
    ladder = models.CharField(max_length=40)
    ladder_version = models.CharField(max_length=20)
    at = models.CharField(max_length=40, help_text="the rung of the case when it was proposed")
    beside = ArrayField(models.CharField(max_length=40), default=list)
    move = models.CharField(max_length=30, choices=DecisionMove)
    to = models.CharField(max_length=40, help_text="key of the rung; for a new version the version")
    measure = models.ForeignKey("escalation.Measure", on_delete=models.CASCADE, null=True, related_name="+")
    term = models.ForeignKey("escalation.Term", on_delete=models.CASCADE, null=True, related_name="+")
    until = models.DateTimeField(null=True, help_text="for an extension: the new end")
    running = models.JSONField(null=True, help_text="for an extension: the term as it ran when proposed")
    lengths = models.JSONField(default=dict, help_text="key of a term to the length that was chosen for it")
    criterion = models.CharField(max_length=40, blank=True)
    review_on = models.DateField(null=True)
    authorities = ArrayField(models.CharField(max_length=40), help_text="of which one must decide")
    mandated = ArrayField(
        models.CharField(max_length=40), default=list, help_text="who may by mandate, when one was given"
    )
    regisseurs = ArrayField(models.CharField(max_length=20), default=list, help_text="who was named when proposed")
    about = SealedTextField(help_text="whom or what it is about")
    reason = SealedTextField()
    facts = SealedJSONField(help_text="requirement to fact and note, kept in step with the findings")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True, help_text="when it was decided; earlier when recorded afterwards")
    authority = models.CharField(max_length=40, blank=True)
    mandate_of = models.CharField(max_length=40, blank=True)
    recorded = models.BooleanField(default=False, help_text="decided outside the system, and recorded by the regie")
    members = ArrayField(models.CharField(max_length=40), default=list, help_text="who took part in a body's decision")
    document = SealedTextField(null=True, help_text="for what was recorded: which document says so")
    answer = SealedTextField(null=True)

    class Meta(SealedModel.Meta):
        ordering = ["-proposed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["standing", "move", "to"], condition=Q(outcome=""), name="escalation_proposal_once"
            ),
            models.CheckConstraint(
                name="escalation_proposal_answered",
                condition=Q(outcome="", answered_at__isnull=True) | ~Q(outcome="") & Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"voorstel {self.pk}"

    @property
    def key(self) -> str:
        """What the grants of who may decide are given for."""
        return f"proposal:{self.pk}"


class Decision(DossierRow):
    """That a step was decided: codes and moments, in the cover. Never changed; only `escalation_carry_out` adds one."""

    standing = models.ForeignKey(Standing, on_delete=models.CASCADE, related_name="decisions")
    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="decision")
    number = models.PositiveIntegerField(help_text="counted per standing, from 1")
    move = models.CharField(max_length=30, choices=DecisionMove)
    at = models.CharField(max_length=40, help_text="the rung before")
    to = models.CharField(max_length=40)
    criterion = models.CharField(max_length=40, blank=True)
    authority = models.CharField(max_length=40)
    mandate_of = models.CharField(max_length=40, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    recorded = models.BooleanField()
    members = ArrayField(models.CharField(max_length=40), default=list)
    review_on = models.DateField(null=True)
    ladder_version = models.CharField(max_length=20, help_text="in which its codes are words")

    class Meta(DossierRow.Meta):
        ordering = ["-number", "id"]
        constraints = [models.UniqueConstraint(fields=["standing", "number"], name="escalation_decision_number")]

    def __str__(self) -> str:
        return f"besluit {self.number} van {self.standing_id}"
