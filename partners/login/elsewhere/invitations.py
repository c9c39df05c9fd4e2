"""The link with which an invited person ties a log-in: signed, for three days, and used once."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from partners.models import Identity, IdentityInvitation

LINKING = "linking"  # in the session, between opening the link and coming back from the provider
SALT = "partners.identity"
VALID = timedelta(days=3)


def link_of(invitation: IdentityInvitation) -> str:
    """The address in the mail. It starts with the address from the settings."""
    token = signing.dumps(str(invitation.pk), salt=SALT)
    return f"{settings.SITE_URL}{reverse('identity-link', args=[token])}"


def in_link(token: str, now: datetime) -> IdentityInvitation | None:
    """The invitation of a link that still works."""
    try:
        return open_invitation(signing.loads(token, salt=SALT, max_age=VALID), now)
    except signing.BadSignature:
        return None


def open_invitation(pk: str | None, now: datetime) -> IdentityInvitation | None:
    """An invitation that was not used and is not too old, for somebody who may log in."""
    if not pk:
        return None
    rows = IdentityInvitation.objects.select_related("user__organisation").filter(
        pk=UUID(pk), made_at__gt=now - VALID, user__is_active=True
    )
    found = rows.first()
    return None if found is None or Identity.objects.filter(invitation=found).exists() else found
