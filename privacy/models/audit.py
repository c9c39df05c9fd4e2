"""The log: django-auditlog's entry, hardened and widened to NEN 7513 and Logboek Dataverwerkingen (security.md C.1)."""

from __future__ import annotations

import uuid
from typing import Any

from auditlog.models import AbstractLogEntry
from django.contrib.postgres.fields import ArrayField
from django.db import connections, models
from psycopg.types.json import Jsonb


class AuditEntry(AbstractLogEntry):  # type: ignore[misc]  # auditlog has no types
    """One act or look. No foreign keys: the names it needs are copied, so it outlives what it describes.

    It holds the names of fields, never their values. The inherited value columns are closed (`changes` holds names).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Dropped from the parent: rows that die with, or lead to, live rows; and columns made for values.
    content_type = None
    actor = None
    object_id = None
    serialized_data = None
    changes_text = None
    additional_data = None
    actor_email = None
    remote_port = None
    # The parent's, without an index of their own: nobody asks for them, and each index is paid on every page.
    action = models.PositiveSmallIntegerField(choices=AbstractLogEntry.Action.choices)
    cid = models.CharField(max_length=255, blank=True, null=True)

    event = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10, default="ok", help_text="ok, refused or failed")
    object_type = models.CharField(max_length=60, blank=True)
    object_pk = models.CharField(max_length=36, blank=True)
    object_repr = models.CharField(max_length=60, blank=True, help_text="a type and reference, never a name")
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    actor_roles = models.CharField(max_length=200, blank=True)
    organisation_id = models.UUIDField(null=True)
    organisation_name = models.CharField(max_length=200, blank=True)
    dossiers = ArrayField(models.UUIDField(), default=list)
    references = ArrayField(models.CharField(max_length=30), default=list)
    compartments = ArrayField(models.UUIDField(), default=list, help_text="the keys that were opened")
    purpose = models.CharField(max_length=200, blank=True)
    ground = models.CharField(max_length=60, blank=True)
    processing = models.CharField(max_length=80, blank=True, help_text="entry in the register of processing")
    # NEN 7513's four checks.
    check_role = models.BooleanField(default=True)
    check_grant = models.BooleanField(default=True, help_text="looked with a grant of the reader's own")
    check_share = models.BooleanField(default=False, help_text="through a disclosure by another organisation")
    break_glass = models.BooleanField(default=False)
    channel = models.CharField(max_length=10, default="web", help_text="web, job or command")
    session = models.CharField(max_length=16, blank=True, help_text="a digest, to tell sessions apart")
    trace_id = models.CharField(max_length=32, blank=True)
    span_id = models.CharField(max_length=16, blank=True)
    xact = models.BigIntegerField(null=True, help_text="transaction of a change, to compare with RowChange")
    mac = models.BinaryField(null=True, help_text="HMAC over all other fields; empty when older than that")

    class Meta(AbstractLogEntry.Meta):  # type: ignore[misc]  # auditlog has no types
        abstract = False
        default_permissions = ()
        verbose_name = "logregel"
        verbose_name_plural = "logregels"
        indexes = [
            models.Index(fields=["actor_id", "-timestamp"], name="privacy_audit_actor"),
            models.Index(fields=["organisation_id", "-timestamp"], name="privacy_audit_org"),
            # The log of a dossier also has who tried to reach what is in it.
            models.Index(fields=["object_pk"], condition=models.Q(event="refused"), name="privacy_audit_refused"),
        ]

    def __str__(self) -> str:
        return f"{self.timestamp:%Y-%m-%d %H:%M:%S} {self.event} {self.outcome}"

    def save(self, *, using: str = "default", force_insert: bool = True) -> None:
        """Adds it with one statement; there is no other way to save an entry, since none is ever changed.

        Written out because a page waits for it: `Model.save` spends three times as long on the same statement.
        """
        columns = [field.column for field in self._meta.concrete_fields]
        values: list[Any] = [getattr(self, name) for name in columns]
        if self.changes is not None:
            values[columns.index("changes")] = Jsonb(self.changes)
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
        with connections[using].cursor() as cursor:
            cursor.execute(f"INSERT INTO privacy_auditentry ({names}) VALUES ({marks})", values)  # noqa: S608  # names
        self._state.adding, self._state.db = False, using


class RowChange(models.Model):
    """Written by a database trigger: which row of which table changed, in which transaction; no content."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    table_name = models.CharField(max_length=63)
    row_id = models.UUIDField()
    operation = models.CharField(max_length=6)
    xact = models.BigIntegerField(db_index=True)
    actor_id = models.UUIDField(null=True)
    database_role = models.CharField(max_length=63)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.table_name} {self.operation}"
