"""Counted proofs: a sample of each in `make test`, all of it in `make prove`, which also writes build/proofs.json.

A test that is marked `proof(name, full=…, sample=…)` asks for the fixture `proof`, tries `proof.size` times and tells
it of each attempt. One line a proof is printed at the end, whatever the test runner captured.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

RESULTS = Path(__file__).resolve().parent.parent / "build" / "proofs.json"
HOURS = 3600
SHOWN = 20


class Proof:
    """What was tried, and what failed. The test fails at its end when anything did, or when too little was tried."""

    def __init__(self, name: str, size: int) -> None:
        self.name, self.size = name, size
        self.tried = 0
        self.wrong: list[str] = []
        self.failed = 0
        self.begun = time.monotonic()

    def attempt(self, held: bool, what: object = "") -> None:
        """One attempt: whether it held, and what it was when it did not."""
        self.tried += 1
        if not held:
            self.fail(what)

    def fail(self, what: object) -> None:
        """Something went wrong in an attempt that is counted elsewhere."""
        self.failed += 1
        if len(self.wrong) < SHOWN:
            self.wrong.append(str(what))

    @property
    def seconds(self) -> float:
        return round(time.monotonic() - self.begun, 1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--prove", action="store_true", help="proofs at their full size")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--prove"):
        for item in items:
            item.add_marker(pytest.mark.timeout(HOURS))


@pytest.fixture
def proof(request: pytest.FixtureRequest) -> Iterator[Proof]:
    """The proof of this test; read from its marker."""
    marker = request.node.get_closest_marker("proof")
    assert marker is not None, "mark the test with pytest.mark.proof(name, full=…, sample=…)"
    size = marker.kwargs["full"] if request.config.getoption("--prove") else marker.kwargs["sample"]
    kept = Proof(marker.args[0], size)
    yield kept
    row = {"name": kept.name, "tried": kept.tried, "failed": kept.failed, "seconds": kept.seconds}
    request.node.user_properties.append(("proof", row))
    assert kept.wrong == [], f"{kept.failed} of {kept.tried} failed"
    assert kept.tried >= size, f"only {kept.tried} of {size} were tried"


class Results:
    """Gathers the proofs of every worker in the process that reports."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.rows: dict[str, dict[str, object]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown":
            self.rows |= {value["name"]: value for key, value in report.user_properties if key == "proof"}  # type: ignore[index,misc]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self.rows:
            return
        terminalreporter.section("proofs")
        for row in self.rows.values():
            terminalreporter.line(f"{row['name']}: tried {row['tried']}, failed {row['failed']}, {row['seconds']} s")
        if self.config.getoption("--prove"):
            self._write()

    def _write(self) -> None:
        """Keeps the proofs of an earlier run that this one did not repeat."""
        before = json.loads(RESULTS.read_text()) if RESULTS.exists() else []
        rows = {row["name"]: row for row in before} | self.rows
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(list(rows.values()), indent=1) + "\n")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Results(config))
