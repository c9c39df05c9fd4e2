"""Numbers for Prometheus: how many requests, how fast, and how queue and seals stand. No label holds an id or a name.

With several web processes each writes its counts in PROMETHEUS_MULTIPROC_DIR, and whichever is asked adds them up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from privacy import calling
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.models import OperationKind
from privacy.queue import queue
from privacy.roles import Role
from privacy.upkeep import facts

log = structlog.get_logger("config.running")
METHODS = ("GET", "HEAD", "POST")
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0)
OWN = CollectorRegistry()
REQUESTS = Counter(
    "casustafel_requests", "Requests by page and answer", ["view", "method", "status"], registry=OWN
)  # its name is given `_total`
SECONDS = Histogram(
    "casustafel_request_seconds", "How long a page took to make", ["view"], buckets=BUCKETS, registry=OWN
)


def count(view: str, method: str, status: int, seconds: float) -> None:
    """Counts one request. `view` is the name of an address in the code, never the address that was typed."""
    REQUESTS.labels(view, method if method in METHODS else "other", str(status)).inc()
    SECONDS.labels(view).observe(seconds)


class Standing(Collector):
    """How queue, seals and back-up stand at this moment, asked as the system."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The numbers; when the database is away only that it is."""
        try:
            found = list(self._found())
        except Exception as error:
            log.warning("numbers not there", error=type(error).__name__)
            found = []
        yield GaugeMetricFamily("casustafel_database_up", "Whether the database answered", int(bool(found)))
        yield from found

    def _found(self) -> Iterator[GaugeMetricFamily]:
        watcher = replace(system_actor("meetwaarden"), roles=frozenset({Role.BEHEERDER}))
        with acting(watcher):
            counted = queue(now=self.now)
            ((sealed_at, unsealed, oldest),) = calling.rows_of("privacy_seals_now")
            backup = facts.last(OperationKind.BACKUP).ended_at
        jobs = GaugeMetricFamily("casustafel_jobs", "Background work by state", labels=["state"])
        for state in ("waiting", "later", "running", "failed"):
            jobs.add_metric([state], getattr(counted, state))
        yield jobs
        yield GaugeMetricFamily("casustafel_log_unsealed", "Entries of the log that wait for a seal", unsealed)
        ages = (
            ("casustafel_jobs_oldest_seconds", "How long the oldest work waits", counted.oldest),
            ("casustafel_log_unsealed_oldest_seconds", "How long the oldest entry waits for its seal", oldest),
            ("casustafel_log_seal_age_seconds", "How long ago the log was sealed", sealed_at),
            ("casustafel_backup_age_seconds", "How long ago the last back-up was made", backup),
        )
        for name, about, at in ages:
            if at is not None:
                yield GaugeMetricFamily(name, about, max(0.0, (self.now - at).total_seconds()))


def text(now: datetime) -> bytes:
    """Everything, as Prometheus reads it."""
    counts = OWN
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        counts = CollectorRegistry()
        MultiProcessCollector(counts)  # type: ignore[no-untyped-call]
    standing = CollectorRegistry()
    standing.register(Standing(now))
    return generate_latest(counts) + generate_latest(standing)
