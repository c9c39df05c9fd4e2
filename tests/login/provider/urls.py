"""The provider's addresses, and a door of our own through which the tests say who is at the keyboard."""

from __future__ import annotations

import json
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path


class Adapter(DefaultOIDCAdapter):
    """Says of a person what the test put in the name; `iss` may be a lie."""

    def get_issuer(self) -> str:
        import os

        return os.environ.get("PROVIDER_ISSUER") or super().get_issuer()

    def get_claims(self, purpose: str, user: Any, client: Any, scopes: Any, email: Any = None, **more: Any) -> dict:
        return super().get_claims(purpose, user, client, scopes, email, **more) | json.loads(user.last_name or "{}")

    def get_user_sub(self, client: Any, user: Any) -> str:
        return user.username

    def get_user_by_sub(self, client: Any, sub: str) -> Any:
        return get_user_model()._default_manager.filter(username=sub).first()


def enter(request: HttpRequest) -> HttpResponse:
    """Logs in whoever the test names, and goes on to where a client wanted to be."""
    people = get_user_model()._default_manager
    user, _ = people.get_or_create(username=request.GET["who"])
    people.filter(pk=user.pk).update(last_name=request.GET.get("claims", "{}"), email=request.GET.get("email", ""))
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return HttpResponseRedirect(request.GET.get("next", "/.well-known/openid-configuration"))


urlpatterns = [path("enter/", enter, name="enter"), path("", include("allauth.idp.urls"))]
