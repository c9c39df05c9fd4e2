"""Who somebody is at the log-in of the own organisation: issuer and subject, tied beforehand by an invitation."""

from __future__ import annotations

import uuid

from django.db import models

from partners.models.user import User


class IdentityInvitation(models.Model):
    """A beheerder lets a person tie a log-in of the own organisation, once and for a few days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    provider = models.CharField(max_length=60)
    invited_by = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.provider}: {self.pk}"


class Identity(models.Model):
    """Issuer and subject of a person. Nothing else of what a provider tells is kept: no name, no address, no token."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    invitation = models.OneToOneField(IdentityInvitation, on_delete=models.CASCADE, related_name="+")
    provider = models.CharField(max_length=60)
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="partners_identity_once", fields=["issuer", "subject"])]

    def __str__(self) -> str:
        return f"{self.provider}: {self.pk}"
