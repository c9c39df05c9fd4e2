"""An objection (AVG 21) as it is weighed: per dossier by who directs it, in a part of the request of its own."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from casework.models.rights import RightsRequest
from privacy.encryption.fields import SealedTextField
from privacy.models import SealedModel


class RightsObjection(SealedModel):
    """That one dossier is to be weighed, by when and by whom; with who objects and in which words."""

    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="objections")
    about_id = models.UUIDField(help_text="opaque key of the dossier: the desk does not read it")
    about_reference = models.CharField(max_length=30)
    reference = models.CharField(max_length=30)
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    asked = ArrayField(models.UUIDField(), default=list, help_text="who directs it")
    reminded_at = models.DateTimeField(null=True)
    words = SealedTextField()

    class Meta(SealedModel.Meta):
        ordering = ["due_on", "about_reference"]
        constraints = [models.UniqueConstraint(fields=["request", "about_id"], name="casework_rightsobjection_once")]

    def __str__(self) -> str:
        return f"bezwaar bij {self.request_id}"

    @property
    def key(self) -> str:
        """What access of who weighs is given for."""
        return f"rightsweigh:{self.pk}"


class Weighed(models.TextChoices):
    KEEP = "keep", "Gegrond: wij gebruiken de gegevens niet meer en bewaren ze alleen nog"
    ERASE = "erase", "Gegrond: wij gebruiken de gegevens niet meer en wissen ze"
    DISMISSED = "dismissed", "Ongegrond: er zijn dwingende gerechtvaardigde gronden om door te gaan"


class RightsWeighing(SealedModel):
    """What who directs the dossier decided, once; the reason is read by the person, unless it may not know of it."""

    objection = models.OneToOneField(RightsObjection, on_delete=models.CASCADE, related_name="weighing")
    outcome = models.CharField(max_length=9, choices=Weighed)
    reason = SealedTextField()
    hidden_on = models.CharField(max_length=12, blank=True, help_text="ground on which the letter is silent about it")
    weighed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    weighed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"weging van {self.objection_id}"
