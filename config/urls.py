"""Every address of the house."""

from __future__ import annotations

from allauth.account import views as account
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path, re_path

from config import views
from partners.login import views as login
from partners.login.elsewhere import adapters as elsewhere
from privacy.access import public

# Only the pages of allauth that this house has: nobody signs up by themselves.
ACCOUNT: list[URLPattern] = [
    path("inloggen/", public(login.entrance), name="account_login"),
    path("uitloggen/", public(account.logout), name="account_logout"),
    path("bevestigen/", public(login_required(login.confirm)), name="account_reauthenticate"),
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

# The second step, and the pages where somebody arranges it.
SECOND: list[URLPattern] = [
    path("inloggen/code/", public(login.second), name="mfa_authenticate"),
    path("inloggen/passkey/", public(login.passkey_login), name="mfa_login_webauthn"),
    path("bevestigen/code/", public(login.confirm_code), name="mfa_reauthenticate"),
    path("bevestigen/passkey/", public(login.confirm_passkey), name="mfa_reauthenticate_webauthn"),
    path("account/", login.index, name="mfa_index"),
    path("account/app/", public(login.activate_app), name="mfa_activate_totp"),
    path("account/app/weg/", public(login.drop_app), name="mfa_deactivate_totp"),
    path("account/passkey/", public(login.add_passkey), name="mfa_add_webauthn"),
    path("account/passkey/<int:pk>/weg/", public(login.drop_passkey), name="mfa_remove_webauthn"),
    path("account/herstelcodes/", public(login.see_codes), name="mfa_view_recovery_codes"),
    path("account/herstelcodes/nieuw/", public(login.make_codes), name="mfa_generate_recovery_codes"),
    path("account/herstelcodes/bestand/", public(login.take_codes), name="mfa_download_recovery_codes"),
]

# Logging in at the own organisation.
ELSEWHERE: list[URLPattern] = [
    path("inloggen/via/<slug:provider_id>/", public(elsewhere.start), name="openid_connect_login"),
    path("inloggen/via/<slug:provider_id>/terug/", public(elsewhere.back), name="openid_connect_callback"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("help/", views.help_page, name="help"),
    *ACCOUNT,
    *SECOND,
    *ELSEWHERE,
    path("", include("config.running.urls")),
    path("", include("partners.urls")),
    path("", include("casework.urls")),
    path("", include("escalation.urls")),
    path("privacy/", include("privacy.urls")),
]
