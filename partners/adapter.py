"""How allauth behaves here: nobody signs up by themselves, and log-ins and passwords are in the log first."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from partners.links import PASSWORD_LINK
from partners.services.leaving import end_sessions
from partners.services.users import LOGIN_CHANGED
from privacy import factors, jobs
from privacy.audit import record

LOGGING_IN = "inloggen"
FRESH = 10 * 60  # so long after logging in the first second factor may be chosen without the password once more
WAYS = {
    "reauthenticate": "Met uw wachtwoord",
    "mfa_reauthenticate": "Met een code",
    "mfa_reauthenticate:webauthn": "Met een passkey",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Writes log-ins, failures, log-outs and new passwords before they take effect."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": "U hebt het te vaak geprobeerd. Wacht vijf minuten en probeer het dan opnieuw.",
        "rate_limited": "U hebt het te vaak geprobeerd. Wacht vijf minuten en probeer het dan opnieuw.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        record.look("login", purpose=LOGGING_IN, by=user.as_actor())  # type: ignore[attr-defined]  # our User
        super().login(request, user)

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            record.look("logout", purpose="uitloggen", by=request.user.as_actor())
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        # The typed address is not kept: people type passwords there.
        record.look("login.failed", outcome="failed", granted=False, purpose=LOGGING_IN, by=None)
        super().authentication_failed(request, **credentials)

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        # By the address of the account itself: this house keeps no other addresses of a person.
        known = self.authenticate(context.request, email=user.email, password=password)  # type: ignore[attr-defined]  # our User
        confirmed = known is not None and known.pk == user.pk
        event, outcome = ("stepup", "ok") if confirmed else ("stepup.failed", "failed")
        record.look(event, outcome=outcome, by=user.as_actor())  # type: ignore[attr-defined]  # our User
        return confirmed

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Who has a second factor confirms with it: whoever knows the password alone could add a factor otherwise."""
        ways = [way | {"description": WAYS[way["id"]]} for way in super().get_reauthentication_methods(user)]
        second = [way for way in ways if way["id"] != "reauthenticate"]
        return sorted(second, key=lambda way: "webauthn" not in way["id"]) if factors.has_factor(user) else ways

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Right after logging in nobody types the password twice to choose the first second factor."""
        user = context.request.user
        if app == "allauth.mfa" and user.is_authenticated and not factors.has_factor(user):
            proofs = factors.records(context.request)
            return not any(time.time() - float(str(proof["at"])) < FRESH for proof in proofs)
        return True

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        record.look("login.failed", outcome="failed", granted=False, purpose=LOGGING_IN, by=None)
        response: HttpResponse = super().respond_user_inactive(request, user)
        return response

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        record.look("password.set", purpose="wachtwoord instellen", by=user.as_actor())  # type: ignore[attr-defined]  # our User
        super().set_password(user, password)
        end_sessions(user, timezone.now(), but=context.request.session.session_key)  # type: ignore[arg-type]  # our User

    def send_notification_mail(self, template_prefix: str, user: AbstractBaseUser, *args: Any, **kwargs: Any) -> None:
        # One mail that tells nothing but that something changed, whatever it was.
        if template_prefix.startswith("mfa/"):
            jobs.enqueue(LOGIN_CHANGED, user.pk, once=True)

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:
        # Sent in the background: a known address takes no longer to answer than an unknown one.
        jobs.enqueue(PASSWORD_LINK, user.pk, once=True)
