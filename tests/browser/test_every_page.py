"""Every page of the house, as the person whose page it is: accessible, and no wider than the screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.axe import faults
from tests.site import Site

OpenAs = Callable[..., Page]
PEOPLE = ("rosa", "pieter", "wilma", "carla", "fatima", "beheer", "iris", "bram",
          "faisal", "conny", "cor")  # fmt: skip
ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
SAMPLE = Path(__file__).parent.parent / "importing" / "data" / "signalen-export.csv"
# Pages that no link leads to: they answer a POST, are no HTML, or are before logging in (looked at below).
WITHOUT_LINK = {
    "account_login", "account_logout", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "account_inactive",
    "account_reauthenticate", "ask-withdraw", "emergency-answer", "emergency-end", "case-request-no",
    "household-request-no", "case-group-remove",
    "privacy-emergency-end", "case-succeed", "case-take-over", "triage-succeed", "attachment",
    "signal-draft-drop", "signal-answer", "signal-sent", "signal-export", "case-assign",
    "decision-refuse", "ladder-begin", "ladder-fact-withdraw", "ladder-proposal-withdraw", "ladder-term-done",
    "ladder-version", "import-refused", "import-drop", "secrecy", "person-invite",
    "household-freeze", "household-consent", "household-letter-pdf", "work-keep", "work-drop", "stuck-resume",
    "case-handover-no", "case-handover-back", "household-back", "household-handover-no", "household-handover-back",
    "calendar-feed", "calendar-revoke",
    "meeting-nothing", "meeting-guest-remove", "meeting-guest-sheet",
    "meeting-minutes-fix", "meeting-minutes-pdf", "meeting-minutes-docx",
    "meeting-add", "meeting-order", "meeting-publish", "meeting-seat", "meeting-unseat", "meeting-item-off",
    "case-priority-off",
    "meeting-begin", "meeting-live", "meeting-stance", "meeting-presence", "meeting-review", "meeting-item-close",
    "privacy-log-proof", "privacy-seal-check", "privacy-seal-anchor", "privacy-seal-key",
    "privacy-logbook-export", "privacy-logbook-keep", "privacy-logbook-drop", "privacy-logbook-report-sheet",
    "accounting-figures-csv", "accounting-pack", "accounting-register-csv", "accounting-register-json",
    "breach-measure-done", "case-flag-end", "case-resume", "privacy-retention-make", "privacy-retention-step",
    "privacy-retention-open", "rights-restrict",
    "privacy-review-decide", "privacy-review-run", "rights-all-may", "rights-collect",
    "rights-confirm", "rights-file", "rights-identity", "rights-remind", "rights-search", "rights-settle",
    "rights-letter", "rights-put", "rights-weigh-again", "rights-take-over", "rights-hand-over", "rights-erase",
    "extension-step",
    "mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_remove_webauthn", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "openid_connect_login", "openid_connect_callback",
    "identity-link", "session-end", "session-end-all", "session-state", "person-factor", "person-identity-untie",
    "healthz-live", "healthz-ready", "metrics", "security-txt", "system-again",
}  # fmt: skip
WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 900}
KEPT = 2
# What hangs on a plan hangs on the one that has something in it, and not every plan has.
FOLLOWED = {
    "case-detail": 20,
    "case-ladder": 20,
    "case-meetings": 16,
    "meeting-prepare": 8,
    "meeting-edit": 8,
    "meeting-guests": 8,
    "table-detail": 4,
    "household-detail": 8,
    "rights-detail": 8,
    "household-plan": 8,
    "household-assessments": 8,
}
LETTER = "/privacy/logboek/betrokkene/?nummers=2026-7K3QF"
CRAWLED: dict[str, dict[str, list[str]]] = {}
BEGINNINGS = {"rosa": ["/", "/zoeken/"], "fatima": ["/", "/privacy/logboek/", LETTER]}


@cache
def every_page() -> dict[str, re.Pattern[str]]:
    """URL name to a pattern of its path."""
    found: dict[str, re.Pattern[str]] = {}

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, route)
            else:
                path = re.sub(r"<uuid:\w+>", ID, route)
                found[str(pattern.name)] = re.compile("^/" + re.sub(r"<\w+:\w+>", r"[^/]+", path) + "$")

    walk(get_resolver().url_patterns, "")
    return found


@cache
def name_of(path: str) -> str:
    return next((name for name, pattern in every_page().items() if pattern.match(path)), path)


def pages_of(page: Page, beginnings: list[str]) -> dict[str, list[str]]:
    """Paths by URL name, found by following links; of each the fullest pages, at most a few."""
    found: dict[str, list[tuple[int, str]]] = {}
    todo, seen = list(beginnings), set()
    while todo:
        path = todo.pop(0)
        name = name_of(path.partition("?")[0])
        if path in seen or name == "account_logout" or len(found.get(name, [])) >= FOLLOWED.get(name, KEPT):
            continue
        seen.add(path)
        answer = page.request.get(path)
        assert answer.status == 200, (path, answer.status)
        if "html" not in answer.headers["content-type"]:
            continue
        text = answer.text()
        found.setdefault(name, []).append((-len(text), path))
        links = re.findall(r'href="(/[^"#]*)"', text)
        todo += [link.replace("&amp;", "&") for link in links if not link.startswith("/static/")]
    return {name: [path for _, path in sorted(pages)[:KEPT]] for name, pages in found.items()}


def read_in(page: Page) -> None:
    """Reads in a file, so that there is a result to look at."""
    page.goto("/beheer/inlezen/")
    page.set_input_files("input[type=file]", SAMPLE)
    page.get_by_label("Voor welke tafel?").select_option(label="Casustafel woonoverlast")
    page.get_by_role("button", name="Lees in", exact=True).click()
    page.wait_for_url(re.compile(f"/beheer/inlezen/{ID}/"))


def say_for_what(page: Page) -> None:
    """The log shows its lines to who says for what."""
    page.goto("/privacy/logboek/doel/")
    page.get_by_text("Controle op rechtmatigheid").click()
    page.get_by_role("button", name="Ga naar het logboek").click()
    page.wait_for_url(re.compile("/privacy/logboek/dossiers/"))


READY: dict[str, Callable[[Page], None]] = {"iris": read_in, "fatima": say_for_what}


def crawl(page: Page, person: str) -> dict[str, list[str]]:
    """The pages of this person by name, followed once in a run: what links lead to does not depend on the width."""
    READY.get(person, lambda _: None)(page)
    if person not in CRAWLED:
        CRAWLED[person] = pages_of(page, BEGINNINGS.get(person, ["/"]))
    return CRAWLED[person]


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_passes_axe_and_fits_the_screen(open_as: OpenAs, person: str) -> None:
    """On a wide screen and on a phone: the same page, made narrow."""
    page, wrong = open_as(person), []
    every = sorted(path for paths in crawl(page, person).values() for path in paths)
    for path in every:
        page.set_viewport_size(WIDE)
        page.goto(path)
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)
            wrong += [f"{path} at {size['width']}: {fault}" for fault in faults(page)]
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wrong.append(f"{path} is wider than a screen of {size['width']}")
    assert every
    assert not wrong, "\n".join(wrong)


@pytest.mark.timeout(1200)
def test_every_page_is_reached_by_somebody(open_as: OpenAs) -> None:
    visited = {name for person in PEOPLE for name in CRAWLED.get(person) or crawl(open_as(person), person)}
    missing = sorted(set(every_page()) - WITHOUT_LINK - visited)
    assert not missing, ", ".join(missing)


@pytest.mark.parametrize("path", ["/inloggen/", "/wachtwoord/", "/wachtwoord/verstuurd/", "/wachtwoord/ingesteld/",
                                  "/geblokkeerd/", "/bestaat-niet/"])  # fmt: skip
def test_pages_before_logging_in_pass_axe(site: Site, chromium: Browser, path: str) -> None:
    page = chromium.new_page(base_url=site.address)
    page.goto(path)
    assert not faults(page)
    page.close()


def test_a_form_with_mistakes_passes_axe_and_puts_the_focus_on_the_summary(open_as: OpenAs) -> None:
    page = open_as("pieter")
    page.goto("/signalen/nieuw/")
    page.get_by_role("button", name=re.compile("Kies Woonoverlast")).click()
    page.get_by_role("button", name="Verder", exact=True).click()
    page.wait_for_selector(".ct-summary")
    assert page.evaluate("document.activeElement.classList.contains('ct-summary')")
    assert page.title().startswith("Fout:")
    assert not faults(page)
