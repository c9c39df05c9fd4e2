"""A list of 100 rows against one of 25: queries stay the same, time and memory grow with the rows."""

from __future__ import annotations

from bench.measure import Deed, line, peak, queries, usual_of
from casework.queries import cases
from privacy.acting import acting
from tests.world import Cast, actor


def _list(cast: Cast, size: int) -> Deed:
    def deed() -> None:
        cases.PAGE = size
        with acting(actor(cast.victor)):
            rows = cases.case_rows(by=actor(cast.victor)).rows
        assert len(rows) == size
        assert all(row.name for row in rows)

    return deed


def report(cast: Cast) -> None:
    """Prints what four times the rows cost."""
    usual = cases.PAGE
    deeds = {"25": _list(cast, 25), "100": _list(cast, 100)}
    try:
        times = usual_of(deeds, rounds=24)
        counts = {name: queries(deed) for name, deed in deeds.items()}
        peaks = {name: peak(deed) for name, deed in deeds.items()}
    finally:
        cases.PAGE = usual
    print("\nA list of 100 rows over one of 25, names opened")
    line("", "time", "memory", "queries 25", "queries 100")
    line("case list", times["100"] / times["25"], peaks["100"] / peaks["25"], counts["25"], counts["100"])
