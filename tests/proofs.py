"""Counted proofs: a sample of each in `make test`, all of it in `make prove`, which also writes build/proofs.json.

A test that is marked `proof(name, full=…, sample=…)` asks for the fixture `proof`, tries `proof.size` times and tells
it of each attempt. One line a proof is printed at the end, whatever the test runner captured.

No proof passes without trying: a marked test that does not ask for the fixture is an error, too few attempts fail,
and so does the whole run when a marked test was skipped or never came to its end.
"""

from __future__ import annotations

import json
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

RESULTS = Path("build") / "proofs.json"
HOURS = 3 * 3600  # also where much else runs
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

    def check(self) -> None:
        """Raises AssertionError unless enough was tried and all of it held."""
        assert self.failed == 0, f"{self.failed} of {self.tried} failed: " + "\n".join(self.wrong)
        assert self.enough, f"only {self.tried} of {self.size} were tried"

    @property
    def enough(self) -> bool:
        return self.tried >= self.size

    @property
    def seconds(self) -> float:
        return round(time.monotonic() - self.begun, 1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--prove", action="store_true", help="proofs at their full size")


def _size(item: pytest.Item, full: bool) -> tuple[str, int]:
    """Name and size of a marked test; a marker without them, or a test that can't count, is an error."""
    marker = item.get_closest_marker("proof")
    if marker is None:
        raise pytest.UsageError(f"{item.nodeid}: mark the test with pytest.mark.proof(name, full=…, sample=…)")
    sizes = marker.kwargs
    if len(marker.args) != 1 or set(sizes) != {"full", "sample"} or not 0 < sizes["sample"] <= sizes["full"]:
        raise pytest.UsageError(f"{item.nodeid}: a proof has a name and two sizes, 0 < sample <= full")
    if "proof" not in getattr(item, "fixturenames", ()):
        raise pytest.UsageError(f"{item.nodeid}: a proof asks for the fixture `proof`, or nothing is counted")
    return marker.args[0], sizes["full" if full else "sample"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("proof"):
            _size(item, full=False)
        if config.getoption("--prove"):
            item.add_marker(pytest.mark.timeout(HOURS))


@pytest.fixture
def proof(request: pytest.FixtureRequest) -> Iterator[Proof]:
    """The proof of this test; read from its marker."""
    kept = Proof(*_size(request.node, request.config.getoption("--prove")))
    yield kept
    ended = getattr(request.node, "proof_ended", "never")
    failed = kept.failed or int(ended != "passed" or not kept.enough)
    row = {"name": kept.name, "tried": kept.tried, "failed": failed, "seconds": kept.seconds}
    request.node.user_properties.append(("proof", row))
    if ended != "failed":  # a test that skips itself half-way
        kept.check()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """A proof that does not hold is a failure of its test, not an error after it."""
    result = yield
    kept = pyfuncitem.funcargs.get("proof")
    if isinstance(kept, Proof):
        kept.check()
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A proof whose test stumbled counts as failed, however well its attempts went."""
    report = yield
    if call.when == "call":
        item.proof_ended = report.outcome  # type: ignore[attr-defined]
    return report


class Results:
    """Gathers the proofs of every worker in the process that reports."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.rows: dict[str, dict[str, float | str]] = {}
        self.begun: dict[str, None] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "setup" and report.keywords.get("proof"):
            self.begun[report.nodeid] = None
        if report.when != "teardown":
            return
        for key, row in report.user_properties:
            if key == "proof":
                self._add(row)  # type: ignore[arg-type]
                self.begun.pop(report.nodeid, None)

    def _add(self, row: dict[str, float | str]) -> None:
        """Several tests may share one proof: their counts add up."""
        kept = self.rows.setdefault(str(row["name"]), {"name": row["name"], "tried": 0, "failed": 0, "seconds": 0.0})
        for count in ("tried", "failed", "seconds"):
            kept[count] = round(kept[count] + row[count], 1)  # type: ignore[operator]

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.begun and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self.rows and not self.begun:
            return
        terminalreporter.section("proofs")
        for row in self.rows.values():
            terminalreporter.line(f"{row['name']}: tried {row['tried']}, failed {row['failed']}, {row['seconds']} s")
        for nodeid in self.begun:
            terminalreporter.line(f"{nodeid}: NOT TRIED", red=True)
        if self.config.getoption("--prove"):
            self._write()

    def _write(self) -> None:
        """Keeps the proofs of an earlier run that this one did not repeat."""
        results = self.config.rootpath / RESULTS
        before = json.loads(results.read_text()) if results.exists() else []
        rows = {row["name"]: row for row in before} | self.rows
        results.parent.mkdir(exist_ok=True)
        results.write_text(json.dumps(list(rows.values()), indent=1) + "\n")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Results(config))
