"""Somebody comes back from a provider: who is it, for which organisation, with how many factors?

A claim gives no account and no right. It is compared with what a beheerder laid down before; whoever is unknown, or
comes from another organisation than the account has, reads what to do and is in nowhere.
"""

from __future__ import annotations

from typing import Any, NoReturn
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth import logout
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone

from partners.login.elsewhere.invitations import LINKING, open_invitation
from partners.models import Identity, IdentityInvitation, User
from privacy.audit import record
from privacy.factors import ELSEWHERE

UNKNOWN, OTHER, TAKEN, FAILED = "unknown", "organisation", "taken", "failed"


def refuse(request: HttpRequest, why: str, user: User | None = None) -> NoReturn:
    """Nobody is logged in; the log knows it first, and the page says what to do."""
    by = user.as_actor() if user else None
    record.look("login.failed", outcome="failed", granted=False, purpose="inloggen", by=by)
    request.session.pop(LINKING, None)
    raise ImmediateHttpResponse(render(request, "account/elsewhere.html", {"why": why}, status=403))


def organisation_of(settings: dict[str, Any], claims: dict[str, Any]) -> UUID | None:
    """The partner that this provider vouches for, by the file of providers alone."""
    claimed = claims.get(settings["organisation_claim"])
    found = settings["organisations"].get(claimed) if isinstance(claimed, str) else None
    return UUID(found) if found else None


def two_factors(settings: dict[str, Any], claims: dict[str, Any]) -> bool:
    """Whether the provider says that it asked for two factors, in one of the words agreed with it."""
    said = claims.get(settings["second_factor_claim"])
    words = {said} if isinstance(said, str) else set(said) if isinstance(said, list) else set()
    return bool(words & set(settings["second_factor_values"]))


def known(claims: dict[str, Any], provider: str) -> User | None:
    """Who this is here; issuer and subject alone say so."""
    rows = Identity.objects.filter(issuer=claims["iss"], subject=claims["sub"], provider=provider)
    found = rows.select_related("user__organisation").first()
    return found.user if found else None


def tie(request: HttpRequest, invitation: IdentityInvitation, claims: dict[str, Any]) -> User:
    """Ties issuer and subject to the invited person; of two at once the second is refused."""
    user = invitation.user
    record.look("identity.linked", purpose="inloggen", by=user.as_actor())
    row = Identity(
        user=user,
        invitation=invitation,
        provider=invitation.provider,
        issuer=claims["iss"],
        subject=claims["sub"],
        linked_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        refuse(request, TAKEN, user)
    return user


def arrive(request: HttpRequest, app: Any, claims: dict[str, Any], user: User | None) -> User:
    """The person to log in, with what was proved noted in the session; or a page that says why not."""
    organisation = organisation_of(app.settings, claims)
    invitation = open_invitation(request.session.pop(LINKING, None), timezone.now())
    if invitation is not None and invitation.provider != app.provider_id:
        invitation = None
    invited = invitation.user if invitation else None
    if user is not None and invited is not None and invited.pk != user.pk:
        refuse(request, TAKEN, invited)
    whose = user or invited
    if whose is None:
        refuse(request, UNKNOWN)
    if organisation is None or whose.organisation_id != organisation:
        refuse(request, OTHER, whose)
    if user is None and invitation is not None:
        tie(request, invitation, claims)
    if request.user.is_authenticated:  # somebody else, or the same person anew: nothing of before goes along
        logout(request)
    proof = {ELSEWHERE: True} if two_factors(app.settings, claims) else {}
    record_authentication(request, whose, "elsewhere", provider=app.provider_id, **proof)
    return whose
