"""The seals over the log. Outside every dossier: no row says what was done, only which entries belong together."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from privacy.models.base import UUIDModel


class AuditBlock(models.Model):
    """The signed head of one sealed block of the log; each refers to the one before. Append-only."""

    number = models.IntegerField(primary_key=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    count = models.IntegerField()
    root = models.BinaryField(help_text="root of the Merkle tree over the entries (RFC 9162)")
    previous = models.BinaryField(help_text="digest of the head before")
    sealed_at = models.DateTimeField()
    before = models.BooleanField(default=False, help_text="of entries from before they carried a MAC")
    signature = models.BinaryField(help_text="Ed25519, over everything above")

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["sealed_at"], name="privacy_block_sealed")]

    def __str__(self) -> str:
        return f"block {self.number}"

    @property
    def short(self) -> str:
        """The beginning of the root, enough to compare by eye."""
        return bytes(self.root).hex()[:16]


class AuditLeaf(models.Model):
    """In which block, and where in it, an entry was sealed. Append-only; an entry is in one block only."""

    entry_id = models.UUIDField(primary_key=True)
    block = models.IntegerField()
    position = models.IntegerField()
    leaf_hash = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["block", "position"], name="privacy_leaf_place")]

    def __str__(self) -> str:
        return f"{self.block}/{self.position}"


class AuditUnsealed(models.Model):
    """Entries that wait for their seal: a trigger adds one with its entry and takes it away with its leaf."""

    entry_id = models.UUIDField(primary_key=True)
    before = models.BooleanField(default=False, db_default=False, help_text="from before entries carried a MAC")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.entry_id)


class CheckKind(models.TextChoices):
    SEALS = "seals", "Zijn de zegels heel?"
    ANCHOR = "anchor", "Past het ankerbestand?"
    TRACES = "traces", "Staat elke wijziging in het logboek?"


class AuditCheck(UUIDModel):
    """The outcome of a check of the log. No content: kinds of findings with their place, counts and moments."""

    kind = models.CharField(max_length=10, choices=CheckKind)
    asked_by = models.UUIDField(null=True, help_text="who asked; nobody when it was the night's turn")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(default=timezone.now)
    entries = models.IntegerField(default=0)
    blocks = models.IntegerField(default=0)
    waiting = models.IntegerField(default=0, help_text="entries that were too young to be sealed")
    wrong = models.IntegerField(default=0, help_text="how much did not hold")
    findings = models.JSONField(default=list, help_text="the first: sentences with block, place, moment")

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "-ended_at"], name="privacy_check_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.wrong}"
