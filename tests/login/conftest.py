"""What the tests of logging in share: the force is on, and people have apps."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from partners.login.keeping import secrets_of
from partners.models import User
from tests.world import PASSWORD


@pytest.fixture(autouse=True)
def _forced(settings: Any, db: None) -> None:
    """As in production."""
    settings.SECOND_FACTOR = True
    settings.SESSION_IDLE_SECONDS, settings.SESSION_MOST_SECONDS = 30 * 60, 8 * 60 * 60
    cache.clear()


class App:
    """An app with codes on somebody's phone."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def code(self, ago: int = 0) -> str:
        counter = int(time.time()) // 30 - ago
        return totp.format_hotp_value(totp.hotp_value(self.secret, counter))


def with_app(user: User) -> App:
    """This person has an app."""
    secret = totp.generate_totp_secret()
    with secrets_of(user):
        totp.TOTP.activate(user, secret)
        RecoveryCodes.activate(user)
    return App(secret)


def recovery_codes(user: User) -> list[str]:
    """The codes on this person's paper."""
    with secrets_of(user):
        return RecoveryCodes.activate(user).get_unused_codes()


def password(client: Client, user: User, typed: str = PASSWORD, **extra: Any) -> Any:
    """Types the password on the log-in page."""
    return client.post(reverse("account_login"), {"login": user.email, "password": typed}, **extra)


def logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def worker(user: User) -> tuple[Client, App]:
    """A browser in which this person logged in with both steps."""
    client, app = Client(), with_app(user)
    password(client, user)
    client.post(reverse("mfa_authenticate"), {"code": app.code()})
    assert logged_in(client)
    return client, app
