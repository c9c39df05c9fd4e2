"""The plugin that counts proofs: nothing passes that did not try, and what was tried is written down."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.database import ROOT

MARKED = "import pytest\n\n@pytest.mark.proof('walls', full=10, sample=3)\n"


@pytest.fixture
def ran(tmp_path: Path) -> Any:
    """Runs a file of tests with the plugin alone; gives the exit code, what was printed and what was written."""

    def run(text: str, *options: str) -> tuple[int, str, list[dict[str, Any]]]:
        (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  proof: counted\n  timeout: long\n")
        (tmp_path / "test_it.py").write_text(text)
        plugins = ["-p", "no:django", "-p", "no:xdist", "-p", "tests.proofs", "-p", "no:cacheprovider"]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *plugins, *options],
            cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        written = tmp_path / "build" / "proofs.json"
        return done.returncode, done.stdout + done.stderr, json.loads(written.read_text()) if written.exists() else []

    return run


def attempts(number: str, held: str = "True") -> str:
    return MARKED + f"def test_walls(proof):\n    for n in range({number}):\n        proof.attempt({held}, n)\n"


def test_a_sample_is_tried_without_prove_and_writes_nothing(ran: Any) -> None:
    code, said, written = ran(attempts("proof.size"))
    assert (code, written) == (0, [])
    assert "walls: tried 3, failed 0" in said


def test_prove_tries_all_of_it_and_writes_what_was_counted(ran: Any) -> None:
    code, said, (row,) = ran(attempts("proof.size"), "--prove")
    assert code == 0
    assert "walls: tried 10, failed 0" in said
    assert {**row, "seconds": 0} == {"name": "walls", "tried": 10, "failed": 0, "seconds": 0}


def test_one_failing_attempt_fails_the_run_and_is_told(ran: Any) -> None:
    code, said, (row,) = ran(attempts("proof.size", "n != 7"), "--prove")
    assert code == 1
    assert "1 of 10 failed: 7" in said
    assert (row["tried"], row["failed"]) == (10, 1)


@pytest.mark.parametrize("number", ["0", "proof.size - 1"])
def test_too_few_attempts_fail(ran: Any, number: str) -> None:
    code, said, (row,) = ran(attempts(number), "--prove")
    assert code == 1
    assert "were tried" in said
    assert row["failed"] == 1


def test_a_test_that_stumbles_after_its_attempts_is_a_failed_proof(ran: Any) -> None:
    code, _, (row,) = ran(attempts("proof.size") + "    assert False\n", "--prove")
    assert (code, row["failed"]) == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "import pytest\n\n@pytest.mark.skip\n" + MARKED.split("\n\n")[1] + "def test_walls(proof):\n    pass\n",
        MARKED + "def test_walls(proof):\n    pytest.skip('not now')\n",
    ],
)
def test_a_proof_that_is_skipped_fails_the_run(ran: Any, text: str) -> None:
    code, said, _ = ran(text, "--prove")
    assert code == 1
    assert "NOT TRIED" in said or "only 0 of 10" in said


@pytest.mark.parametrize(
    "text",
    [
        MARKED + "def test_walls():\n    pass\n",
        "import pytest\n\n@pytest.mark.proof('walls')\ndef test_walls(proof):\n    pass\n",
        "import pytest\n\n@pytest.mark.proof('walls', full=3, sample=0)\ndef test_walls(proof):\n    pass\n",
        "import pytest\n\n@pytest.mark.proof('walls', full=3, sample=4)\ndef test_walls(proof):\n    pass\n",
    ],
)
def test_a_proof_that_cannot_count_is_an_error(ran: Any, text: str) -> None:
    code, said, written = ran(text, "--prove")
    assert (code, written) == (4, [])
    assert "a proof" in said


def test_tests_that_share_a_proof_add_up(ran: Any) -> None:
    more = attempts("proof.size").split("\n\n")[1].replace("test_walls", "test_more")
    _, said, (row,) = ran(attempts("proof.size") + "\n" + more, "--prove")
    assert "walls: tried 20" in said
    assert row["tried"] == 20


def test_proofs_that_a_later_run_does_not_repeat_stay_written(ran: Any) -> None:
    ran(attempts("proof.size"), "--prove")
    _, _, written = ran(attempts("proof.size").replace("'walls'", "'other'"), "--prove")
    assert [row["name"] for row in written] == ["walls", "other"]
