"""Every view declares its access; one that does not is an error, not a page."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from privacy.access import Access
from privacy.roles import PURPOSES, Role, Verb, verbs_of
from tests.access.world_of_urls import every_pattern

PUBLIC = {
    "account_login", "account_logout", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "account_inactive",
    "account_reauthenticate",
    # The second step of logging in, and the pages where somebody who is logged in arranges it.
    "mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_remove_webauthn", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    # Logging in at the own organisation, the link to tie it, and what a page asks of its own session.
    "openid_connect_login", "openid_connect_callback", "identity-link", "session-state",
    # No log-in: who knows its random address learns when one person meets (tests/meetings/test_calendar.py).
    "calendar-feed",
    # Machines ask: yes or no, and numbers for who has the token (tests/running).
    "healthz-live", "healthz-ready", "metrics", "security-txt",
}  # fmt: skip


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("vergeten")


urlpatterns = [path("", forgotten, name="home"), path("zoeken/", forgotten, name="search")]


def test_every_address_declares_its_access_and_only_log_in_pages_and_calendars_are_public() -> None:
    declared = {name: getattr(pattern.callback, "access", None) for name, (_, pattern) in every_pattern().items()}
    assert [name for name, access in declared.items() if not isinstance(access, Access)] == []
    assert {name for name, access in declared.items() if access.verb is None} == PUBLIC


@pytest.mark.urls(__name__)
def test_a_view_without_a_declaration_is_an_error() -> None:
    with pytest.raises(ImproperlyConfigured, match="declares no access"):
        Client().get("/")


def test_every_verb_has_a_purpose_and_a_role() -> None:
    assert set(PURPOSES) == set(Verb)
    assert {verb for role in Role for verb in verbs_of(frozenset({role}))} == set(Verb)


def test_who_watches_or_manages_reads_no_case() -> None:
    content = {Verb.CASE_READ, Verb.SIGNAL_FOLLOW, Verb.SIGNAL_TRIAGE, Verb.SEARCH}
    for role in (Role.PRIVACY_OFFICER, Role.BEHEERDER, Role.IMPORTER):
        assert not verbs_of(frozenset({role})) & content
