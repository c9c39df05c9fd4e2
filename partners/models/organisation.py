"""Organisations and the covenants that bind them. Municipal departments are organisations of their own."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from privacy.models import UUIDModel


class Organisation(UUIDModel):
    """A partner. `kind` is a code from the legal profiles and decides what may be shared with it."""

    name = models.CharField("naam", max_length=120, unique=True)
    kind = models.CharField("soort", max_length=40)
    active = models.BooleanField("actief", default=True)

    class Meta:
        default_permissions = ()
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CovenantQuerySet(models.QuerySet["Covenant"]):
    def valid_on(self, day: date) -> CovenantQuerySet:
        """Covenants in force on this day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)

    def between(self, organisation_id: UUID, theme: str) -> CovenantQuerySet:
        """Covenants that bind this organisation, while it is active, for this theme."""
        return self.filter(organisations=organisation_id, organisations__active=True, themes__contains=[theme])


class Covenant(UUIDModel):
    """Which organisations work together on which themes, with which categories of data, from when until when."""

    name = models.CharField("naam", max_length=120, unique=True)
    organisations = models.ManyToManyField(Organisation, related_name="covenants", verbose_name="organisaties")
    themes = ArrayField(models.CharField(max_length=40), verbose_name="thema's")
    categories = ArrayField(models.CharField(max_length=40), verbose_name="soorten gegevens")
    valid_from = models.DateField("geldig vanaf")
    valid_until = models.DateField("geldig tot en met", null=True, blank=True)

    objects = CovenantQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="partners_covenant_period",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return self.name
