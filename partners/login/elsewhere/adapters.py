"""Allauth's OpenID Connect, with what it leaves open closed: pinned issuer, checked signature, nothing kept."""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from partners.login.elsewhere import arriving
from privacy.audit import record


class KnownLogin(SocialLogin):  # type: ignore[misc]  # allauth has no types
    """Somebody who comes back, found by issuer and subject in our own table and in no other way."""

    claims: dict[str, Any]

    def lookup(self) -> None:
        self._did_authenticate_by_email = None
        self.user = arriving.known(self.claims, self.provider.app.provider_id)


class Provider(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """One provider of the file."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself. It may not say that it is another: the issuer is ours to name."""
        found: dict[str, Any] = super().openid_config
        pinned = self.get_provider().app.settings["issuer"]
        if str(found.get("issuer", "")).rstrip("/") != pinned.rstrip("/"):
            raise OAuth2Error("the provider names another issuer than the file of providers")
        return found

    def _claims(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,  # allauth skips it after its own request; a proxy in between could then sign in
        )
        if not isinstance(claims.get("sub"), str) or not 0 < len(claims["sub"]) <= 255:
            raise OAuth2Error("no subject")
        return claims

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        try:
            claims = self._claims(app, kwargs["response"]["id_token"])
        except (KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("no usable id token") from error
        account = SocialAccount(provider=app.provider_id, uid=claims["sub"], extra_data={})
        login = KnownLogin(provider=self.get_provider(), account=account)
        login.claims = claims
        return login


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Providers from the file alone; nobody signs up, and no address of a mail opens an account."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: KnownLogin) -> None:
        sociallogin.user = arriving.arrive(request, sociallogin.provider.app, sociallogin.claims, sociallogin.user)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> NoReturn:
        arriving.refuse(request, arriving.FAILED)


@login_not_required  # type: ignore[untyped-decorator]
def start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Sends somebody to the provider."""
    return _answer(request, OAuth2LoginView, provider_id)


@login_not_required  # type: ignore[untyped-decorator]
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Somebody comes back."""
    return _answer(request, OAuth2CallbackView, provider_id)


def _answer(request: HttpRequest, view: Any, provider_id: str) -> HttpResponse:
    try:
        response: HttpResponse = view.adapter_view(Provider(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (OAuth2Error, RequestException, ValueError):
        record.look("login.failed", outcome="failed", granted=False, purpose="inloggen", by=None)
        return render(request, "account/elsewhere.html", {"why": arriving.FAILED}, status=502)
    return response
