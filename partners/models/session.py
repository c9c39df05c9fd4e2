"""Where somebody is logged in, in words for that person. Goes with the session, whoever ends that."""

from __future__ import annotations

import uuid

from django.contrib.sessions.models import Session
from django.db import models

from partners.models.user import User


class LoginSession(models.Model):
    """One browser in which a person is logged in: a kind of device, never an address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    # The database lets a row go with its session (privacy/rls/login.py): nobody can end one and leave the other.
    session = models.OneToOneField(Session, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    device = models.CharField(max_length=80)
    since = models.DateTimeField()
    used_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.device
