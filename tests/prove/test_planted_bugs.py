"""The suite itself is tested: bugs that are planted in a copy of the tree must make the named tests fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proofs import Proof
from tests.prove.bugs import BUGS, WALLS, Bug
from tests.prove.planted import Copy, outcomes

QUICK = BUGS[3]


def test_there_are_twenty_different_bugs_and_every_text_is_there() -> None:
    assert len({bug.name for bug in BUGS}) == len(BUGS) >= 20
    root = Path(__file__).parent.parent.parent
    gone = [b.name for b in BUGS for old, _ in b.changes if (root / b.file).read_text().count(old) != 1]
    assert gone == []


@pytest.mark.prove
def test_what_breaks_the_tests_instead_of_failing_them_is_not_called_caught(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    quick = ("tests/ground/test_settings.py",)
    harmless = Bug("harmless", "privacy/words.py", (("from __future__", "# nothing\nfrom __future__"),), quick)
    broken = Bug("broken", "tests/ground/test_settings.py", (("from pathlib", "from nowhere"),), quick)
    gone = Bug("gone", "privacy/words.py", (("no such text", ""),), quick)
    assert "not caught (0)" in copy.caught(harmless)
    assert "not caught (2)" in copy.caught(broken)
    with pytest.raises(LookupError):
        copy.caught(gone)
    assert WALLS


@pytest.mark.proof("planted_bugs", full=20, sample=1)
def test_each_planted_bug_is_caught(proof: Proof) -> None:
    for bug, wrong in outcomes(BUGS if proof.size >= 20 else (QUICK,)):
        proof.attempt(not wrong, f"{bug.name}: {wrong}")
