"""Each of the five ladders from the foot to the top and back, by the people who decide, through the pages.

At every rung: who does not decide is refused, what is missing is refused, with the article on the screen; then what is
needed is recorded, the step is proposed, and it is decided in the system or recorded where nobody decides in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from casework.models import Case
from escalation.authority_files import authorities
from escalation.ladder import DOWNWARDS, Move, Situation, criteria, deciding, destinations, move_of
from escalation.laddering import ladders
from escalation.models import Finding, Proposal, Standing
from escalation.rungs import Ladder, Requirement, RequirementKind, Rung
from privacy.errors import Refused
from tests.casework.conftest import Browser, Browsers, Login, words
from tests.ladder.deciders import DECIDE, a_case_on
from tests.ladder.scene import at_the_ladder, granted, standing_of
from tests.world import Cast

LADDERS = {ladder.code: ladder for ladder in ladders().active()}
TODAY = f"{date.today():%d-%m-%Y}"
LATER = f"{date.today() + timedelta(days=20):%d-%m-%Y}"


@pytest.fixture
def browser(login: Login) -> Browsers:
    """The browser of this person."""
    return lambda user: Browser(login(user))


def wrong(response: HttpResponse) -> str:
    """What a page says is wrong: the summary above its form, or all of its main text."""
    page = words(response)
    found = re.search(r'class="ct-summary".*?</div>', page, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0] if found else page.partition("<main")[2]).split())


@dataclass
class Walk:
    """One case on one ladder, and the browsers of everybody."""

    cast: Cast
    case: Case
    ladder: Ladder
    browsers: Browsers
    beside_was: set[str] = field(default_factory=set)

    @property
    def standing(self) -> Standing:
        return standing_of(self.case, self.ladder.code, self.cast.rosa)

    @property
    def situation(self) -> Situation:
        row = self.standing
        return Situation(row.at, frozenset(row.beside))

    def fact(self, rung: Rung, one: Requirement, **more: Any) -> None:
        """Records what the rung asks, by its form."""
        sent = FACTS[one.kind](one) | more
        done = self.browsers(self.cast.rosa).do(
            "ladder-fact", self.case.pk, self.ladder.code, rung.key, one.key, **sent
        )
        assert done.status_code == 302, wrong(done)

    def step(self, rung: Rung, **more: Any) -> Any:
        """Sends the form of the step."""
        found = criteria(self.ladder, self.situation, rung.key)
        sent = {"criterion": found[0].key if found else "", "about": "Piet Voorbeeld", "reason": "Het is nodig."}
        sent |= {"review_on": LATER} | {f"lengte_{t.key}": t.rule.length.number for t in rung.terms} | more
        return self.browsers(self.cast.rosa).do("ladder-step", self.case.pk, self.ladder.code, rung.key, **sent)

    def go(self, rung: Rung) -> None:
        """One step, with every refusal on the way to it."""
        before = self.standing
        move = move_of(self.ladder, self.situation, rung.key)
        if move is not Move.END:
            for one in rung.requires:
                if one.kind is not RequirementKind.CASUSREGISSEUR and one.key not in self.known():
                    self.refused_without(rung, one)
        who = deciding(self.ladder, self.situation, rung.key)
        answered = self.step(rung)
        assert answered.status_code == 302, wrong(answered)
        if "procesregisseur" not in who.authorities:
            assert self.standing.steps == before.steps, "nobody decides for an authority they do not have"
            self.decide(who.authorities)
        there = self.standing
        assert there.steps == before.steps + 1
        assert (rung.key in {there.at, *there.beside}) is (move is not Move.END)

    def refused_without(self, rung: Rung, one: Requirement) -> None:
        """Without this the step is refused with its article, and so it is with a document that is too old."""
        answered = self.step(rung)
        assert answered.status_code == 409, wrong(answered)
        assert one.article in words(answered)
        if one.kind is RequirementKind.DOCUMENT and one.valid:
            self.fact(rung, one, dated="01-01-2020")
            old = self.step(rung)
            assert old.status_code == 409
            assert "gold tot en met" in words(old)
        self.fact(rung, one)

    def known(self) -> set[str]:
        """What an earlier rung asked too is there already."""
        with at_the_ladder(self.cast.rosa, self.standing):
            return set(Finding.objects.filter(standing=self.standing).values_list("requirement", flat=True))

    def waiting(self) -> Proposal | None:
        with at_the_ladder(self.cast.rosa, self.standing):
            return Proposal.objects.filter(standing=self.standing, outcome="").first()

    def decide(self, codes: tuple[str, ...]) -> None:
        """By who decides in the system, after somebody else was refused; else recorded by the regie."""
        waiting = self.waiting()
        assert waiting is not None
        page = words(self.browsers(self.cast.rosa).see("ladder-proposal", self.case.pk, waiting.pk))
        assert f"Hierover beslist {authorities().named(codes)}" in page
        assert any(article in page for article in self.articles(waiting)), "the article is on the screen"
        person = next((DECIDE[code] for code in codes if code in DECIDE), None)
        if person is None:
            members = authorities().get(codes[0]).members
            sent = {"authority": codes[0], "decided_on": TODAY, "document": "Verslag", "members": members}
            done = self.browsers(self.cast.rosa).do("ladder-proposal", self.case.pk, waiting.pk, **sent)
            assert done.status_code == 302, wrong(done)
            return
        with pytest.raises(Refused):
            granted(waiting, self.cast.rosa)
        granted(waiting, getattr(self.cast, person))

    def articles(self, waiting: Proposal) -> list[str]:
        """Where it is written who decides: at the rung, or else at the ladder."""
        rungs = [rung for rung in self.ladder.rungs if rung.key in (waiting.to, waiting.at)]
        return [self.ladder.source, *(article for rung in rungs for article in rung.basis)]

    def climb(self) -> list[str]:
        """To the top, with what stands beside the ladder on the way, and back down."""
        taken = []
        while True:
            open_to = [one for one in destinations(self.ladder, self.situation) if one.rung.key not in self.beside_was]
            beside = next((one.rung for one in open_to if one.move is Move.BEGIN), None)
            upwards = next((one.rung for one in open_to if one.move is Move.UP), None)
            there = beside or upwards
            if there is None:
                break
            if beside:
                self.beside_was.add(there.key)
            self.go(there)
            taken.append(there.key)
            if beside:
                self.go(there)  # and ends it
        while downwards := [one.rung for one in destinations(self.ladder, self.situation) if one.move in DOWNWARDS]:
            self.go(downwards[-1])
        return taken


FACTS: dict[RequirementKind, Any] = {
    RequirementKind.CHECK: lambda one: {"held": "ja"},
    RequirementKind.DOCUMENT: lambda one: {"how": "er", "dated": TODAY},
    RequirementKind.VIEWS: lambda one: {"how": "gegeven", "given": TODAY},
    RequirementKind.CONSENT: lambda one: {
        "agreed": "ja", "dated": TODAY, "members": authorities().get(one.who).members,
    },
    RequirementKind.AGE: lambda one: {"born": "01-01-1990" if one.least_age else "01-01-2018"},
    RequirementKind.PHASE: lambda one: {"phase": "1", "categories": ["identiteit"]},
}  # fmt: skip


@pytest.mark.parametrize("code", LADDERS)
def test_the_ladder_is_walked_to_the_top_and_back(cast: Cast, browser: Browsers, code: str) -> None:
    walk = Walk(cast, a_case_on(cast, LADDERS[code]), LADDERS[code], browser)
    taken = walk.climb()
    assert set(taken) == {rung.key for rung in walk.ladder.rungs if rung.key != walk.ladder.start}
    assert walk.standing.at == walk.ladder.start
    page = words(browser(cast.rosa).see("case-ladder", walk.case.pk))
    for rung in walk.ladder.rungs:
        assert rung.name in page
