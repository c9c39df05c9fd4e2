"""Contact with the family, waiting with an alarm, filters that somebody keeps, and what a regisseur was told."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from casework.models.household import Household
from partners.models import Alarm, CaseTable
from privacy.encryption.fields import SealedTextField
from privacy.models import SealedModel, UUIDModel


class ContactKind(models.TextChoices):
    CALL = "call", "Telefoon of beeldbellen"
    HOME = "home", "Huisbezoek"
    OFFICE = "office", "Gesprek op kantoor of elders"
    MESSAGE = "message", "Bericht waarop het gezin antwoordde"


class FamilyContact(SealedModel):
    """That somebody spoke with the family; in the regie compartment: for who reads the whole."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="contacts")
    held_on = models.DateField()
    kind = models.CharField(max_length=8, choices=ContactKind)
    whom = SealedTextField(null=True, help_text="with whom of the family")
    note = SealedTextField(null=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta(SealedModel.Meta):
        ordering = ["-held_on", "-noted_at", "id"]
        indexes = [models.Index(fields=["household", "-held_on"], name="casework_contact_last")]

    def __str__(self) -> str:
        return f"contact van {self.household_id}"


class AlarmPause(SealedModel):
    """Waiting with an alarm until a day, with why; in the regie compartment of the household or case it is about."""

    alarm = models.CharField(max_length=12, choices=Alarm)
    until = models.DateField(help_text="from this day on the alarm is there again")
    reason = SealedTextField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta(SealedModel.Meta):
        ordering = ["-decided_at", "id"]

    def __str__(self) -> str:
        return f"wachten met {self.alarm}"


class KeptFilter(UUIDModel):
    """A filter of a work list that somebody keeps: codes and ids of tables, never a word that was typed.

    In no dossier: it holds nothing of any, and only its owner reads it (a policy of the database).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    worklist = models.CharField(max_length=10)
    wish = models.JSONField(help_text="name of a filter to its code")
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["kept_at", "id"]
        constraints = [models.UniqueConstraint(fields=["user", "worklist", "wish"], name="casework_keptfilter_once")]

    def __str__(self) -> str:
        return f"filter van {self.user_id}"


class StagnationTold(UUIDModel):
    """What a regisseur of a table has been told of, as digests that say nothing; only the system reads it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    table = models.ForeignKey(CaseTable, on_delete=models.CASCADE, related_name="+")
    told = ArrayField(models.CharField(max_length=16), default=list)
    on = models.DateField(help_text="the last day on which the system looked")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "table"], name="casework_stagnationtold_once")]

    def __str__(self) -> str:
        return f"verteld aan {self.user_id}"
