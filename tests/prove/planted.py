"""Plants each bug of `bugs.py` in a copy of this tree and runs the tests that should fail there.

`python -m tests.prove.planted` runs them all and prints a line each; with words behind it, those whose name holds one.
A bug is caught when those tests passed without
it, and with it pytest ends with failed tests: an error while importing or collecting catches nothing.
"""

from __future__ import annotations

import compileall
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from py_compile import PycInvalidationMode

import psycopg
from psycopg import sql

from config import embedded
from tests.database import ROOT
from tests.prove.bugs import BUGS, Bug

FAILED = re.compile(r"\b(\d+) failed\b")
TEMPLATES = "SELECT datname FROM pg_database WHERE datname LIKE 'casustafel_template_%'"


def server() -> str:
    """The tests' PostgreSQL, as its owner."""
    known = os.environ.get("CASUSTAFEL_TEST_SUPERUSER") or os.environ.get("DATABASE_URL")
    return known or embedded.start(ROOT / ".testdb").superuser_dsn


class Copy:
    """A copy of the tree, outside the repository, with the same Python and the same server."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.server = folder, server()
        self.sound: set[tuple[str, ...]] = set()
        listed = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
        for name in subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0"):
            if name and (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, folder / name)
        # Compiled once, and held to the source's hash: what is planted is compiled anew, the rest is not.
        compileall.compile_dir(folder, quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)

    def run(self, tests: tuple[str, ...]) -> tuple[int, str]:
        """Exit code and last words of these tests in the copy."""
        ours = ("PYTEST", "CASUSTAFEL_TEST", "DATABASE_")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
        command += ["--assert=plain", *tests]
        done = subprocess.run(
            command, cwd=self.folder, env=environment | {"DATABASE_URL": self.server, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.returncode, (done.stdout + done.stderr).strip()

    def caught(self, bug: Bug) -> str:
        """Empty when the bug is caught; else what went wrong."""
        if bug.tests not in self.sound:
            code, said = self.run(bug.tests)
            if code != 0:
                return f"the tests do not pass without it ({code}): {said[-500:]}"
            self.sound.add(bug.tests)
        with self._planted(bug):
            code, said = self.run(bug.tests)
        # Not the last line alone: a connection that was left open is told of after it.
        failed = any(FAILED.search(line) for line in said.splitlines())
        return "" if code == 1 and failed else f"not caught ({code}): {said[-300:]}"

    @contextmanager
    def _planted(self, bug: Bug) -> Iterator[None]:
        file = self.folder / bug.file
        before = after = file.read_text()
        for old, new in bug.changes:
            if after.count(old) != 1:
                raise LookupError(f"{bug.name}: {bug.file} holds this {after.count(old)} times: {old!r}")
            after = after.replace(old, new)
        with psycopg.connect(self.server, autocommit=True) as connection:
            templates = {row[0] for row in connection.execute(TEMPLATES)}
            file.write_text(after)
            try:
                yield
            finally:
                file.write_text(before)
                # Other SQL made a template of its own; nobody needs it again.
                for (name,) in connection.execute(TEMPLATES).fetchall():
                    if name not in templates:
                        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def outcomes(bugs: tuple[Bug, ...]) -> Iterator[tuple[Bug, str]]:
    """Each bug with what went wrong; empty when it was caught."""
    with tempfile.TemporaryDirectory(prefix="casustafel-planted-") as folder:
        copy = Copy(Path(folder))
        for bug in bugs:
            try:
                yield bug, copy.caught(bug)
            except LookupError as gone:
                yield bug, str(gone)


def main(words: list[str]) -> int:
    chosen = tuple(bug for bug in BUGS if not words or any(word in bug.name for word in words))
    missed = 0
    for bug, wrong in outcomes(chosen):
        print(f"{'caught' if not wrong else 'MISSED'}  {bug.name}  {wrong}", flush=True)
        missed += bool(wrong)
    print(f"{len(chosen) - missed} of {len(chosen)} caught")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
