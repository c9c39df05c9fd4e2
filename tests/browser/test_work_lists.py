"""The work lists by keyboard alone: walk, open, report in place; accessible while a form stands in a row."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.axe import faults

OpenAs = Callable[..., Page]


def test_a_regisseur_walks_through_what_is_stuck_by_keyboard(open_as: OpenAs) -> None:
    page = open_as("rosa")
    page.goto("/werk/loopt-vast/")
    page.keyboard.press("j")
    first = page.locator("tbody tr").first.get_by_role("link").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/werk/loopt-vast/*/")
    expect(page.get_by_text("Voorstel:").first).to_be_visible()


def test_a_partner_reports_an_action_in_its_place_by_keyboard(open_as: OpenAs) -> None:
    page = open_as("wilma")
    page.goto("/werk/acties/")
    page.get_by_role("link", name="Meld hoe het staat").first.focus()
    page.keyboard.press("Enter")
    result = page.get_by_label("Wat is het resultaat?")
    expect(result).to_be_visible()
    assert faults(page) == []
    result.focus()
    page.keyboard.type("Gebeld, het is geregeld.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Resultaat: Gebeld, het is geregeld.")).to_be_visible()
    expect(page.get_by_role("status").get_by_text("Bewaard")).to_be_focused()
    assert faults(page) == []
