"""The list of cases: first page, count, filtered pages, for every reader, and the whole request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.test import Client
from guardian.shortcuts import get_objects_for_user

from bench import plans
from bench.cast import Cast, Reader
from bench.figures import OURS, Bound, Figure, Report
from bench.measure import Deed, Timing, in_turns
from bench.others.models import DirectCase, PlainCase
from bench.others.queries import first_page, walled_page
from casework.queries.cases import case_count, case_rows
from partners.models import User
from privacy.access import COUNTED
from privacy.acting import acting

UNFILTERED, GUARDIAN, DIRECT, PLAIN = "unfiltered", "guardian", "guardian, direct keys", "own grants, plain, no log"
MILLION = 1_000_000
PAGE_BOUNDS = (Bound(UNFILTERED, 3), Bound(GUARDIAN, 0.25, MILLION), Bound(DIRECT, 0.25, MILLION))
COUNT_BOUNDS = (Bound(UNFILTERED, 0.1, MILLION), Bound(GUARDIAN, 0.25, MILLION), Bound(DIRECT, 0.25, MILLION))
Narrow = Callable[[QuerySet[Any]], QuerySet[Any]]


def _with_guardian(user: User) -> QuerySet[Any]:
    return get_objects_for_user(user, "others.view_plaincase", klass=PlainCase)


def _with_direct_keys(user: User) -> QuerySet[Any]:
    return get_objects_for_user(user, "others.view_directcase", klass=DirectCase)


def _within(deed: Deed) -> Deed:
    def inner() -> object:
        with transaction.atomic():
            return deed()

    return inner


def _rivals(user: User, use: Callable[[QuerySet[Any]], object]) -> dict[str, Deed]:
    assert _with_guardian(user).count() == _with_direct_keys(user).count()
    return {
        UNFILTERED: _within(lambda: use(PlainCase.objects.all())),
        GUARDIAN: _within(lambda: use(_with_guardian(user))),
        DIRECT: _within(lambda: use(_with_direct_keys(user))),
    }


def _pages(reader: Reader, narrow: Narrow, **wish: Any) -> dict[str, Deed]:
    by = reader.actor

    def ours() -> object:
        with acting(by):
            rows = case_rows(by=by, **wish).rows
        assert rows
        assert all(row.name for row in rows if row.open)
        return rows

    def walled() -> object:
        with acting(by):
            return walled_page(by=by, **wish)

    return {OURS: ours} | _rivals(reader.user, lambda rows: first_page(narrow(rows))) | {PLAIN: walled}


def _counts(reader: Reader) -> dict[str, Deed]:
    by = reader.actor

    def ours() -> int:
        with acting(by):
            return case_count(by=by)

    seen = _with_guardian(reader.user).count()
    assert ours() == min(seen, COUNTED + 1), f"{reader.label}: {ours()} and {seen}"
    return {OURS: ours} | _rivals(reader.user, lambda rows: rows.count())


def _all(cast: Cast, size: int, report: Report, name: str, deeds: Callable[[Reader], dict[str, Deed]],
         bounds: tuple[Bound, ...], rounds: int) -> None:  # fmt: skip
    """The usual reader's times with every bound, then the worst ratio of all readers."""
    found: dict[str, dict[str, Timing]] = {}
    for reader in cast.readers:
        found[reader.label] = in_turns(deeds(reader), rounds=rounds)
    report.add(Figure(name, size, found["2.75 %"], bounds))
    for other in (UNFILTERED, GUARDIAN):
        ratios = {label: times[OURS].median / times[other].median for label, times in found.items()}
        worst = max(ratios, key=lambda label: ratios[label])
        report.remark(
            f"{name}, {size:,}: ours ÷ {other} per reader: "
            + ", ".join(f"{label} {ratio:.2f}" for label, ratio in ratios.items())
            + f"; worst is {worst}"
        )


def _request(cast: Cast) -> dict[str, Deed]:
    reader = cast.readers[1]
    client = Client(SERVER_NAME="localhost")
    client.force_login(reader.user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def page(path: str) -> Deed:
        def deed() -> None:
            assert client.get(path).status_code == 200

        return deed

    return {OURS: page("/casussen/"), UNFILTERED: page("/bench/casussen/")}


def measure(cast: Cast, size: int, report: Report) -> None:
    """Everything about lists at this size."""
    rounds = 40 if size < MILLION else 30
    table = cast.tables[3]
    _all(cast, size, report, "first page of 25", lambda r: _pages(r, lambda rows: rows), PAGE_BOUNDS, rounds)
    _all(cast, size, report, "count", _counts, COUNT_BOUNDS, rounds)
    _all(cast, size, report, "page filtered on closed",
         lambda r: _pages(r, lambda rows: rows.filter(status="closed"), status="closed"), (), rounds)  # fmt: skip
    if size > 1000:  # at a thousand the least reader has no case at that table
        _all(cast, size, report, "page filtered on one table",
             lambda r: _pages(r, lambda rows: rows.filter(table=table), table_id=table.pk), (), rounds)  # fmt: skip
    usual = cast.readers[1]
    pages, counts = _pages(usual, lambda rows: rows), _counts(usual)
    report.plans = {
        f"first page of 25, {size:,} cases": plans.of(usual, pages[OURS]),
        f"the same through guardian, {size:,} cases": plans.of(usual, pages[GUARDIAN]),
        f"count, {size:,} cases": plans.of(usual, counts[OURS]),
    }
    report.add(Figure("list page and count, whole request", size, in_turns(_request(cast), rounds=rounds)))
