"""The link with which a person chooses a password: works once, and for a limited time."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from partners.models import User

PASSWORD_LINK = "user.password_link"  # noqa: S105  # the kind of a job


def password_link(user: User) -> str:
    """A fresh link. It starts with the address from the settings, never with what a request says its host is."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return f"{settings.SITE_URL}{reverse('account_reset_password_from_key', kwargs=key)}"


def days_valid() -> int:
    """How many days a link works."""
    return int(settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60))
