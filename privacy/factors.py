"""Which second factors somebody has, and whether this session was opened with one."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
ELSEWHERE = "second_factor_elsewhere"  # in a record of the session: the own organisation asked for two factors


def forced() -> bool:
    """Whether nobody works without a second factor."""
    return bool(settings.SECOND_FACTOR)


def has_factor(user: AbstractBaseUser | AnonymousUser, types: Sequence[str] | None = None) -> bool:
    """Whether this person has one of these; recovery codes alone are none."""
    if not user.is_authenticated:
        return False
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=types or FACTORS).exists())


def may_drop(factor: Authenticator) -> bool:
    """The last second factor stays, as long as everybody must have one."""
    others = Authenticator.objects.filter(user_id=factor.user_id, type__in=FACTORS).exclude(pk=factor.pk)
    return not forced() or factor.type not in FACTORS or bool(others.exists())


def records(request: HttpRequest) -> list[dict[str, object]]:
    """What this person proved in this session."""
    found: list[dict[str, object]] = get_authentication_records(request, request.user)
    return found


def is_second(record: dict[str, object]) -> bool:
    """Whether this proof was a second factor: one of ours, or one that the own organisation vouches for."""
    return record.get("method") == "mfa" or bool(record.get(ELSEWHERE))


def proved(request: HttpRequest) -> bool:
    """Whether this session was opened, or confirmed, with a second factor."""
    return any(is_second(record) for record in records(request))
