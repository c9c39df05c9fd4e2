"""A household: who belongs to it, which cases are about it, and who directs it. One dossier for one plan."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partners.models import CaseTable
from privacy.encryption.fields import SealedDateField, SealedTextField
from privacy.models import Dossier, DossierRow, SealedModel


class HouseholdStatus(models.TextChoices):
    ACTIVE = "active", "Loopt"
    CLOSED = "closed", "Afgesloten"


class Household(DossierRow):
    """In the cover: that there is a household with one plan, and who is its contact. Nothing of its members."""

    status = models.CharField(max_length=8, choices=HouseholdStatus, default=HouseholdStatus.ACTIVE)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="whom the family calls; empty: the casusregisseur",
    )
    split_from = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, related_name="+")
    merged_into = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(DossierRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["dossier"], name="casework_household_dossier"),
            models.CheckConstraint(
                name="casework_household_closed",
                condition=Q(status="active", closed_at__isnull=True) | Q(status="closed", closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"gezin {self.pk}"


class HouseholdFace(SealedModel):
    """Name and address, in the table's part: for everybody who is admitted."""

    household = models.OneToOneField(Household, on_delete=models.CASCADE, related_name="face")
    name = SealedTextField()
    address = SealedTextField(null=True)

    def __str__(self) -> str:
        return f"naam van {self.household_id}"


class HouseholdCase(DossierRow):
    """A case that is about this household, in the cover. A link to the case's Dossier, never to its contents.

    What people may see of the household follows from a case, and ends with this link.
    """

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="links")
    case_dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    table = models.ForeignKey(CaseTable, on_delete=models.PROTECT, related_name="+")
    theme = models.CharField(max_length=40)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)

    class Meta(DossierRow.Meta):
        ordering = ["since", "id"]
        indexes = [models.Index(fields=["case_dossier"], name="casework_householdcase_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "case_dossier"],
                condition=Q(until__isnull=True),
                name="casework_householdcase_once",
            )
        ]

    def __str__(self) -> str:
        return f"casus bij {self.household_id}"


class Relation(models.TextChoices):
    """What somebody is in the household. Only family and direct contacts belong in it (BGS 2.19)."""

    PARENT = "ouder", "Ouder of verzorger"
    PARTNER = "partner", "Partner"
    CHILD = "kind", "Kind"
    GRANDPARENT = "grootouder", "Grootouder"
    RELATIVE = "familie", "Ander familielid"
    ALONE = "alleen", "Alleenstaand"
    OTHER = "ander", "Iemand anders die er woont"


class Left(models.TextChoices):
    """Why somebody does not belong to this household any more."""

    MOVED = "verhuisd", "Verhuisd"
    PARTED = "uit_elkaar", "Ouders of partners uit elkaar"
    OF_AGE = "zelfstandig", "Zelfstandig gaan wonen"
    PLACED = "uithuisplaatsing", "Uit huis geplaatst"
    MERGED = "samengevoegd", "Huishoudens samengevoegd"
    DIED = "overleden", "Overleden"
    MISTAKE = "vergissing", "Hoort hier niet bij (vergissing)"


class Member(SealedModel):
    """Somebody of the household, from and until; in the table's part.

    Who came out of another household keeps a pointer to the row there; that row opens only for who may read it.
    """

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    relation = models.CharField(max_length=12, choices=Relation)
    name = SealedTextField()
    birth_date = SealedDateField(null=True)
    since = models.DateField()
    until = models.DateField(null=True)
    left_because = models.CharField(max_length=16, choices=Left, blank=True)
    came_from = models.UUIDField(null=True, help_text="the row of the same person in the household before")
    planned_in = models.ForeignKey(
        Dossier,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="the other household whose plan is this person's one plan; empty: this one",
    )

    class Meta(SealedModel.Meta):
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                name="casework_member_left",
                condition=Q(until__isnull=True, left_because="") | Q(until__isnull=False) & ~Q(left_because=""),
            ),
            models.CheckConstraint(
                name="casework_member_period", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"lid van {self.household_id}"


class HouseholdStep(models.TextChoices):
    FOUNDED = "founded", "Gezin vastgelegd"
    LINKED = "linked", "Casus aangesloten: één plan"
    UNLINKED = "unlinked", "Casus losgemaakt"
    ONE_PLAN = "one_plan", "Eén plan voor wie in twee gezinnen hoort"
    JOINED = "joined", "Persoon erbij"
    LEFT = "left", "Persoon weg"
    RELATION = "relation", "Rol in het gezin veranderd"
    CORRECTED = "corrected", "Gegevens van een persoon verbeterd"
    SPLIT = "split", "Gezin gesplitst"
    MERGED = "merged", "Gezinnen samengevoegd"
    CLOSED = "closed", "Plan afgesloten"


class HouseholdDecision(SealedModel):
    """A decision about the household with its reason; in the regie compartment."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="decisions")
    step = models.CharField(max_length=10, choices=HouseholdStep)
    reason = SealedTextField(null=True)
    about = models.UUIDField(null=True, help_text="the member or dossier that it is about")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        ordering = ["-decided_at", "id"]

    def __str__(self) -> str:
        return f"besluit over {self.household_id}"
