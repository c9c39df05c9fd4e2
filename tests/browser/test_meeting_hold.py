"""Holding a meeting in Chromium: two writers, no connection, a killed server, a lost session. Nothing typed is lost."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.site import Site
from tests.world import PASSWORD

OpenAs = Callable[..., Page]
SOON = 20_000


@pytest.fixture
def address(site: Site) -> str:
    """A meeting of two items that is being held."""
    return f"/overleg/{site.python('-m', 'tests.stage_meetings_holding', '2').strip()}/houden/"


def at(open_as: OpenAs, name: str, address: str, **more: object) -> Page:
    page = open_as(name, **more)
    page.goto(address)
    expect(page.locator("#besluit")).to_be_visible()
    return page


def decides(page: Page, text: str) -> None:
    """By keyboard: out of whatever has the focus, to the line, and Enter."""
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def does(page: Page, text: str) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def decisions(page: Page) -> list[str]:
    """What stands there, without who typed it."""
    lines = page.locator("[aria-labelledby=besluiten] li:not(.ct-hold__none) p:first-child").all_inner_texts()
    return [re.sub(r" Ra?\w+ Proef( Wijzig)?.*$", "", line.replace("\n", " ")).strip() for line in lines]


def stored(page: Page) -> dict[str, str]:
    return page.evaluate("Object.fromEntries(Object.entries(localStorage))")


def status(page: Page) -> str:
    return page.locator("[data-status]").inner_text()


def test_a_meeting_is_held_by_keyboard_alone(open_as: OpenAs, address: str) -> None:
    page = at(open_as, "rosa", address)
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Sneltoetsen")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("button[aria-pressed=true]")).to_have_count(1)
    expect(page.locator("button[aria-pressed=true]")).to_be_focused()
    decides(page, "We wachten de meting af.")
    does(page, "Greet belt moeder vóór vrijdag")
    expect(page.locator("#acties ~ ol")).to_contain_text("belt moeder")
    expect(page.locator("[data-status]")).to_contain_text("Greet Proef – belt moeder, klaar op vr")
    expect(page.locator("#actie")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(page.get_by_role("button", name="Besproken")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 van 2 klaar")).to_be_visible()
    expect(page.get_by_role("heading", name="Plein Oosterpark")).to_be_visible()
    page.keyboard.press("p")
    expect(page.get_by_text("Dit punt is gesloten")).to_be_visible()
    page.keyboard.press("n")
    expect(page.locator("#besluit")).to_be_visible()


def test_the_keys_can_be_switched_off(open_as: OpenAs, address: str) -> None:
    page = at(open_as, "rosa", address)
    page.keyboard.press("?")
    page.get_by_label("Gebruik sneltoetsen van één letter").uncheck()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("b")
    expect(page.locator("#besluit")).not_to_be_focused()


def test_a_line_that_asks_something_is_answered_without_the_mouse(open_as: OpenAs, address: str) -> None:
    page = at(open_as, "rosa", address)
    does(page, "Iemand belt school voor vrijdag")
    card = page.locator("[data-card]")
    expect(card).to_contain_text("Wie doet dit?")
    expect(page.locator("#actie")).to_be_focused()
    page.reload()
    expect(card).to_contain_text("Wie doet dit?")
    page.keyboard.press("v")
    page.keyboard.press("Tab")
    page.keyboard.type("Greet")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#acties ~ ol")).to_contain_text("Iemand belt school")
    expect(card).to_have_count(0)
    assert not [name for name in stored(page) if "sneltoetsen" not in name]


def test_two_who_write_at_once_lose_nothing(open_as: OpenAs, address: str) -> None:
    rosa, rachid = at(open_as, "rosa", address), at(open_as, "rachid", address)
    rosa.keyboard.press("b")
    rosa.keyboard.type("Half getypt")
    for number in range(5):
        decides(rachid, f"Van Rachid {number}")
    expect(rosa.locator("#besluiten ~ ol")).to_contain_text("Van Rachid 4", timeout=SOON)
    expect(rosa.locator("#besluit")).to_have_value("Half getypt")
    expect(rosa.locator("#besluit")).to_be_focused()
    rosa.keyboard.type(" en af.")
    rosa.keyboard.press("Enter")
    expect(rachid.locator("#besluiten ~ ol")).to_contain_text("Half getypt en af.", timeout=SOON)
    for page in (rosa, rachid):
        assert sorted(decisions(page)) == ["Half getypt en af.", *(f"Van Rachid {number}" for number in range(5))]


def test_two_minutes_without_a_connection_lose_nothing(open_as: OpenAs, address: str) -> None:
    page = open_as("rosa")
    page.clock.install()
    page.goto(address)
    expect(page.locator("#besluit")).to_be_visible()
    page.context.set_offline(True)
    typed = []
    for minute in range(4):
        decides(page, f"Zonder verbinding {minute}")
        typed.append(f"Zonder verbinding {minute}")
        page.clock.run_for(30_000)
    expect(page.locator("[data-status]")).to_contain_text("4 regels wachten op de verbinding, sinds")
    page.locator("#actie").fill("Half getypte actie")
    kept = stored(page)
    assert len(kept) == 5
    for text in ("Zonder verbinding", "Half getypte"):
        assert text not in str(kept), "what waits is sealed"
    page.context.set_offline(False)
    page.clock.run_for(20_000)
    expect(page.locator("#besluiten ~ ol")).to_contain_text("Zonder verbinding 3", timeout=SOON)
    expect(page.locator("[data-status]")).to_contain_text("Weer bij")
    assert decisions(page) == typed
    page.reload()
    expect(page.locator("#actie")).to_have_value("Half getypte actie")
    assert decisions(page) == typed


def test_a_server_that_is_killed_in_the_middle_loses_and_doubles_nothing(
    open_as: OpenAs, site: Site, address: str
) -> None:
    page = at(open_as, "rosa", address)
    decides(page, "Voor de val")
    expect(page.locator("#besluiten ~ ol")).to_contain_text("Voor de val")
    # What the server stored without the answer reaching the page, is sent again and stays one.
    page.route("**/besluit/", lambda route: (route.fetch(), route.abort())[1], times=1)
    decides(page, "Op het moment zelf")
    expect(page.locator("[data-status]")).to_contain_text("1 regel wacht op de verbinding")
    os.killpg(site.server.pid, signal.SIGKILL)
    site.server.wait(20)
    decides(page, "Zonder server 1")
    decides(page, "Zonder server 2")
    expect(page.locator("[data-status]")).to_contain_text("3 regels wachten")
    site.server = site.start_server()
    expect(page.locator("#besluiten ~ ol")).to_contain_text("Zonder server 2", timeout=40_000)
    assert decisions(page) == ["Voor de val", "Op het moment zelf", "Zonder server 1", "Zonder server 2"]
    page.reload()
    assert decisions(page) == ["Voor de val", "Op het moment zelf", "Zonder server 1", "Zonder server 2"]
    assert not stored(page)


def test_what_waits_survives_a_closed_page(open_as: OpenAs, address: str) -> None:
    page = at(open_as, "rosa", address)
    page.context.set_offline(True)
    decides(page, "Nog niet verstuurd")
    expect(page.locator("[data-status]")).to_contain_text("1 regel wacht")
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(address)
    expect(again.locator("#besluiten ~ ol")).to_contain_text("Nog niet verstuurd", timeout=SOON)


def test_what_waits_for_one_item_is_not_shown_at_another(open_as: OpenAs, address: str) -> None:
    page = at(open_as, "rosa", address)
    first = page.url.split("?")[0]
    other = page.locator(".ct-hold__link").nth(1).get_attribute("href")
    page.context.set_offline(True)
    decides(page, "Van het eerste punt")
    expect(page.locator("[data-status]")).to_contain_text("1 regel wacht")
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    with again.expect_response(lambda answer: answer.url.endswith("/besluit/") and answer.status == 200):
        again.goto(f"{first}{other}&scherm=1")
    expect(again.locator("#besluiten ~ ol")).to_contain_text("Nog geen besluiten")
    assert "Van het eerste punt" not in again.inner_text("main")
    again.goto(first)
    assert decisions(again) == ["Van het eerste punt"]


def test_what_waits_is_sent_after_logging_in_again(open_as: OpenAs, address: str) -> None:
    page = at(open_as, "rosa", address)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    decides(page, "Na het uitloggen getypt")
    expect(page.locator("[data-status]")).to_contain_text("U bent uitgelogd")
    link = page.get_by_role("link", name="Log in")
    with page.context.expect_page() as opened:
        link.click()
    login = opened.value
    login.get_by_label("E-mailadres").fill("rosa@proefstad.example")
    login.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    login.keyboard.press("Enter")
    expect(login.locator("#besluit")).to_be_visible()
    expect(page.locator("#besluiten ~ ol")).to_contain_text("Na het uitloggen getypt", timeout=SOON)
    assert decisions(page) == ["Na het uitloggen getypt"]
    assert cookies


def test_somebody_else_at_this_laptop_reads_nothing_of_what_waits(open_as: OpenAs, address: str) -> None:
    page = at(open_as, "rosa", address)
    page.context.set_offline(True)
    decides(page, "Alleen van Rosa")
    expect(page.locator("[data-status]")).to_contain_text("1 regel wacht")
    left = stored(page)
    page.close()
    other = at(open_as, "rachid", address)
    other.evaluate("kept => Object.entries(kept).forEach(([name, value]) => localStorage.setItem(name, value))", left)
    box = other.evaluate("() => document.querySelector('[data-box]').dataset.box")
    mine = next(iter(left))
    # Also under the name of the own box: another key opens nothing.
    other.evaluate("([name, value]) => localStorage.setItem(name, value)", [f"{box}.{mine[25:]}", left[mine]])
    other.reload()
    expect(other.locator("[data-status]")).to_contain_text("kon niet worden gelezen")
    assert decisions(other) == []


def test_a_line_for_an_item_that_a_colleague_closed_is_shown_and_kept(open_as: OpenAs, address: str) -> None:
    page, rachid = at(open_as, "rosa", address), at(open_as, "rachid", address)
    page.context.set_offline(True)
    decides(page, "Te laat getypt")
    rachid.keyboard.press("1")
    rachid.keyboard.press("Enter")
    expect(rachid.get_by_text("1 van 2 klaar")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("[data-card]")).to_contain_text("Te laat getypt", timeout=SOON)
    expect(page.locator("[data-card]")).to_contain_text("al gesloten")
    assert stored(page)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("wall", ["", "?scherm=1"])
def test_the_screen_passes_axe_and_fits(open_as: OpenAs, address: str, width: int, wall: str) -> None:
    page = open_as("rosa", width=width)
    page.goto(address + wall)
    does(page, "Iemand belt school voor vrijdag")
    expect(page.locator("[data-card]")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_a_line_is_an_ordinary_form(open_as: OpenAs, address: str) -> None:
    page = open_as("rosa", scripts=False)
    page.goto(address)
    page.get_by_role("textbox", name="Actie").fill("Iemand belt school")
    page.get_by_role("button", name="Bewaar de actie").click()
    page.get_by_label("Wie doet dit?").select_option(label="Greet Proef, GGZ Proef")
    page.get_by_label("Voor wanneer?").fill("eind volgende week")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator("#acties ~ ol")).to_contain_text("Iemand belt school")
