"""The dossier, unit of need-to-know, encryption and retention, and its compartments (DESIGN section 3)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from privacy.models.keys import KeyEncryptionKey


class DossierKind(models.TextChoices):
    SIGNAL = "signal", "signaal"
    CASE = "case", "casus"
    HOUSEHOLD = "household", "gezin"
    DRAFT = "draft", "concept"
    IMPORT = "import", "inleesbestand"
    REQUEST = "request", "verzoek om toegang"


# One's own: these count whatever covenant binds the organisation, since they hold nothing of a signal or case.
OWN_KINDS = (DossierKind.IMPORT, DossierKind.DRAFT, DossierKind.REQUEST)


class CompartmentKind(models.TextChoices):
    """Who reads a part of a dossier; one data key each."""

    COVER = "cover", "dat het bestaat, met stand en data"
    TABLE = "table", "alle deelnemers"
    REGIE = "regie", "alleen wie de regie heeft"
    LIAISON = "liaison", "één organisatie en de regie"
    OWN = "own", "alleen de eigen organisatie"
    ITEM = "item", "gekozen ontvangers"


class Dossier(models.Model):
    """A signal, case, household, draft, import batch or request: nothing personal; its short reference is no secret."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=DossierKind)
    reference = models.CharField(max_length=30, unique=True)
    table_id = models.UUIDField(null=True, help_text="opaque key of the case table that directs it")
    theme = models.CharField(max_length=40, blank=True)
    first_processed_on = models.DateField()
    retain_until = models.DateField(null=True, help_text="the day on which it goes: the day before it stays")
    sort_at = models.DateTimeField(default=timezone.now)
    shielded_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    created_by = models.UUIDField()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_dossier", "mag dit deel van het dossier lezen"),
            ("contribute_dossier", "mag in dit deel van het dossier schrijven"),
            ("direct_dossier", "heeft de regie over het dossier"),
        ]
        indexes = [models.Index(fields=["table_id", "kind"], name="privacy_dossier_table")]

    def __str__(self) -> str:
        return self.reference


class Compartment(models.Model):
    """A part of a dossier with one circle of readers and one data key. Deleting the row destroys what it sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="compartments")
    kind = models.CharField(max_length=10, choices=CompartmentKind)
    organisation_id = models.UUIDField(null=True, help_text="opaque; for liaison, own and item")
    wrapped_key = models.BinaryField()
    epoch = models.ForeignKey(KeyEncryptionKey, on_delete=models.PROTECT, related_name="+")
    created_by = models.UUIDField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "kind", "organisation_id"],
                name="privacy_compartment_once",
                condition=~Q(kind=CompartmentKind.ITEM),
                nulls_distinct=False,
            ),
            # Target of the composite foreign key that keeps a row's dossier and compartment together.
            models.UniqueConstraint(fields=["id", "dossier"], name="privacy_compartment_dossier"),
            models.CheckConstraint(
                name="privacy_compartment_organisation",
                condition=Q(kind__in=["cover", "table", "regie"], organisation_id__isnull=True)
                | Q(kind__in=["liaison", "own", "item"], organisation_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind}"
