"""What happened at an item: who was there, what was decided, who does what, and the minutes of it.

All but the actions stand in the part of the item's minutes (`AgendaItem.record`): the regie's until they are fixed,
and then also of who sat at the item. An action stands in a part of its own, for the regie and who does it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.models.agenda import AgendaItem, Guest, ItemSeat
from casework.models.case import Case
from casework.models.meeting import MinutesVersion
from casework.models.plan import ActionStatus
from partners.models import Organisation
from privacy.encryption.fields import SealedJSONField, SealedTextField
from privacy.models import DossierRow, SealedModel


class Attendance(DossierRow):
    """Whether somebody who was expected at an item was there, and was bound to secrecy (WGS 1.11)."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="attendance")
    seat = models.OneToOneField(ItemSeat, on_delete=models.CASCADE, null=True, related_name="attendance")
    guest = models.OneToOneField(Guest, on_delete=models.CASCADE, null=True, related_name="attendance")
    present = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(DossierRow.Meta):
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="casework_attendance_whose",
                condition=Q(seat__isnull=False, guest__isnull=True) | Q(seat__isnull=True, guest__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"aanwezig bij {self.item_id}"


class ItemDecision(SealedModel):
    """One line: what the table decided. Its key is made where it is typed, so that sending it twice makes one.

    `asks`: what the profile wants consent for (`Profile.consents`); empty for everything else.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="decisions")
    text = SealedTextField()
    asks = models.CharField(max_length=20, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    dropped_at = models.DateTimeField(null=True)

    class Meta(SealedModel.Meta):
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return f"besluit bij {self.item_id}"


class Stance(models.TextChoices):
    AGREES = "agrees", "Akkoord"
    AGAINST = "against", "Niet akkoord"
    ABSTAINS = "abstains", "Onthoudt zich"


class ItemConsent(DossierRow):
    """What an organisation that has a say finds of a decision (WGS 2.31: government participants alone)."""

    decision = models.ForeignKey(ItemDecision, on_delete=models.CASCADE, related_name="consents")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=8, choices=Stance)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(DossierRow.Meta):
        constraints = [models.UniqueConstraint(fields=["decision", "organisation"], name="casework_itemconsent_once")]

    def __str__(self) -> str:
        return f"{self.stance} van {self.organisation_id}"


class TableAction(SealedModel):
    """Who does what by when, as agreed at the table; in a part of its own, for the regie and who does it.

    It outlives the item: whoever has it keeps it when the item closes, and nothing else of the case.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="actions")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="table_actions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=ActionStatus, default=ActionStatus.TODO)
    text = SealedTextField()
    result = SealedTextField(null=True)
    due_on = models.DateField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    taken_back = models.BooleanField(default=False, help_text="a slip of the pen at the table: never was an action")

    class Meta(SealedModel.Meta):
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["user", "due_on"], condition=Q(status__in=["todo", "doing"]), name="casework_tableaction_mine"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="casework_tableaction_ended",
                condition=Q(status__in=["todo", "doing"], ended_at__isnull=True)
                | Q(status__in=["done", "dropped"], ended_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"actie uit {self.item_id}"

    @property
    def key(self) -> str:
        """What access to it is given for."""
        return f"tableaction:{self.pk}"


class ItemReview(DossierRow):
    """When the table comes back to this case; with the item's minutes. The newest counts."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="review")
    review_on = models.DateField()

    def __str__(self) -> str:
        return f"terug op {self.review_on}"


class MinutesPieceKind(models.TextChoices):
    ITEM = "item", "Punt"
    ACTION = "action", "Actie"


class MinutesPiece(SealedModel):
    """What stands in one version of the minutes about one item or action, in the part of the original."""

    minutes = models.ForeignKey(MinutesVersion, on_delete=models.CASCADE, related_name="pieces")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="pieces")
    kind = models.CharField(max_length=6, choices=MinutesPieceKind)
    original = models.UUIDField()
    body = SealedJSONField()

    class Meta(SealedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["minutes", "original"], name="casework_minutespiece_once")]

    def __str__(self) -> str:
        return f"deel van {self.minutes_id}"
