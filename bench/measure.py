"""How long deeds take, in turns: a busy machine burdens all alike, and the ratio holds."""

from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from django.db import connections
from django.test.utils import CaptureQueriesContext

Deed = Callable[[], object]
ROUNDS = 40
SLOW = 0.1  # seconds


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds: the median, and what 95 of 100 stay under."""

    median: float
    p95: float


def timing(seconds: Sequence[float]) -> Timing:
    return Timing(median(seconds) * 1000, quantiles(seconds, n=20)[-1] * 1000)


def seconds(deed: Deed) -> float:
    """How long it takes once."""
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


def in_turns(
    deeds: Mapping[str, Deed], *, rounds: int = ROUNDS, before: Callable[[str], None] | None = None
) -> dict[str, Timing]:
    """The time of each, measured A B A B after a warm-up; `before` prepares a deed outside the clock.

    What takes longer than SLOW takes part in every third turn, or a large table would take an hour.
    """
    found: dict[str, list[float]] = {name: [] for name in deeds}
    for turn in range(rounds + 2):
        for name, deed in deeds.items():
            if turn % 3 and found[name] and min(found[name]) > SLOW:
                continue
            if before:
                before(name)
            gc.collect(0)
            took = seconds(deed)
            if turn > 1:
                found[name].append(took)
    return {name: timing(times) for name, times in found.items()}


def queries(deed: Deed) -> int:
    """How many statements it sends over all connections."""
    with CaptureQueriesContext(connections["default"]) as own, CaptureQueriesContext(connections["audit"]) as log:
        deed()
    return len(own) + len(log)


def peak(deed: Deed) -> int:
    """The most memory that Python held for it at one moment, in bytes."""
    tracemalloc.start()
    try:
        deed()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
