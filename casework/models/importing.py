"""Reading signals in from a partner's export: each row ends as imported, duplicate or refused."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from partners.models import CaseTable
from privacy.encryption.fields import DigestField, SealedJSONField, SealedTextField
from privacy.models import SealedModel, UUIDModel


class ImportOutcome(models.TextChoices):
    IMPORTED = "imported", "Ingelezen"
    DUPLICATE = "duplicate", "Dubbel"
    REFUSED = "refused", "Geweigerd"


class ImportBatch(SealedModel):
    """One file offered once; only who offered it can open it."""

    table = models.ForeignKey(CaseTable, on_delete=models.PROTECT, related_name="+")
    file_name = SealedTextField()
    columns = SealedJSONField()
    dry_run = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta(SealedModel.Meta):
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"inleesbestand {self.pk}"


class ImportRow(SealedModel):
    """What became of one row. The cells of a refused row are kept, to mend and offer again, unless they may not be."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=9, choices=ImportOutcome)
    reference = models.CharField(max_length=30, blank=True)
    reasons = SealedJSONField(null=True)
    cells = SealedJSONField(null=True)

    class Meta(SealedModel.Meta):
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="casework_import_row_once")]

    def __str__(self) -> str:
        return f"regel {self.number}"


class ImportedRow(UUIDModel):
    """A keyed digest of a row that became a signal: the same row never becomes two. Tells nothing by itself."""

    table = models.ForeignKey(CaseTable, on_delete=models.PROTECT, related_name="+")
    digest = DigestField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["table", "digest"], name="casework_imported_once")]

    def __str__(self) -> str:
        return f"ingelezen {self.pk}"
