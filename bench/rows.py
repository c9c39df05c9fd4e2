"""A list of 100 rows against one of 25: queries stay the same, time and memory grow with the rows."""

from __future__ import annotations

from bench.cast import Cast
from bench.figures import Report
from bench.measure import Deed, in_turns, peak, queries
from casework.queries import cases
from privacy.acting import acting

SIZE = 10_000  # at a thousand cases no reader has a hundred


def _list(cast: Cast, rows: int) -> Deed:
    by = cast.readers[2].actor

    def deed() -> None:
        cases.PAGE = rows
        with acting(by):
            assert len(cases.case_rows(by=by).rows) == rows

    return deed


def measure(cast: Cast, report: Report) -> None:
    """What four times the rows cost."""
    usual = cases.PAGE
    deeds = {"25": _list(cast, 25), "100": _list(cast, 100)}
    try:
        times = in_turns(deeds)
        counts = {name: queries(deed) for name, deed in deeds.items()}
        peaks = {name: peak(deed) for name, deed in deeds.items()}
    finally:
        cases.PAGE = usual
    report.remark(
        f"a list of 100 rows over one of 25: time {times['100'].median / times['25'].median:.2f}, "
        f"memory {peaks['100'] / peaks['25']:.2f}, queries {counts['100']} and {counts['25']}"
    )
