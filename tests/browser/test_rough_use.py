"""How people really use it: without JavaScript, on a phone, with a double click, with a lost session, two at once."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.hands import Hands
from tests.browser.test_the_walk import report

OpenAs = Callable[..., Page]


def test_a_signal_is_handed_in_without_javascript(open_as: OpenAs) -> None:
    number = report(Hands(open_as("petra", scripts=False)), "Zonder scripts gemeld.")
    assert re.fullmatch(r"S\d\d-[0-9A-Z]{5}", number)


def test_a_signal_is_handed_in_on_a_phone(open_as: OpenAs) -> None:
    page = open_as("petra", width=360, height=740)
    page.goto("/signalen/nieuw/")
    page.get_by_role("button", name=re.compile("Kies Woonoverlast")).click()
    page.get_by_label("Straat (niet verplicht)", exact=True).fill("Lindelaan")
    page.locator("label", has_text="Ernstige en langdurige").click()
    page.get_by_label("Geluid").check()
    page.get_by_role("button", name="Verder", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Over wie gaat het?")


def test_a_double_click_sends_one_signal(open_as: OpenAs) -> None:
    page = open_as("petra")
    page.goto("/signalen/")
    before = page.locator("tbody tr").count()
    page.goto("/signalen/nieuw/")
    page.get_by_role("button", name=re.compile("Kies Woonoverlast")).click()
    page.get_by_label("Straat (niet verplicht)", exact=True).fill("Lindelaan")
    page.locator("label", has_text="Ernstige en langdurige").click()
    page.get_by_label("Geluid").check()
    page.get_by_role("button", name="Verder", exact=True).click()
    page.get_by_label("Weet ik niet").check()
    page.get_by_role("button", name="Verder", exact=True).click()
    page.get_by_label("Wat is er aan de hand?").fill("Twee keer geklikt.")
    page.get_by_role("button", name="Verder", exact=True).click()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label(re.compile("Het klopt")).check()
    page.get_by_role("button", name="Versturen").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw signaal is ontvangen")
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw signaal is ontvangen")
    page.goto("/signalen/")
    assert page.locator("tbody tr").count() == before + 1


def test_what_was_typed_survives_a_lost_session(open_as: OpenAs) -> None:
    page = open_as("petra")
    page.goto("/signalen/nieuw/")
    page.get_by_role("button", name=re.compile("Kies Woonoverlast")).click()
    page.get_by_label("Of beschrijf de plek").fill("Achter het clubhuis")
    # Leaving the page saves at once; the ten seconds need not be waited for.
    with page.expect_response(lambda answer: answer.status == 204):
        page.evaluate(
            "Object.defineProperty(document, 'visibilityState', {value: 'hidden'});"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
    draft = page.url
    page.context.clear_cookies()
    page.goto(draft)
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")
    page.get_by_label("E-mailadres").fill("petra@proefstad.example")
    page.get_by_label("Wachtwoord", exact=True).fill("een lang en fictief wachtwoord")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Of beschrijf de plek")).to_have_value("Achter het clubhuis")


def test_two_regisseurs_at_one_signal_the_second_keeps_what_was_typed(open_as: OpenAs) -> None:
    number = report(Hands(open_as("petra")), "Voor twee regisseurs tegelijk.")
    windows = [open_as("rosa"), open_as("rachid")]
    for page in windows:
        page.goto("/triage/")
        page.get_by_role("link", name=number).click()
        page.get_by_role("link", name=re.compile("^Wijs af")).click()
        page.get_by_role("radio").nth(1).check()
        page.get_by_role("checkbox").check()
    windows[0].get_by_role("button", name=re.compile("Wijs af|vernietig", re.I)).click()
    expect(windows[0].get_by_text("is afgewezen")).to_be_visible()
    windows[1].get_by_role("button", name=re.compile("Wijs af|vernietig", re.I)).click()
    expect(windows[1].locator("main")).to_contain_text(re.compile("al (beoordeeld|afgewezen)|intussen", re.I))


def test_the_timeline_is_filtered_without_leaving_the_page_and_keeps_the_focus(open_as: OpenAs) -> None:
    page = open_as("rosa")
    page.goto("/casussen/?stand=open")
    page.locator("tbody a").first.click()
    page.get_by_role("heading", name="Wat er gebeurde").wait_for()
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="Deelnemers", exact=True).last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#toon-deelnemer")).to_have_attribute("aria-current", "true")
    assert page.evaluate("window.stayed"), "the page was not loaded anew"
    expect(page.locator("#toon-deelnemer")).to_be_focused()
    expect(page).to_have_url(re.compile(r"soort=deelnemer"))
    kinds = page.locator(".ct-moment__kind").all_inner_texts()
    assert kinds
    assert set(kinds) == {"Deelnemers"}
    page.go_back()
    expect(page.locator("#toon-alles")).to_have_attribute("aria-current", "true")
