"""What the upkeep of keys and back-ups leaves behind: no content, no key material, nobody's name."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from privacy.models.base import UUIDModel


class IndexKey(models.Model):
    """One link in the chain of keys behind the digests, wrapped by the root. Epoch 1 is the key of the settings."""

    epoch = models.PositiveIntegerField(primary_key=True)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"index key {self.epoch}"


class OperationKind(models.TextChoices):
    ROTATE_KEK = "rotate_kek", "Sleutels vernieuwd"
    DESTROY_EPOCHS = "destroy_epochs", "Oude sleutels vernietigd"
    ROTATE_INDEX = "rotate_index", "Zoeksleutel vernieuwd"
    REENCRYPT = "reencrypt", "Dossier opnieuw versleuteld"
    ESCROW_SPLIT = "escrow_split", "Hoofdsleutel verdeeld over drie personen"
    ESCROW_DRILL = "escrow_drill", "Oefening met de delen van de hoofdsleutel"
    BACKUP = "backup", "Back-up"
    RESTORE = "restore", "Back-up teruggezet"
    RESTORE_TEST = "restore_test", "Proef met terugzetten"
    SHRED_REPLAY = "shred_replay", "Vernietigingslijst opnieuw uitgevoerd"


class Operation(UUIDModel):
    """One piece of upkeep. Without an end it was interrupted; running the command again goes on with it.

    Outside dossiers. Written by commands as maintenance, read by who manages: it says what was done and when.
    """

    kind = models.CharField(max_length=16, choices=OperationKind)
    number = models.PositiveIntegerField(null=True, help_text="the epoch, or how many")
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True, help_text="ok or failed")
    by = models.UUIDField(help_text="opaque: whose command it was")

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "-ended_at"], name="privacy_operation_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.begun_at:%Y-%m-%d}"


class Shredded(UUIDModel):
    """A dossier that was destroyed: an id and a moment, kept outside the database too, to destroy it after a restore.

    Outside dossiers: the id leads nowhere, since what it named is gone. Written by `privacy_forget` itself.
    """

    dossier_id = models.UUIDField()
    at = models.DateTimeField()
    noted_at = models.DateTimeField(null=True, help_text="when it stood in the list outside the database")

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["at"], condition=models.Q(noted_at__isnull=True), name="privacy_shredded_open")]

    def __str__(self) -> str:
        return f"vernietigd {self.dossier_id}"
