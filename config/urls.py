"""Every address of the house."""

from __future__ import annotations

from allauth.account import views as account
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path, re_path

from config import views
from privacy.access import public

# Only the pages of allauth that this house has: nobody signs up by themselves.
ACCOUNT: list[URLPattern] = [
    path("inloggen/", public(account.login), name="account_login"),
    path("uitloggen/", public(account.logout), name="account_logout"),
    path("bevestigen/", public(login_required(account.reauthenticate)), name="account_reauthenticate"),
    path("wachtwoord/", public(account.password_reset), name="account_reset_password"),
    path("wachtwoord/verstuurd/", public(account.password_reset_done), name="account_reset_password_done"),
    # Not <str:…>-<str:…>: a key holds dashes of its own.
    re_path(
        r"^wachtwoord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        public(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/ingesteld/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("geblokkeerd/", public(account.account_inactive), name="account_inactive"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("help/", views.help_page, name="help"),
    *ACCOUNT,
    path("", include("config.running.urls")),
    path("", include("partners.urls")),
    path("", include("casework.urls")),
    path("", include("escalation.urls")),
    path("privacy/", include("privacy.urls")),
]
