"""Plain tables with the same rows as ours, and one note per package that keeps a history or encrypts."""

from __future__ import annotations

import uuid

import pghistory
from django.db import models
from encrypted_fields.fields import EncryptedTextField as FernetEncryptedText
from encrypted_model_fields.fields import EncryptedTextField as EncryptedModelText
from fernet_fields import EncryptedTextField as FernetFieldsText
from guardian.models import UserObjectPermissionBase
from simple_history.models import HistoricalRecords

from casework.models import ItemKind
from partners.models import CaseTable, Organisation, User
from privacy.encryption.fields import SealedTextField
from privacy.models import DossierRow, SealedModel

CASCADE = models.CASCADE


class CaseBase(models.Model):
    """A case as a project without walls would keep it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reference = models.CharField(max_length=30)
    table = models.ForeignKey(CaseTable, CASCADE, related_name="+")
    theme = models.CharField(max_length=40)
    status = models.CharField(max_length=8)
    opened_at = models.DateTimeField(db_index=True)
    retain_until = models.DateField()
    outcome_code = models.CharField(max_length=40, blank=True)
    short_name = models.TextField()
    summary = models.TextField()

    class Meta:
        abstract = True


class RegieBase(models.Model):
    """Who directs a plain case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=8)
    user = models.ForeignKey(User, CASCADE, related_name="+")
    until = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class PlainCase(CaseBase):
    """Guarded by guardian's generic rows, or not at all."""

    class Meta:
        indexes = [
            models.Index(fields=["status", "-opened_at"], name="others_case_status"),
            models.Index(fields=["table", "-opened_at"], name="others_case_table"),
        ]


class PlainRegie(RegieBase):
    case = models.ForeignKey(PlainCase, CASCADE, related_name="regie")


class DirectCase(CaseBase):
    """The very same table: guardian takes direct keys as soon as a model has them, so they need their own model."""

    class Meta:
        managed = False
        db_table = "others_plaincase"


class DirectRegie(RegieBase):
    case = models.ForeignKey(DirectCase, CASCADE, related_name="regie")

    class Meta:
        managed = False
        db_table = "others_plainregie"


class DirectCasePermission(UserObjectPermissionBase):
    """Guardian with direct foreign keys."""

    content_object = models.ForeignKey(DirectCase, CASCADE)


class PlainParticipation(models.Model):
    """Who takes part in a plain case."""

    case = models.ForeignKey(PlainCase, CASCADE, related_name="participations")
    organisation = models.ForeignKey(Organisation, CASCADE, related_name="+")
    user = models.ForeignKey(User, CASCADE, related_name="+")


class PlainContribution(models.Model):
    """What was brought into a plain case."""

    case = models.ForeignKey(PlainCase, CASCADE, related_name="contributions")
    organisation = models.ForeignKey(Organisation, CASCADE, related_name="+")
    author = models.ForeignKey(User, CASCADE, related_name="+")
    category = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)
    text = models.TextField()
    origin = models.TextField()
    conditions = models.TextField()
    at = models.DateTimeField()


class PlainFile(models.Model):
    """What hangs on a contribution; the case that is measured has none, on either side."""

    contribution = models.ForeignKey(PlainContribution, CASCADE, related_name="attachments")
    name = models.TextField()


class PlainDisclosure(models.Model):
    """Which organisation got a contribution."""

    contribution = models.ForeignKey(PlainContribution, CASCADE, related_name="disclosures")
    organisation = models.ForeignKey(Organisation, CASCADE, related_name="+")


class PlainSignal(models.Model):
    """A signal as a project without walls would keep it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reference = models.CharField(max_length=30)
    table = models.ForeignKey(CaseTable, CASCADE, related_name="+")
    source = models.ForeignKey(Organisation, CASCADE, related_name="+")
    status = models.CharField(max_length=10)
    severity = models.CharField(max_length=8)
    submitted_at = models.DateTimeField()
    street = models.TextField()
    number = models.TextField()
    postcode = models.TextField()
    city = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["table", "status", "submitted_at"], name="others_signal_queue")]


class PlainTrace(models.Model):
    """A digest by which signals look alike."""

    signal = models.ForeignKey(PlainSignal, CASCADE, related_name="traces")
    digest = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["digest"], name="others_trace_digest")]


# --- behind our own grants and policies, but plain and without a log ------------------------------------------------


class WalledFace(DossierRow):
    """The name of a case as plain text behind the same policies."""

    case_id = models.UUIDField(db_index=True)
    short_name = models.TextField()
    summary = models.TextField()


class WalledContribution(DossierRow):
    """A contribution as plain text behind the same policies."""

    case_id = models.UUIDField(db_index=True)
    organisation = models.ForeignKey(Organisation, CASCADE, related_name="+")
    author = models.ForeignKey(User, CASCADE, related_name="+")
    audience = models.CharField(max_length=6)
    category = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=ItemKind)
    ground = models.CharField(max_length=60)
    text = models.TextField()
    origin = models.TextField(null=True)
    conditions = models.TextField(null=True)
    terms = models.JSONField(null=True)
    occurred_on = models.DateField(null=True)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    corrected_at = models.DateTimeField(null=True)


class WalledFile(DossierRow):
    """A file with a plain name behind the same policies."""

    contribution = models.ForeignKey(WalledContribution, CASCADE, related_name="attachments")
    name = models.TextField()


class WalledPlace(DossierRow):
    """The place of a signal as plain text behind the same policies."""

    signal_id = models.UUIDField(db_index=True)
    street = models.TextField(null=True)
    number = models.TextField(null=True)
    postcode = models.TextField(null=True)
    city = models.TextField(null=True)
    description = models.TextField(null=True)


WALLED = (WalledFace, WalledContribution, WalledFile, WalledPlace)


# --- one note per package ---------------------------------------------------------------------------------------------


class Note(models.Model):
    """A row with a few fields, one of which changes."""

    title = models.CharField(max_length=60)
    body = models.TextField()
    number = models.IntegerField(default=0)

    class Meta:
        abstract = True


class BareNote(Note):
    """Without any history."""


class OursNote(Note):
    """With our own entry, written by the verb."""


class AuditlogNote(Note):
    """With django-auditlog's signals."""


class SimpleHistoryNote(Note):
    """With django-simple-history."""

    history = HistoricalRecords()


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PghistoryNote(Note):
    """With django-pghistory's triggers."""


class SealedNote(SealedModel):
    """One text, sealed as ours are."""

    text = SealedTextField()


class TextRow(models.Model):
    """What our own row carries beside its text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    dossier_id = models.UUIDField()
    compartment_id = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class BareText(TextRow):
    text = models.TextField()


class FernetEncryptedNote(TextRow):
    text = FernetEncryptedText()


class EncryptedModelNote(TextRow):
    text = EncryptedModelText()


class FernetFieldsNote(TextRow):
    text = FernetFieldsText()
