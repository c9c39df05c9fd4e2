"""Each of the five ladders in Chromium, from its foot to its top and back, by the regisseur and who decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from escalation.authority_files import authorities
from escalation.ladder import DOWNWARDS, Move, Situation, criteria, deciding, destinations, move_of
from escalation.laddering import ladders
from escalation.rungs import Ladder, Requirement, RequirementKind, Rung
from tests.browser.hands import today
from tests.ladder.deciders import DECIDE
from tests.site import Site

OpenAs = Callable[..., Page]
LADDERS = {ladder.code: ladder for ladder in ladders().active()}
TODAY = f"{today():%d-%m-%Y}"
LATER = f"{today() + timedelta(days=20):%d-%m-%Y}"


@dataclass
class Climb:
    """One case on one ladder; where it stands is read off the file and checked on the page."""

    ladder: Ladder
    case: str
    rosa: Page
    deciders: dict[str, Page]
    at: str
    beside: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    refused: int = 0

    @property
    def situation(self) -> Situation:
        return Situation(self.at, frozenset(self.beside))

    def address(self, *parts: str) -> str:
        return "/".join(("/casussen", self.case, "ladder", *parts, ""))

    def go(self, rung: Rung) -> None:
        """What is missing is refused and recorded, the step is sent, and whose it is decides."""
        move, who = move_of(self.ladder, self.situation, rung.key), deciding(self.ladder, self.situation, rung.key)
        asked = [] if move is Move.END else [one for one in rung.requires if one.key not in self.known]
        asked = [one for one in asked if one.kind is not RequirementKind.CASUSREGISSEUR]
        self.rosa.goto(self.address(self.ladder.code, "stap", rung.key))
        if asked:
            answer = self.send(rung)
            assert answer.status == 409, answer.status
            for one in asked:
                expect(self.rosa.locator(".ct-summary")).to_contain_text(one.article)
            self.refused += 1
            for one in asked:
                self.record(rung, one)
            self.rosa.goto(self.address(self.ladder.code, "stap", rung.key))
        self.send(rung)
        if "procesregisseur" not in who.authorities:
            expect(self.rosa.locator("main")).to_contain_text(
                f"Hierover beslist {authorities().named(who.authorities)}"
            )
            self.decided(who.authorities)
        self.moved(rung, move)

    def moved(self, rung: Rung, move: Move) -> None:
        if move is Move.BEGIN:
            self.beside.add(rung.key)
        elif move is Move.END:
            self.beside.discard(rung.key)
        else:
            self.at = rung.key
        self.rosa.goto(self.address())
        here = self.rosa.locator(f"#ladder-{self.ladder.code} ~ * dl").first
        expect(here).to_contain_text(self.ladder.get(self.at).name)

    def send(self, rung: Rung) -> Response:
        """Fills in the form of the step and sends it."""
        form = self.rosa.locator("main form[data-once]").last
        found = criteria(self.ladder, self.situation, rung.key)
        if found:
            form.locator(f"input[name=criterion][value={found[0].key}]").check()
        form.locator("[name=about]").fill("Piet Voorbeeld")
        form.locator("[name=reason]").fill("Het is nodig.")
        if form.locator("[name=review_on]").count():
            form.locator("[name=review_on]").fill(LATER)
        return pressed(self.rosa, form)

    def record(self, rung: Rung, one: Requirement) -> None:
        """Follows the link behind what is missing, and fills in what is known."""
        self.rosa.goto(self.address(self.ladder.code, "stap", rung.key, "vast", one.key))
        form = self.rosa.locator("main form[data-once]").last
        for name, value in FACTS[one.kind](one):
            target = form.locator(f"[name={name}]")
            if not target.count():
                continue
            if target.first.get_attribute("type") in ("radio", "checkbox"):
                form.locator(f"[name={name}][value='{value}']").check()
            else:
                target.fill(value)
        pressed(self.rosa, form)
        self.known.add(one.key)

    def number(self) -> str:
        """Of the case, as its page says it."""
        return self.rosa.locator("h1").inner_text().split()[0]

    def decided(self, codes: tuple[str, ...]) -> None:
        """By who decides in the system, or recorded with date, members and document."""
        person = next((DECIDE[code] for code in codes if code in DECIDE), None)
        if person is None:
            form = self.rosa.locator("main form[data-once]").first
            if form.locator("[name=authority]").evaluate("e => e.value") == "":
                form.locator("[name=authority]").select_option(codes[0])
            form.locator("[name=decided_on]").fill(TODAY)
            form.locator("[name=document]").fill("Verslag van vandaag")
            for box in form.locator("[name=members]").all():
                box.check()
            pressed(self.rosa, form)
            return
        page = self.deciders[person]
        page.goto("/besluiten/")
        page.locator("main").get_by_role("link", name=re.compile(f"bij {self.number()}$")).first.click()
        expect(page.locator("main")).to_contain_text("Het is nodig.")
        page.get_by_role("button", name="Neem dit besluit", exact=True).click()
        page.wait_for_load_state()

    def up_and_down(self) -> None:
        """To the top, with what stands beside the ladder on the way; then back to the foot."""
        been: set[str] = set()
        while True:
            open_to = destinations(self.ladder, self.situation)
            beside = next((one.rung for one in open_to if one.move is Move.BEGIN and one.rung.key not in been), None)
            there = beside or next((one.rung for one in open_to if one.move is Move.UP), None)
            if there is None:
                break
            been.add(there.key)
            self.go(there)
            if beside:
                self.go(there)
        assert been == {rung.key for rung in self.ladder.rungs if rung.key != self.ladder.start}
        while lower := [one.rung for one in destinations(self.ladder, self.situation) if one.move in DOWNWARDS]:
            self.go(lower[-1])


def pressed(page: Page, form: Locator) -> Response:
    """Sends the form by its button; the answer that the browser got to the POST."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as caught:
        form.locator("[type=submit]").first.click()
    page.wait_for_load_state()
    return caught.value


FACTS = {
    RequirementKind.CHECK: lambda one: [("held", "ja")],
    RequirementKind.DOCUMENT: lambda one: [("how", "er"), ("dated", TODAY)],
    RequirementKind.VIEWS: lambda one: [("how", "gegeven"), ("given", TODAY)],
    RequirementKind.CONSENT: lambda one: [
        ("agreed", "ja"), ("dated", TODAY), *(("members", code) for code in authorities().get(one.who).members),
    ],
    RequirementKind.AGE: lambda one: [("born", "01-01-1990" if one.least_age else "01-01-2018")],
    RequirementKind.PHASE: lambda one: [("phase", "1"), ("categories", "identiteit")],
}  # fmt: skip


@pytest.mark.parametrize("code", LADDERS)
def test_the_ladder_is_walked_to_the_top_and_back(site: Site, open_as: OpenAs, code: str) -> None:
    ladder = LADDERS[code]
    case = site.python("-m", "tests.stage", "ladder", code).split()[-1]
    deciders = {person: open_as(person) for person in set(DECIDE.values())}
    climb = Climb(ladder, case, open_as("rosa"), deciders, ladder.start)
    climb.up_and_down()
    assert climb.at == ladder.start
    assert climb.refused or code == "ave"
