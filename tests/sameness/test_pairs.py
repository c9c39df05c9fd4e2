"""Precision and recall on 200 pairs of Dutch names and dates, printed with what is found and missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.sameness import Band
from tests.proofs import Proof
from tests.sameness.pairs import LATER, Pair, measured, measures, pairs, report

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "sameness.md"
PRINTED = ROOT / "build" / "same_person.md"


def _holds(pair: Pair) -> bool:
    """Explained and the same from both sides; and right, unless it was known beforehand that nobody can tell."""
    there, back = pair.judged, Pair(pair.rule, pair.same, pair.hard, pair.right, pair.left).judged
    explained = there.score == min(max(sum(reason.points for reason in (*there.pro, *there.contra)), 0), 100)
    right = there.band != Band.NOTHING if pair.same else there.band != Band.PROBABLE
    return explained and there == back and (right or pair.hard)


@pytest.mark.proof("same_person", full=200, sample=200)
def test_who_is_the_same_is_found_and_who_is_not_is_left_alone(
    proof: Proof, capsys: pytest.CaptureFixture[str]
) -> None:
    for pair in pairs():
        proof.attempt(_holds(pair), (pair.rule, pair.left, pair.right, pair.judged))
    probable, shown = measured(pairs(), Band.PROBABLE), measured(pairs(), Band.PROBABLE, Band.POSSIBLE)
    PRINTED.parent.mkdir(exist_ok=True)
    PRINTED.write_text(report() + "\n")
    with capsys.disabled():
        print(f"\nsame_person, waarschijnlijk: {probable}\nsame_person, shown: {shown}\nper rule: {PRINTED}")
        print("\n".join(f"written later, {line[2:]}" for line in measures(pairs(LATER))))
    assert probable.precision >= 0.93
    assert probable.recall >= 0.80
    assert shown.precision >= 0.90
    assert shown.recall >= 0.91


def test_half_of_the_pairs_are_one_person_and_no_pair_stands_there_twice() -> None:
    kinds = [pair.same for pair in pairs()]
    assert (kinds.count(True), kinds.count(False)) == (100, 100)
    assert len({frozenset({pair.left, pair.right}) for pair in pairs() if pair.left != pair.right}) > 190


def test_the_page_says_what_was_measured() -> None:
    assert report() in DOCS.read_text(), f"copy {PRINTED} into {DOCS}"
    assert "\n".join(measures(pairs(LATER))) in DOCS.read_text()


def test_the_rules_carry_over_to_pairs_that_were_written_later() -> None:
    later = pairs(LATER)
    assert [pair.same for pair in later].count(True) == len(later) / 2 == 20
    shown = measured(later, Band.PROBABLE, Band.POSSIBLE)
    assert shown.recall >= 0.85
    assert shown.precision >= 0.7
