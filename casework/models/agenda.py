"""What is on the agenda of a meeting. Every item lives in the dossier of its case, in a part of its own.

So a partner sees an item when it holds that part: from publication until the item closes. Order and time stand with
the regie: what a partner reads has no number, time or count that tells of items where it does not sit.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.models.case import Case, Participation
from casework.models.contribution import Contribution
from casework.models.meeting import Meeting
from partners.models import Organisation
from privacy.encryption.fields import SealedDateField, SealedTextField
from privacy.models import Compartment, DossierRow, SealedModel


class Why(models.TextChoices):
    """Why something is on the agenda."""

    NEW = "new", "Nieuwe casus"
    REVIEW = "review", "Herziening"
    STUCK = "stuck", "Loopt vast"
    DECISION = "decision", "Besluit nodig"
    CARRIED = "carried", "Vorige keer niet afgerond"
    ASKED = "asked", "Gevraagd door een partner"
    OTHER = "other", "Bespreken"


class ItemOutcome(models.TextChoices):
    OPEN = "", "Nog te bespreken"
    DISCUSSED = "discussed", "Besproken"
    CARRIED = "carried", "Naar een volgend overleg"
    WITHDRAWN = "withdrawn", "Van de agenda gehaald"


class AgendaItem(SealedModel):
    """One case on one agenda; in a part of its own, that who sits at it reads from publication until it closes."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="agenda_items")
    why = models.CharField(max_length=10, choices=Why)
    goal = SealedTextField(null=True, help_text="what the table should decide or learn")
    children = models.BooleanField(default=False, help_text="about children: first, where that is asked")
    record = models.OneToOneField(
        Compartment, on_delete=models.PROTECT, related_name="+", help_text="the part in which its minutes are"
    )
    added_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=9, choices=ItemOutcome, default=ItemOutcome.OPEN, blank=True)
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="carried_to", help_text="the item it goes on from"
    )

    class Meta(SealedModel.Meta):
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "case"], condition=~Q(outcome="withdrawn"), name="casework_agendaitem_once"
            ),
            models.CheckConstraint(
                name="casework_agendaitem_closed",
                condition=Q(outcome="", closed_at__isnull=True) | ~Q(outcome="") & Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"agendapunt van {self.case_id}"

    @property
    def key(self) -> str:
        """What access through this item is given for."""
        return f"agendaitem:{self.pk}"

    @property
    def minutes_key(self) -> str:
        """What access to its minutes is given for."""
        return f"minutes:{self.pk}"


class AgendaPlace(DossierRow):
    """Where an item stands in the order, and how long it takes; with the regie alone."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="place")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    minutes = models.PositiveSmallIntegerField(default=15)
    urgent = models.BooleanField(default=False, help_text="put on after the closing time: it could not wait")

    class Meta(DossierRow.Meta):
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"plaats van {self.item_id}"


class ItemSeat(DossierRow):
    """Who sits at an item; in the part of the item, so that who sits there knows who else does.

    `participation`: taking part that was begun for this item alone, and ends with it.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="seats")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=60)
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(DossierRow.Meta):
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item", "user"], name="casework_itemseat_once")]

    def __str__(self) -> str:
        return f"{self.user_id} bij {self.item_id}"


class Guest(SealedModel):
    """An occasional third party at an item, without log-in: reads on paper, and signed for secrecy (BGS 2.21)."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="guests")
    name = SealedTextField()
    organisation = SealedTextField()
    why = SealedTextField(help_text="why this person is needed at this item")
    question = SealedTextField(null=True, help_text="what this person is asked, on the sheet")
    agreements = SealedTextField(null=True, help_text="what was agreed with this person, on the sheet")
    signed_on = SealedDateField(null=True, help_text="the day of the signed secrecy statement, which is kept on paper")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return f"gast bij {self.item_id}"


class Reply(models.TextChoices):
    OPEN = "", "Nog geen antwoord"
    BROUGHT = "brought", "Heeft iets ingebracht"
    NOTHING = "nothing", "Niets bekend"
    REFUSED = "refused", "Deelt niets, met reden"


class ItemQuestion(SealedModel):
    """What one organisation is asked before the meeting; in a part of its own, for the regie and who is asked."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="questions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = SealedTextField()
    answer_by = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    reply = models.CharField(max_length=8, choices=Reply, default=Reply.OPEN, blank=True)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(null=True)

    class Meta(SealedModel.Meta):
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "organisation"], name="casework_itemquestion_once"),
            models.CheckConstraint(
                name="casework_itemquestion_replied",
                condition=Q(reply="", replied_at__isnull=True) | ~Q(reply="") & Q(replied_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"vraag bij {self.item_id}"

    def is_late(self, now: datetime) -> bool:
        """Whether it was answered after its term, or is not answered and the term is over."""
        return (self.replied_at or now) > self.answer_by


class BroughtFor(DossierRow):
    """That a contribution answers a question; in the part of the question."""

    question = models.ForeignKey(ItemQuestion, on_delete=models.CASCADE, related_name="brought")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")

    class Meta(DossierRow.Meta):
        constraints = [models.UniqueConstraint(fields=["question", "contribution"], name="casework_brought_once")]

    def __str__(self) -> str:
        return f"inbreng bij {self.question_id}"


class RefusalReason(SealedModel):
    """Why an organisation shares nothing (WGS 1.5(1)); in a part of its own, for the chair and who refused."""

    question = models.OneToOneField(ItemQuestion, on_delete=models.CASCADE, related_name="refusal")
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = SealedTextField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"reden bij {self.question_id}"

    @property
    def key(self) -> str:
        """What access to it is given for."""
        return f"refusal:{self.pk}"


class AgendaWish(SealedModel):
    """A partner asks to put its case on the agenda; in the line of that organisation with the regie."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="agenda_wishes")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField()
    at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    answer = SealedTextField(null=True, help_text="why not now")

    class Meta(SealedModel.Meta):
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"],
                condition=Q(answered_at__isnull=True),
                name="casework_agendawish_once",
            )
        ]

    def __str__(self) -> str:
        return f"verzoek in {self.case_id}"
