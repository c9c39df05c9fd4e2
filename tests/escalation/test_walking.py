"""Each ladder walked up and back: every rung refuses the wrong authority, what is missing and what is too late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from escalation.authority_files import authorities
from escalation.ladder import (
    Decider,
    Move,
    Situation,
    World,
    deciding,
    destinations,
    missing,
    move_of,
    refusals,
    why_not_extend_measure,
)
from escalation.laddering import ladders
from escalation.rungs import Ladder, RequirementKind, Rung
from escalation.terms import Running, compute
from privacy.free_days import free_days
from tests.escalation.facts import BOTH, NOW, WORLD, facts, ready, right, step

LADDERS = {ladder.code: ladder for ladder in ladders().active()}


def roads(ladder: Ladder) -> Iterator[tuple[str, str]]:
    """Up rung by rung, down again, and what stands beside the ladder from its first rung."""
    keys = [rung.key for rung in ladder.main]
    yield from zip(keys, keys[1:], strict=False)
    yield from ((keys[0], rung.key) for rung in ladder.rungs if rung.aside)


ROADS = [(ladder, at, to) for ladder in LADDERS.values() for at, to in roads(ladder)]
NAMES = [f"{ladder.code}: {at} naar {to}" for ladder, at, to in ROADS]
every_road = pytest.mark.parametrize(("ladder", "at", "to"), ROADS, ids=NAMES)


def test_the_five_ladders_are_there() -> None:
    assert list(LADDERS) == ["ave", "woonoverlast", "hgkm", "jonge_aanwas", "ondermijning"]


@every_road
def test_who_decides_may_go_up_when_all_is_there(ladder: Ladder, at: str, to: str) -> None:
    situation = ready(ladder, at, to)
    assert refusals(ladder, situation, step(ladder, situation, to), right(ladder, situation, to), WORLD) == ()


@every_road
def test_and_back_down_or_the_measure_ended(ladder: Ladder, at: str, to: str) -> None:
    if ladder.get(to).aside:
        situation, back = ready(ladder, at, to, frozenset({to})), to
        assert move_of(ladder, situation, back) is Move.END
    else:
        # Two rungs are entered from one side only; from the phases one goes back a phase or to the beginning.
        back = at if ladder.leads(ladder.get(to), ladder.get(at)) else ladder.start
        situation = ready(ladder, to, back)
    assert refusals(ladder, situation, step(ladder, situation, back), right(ladder, situation, back), WORLD) == ()


@every_road
def test_nobody_else_decides_and_the_sentence_has_the_article(ladder: Ladder, at: str, to: str) -> None:
    situation, rung = ready(ladder, at, to), ladder.get(to)
    allowed = set(deciding(ladder, situation, to).authorities) | {one.to for one in rung.mandates}
    for code in set(authorities().codes) - allowed:
        (refusal,) = refusals(ladder, situation, step(ladder, situation, to), Decider(frozenset({code})), WORLD)
        assert refusal.code == "authority"
        assert refusal.sentence.startswith("Hierover beslist ")
        assert (rung.basis[0] if rung.basis else ladder.source) in refusal.sentence
        assert rung.no_mandate in refusal.sentence


@every_road
def test_one_thing_missing_is_one_refusal_with_its_article(ladder: Ladder, at: str, to: str) -> None:
    rung = ladder.get(to)
    for one in rung.requires:
        without = {key: fact for key, fact in facts(rung).items() if key != one.key}
        regisseurs = BOTH - {"casusregisseur"} if one.kind is RequirementKind.CASUSREGISSEUR else BOTH
        situation = Situation(at, frozenset(), without, regisseurs)
        (refusal,) = missing(ladder, situation, to, WORLD)
        assert refusal.code == one.key
        assert refusal.sentence.endswith(f"({one.article}).")


@every_road
def test_without_a_named_regisseur_nothing_moves(ladder: Ladder, at: str, to: str) -> None:
    situation = replace(ready(ladder, at, to), regisseurs=BOTH - {"procesregisseur"})
    found = refusals(ladder, situation, step(ladder, situation, to), right(ladder, situation, to), WORLD)
    assert [refusal.code for refusal in found] == ["regisseur"]
    assert ladder.regie_source in found[0].sentence


@every_road
@pytest.mark.parametrize(
    ("change", "code"),
    [({"criterion": "zomaar"}, "criterion"), ({"motivated": False}, "motivation"), ({"review_on": None}, "review"),
     ({"review_on": NOW.date()}, "review")],
)  # fmt: skip
def test_a_step_names_criterion_reason_and_review(
    ladder: Ladder, at: str, to: str, change: dict[str, object], code: str
) -> None:
    situation = ready(ladder, at, to)
    incomplete = replace(step(ladder, situation, to), **change)
    found = refusals(ladder, situation, incomplete, right(ladder, situation, to), WORLD)
    assert [(one.code, one.article) for one in found] == [(code, ladder.source)]


TERMS = [(rung, term) for ladder in LADDERS.values() for rung in ladder.rungs for term in rung.terms]


@pytest.mark.parametrize(("rung", "term"), TERMS, ids=[f"{rung.key}: {term.key}" for rung, term in TERMS])
def test_a_term_that_is_over_is_not_extended_and_the_sentence_has_the_article(rung: Rung, term: object) -> None:
    deadline = compute(term.rule, NOW, days=free_days())
    running, late = Running(deadline.since, deadline.ends), World(authorities(), free_days(), deadline.ends)
    refusal = why_not_extend_measure(
        term,
        running,
        until=deadline.ends + timedelta(days=1),
        decider=Decider(frozenset(term.extend_decides)),
        world=late,
    )
    extension = term.rule.extension
    assert refusal is not None
    assert refusal.sentence.endswith(f"({extension.article if extension else term.rule.article}).")
    assert ("is voorbij sinds" in refusal.sentence) is (extension is not None)


@pytest.mark.parametrize("ladder", LADDERS.values(), ids=LADDERS)
def test_what_is_offered_is_exactly_what_is_not_refused_by_the_ladder(ladder: Ladder) -> None:
    for rung in ladder.main:
        situation = Situation(rung.key, frozenset(), {}, BOTH)
        offered = {one.rung.key for one in destinations(ladder, situation)}
        for other in ladder.rungs:
            to = other.key
            found = refusals(ladder, situation, step(ladder, situation, to), right(ladder, situation, to), WORLD)
            closed = any(one.code in ("same", "order", "only_from") for one in found)
            assert closed is (to not in offered)


@pytest.mark.parametrize("ladder", LADDERS.values(), ids=LADDERS)
def test_every_rung_says_what_care_runs_beside_it(ladder: Ladder) -> None:
    assert all(rung.care for rung in ladder.rungs)
