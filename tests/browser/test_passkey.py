"""A passkey in Chromium, from password to logging in without one. The device is Chromium's own virtual one."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from tests.site import Site
from tests.world import PASSWORD


def _with_device(page: Page, *, holder_checked: bool = True) -> None:
    """Gives the browser a device that keeps passkeys, and that says whether it checked who holds it."""
    chrome = page.context.new_cdp_session(page)
    chrome.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": holder_checked, "automaticPresenceSimulation": True,
    }  # fmt: skip
    chrome.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def _log_in(page: Page, address: str) -> None:
    page.goto(f"{address}/inloggen/")
    page.get_by_label("E-mailadres").fill("wout@proefstad.example")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def test_a_passkey_is_made_used_and_refused_when_nobody_was_checked(site: Site, chromium: Browser) -> None:
    address = f"http://localhost:{site.port}"
    context = chromium.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    _with_device(page)
    _log_in(page, address)
    page.goto(f"{address}/account/")
    page.get_by_role("link", name="Voeg een passkey toe").click()
    page.get_by_label("Naam van de passkey").fill("Laptop")
    page.get_by_role("button", name="Maak de passkey").click()
    page.get_by_role("heading", name="Uw herstelcodes").wait_for()
    page.goto(f"{address}/account/")
    assert page.get_by_text("Laptop sinds").is_visible()
    page.get_by_role("button", name="Uitloggen").click()
    page.goto(f"{address}/inloggen/")
    page.get_by_role("button", name="Log in met een passkey").click()
    page.get_by_role("link", name="Wout Proef").wait_for()
    assert said == [], "no errors, and nothing that the Content-Security-Policy stopped"
    context.close()

    context = chromium.new_context()
    page = context.new_page()
    _with_device(page, holder_checked=False)
    page.goto(f"{address}/inloggen/")
    page.get_by_role("button", name="Log in met een passkey").click()
    page.get_by_text("Er is geen passkey gebruikt").wait_for()
    context.close()
