"""Time, queries and memory of one call, and how two of them compare."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from statistics import quantiles

from django.db import connections
from django.test.utils import CaptureQueriesContext

Deed = Callable[[], object]


def seconds(deed: Deed) -> float:
    """How long it takes once."""
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


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


def usual(times: Sequence[float]) -> float:
    """The time that the quickest quarter stays under: what else the machine does falls in the others."""
    return quantiles(times, n=4)[0]


def usual_of(deeds: Mapping[str, Deed], *, rounds: int) -> dict[str, float]:
    """The usual time of each, measured in turns so that a busy machine burdens all alike."""
    found: dict[str, list[float]] = {name: [] for name in deeds}
    for deed in deeds.values():
        deed()
    for _ in range(rounds):
        for name, deed in deeds.items():
            found[name].append(seconds(deed))
    return {name: usual(times) for name, times in found.items()}


def line(*cells: object) -> None:
    """One line of the report: a wide first column, then numbers."""
    first, *others = (f"{value:.2f}" if isinstance(value, float) else str(value) for value in cells)
    print(f"  {first:<46}" + "".join(f"{value:>12}" for value in others))
