"""A table of eight items and seven partners, prepared, held and closed in Chromium by keyboard alone.

The steps are timed in the log of the test. Then everything that each partner can get is read for what is of others.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from privacy.free_days import free_days
from tests.browser.hands import Hands, today
from tests.pdf import text_of_pdf
from tests.site import Site
from tests.stage_table import PARTNERS

OpenAs = Callable[..., Page]
# Where what is of the table can stand: meetings, actions, the home page, and the tab of a case.
OF_THE_TABLE = re.compile(r"^/$|^/overleg/|^/werk/|^/casussen/$|^/casussen/[0-9a-f-]+/(overleg/)?$")


@contextmanager
def timed(what: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - begun:.0f} s")


def a_working_day() -> date:
    day = today() + timedelta(days=7)
    while free_days().why_not_working(day):
        day += timedelta(days=1)
    return day


def plans(truus: Hands) -> None:
    truus.follow("Overleggen")
    truus.follow(re.compile("^Plan één overleg"))
    truus.write("Op welke dag?", f"{a_working_day():%d-%m-%Y}")
    truus.write("Hoe laat begint het?", "10:00")
    truus.write("Waar?", "Buurthuis, zaal 1")
    truus.pick("Wie is de voorzitter?", "Truus")
    truus.pick("Wie is de verslaglegger?", "Truus")
    truus.press(re.compile("^Plan"), exact=False)


def prepares(truus: Hands, names: dict[str, str]) -> str:
    """Everything that asks for it comes on the agenda, in an order in which people can leave; returns the address."""
    truus.follow("Werkvoorraad")
    truus.follow(re.compile("^Bereid voor"))
    for name in names.values():
        truus.tick(re.compile(name))
    truus.press("Zet op de agenda")
    truus.reads("8 punten")
    first = truus.page.locator(".ct-agenda__name a").nth(1)
    moved = first.inner_text()
    truus.tab_to(first)
    with truus.page.expect_navigation():
        truus.page.keyboard.press("Alt+ArrowUp")
    expect(truus.page.locator(".ct-agenda__name a").first).to_have_text(moved)
    truus.press("Zet punten met dezelfde mensen bij elkaar")
    truus.press("Maak de agenda bekend")
    truus.reads("De agenda is bekend")
    return re.sub(r"#.*", "", truus.page.url)


def asks(truus: Hands, name: str) -> None:
    """Research per agency: one question to everybody at the item."""
    truus.follow(re.compile(f"^Vragen vooraf bij {name}"))
    truus.write("Wat vraagt u?", f"Wat weet u over {name}?")
    truus.press("Stel de vraag")


def answers(partner: Hands) -> None:
    partner.follow("Overleggen")
    partner.follow(re.compile(r"10:00"))
    partner.page.locator("main").get_by_role("link", name=re.compile("kanarie-punt0")).first.wait_for()
    partner.follow(re.compile("kanarie-punt0"))
    partner.press("Niets bekend")


def holds(truus: Hands, agenda: str, partners: list[list[str]], names: list[str]) -> None:
    """Each item: who is there, one decision, one action, and on."""
    page = truus.page
    page.goto(agenda)
    truus.follow("Houd het overleg")
    truus.press("Begin het overleg")
    for _ in names:
        name = next(one for one in names if one in page.inner_text(".ct-hold__item"))
        people = partners[names.index(name)]
        page.keyboard.press("w")
        for _ in people:
            page.keyboard.press("Tab")
            page.keyboard.press("Space")
        expect(page.locator("button[aria-pressed=true]")).to_have_count(len(people))
        types(page, "b", f"Besluit over {name}.")
        types(page, "a", f"{people[0].title()} belt over {name} vóór vrijdag")
        expect(page.locator("#acties ~ ol")).to_contain_text(f"belt over {name}")
        page.keyboard.press("Escape")
        page.keyboard.press("1")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        if page.get_by_text("Dit punt is gesloten").count():
            page.keyboard.press("n")


def types(page: Page, key: str, text: str) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press(key)
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def ends(truus: Hands) -> None:
    """From the screen on, by the links that stand there."""
    truus.follow("Sluit het overleg af")
    truus.press("Sluit het overleg af")
    if "verslag" not in truus.page.url:
        truus.follow("Naar het verslag")
    truus.press("Stel het verslag vast")
    truus.reads("Vastgesteld op")


def read_by(page: Page) -> dict[str, str]:
    """Every page of the table that this person reaches by links, and every file, as text; by address."""
    seen: dict[str, str] = {}
    todo = ["/", "/overleg/", "/werk/acties/"]
    while todo:
        path = todo.pop()
        if path in seen or not OF_THE_TABLE.match(path.partition("?")[0]):
            continue
        answer = page.request.get(path)
        if answer.headers.get("content-type", "").startswith("application/pdf"):
            seen[path] = text_of_pdf(answer.body())
        else:
            seen[path] = answer.text()
            todo += [link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)"', seen[path])]
    return seen


def calendar_of(partner: Hands) -> Calendar:
    partner.page.goto("/overleg/kalender/")
    partner.press(re.compile("^Maak een"), exact=False)
    address = partner.page.get_by_label("Adres voor uw agenda").input_value()
    return Calendar.from_ical(partner.page.request.get(address).body())


@pytest.fixture
def table(site: Site) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(site.python("-m", "tests.stage", "table"))
    return made


def test_eight_items_and_seven_partners_by_keyboard_and_nobody_gets_what_is_of_others(
    site: Site, open_as: OpenAs, table: dict[str, Any]
) -> None:
    names: dict[str, str] = table["names"]
    people: dict[str, list[str]] = table["at"]
    truus = Hands(open_as("truus"))
    with timed("plans the meeting"):
        plans(truus)
    with timed("prepares eight items"):
        agenda = prepares(truus, names)
    with timed("asks three organisations"):
        asks(truus, names["0"])
    partners = {name: Hands(open_as(name)) for name in PARTNERS}
    with timed("a partner answers"):
        answers(partners[people["0"][0]])
    with timed("what seven partners read before it"):
        before = {name: read_by(hands.page) for name, hands in partners.items()}
    with timed("holds eight items"):
        holds(truus, agenda, list(people.values()), list(names.values()))
    with timed("closes it and fixes the minutes"):
        ends(truus)
    site.do_jobs()
    with timed("what seven partners read after it"):
        after = {name: read_by(hands.page) for name, hands in partners.items()}
    for name, hands in partners.items():
        own = [names[number] for number in names if name in people[number]]
        others = [one for one in names.values() if one not in own]
        assert any("/verslag/pdf/" in path for path in after[name]), f"{name} finds no PDF"
        read = "\n".join(after[name].values())
        for text in ("\n".join(before[name].values()), read):
            assert [one for one in own if one not in text] == [], f"{name} misses own items"
            assert [one for one in others if one in text] == [], f"{name} reads items of others"
        assert all(f"Besluit over {one}." in read for one in own)
        actions = re.findall(r"belt over (kanarie-punt\d-\w+)", read)
        assert set(actions) == {names[number] for number in names if people[number][0] == name}
        entries = list(calendar_of(hands).walk("VEVENT"))
        assert {str(entry["SUMMARY"]) for entry in entries} == {"Overleg"}
    mails = site.mails()
    assert "kanarie" not in mails
    assert "Tafel van acht" not in mails
