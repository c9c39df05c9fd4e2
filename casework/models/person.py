"""What a request of a person does to the dossiers themselves: a statement beside a passage, and a restriction."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.models.rights import RightsPassage
from partners.models import Organisation
from privacy.encryption.fields import SealedTextField
from privacy.models import DossierRow, SealedModel


class Corrected(models.TextChoices):
    CORRECTED = "corrected", "Wij hebben onze tekst verbeterd of ingetrokken"
    KEPT = "kept", "Wij laten onze tekst staan"


class RightsSaying(SealedModel):
    """What the person says of one passage, in the file at the desk: for the desk and the source. Never changed."""

    passage = models.OneToOneField(RightsPassage, on_delete=models.CASCADE, related_name="saying")
    text = SealedTextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"verklaring bij {self.passage_id}"


class RightsReply(SealedModel):
    """What the source did with it: corrected its text, or not and why. Once."""

    saying = models.OneToOneField(RightsSaying, on_delete=models.CASCADE, related_name="reply")
    outcome = models.CharField(max_length=9, choices=Corrected)
    reason = SealedTextField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        constraints = [
            models.CheckConstraint(
                name="casework_rightsreply_reason", condition=~Q(outcome="kept") | Q(reason__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"antwoord op {self.saying_id}"


class Statement(SealedModel):
    """Beside a contribution or an item of a signal (`row_id`), in its very part: who reads that reads this (BGS 1.7).

    Nobody changes it. It is emptied when the owner takes back the text that it is about.
    """

    row_id = models.UUIDField()
    text = SealedTextField(null=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", help_text="of the text")
    outcome = models.CharField(max_length=9, choices=Corrected)
    reason = SealedTextField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"verklaring in {self.dossier_id}"


class Restriction(DossierRow):
    """In the cover: this dossier is kept and not used (AVG 18). Only the database sets and lifts it."""

    request_id = models.UUIDField(help_text="opaque key of the request that decided it")
    since = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)

    class Meta(DossierRow.Meta):
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "request_id"], condition=Q(lifted_at=None), name="casework_restriction_once"
            )
        ]

    def __str__(self) -> str:
        return f"beperking van {self.dossier_id}"
