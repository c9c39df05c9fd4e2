"""Hands on a keyboard: nothing here moves a mouse. What can't be reached with Tab, fails."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 150


def today() -> date:
    """What day it is for who looks at the page: late in the evening not what the machine says."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


class Hands:
    """One person at one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def _focused(self, target: Locator) -> bool:
        return bool(target.evaluate("element => element === document.activeElement"))

    def tab_to(self, target: Locator) -> None:
        """Tabs until the target has the focus."""
        expect(target).to_have_count(1)
        for _ in range(MOST_TABS):
            if self._focused(target):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"not reachable with Tab: {target}")

    def write(self, label: str, text: str, *, exact: bool = False, nth: int = 0) -> None:
        """Types into the field with this label."""
        fields = self.page.locator("main").get_by_role("textbox", name=label, exact=exact)
        self.tab_to(fields.nth(nth))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def choose(self, label: str | re.Pattern[str], *, nth: int = 0) -> None:
        """Chooses a radio button: Tab to its group, arrows to the button."""
        target = self.page.get_by_role("radio", name=label, exact=True).nth(nth)
        expect(target).to_have_count(1)
        name = target.get_attribute("name")
        for _ in range(MOST_TABS):
            active = "document.activeElement.type === 'radio' && document.activeElement.name"
            if self.page.evaluate(active) == name:
                break
            self.page.keyboard.press("Tab")
        for _ in range(20):
            if self._focused(target):
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def tick(self, label: str | re.Pattern[str]) -> None:
        """Ticks a box."""
        target = self.page.get_by_role("checkbox", name=label)
        self.tab_to(target)
        if not target.is_checked():
            self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def pick(self, label: str, option: str) -> None:
        """Picks from a list by typing what the option begins with."""
        target = self.page.get_by_role("combobox", name=label)
        self.tab_to(target)
        self.page.keyboard.type(option)
        assert option.lower() in target.evaluate("e => e.selectedOptions[0].text").lower()

    def press(self, name: str | re.Pattern[str], *, exact: bool = True) -> None:
        """Presses a button and waits for the page that comes."""
        self._go(self.page.get_by_role("button", name=name, exact=exact))

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follows a link and waits for the page that comes."""
        self._go(self.page.locator("main, header, nav").get_by_role("link", name=name))

    def _go(self, target: Locator) -> None:
        self.tab_to(target.first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def reads(self, text: str) -> None:
        """Sees this text on the page."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def number(self, pattern: str) -> str:
        """A number on the page."""
        found = re.search(pattern, self.page.inner_text("main"))
        assert found, self.page.inner_text("main")
        return found[0]

    def headed(self, text: str | re.Pattern[str]) -> None:
        """Stands on the page with this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)
