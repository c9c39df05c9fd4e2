"""The pages of second factors: allauth's, with our forms, our log and our rules around them."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView
from allauth.account.views import ReauthenticateView as PasswordConfirmView
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal import flows
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_GET

from partners.login.forms import AddPasskeyForm
from partners.login.keeping import passkeys_work
from partners.models import User
from partners.services.leaving import end_sessions
from privacy import factors
from privacy.access import ActorRequest, guarded
from privacy.audit import record
from privacy.roles import Verb


def noted(event: str, request: HttpRequest) -> None:
    """In the log before it is done."""
    record.look(event, purpose="eigen manier van inloggen", by=request.user.as_actor())  # type: ignore[union-attr]  # our User


@guarded(Verb.WORKLIST, unsigned=True)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """How I log in: my second factors, and what I can add."""
    own = list(Authenticator.objects.filter(user_id=request.actor.user_id).order_by("created_at"))
    by_type = {row.type: row for row in own}
    context = {
        "app": by_type.get(Authenticator.Type.TOTP),
        "codes": by_type.get(Authenticator.Type.RECOVERY_CODES),
        "passkeys": [(row, row.data.get("name", "Passkey")) for row in own if row.type == Authenticator.Type.WEBAUTHN],
        "none": not any(row.type in factors.FACTORS for row in own),
        "forced": factors.forced(),
        "confined": getattr(request, "confined", False),
        "passkeys_work": passkeys_work(request.get_host()),
        "named_host": f"localhost:{request.get_port()}",
    }
    return render(request, "mfa/index.html", context)


class Entrance(LoginView):  # type: ignore[misc]  # allauth has no types
    """Logging in: with a password, a passkey, or at the own organisation."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        return context | {"providers": [(app["provider_id"], app["name"]) for app in apps]}


class Confirm(PasswordConfirmView):  # type: ignore[misc]
    """Confirming with the password, or sent on to the second factor; a page for who has neither."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not get_adapter().get_reauthentication_methods(request.user):
            return render(request, "account/no_way.html", status=403)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


class _Adding:
    """A new factor: in the log first; other sessions of this person end, this one has shown it."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        user = self.request.user
        assert isinstance(user, User)
        noted("factor.added", self.request)
        first = not factors.has_factor(user)
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # the view's
        record_authentication(self.request, user, method="mfa", reauthenticated=True)
        if first:
            end_sessions(user, timezone.now(), but=self.request.session.session_key)
        return response


class ActivateApp(_Adding, ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """An app that makes codes."""


class DropApp(DeactivateTOTPView):  # type: ignore[misc]
    """The app works no more."""

    def form_valid(self, form: Any) -> HttpResponse:
        noted("factor.removed", self.request)
        response: HttpResponse = super().form_valid(form)
        return response


class AddPasskey(_Adding, AddWebAuthnView):  # type: ignore[misc]
    """A passkey that works by itself: it must check who holds it, with a PIN, finger or face."""

    form_class = AddPasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super(AddWebAuthnView, self).get_context_data(**kwargs)
        options = webauthn.begin_registration(self.request.user, True)
        return context | {"js_data": {"creation_options": options}}


class DropPasskey(RemoveWebAuthnView):  # type: ignore[misc]
    """A passkey works no more; the last factor stays."""

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        passkey = self.get_object()
        if not factors.may_drop(passkey):
            messages.error(self.request, "Dit is uw laatste tweede stap. Voeg eerst een andere toe.")
            return redirect("mfa_index")
        noted("factor.removed", self.request)
        flows.remove_authenticator(self.request, passkey)
        return redirect("mfa_index")


class SeeCodes(ViewRecoveryCodesView):  # type: ignore[misc]
    """The recovery codes that are left."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        noted("factor.codes_seen", self.request)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context


class MakeCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """New recovery codes; the old ones work no more."""

    def form_valid(self, form: Any) -> HttpResponse:
        noted("factor.codes_made", self.request)
        response: HttpResponse = super().form_valid(form)
        return response


class TakeCodes(DownloadRecoveryCodesView):  # type: ignore[misc]
    """The codes as a file."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        noted("factor.codes_seen", self.request)
        response: HttpResponse = super().render_to_response(context, **kwargs)
        response["Content-Disposition"] = 'attachment; filename="herstelcodes.txt"'
        return response


class Second(AuthenticateView):  # type: ignore[misc]
    """The second step of logging in: with what this person has."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.stage.login.user
        has = {one: factors.has_factor(user, [one]) for one in (*factors.FACTORS, Authenticator.Type.RECOVERY_CODES)}
        codes = has[Authenticator.Type.TOTP] or has[Authenticator.Type.RECOVERY_CODES]
        return context | {"with_code": codes, "with_passkey": has[Authenticator.Type.WEBAUTHN]}


class ConfirmPasskey(ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Confirming with a passkey."""

    def form_valid(self, form: Any) -> HttpResponse:
        record.look("stepup", by=self.request.user.as_actor())
        response: HttpResponse = super().form_valid(form)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        for text in form.errors.get("credential", []):
            messages.error(self.request, text)
        return redirect(self.passthrough_next_url(reverse("mfa_reauthenticate_webauthn")))


entrance = Entrance.as_view()
confirm = Confirm.as_view()
second = Second.as_view()
confirm_code = ReauthenticateView.as_view()
confirm_passkey = ConfirmPasskey.as_view()
passkey_login = LoginWebAuthnView.as_view()
activate_app = ActivateApp.as_view()
drop_app = DropApp.as_view()
add_passkey = AddPasskey.as_view()
drop_passkey = DropPasskey.as_view()
see_codes = SeeCodes.as_view()
make_codes = MakeCodes.as_view()
take_codes = TakeCodes.as_view()
