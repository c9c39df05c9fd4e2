"""Who left, and whether what this person looked at was in order."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone

from privacy.models.base import UUIDModel

REVIEWED = timedelta(days=90)


class DepartureVerdict(models.TextChoices):
    RIGHT = "terecht", "Terecht: het past bij het werk"
    ASK = "navragen", "Navragen: het blijft op de lijst staan"
    WRONG = "onterecht", "Onterecht: ik volg de procedure datalek"


class Why(models.TextChoices):
    """Why, as a code: what people write about a colleague is written down nowhere."""

    WORK = "work", "Het hoort bij de dossiers van deze persoon"
    MANY = "many", "Opvallend veel dossiers"
    OUTSIDE = "outside", "Dossiers buiten het eigen werk"
    HOURS = "hours", "Op vreemde tijden"


class Departure(UUIDModel):
    """Somebody who left, with names copied at the time. Written by the beheerder, read by the privacy officer alone.

    Outside the dossiers: it says nothing of any. The last 90 days of looks are reviewed (NEN 7513, WGS 1.8(4)).
    """

    person_id = models.UUIDField(db_index=True)
    person_name = models.CharField(max_length=120)
    organisation_name = models.CharField(max_length=120)
    left_at = models.DateTimeField(default=timezone.now)
    left_by = models.UUIDField()
    verdict = models.CharField(max_length=10, choices=DepartureVerdict, blank=True)
    why = models.CharField(max_length=10, choices=Why, blank=True)
    judged_by = models.UUIDField(null=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["left_at"]

    def __str__(self) -> str:
        return f"vertrek {self.pk}"
