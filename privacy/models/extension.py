"""A request to keep a case longer, and what each organisation whose data are in it says of that (BGS 1.16(2)-(3))."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from privacy.encryption.fields import SealedTextField
from privacy.models.base import SealedModel, UUIDModel


class ExtensionOutcome(models.TextChoices):
    """How a request ended; one that nobody ended counts until its last day."""

    WAITS = "", "Wacht"
    GRANTED = "granted", "Verlengd"
    REFUSED = "refused", "Geweigerd"
    WITHDRAWN = "withdrawn", "Ingetrokken"


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def waiting(self, today: date) -> ExtensionQuerySet:
        """Requests that can still be answered and granted."""
        return self.filter(outcome=ExtensionOutcome.WAITS, last_day__gt=today)


class Extension(UUIDModel):
    """A request to extend the term of one case. Outside dossiers: a ground and days. Written by definer functions.

    Why is sealed in a file of its own (`file_id`), which who checks or manages has no key to.
    """

    dossier_id = models.UUIDField(db_index=True, help_text="opaque key of the case")
    file_id = models.UUIDField(help_text="opaque key of the file with the reason")
    ground = models.CharField(max_length=1, choices=[("a", "a"), ("b", "b")])
    old_end = models.DateField(help_text="the day on which the case goes without it")
    new_end = models.DateField(help_text="what each organisation is asked to consent to")
    last_day = models.DateField(help_text="from this day on it holds nothing and can't be granted any more")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=9, choices=ExtensionOutcome, blank=True)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier_id"], condition=Q(outcome=""), name="privacy_extension_one_at_a_time"
            ),
            models.CheckConstraint(
                name="privacy_extension_ended_both",
                condition=Q(outcome="", ended_at__isnull=True, ended_by__isnull=True)
                | ~Q(outcome="") & Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="privacy_extension_days", condition=Q(new_end__gt=F("old_end"), last_day__gt=F("old_end"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.dossier_id}"

    @property
    def key(self) -> str:
        """What access to its file is given for."""
        return f"extension:{self.pk}"

    def waits(self, today: date) -> bool:
        """Whether it can still be answered and granted."""
        return self.outcome == ExtensionOutcome.WAITS and today < self.last_day


class ExtensionConsent(UUIDModel):
    """What one organisation says of it. Read by that organisation and who directs: no partner learns of another."""

    extension = models.ForeignKey(Extension, on_delete=models.CASCADE, related_name="consents")
    organisation_id = models.UUIDField()
    agreed = models.BooleanField(null=True)
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["extension", "organisation_id"], name="privacy_extensionconsent_once"),
            models.CheckConstraint(
                name="privacy_extensionconsent_answered",
                condition=Q(agreed__isnull=True, answered_by__isnull=True, answered_at__isnull=True)
                | Q(agreed__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreed} {self.organisation_id}"


class ExtensionText(SealedModel):
    """Why a case must stay longer; for who asked and who is asked, who know the number of a closed case from it."""

    reference = models.CharField(max_length=30)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = SealedTextField()

    def __str__(self) -> str:
        return f"reden in {self.dossier_id}"
