"""The one plan of a household: safety first, goals per life domain, actions with one owner, versions and who agreed.

A goal has a compartment of its own, with the organisations it concerns; an action stands in the line of the one
organisation that does it. So whoever holds the keys has the plan as far as it concerns them, and nothing is filtered.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.models.household import Household, Member
from partners.models import Organisation
from privacy.encryption.fields import SealedDateField, SealedJSONField, SealedTextField
from privacy.models import Dossier, DossierRow, SealedModel


class Plan(DossierRow):
    """In the cover: that there is a plan, which list of life domains it uses, and when it is evaluated."""

    household = models.OneToOneField(Household, on_delete=models.CASCADE, related_name="plan")
    domains = models.CharField(max_length=40, help_text="the list of life domains")
    domains_version = models.CharField(max_length=20)
    evaluate_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"plan van {self.household_id}"


class Phase(models.TextChoices):
    """First together for safety, then for what makes unsafe, then recovery (gefaseerde ketenzorg)."""

    DIRECT = "direct", "Directe veiligheid"
    RISK = "risk", "Risicogestuurd"
    RECOVERY = "recovery", "Herstel"


class GoalStatus(models.TextChoices):
    PROPOSED = "proposed", "Nog niet begonnen"
    OPEN = "open", "Loopt"
    REACHED = "reached", "Gehaald"
    PARTLY = "partly", "Deels gehaald"
    MISSED = "missed", "Niet gehaald"
    MOVED = "moved", "Verder in een ander plan"


GOAL_RUNS = (GoalStatus.PROPOSED, GoalStatus.OPEN)


class Goal(SealedModel):
    """What should become different, for one member or the whole household; a compartment of its own."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="goals")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="goals")
    domain = models.CharField(max_length=40, help_text="code in the list of life domains")
    phase = models.CharField(max_length=8, choices=Phase, blank=True)
    status = models.CharField(max_length=8, choices=GoalStatus, default=GoalStatus.OPEN)
    title = SealedTextField()
    baseline = SealedTextField(null=True)
    wished = SealedTextField(null=True)
    result = SealedTextField(null=True)
    family_text = SealedTextField(null=True, help_text="how the family reads it; empty: not told")
    due_on = models.DateField(null=True)
    added_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    follows = models.UUIDField(null=True, help_text="the same goal in the plan where it began")

    class Meta(SealedModel.Meta):
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="casework_goal_ended",
                condition=Q(status__in=["proposed", "open"], ended_at__isnull=True)
                | Q(status__in=["reached", "partly", "missed", "moved"], ended_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"doel van {self.household_id}"

    @property
    def key(self) -> str:
        """What grants that follow from this goal are given for."""
        return f"goal:{self.pk}"


class GoalPartner(SealedModel):
    """That a goal concerns an organisation; in the liaison of that organisation, so no partner learns of another."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=60)
    decision_ref = SealedTextField(null=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)

    class Meta(SealedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "organisation"], condition=Q(until__isnull=True), name="casework_goalpartner_once"
            )
        ]

    def __str__(self) -> str:
        return f"partner bij {self.goal_id}"


class ActionStatus(models.TextChoices):
    TODO = "todo", "Te doen"
    DOING = "doing", "Bezig"
    DONE = "done", "Gedaan"
    DROPPED = "dropped", "Vervallen"


ACTION_RUNS = (ActionStatus.TODO, ActionStatus.DOING)


class Action(SealedModel):
    """Who does what by when, with one owner; in the liaison of the owner's organisation."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="actions")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, related_name="actions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=ActionStatus, default=ActionStatus.TODO)
    text = SealedTextField()
    result = SealedTextField(null=True)
    family_text = SealedTextField(null=True, help_text="how the family reads it; empty: not told")
    due_on = models.DateField()
    added_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta(SealedModel.Meta):
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["user", "due_on"], condition=Q(status__in=["todo", "doing"]), name="casework_action_mine"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="casework_action_ended",
                condition=Q(status__in=["todo", "doing"], ended_at__isnull=True)
                | Q(status__in=["done", "dropped"], ended_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"actie van {self.household_id}"


class SafetyAgreement(SealedModel):
    """What is agreed for the safety of everybody, above all goals; in the table's part, for who is admitted."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="agreements")
    text = SealedTextField()
    watches = SealedTextField(null=True, help_text="who watches over it")
    for_family = models.BooleanField(default=True)
    check_on = models.DateField(null=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    ended_because = SealedTextField(null=True)

    class Meta(SealedModel.Meta):
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return f"veiligheidsafspraak van {self.household_id}"


class PhaseDecision(SealedModel):
    """Why a recovery goal begins while a goal for direct safety is open; in the regie compartment."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="phase_decisions")
    reason = SealedTextField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"fasebesluit bij {self.goal_id}"


class PlanVersion(DossierRow):
    """That a version of the plan was fixed, in the cover; what stood in it is in its pieces."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta(DossierRow.Meta):
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["household", "number"], name="casework_planversion_once")]

    def __str__(self) -> str:
        return f"versie {self.number} van {self.household_id}"


class PieceKind(models.TextChoices):
    GOAL = "goal", "Doel"
    ACTION = "action", "Actie"
    AGREEMENT = "agreement", "Veiligheidsafspraak"


class PlanPiece(SealedModel):
    """One goal, action or agreement as it stood in a version, in the compartment of the original."""

    plan_version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="pieces")
    kind = models.CharField(max_length=10, choices=PieceKind)
    original = models.UUIDField()
    body = SealedJSONField()

    class Meta(SealedModel.Meta):
        indexes = [models.Index(fields=["plan_version", "original"], name="casework_planpiece_of")]

    def __str__(self) -> str:
        return f"deel van {self.plan_version_id}"


class PlanConsent(SealedModel):
    """What an organisation that carries the plan says of a version; in its liaison."""

    plan_version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="consents")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed = models.BooleanField()
    remark = SealedTextField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["plan_version", "organisation"], name="casework_planconsent_once")
        ]

    def __str__(self) -> str:
        return f"akkoord op {self.plan_version_id}"


class PlanLink(SealedModel):
    """Two plans of people in each other's direct circle, with why (BGS 2.20(2)); in the regie compartment."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="plan_links")
    other = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    reference = SealedTextField(help_text="the number of the other: who reads this may not read that dossier")
    circle = SealedTextField(help_text="how they are in each other's direct circle")
    depends = SealedTextField(help_text="how their problems depend on each other")
    needed = SealedTextField(help_text="why linking is needed for the purpose")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    ended_because = SealedTextField(null=True)
    review_on = SealedDateField(null=True)

    class Meta(SealedModel.Meta):
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "other"], condition=Q(until__isnull=True), name="casework_planlink_once"
            )
        ]

    def __str__(self) -> str:
        return f"koppeling van {self.household_id}"
