"""The plan by keyboard: a goal with two actions in one go, and the owner says that one is done from the home page."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.hands import Hands

OpenAs = Callable[..., Page]


def test_a_goal_with_actions_by_keyboard_and_done_from_the_home_page(open_as: OpenAs) -> None:
    page = open_as("carla")
    hands = Hands(page)
    page.goto("/gezinnen/")
    hands.follow(re.compile("Gezin Voorbeeld"))
    hands.follow("Plan")
    hands.follow("Doel toevoegen")
    hands.write("Wat moet er anders?", "Kim gaat elke dag naar school")
    hands.pick("Leefgebied", "School")
    hands.write("Wanneer klaar?", "1-3-2030")
    for number, who in enumerate(("Pieter", "Carla"), start=1):
        hands.write(f"Actie {number}: wat?", f"Bellen door {who}")
        hands.pick(f"Actie {number}: wie?", who)
    hands.press("Voeg toe")
    expect(page.get_by_role("heading", name="Kim gaat elke dag naar school")).to_be_visible()
    owner = Hands(open_as("pieter"))
    owner.page.goto("/")
    owner.follow(re.compile("^Meld.*Bellen door Pieter"))
    owner.choose("Het is gedaan")
    owner.write("Wat is het resultaat?", "Gebeld met school.")
    owner.press("Bewaar")
    expect(owner.page).to_have_url(re.compile(r":\d+/$"))
    expect(owner.page.get_by_text("Bellen door Pieter")).to_have_count(0)
    page.reload()
    expect(page.get_by_text("Gebeld met school.")).to_be_visible()
