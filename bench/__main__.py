"""`python -m bench [SIZES]`: what things cost beside others, side by side in one run."""

from __future__ import annotations

import signal
import sys
import time
import warnings

from bench import figures, house

SIZES = (1_000, 10_000, 100_000, 1_000_000)


def _one(there: house.House, size: int, report: figures.Report) -> None:
    """Everything that depends on how much there is."""
    with there.database(size):
        from bench import cast as casting
        from bench import filling, lists, pages, rows, sealing, stage

        start = time.perf_counter()
        print(f"\n{size:,} cases: filling …", flush=True)
        cast = casting.make_cast()
        with there.filling() as filler:
            filling.fill(filler, cast, size)
            sealed = sealing.seal_what_is_shown(filler, cast)
            theatre = stage.build(cast, filler)
            filling.settle(filler)
            rights = filler.execute(
                "SELECT count(*), pg_database_size(current_database()) FROM privacy_grant"
            ).fetchone()
        report.remark(
            f"{size:,} cases: {rights[0]:,} grants, {rights[1] / 1e9:.1f} GB, {sealed:,} names sealed; "
            f"filling took {time.perf_counter() - start:.0f} s"
        )
        lists.measure(cast, size, report)
        pages.measure(cast, theatre, size, report)
        if size == rows.SIZE:
            rows.measure(cast, report)
        report.remark(f"{size:,} cases: {figures.load()}")


def _rest(there: house.House, report: figures.Report) -> None:
    """What does not depend on how much there is."""
    with there.database(1):
        from bench import cast as casting
        from bench import changes, fields, log, stage

        cast = casting.make_cast()
        theatre = stage.small(cast)
        print("\nFields, changes and the log", flush=True)
        with there.filler() as filler:
            fields.measure(theatre, report)
            changes.measure(theatre, filler, report)
        log.measure(report)


def main() -> None:
    """Builds, measures, prints, writes down, and cleans up."""
    warnings.filterwarnings("ignore", message="No directory at")  # static files are not collected here
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that what was made is taken away
    sizes = [int(each.replace("_", "")) for each in sys.argv[1:]] or list(SIZES)
    house.need_room(sizes)
    report = figures.Report()
    with house.server() as superuser:
        machine = figures.machine(superuser)
        print(machine, flush=True)
        there = house.House(superuser)
        for size in sizes:
            _one(there, size, report)
            report.keep(machine)  # what was measured stays, whatever happens to the next size
        _rest(there, report)
        report.growth()
        report.keep(machine, in_docs=tuple(sizes) == SIZES)


if __name__ == "__main__":
    main()
