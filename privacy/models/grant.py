"""The only truth about access: a guardian permission of one person on one compartment of one dossier."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from django.utils import timezone
from guardian.models import UserObjectPermissionBase

from privacy.models.dossier import Compartment, Dossier


class Grant(UserObjectPermissionBase):
    """A row counts while it is valid: begun, not ended or revoked, its holder not excluded. Policies show no other.

    `given_for` names what the grant follows from ("seat:…", "participation:…", "report:…"); it ends with that.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # No index of their own where another begins with the same column, or where nobody asks.
    permission = models.ForeignKey(Permission, on_delete=models.CASCADE, db_index=False)
    content_object = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, db_column="dossier_id", db_index=False, related_name="grants"
    )
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, db_index=False, related_name="grants")
    kind = models.CharField(max_length=10, help_text="the dossier's kind, for lists")
    part = models.CharField(max_length=10, help_text="the compartment's kind, for lists")
    table_id = models.UUIDField(null=True)
    theme = models.CharField(max_length=40, blank=True)
    may_write = models.BooleanField(default=False)
    directs = models.BooleanField(default=False)
    ground = models.CharField(max_length=60, help_text="code of the legal ground")
    given_by = models.UUIDField()
    given_for = models.CharField(max_length=60)
    given_at = models.DateTimeField(default=timezone.now)
    valid_from = models.DateTimeField(null=True, help_text="empty: at once, whatever the clocks say")
    valid_until = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    excluded = models.BooleanField(
        default=False, help_text="set by the database for who is excluded from the dossier: beats everything else"
    )
    sort_at = models.DateTimeField()
    shielded = models.BooleanField(default=False, editable=False, help_text="the dossier's, kept by a trigger")

    class Meta:
        default_permissions = ()
        unique_together = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "compartment", "permission", "given_for"],
                condition=models.Q(revoked_at__isnull=True),
                name="privacy_grant_once",
            ),
        ]
        indexes = [
            # "My newest 25", of all or as a list filters them, and how many: the index has everything that is asked,
            # so that not one grant is read for it (docs/benchmarks.md).
            models.Index(
                fields=["user", "kind", "-sort_at", "shielded", "table_id"],
                include=["compartment", "theme", "valid_from", "valid_until"],
                condition=models.Q(part="cover", revoked_at__isnull=True, excluded=False),
                name="privacy_grant_list",
            ),
            models.Index(fields=["compartment", "user"], name="privacy_grant_probe"),
            # The policy of dossiers asks this per row, of a reader who may hold tens of thousands.
            models.Index(fields=["content_object", "user"], name="privacy_grant_dossier"),
            models.Index(fields=["given_for"], name="privacy_grant_given_for"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.part} {self.content_object_id}"
