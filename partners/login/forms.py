"""Codes and passkeys as typed and sent. Each wrong one is in the log before anything is said."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.forms import (
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError

from partners.login.keeping import USE, secrets_of
from partners.models import User
from privacy import limits
from privacy.audit import record
from privacy.encryption import server
from privacy.forms import PlainForm

CODE_MISSING = "Typ de code."
PASSKEY_MISSING = "De passkey kwam niet aan. Probeer het opnieuw."
# A code works in its own half minute and the ones beside it. It is remembered longer than that: once is once.
REMEMBERED = 5 * 60
# Codes per person and day; the shorter limit is allauth's own.
MOST, DAY = 50, 24 * 60 * 60
TOO_MANY = "Te veel verkeerde codes. Probeer het over vijf minuten opnieuw."
LOGGING_IN = "inloggen"


def code_field(label: str, help_text: str = "") -> forms.CharField:
    """Where a code is typed; spaces are taken as they come, and pasting and filling in work."""
    widget = forms.TextInput(
        attrs={
            "class": "utrecht-textbox", "autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false",
        }
    )  # fmt: skip
    return forms.CharField(
        label=label, help_text=help_text, widget=widget, max_length=40, error_messages={"required": CODE_MISSING}
    )


def credential_field() -> forms.JSONField:
    """What the browser says of a passkey."""
    missing = {"required": PASSKEY_MISSING, "invalid": PASSKEY_MISSING}
    return forms.JSONField(widget=forms.HiddenInput, error_messages=missing)


def failed() -> ValidationError:
    """The one sentence for everything that can be wrong with a passkey."""
    error: ValidationError = get_adapter().validation_error("passkey_failed")
    return error


def spend(user: User, code: str) -> None:
    """A code of an app is used once, over all processes, for as long as it could work; raises ValidationError."""
    key = f"code-used:{user.pk}:{normalize_user_code(code)}"
    if not cache.add(key, "y", timeout=REMEMBERED):
        raise get_adapter().validation_error("incorrect_code")


def check_day(user: User) -> None:
    """Raises ValidationError when too many codes were tried in a day."""
    if not limits.within("codes", user.pk, most=MOST, seconds=DAY):
        raise ValidationError(TOO_MANY)


class ActivateForm(ActivateTOTPForm, PlainForm):  # type: ignore[misc]  # allauth has no types
    """The first code of a new app. Until then the secret waits in the session, sealed as well."""

    code = code_field("Code uit de app", "Zes cijfers.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        PlainForm.__init__(self, *args, **kwargs)
        self.secret = self._secret()

    def _secret(self) -> str:
        session = context.request.session
        kept = session.get(totp.SECRET_SESSION_KEY) if self.is_bound else None
        if kept:
            return server.open_text(kept, use=USE, whose=self.user.pk)
        secret: str = totp.generate_totp_secret()
        session[totp.SECRET_SESSION_KEY] = server.seal_text(secret, use=USE, whose=self.user.pk)
        return secret

    def clean_code(self) -> str:
        code: str = super().clean_code()
        spend(self.user, code)
        return code


class _Code:
    """A code at log-in or when confirming: of the app, or a recovery code."""

    user: User
    authenticator: Authenticator
    event, purpose = "login.failed", LOGGING_IN

    def clean_code(self) -> str:
        check_day(self.user)
        try:
            with secrets_of(self.user):
                code: str = super().clean_code()  # type: ignore[misc]  # the form's
            if self.authenticator.type == Authenticator.Type.TOTP:
                spend(self.user, code)
        except ValidationError:
            record.look(self.event, outcome="failed", granted=False, purpose=self.purpose, by=self.user.as_actor())
            raise
        return code


class CodeForm(_Code, AuthenticateForm, PlainForm):  # type: ignore[misc]
    """The second step of logging in."""

    code = code_field("Code", "Zes cijfers uit uw app. Geen app bij u? Typ dan een van uw herstelcodes.")


class ConfirmCodeForm(_Code, ReauthenticateForm, PlainForm):  # type: ignore[misc]
    """Confirming again with a code."""

    code = code_field("Code", "Zes cijfers uit uw app, of een herstelcode.")
    event, purpose = "stepup.failed", "bevestigen"

    def save(self) -> None:
        record.look("stepup", by=self.user.as_actor())
        super().save()


class AddPasskeyForm(PlainForm):
    """A new passkey, with a name to know it by. The device must have checked who holds it."""

    name = forms.CharField(
        label="Naam van de passkey",
        help_text="Zodat u hem herkent. Bijvoorbeeld: laptop van het werk.",
        max_length=60,
        widget=forms.TextInput(attrs={"class": "utrecht-textbox", "autocomplete": "off"}),
        error_messages={"required": "Geef de passkey een naam."},
    )
    credential = credential_field()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        suggested = get_adapter().generate_authenticator_name(user, Authenticator.Type.WEBAUTHN)
        kwargs["initial"] = {"name": suggested} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean_credential(self) -> Any:
        credential = self.cleaned_data["credential"]
        try:
            webauthn.parse_registration_response(credential)
            binding = webauthn.complete_registration(credential)
        except (ValidationError, ValueError, AttributeError, KeyError) as error:
            raise failed() from error
        if not binding.is_user_verified():
            raise failed()
        return credential


class _Passkey:
    """A passkey that is shown; whatever is wrong reads the same, and is in the log."""

    user: User | None
    event, purpose = "login.failed", LOGGING_IN

    def clean_credential(self) -> Authenticator:
        try:
            found: Authenticator = super().clean_credential()  # type: ignore[misc]  # the form's
        except (ValidationError, ValueError, AttributeError, KeyError) as error:
            by = self.user.as_actor() if self.user else None
            record.look(self.event, outcome="failed", granted=False, purpose=self.purpose, by=by)
            raise failed() from error
        return found


class PasskeyLoginForm(_Passkey, LoginWebAuthnForm):  # type: ignore[misc]
    """Logging in with a passkey alone."""

    credential = credential_field()


class PasskeyForm(_Passkey, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step."""

    credential = credential_field()


class ConfirmPasskeyForm(_Passkey, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Confirming again with a passkey."""

    credential = credential_field()
    event, purpose = "stepup.failed", "bevestigen"
