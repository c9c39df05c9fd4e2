"""Terms are told of exactly once, however often workers and their database connections die in the middle of a job.

Real worker processes on a database of their own. Each attempt is one term: its reminder and its alarm. A worker is
caught in the middle (at its first lock, after all its effects and before they are committed, or anywhere), its
connections are ended by the server in half of the attempts, and the process is killed with SIGKILL. Then the clock goes
back an hour, comes again, and workers sweep until nothing is left.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from config import embedded
from escalation.dutch import AMSTERDAM
from privacy.jobs import LEASE
from tests.database import PREFIX, ROOT, copy_of_template
from tests.proofs import Proof

MAIL, TOLD, HOUR = "notice.something_waits", "ladder.term_told", timedelta(hours=1)
PATIENCE = 20.0
START = datetime(2025, 1, 6, 10, tzinfo=AMSTERDAM)  # in the past: mails that terms ask for are not swept with them


class Workers:
    """The process that forks workers, the superuser who looks on, and one who holds locks."""

    def __init__(self, folder: Path) -> None:
        name = f"{PREFIX}{os.getppid() if 'PYTEST_XDIST_WORKER' in os.environ else os.getpid()}_terms"
        superuser = copy_of_template(name)
        dsns = embedded.prepare(superuser, name)
        self.address = urlsplit(superuser)._replace(path=f"/{name}").geturl()
        self.look = psycopg.connect(self.address, autocommit=True)
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": dsns["app"],
            "DATABASE_AUDIT_URL": dsns["audit"],
            "DATABASE_OWNER_URL": dsns["owner"],
            "DATABASE_MAINTENANCE_URL": dsns["maintenance"],
            "BROKER_URL": "memory://",
        }
        self.log = (folder / "workers.log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.prove.term_worker"],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True,
        )  # fmt: skip
        self.people: list[str] = self._heard()["people"]

    def _heard(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, Path(self.log.name).read_text()
        return json.loads(line)

    def order(self, **order: object) -> Any:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order, default=str) + "\n")
        self.process.stdin.flush()
        return self._heard()

    def works(self, now: datetime) -> int:
        """A worker that sweeps at this moment; returns its number while it works."""
        return int(self.order(sweep=now.isoformat())["worker"])

    def worked(self, now: datetime) -> int:
        """The same, waited for; returns how it ended."""
        return int(self.order(wait=self.works(now))["ended"])

    def rows(self, statement: str, *given: object) -> list[tuple[Any, ...]]:
        return self.look.execute(statement, given).fetchall()

    def backends(self, waiting: bool = False) -> list[int]:
        """Connections of workers, or those that wait for a lock."""
        also = " AND wait_event_type = 'Lock'" if waiting else ""
        found = self.rows(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename LIKE 'casustafel_%%'"
            + also
        )
        return [pid for (pid,) in found]

    def stop(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.look.close()
        self.log.close()


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    made = Workers(tmp_path)
    yield made
    made.stop()


def until(found: Any) -> None:
    """Waits until something is so."""
    end = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < end, "the worker never came to its work"
        time.sleep(0.005)


@contextmanager
def held(workers: Workers, statement: str, *given: object) -> Iterator[psycopg.Connection[Any]]:
    """A lock that somebody else holds."""
    with psycopg.connect(workers.address) as holder:
        holder.execute(statement, given)
        yield holder
        holder.rollback()


def caught(workers: Workers, term: str, now: datetime, where: str, chance: random.Random) -> int:
    """A worker in the middle of the job of this term, at that place."""
    if where == "anywhere":
        worker = workers.works(now)
        time.sleep(chance.uniform(0, 0.12))
        return worker
    with held(workers, "SELECT 1 FROM escalation_term WHERE id = %s FOR UPDATE", term) as first:
        worker = workers.works(now)
        until(lambda: workers.backends(waiting=True))
        if where == "at its lock":
            end(workers, worker, chance)
            return 0
        job = "SELECT 1 FROM privacy_job WHERE subject_id = %s AND state = 'running' FOR UPDATE"
        with held(workers, job, term):
            first.rollback()
            time.sleep(0.02)
            until(lambda: workers.backends(waiting=True))
            end(workers, worker, chance)
    return 0


def end(workers: Workers, worker: int, chance: random.Random) -> None:
    """Ends a worker: its process is killed, and in half of the cases its connections are ended by the server first."""
    if chance.random() < 0.5:
        for pid in workers.backends():
            workers.rows("SELECT pg_terminate_backend(%s)", pid)
        if chance.random() < 0.5:
            time.sleep(0.02)
    os.kill(worker, signal.SIGKILL)
    workers.order(wait=worker)


def counted(workers: Workers, term: str) -> dict[str, int]:
    """What was said of it in all, and which looks still wait."""
    ((reminded, alarmed),) = workers.rows(
        "SELECT (reminded_at IS NOT NULL)::int, (alarmed_at IS NOT NULL)::int FROM escalation_term WHERE id = %s", term
    )
    ((told,),) = workers.rows("SELECT count(*) FROM privacy_auditentry WHERE event = %s", TOLD)
    mails = workers.rows(
        "SELECT subject_id::text, count(*) FROM privacy_job WHERE kind = %s AND state = 'waiting' GROUP BY 1", MAIL
    )
    ((looks,),) = workers.rows(
        "SELECT count(*) FROM privacy_job WHERE subject_id = %s AND done_at IS NULL AND state <> 'failed'", term
    )
    each = {str(person): number for person, number in mails}
    right = set(each) == set(workers.people) and set(each.values()) == {1}
    return {
        "reminded": reminded, "alarmed": alarmed, "told": told, "mails": 0 if not each else 1 if right else -1,
        "looks": looks,
    }  # fmt: skip


def mailed(workers: Workers) -> None:
    """What waits to be mailed is sent: who is told again from here gets a second mail."""
    workers.look.execute("UPDATE privacy_job SET state = 'done', done_at = now() WHERE kind = %s", [MAIL])


def through(workers: Workers, term: str, moment: datetime, where: str, chance: random.Random) -> list[dict[str, int]]:
    """One cause: a worker dies in the middle of it, the clock goes back, and others come. What was said, twice."""
    workers.worked(moment - timedelta(minutes=1))
    mailed(workers)
    workers.look.execute("DELETE FROM privacy_job WHERE state = 'done' AND kind <> %s", [MAIL])
    before = workers.rows("SELECT count(*) FROM privacy_auditentry WHERE event = %s", TOLD)[0][0]
    now = moment + timedelta(seconds=30)
    worker = caught(workers, term, now, where, chance)
    if worker:
        end(workers, worker, chance)
    until(lambda: not workers.backends())
    workers.worked(now - HOUR)
    workers.worked(now + LEASE + timedelta(seconds=1))
    first = counted(workers, term)
    mailed(workers)
    for later in (now - HOUR, now, now + HOUR):
        workers.worked(later)
    second = counted(workers, term)
    return [{**found, "told": found["told"] - before} for found in (first, second)]


WHERE = ("at its lock", "before it commits", "anywhere")


@pytest.mark.proof("term_jobs", full=50, sample=2)
def test_each_term_has_one_reminder_and_one_alarm_whoever_dies(workers: Workers, proof: Proof) -> None:
    chance = random.Random(5)
    for number in range(proof.size):
        made = workers.order(since=START + timedelta(days=7 * number))
        term, remind, ends = made["term"], datetime.fromisoformat(made["remind"]), datetime.fromisoformat(made["ends"])
        said = []
        for moment, where in ((remind, WHERE[number % 3]), (ends, WHERE[(number + 1) % 3])):
            said += through(workers, term, moment, where, chance)
        right = [
            {"reminded": 1, "alarmed": 0, "told": 1, "mails": 1, "looks": 1},
            {"reminded": 1, "alarmed": 0, "told": 1, "mails": 0, "looks": 1},
            {"reminded": 1, "alarmed": 1, "told": 1, "mails": 1, "looks": 0},
            {"reminded": 1, "alarmed": 1, "told": 1, "mails": 0, "looks": 0},
        ]
        proof.attempt(said == right, (number, said))
        workers.look.execute("DELETE FROM privacy_job WHERE subject_id = %s", [term])
