"""Logging in at the own organisation: a beheerder invites, the person ties, a beheerder unties."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings

from partners.models import Identity, IdentityInvitation, User
from partners.services.leaving import end_sessions
from privacy import jobs
from privacy.access import require
from privacy.actor import Actor
from privacy.audit import record

INVITED = "user.identity"


def providers_for(user: User) -> list[tuple[str, str]]:
    """Code and name of the providers that vouch for this person's organisation."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    home = str(user.organisation_id)
    return [(app["provider_id"], app["name"]) for app in apps if home in app["settings"]["organisations"].values()]


def invite_identity(user: User, provider: str, *, now: datetime, by: Actor) -> IdentityInvitation:
    """Mails somebody a link to tie the log-in of the own organisation; an earlier link works no more."""
    require(user.pk != by.user_id, "Uw eigen inlog koppelt een andere beheerder.")
    require(user.is_active, f"{user.name} kan niet inloggen.")
    require(provider in dict(providers_for(user)), "Via deze organisatie kan deze persoon niet inloggen.")
    tied = Identity.objects.filter(user=user).values("invitation")
    IdentityInvitation.objects.filter(user=user).exclude(pk__in=tied).delete()
    made = IdentityInvitation(user=user, provider=provider, invited_by=by.user_id, made_at=now)
    made.save(force_insert=True)
    jobs.enqueue(INVITED, made.pk)
    record.change("identity.invited", obj=user, by=by)
    return made


def untie_identity(user: User, pk: UUID, *, now: datetime, by: Actor) -> None:
    """A log-in of the own organisation opens this account no more; sessions end with it."""
    require(user.pk != by.user_id, "Uw eigen inlog ontkoppelt een andere beheerder.")
    row = Identity.objects.filter(pk=pk, user=user).first()
    require(row is not None, "Deze inlog was al ontkoppeld.")
    assert row is not None
    IdentityInvitation.objects.filter(pk=row.invitation_id).delete()  # and the identity with it
    end_sessions(user, now)
    record.change("identity.untied", obj=user, by=by)
