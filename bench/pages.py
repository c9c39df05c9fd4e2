"""The case page with 40 items opened and logged, and the inbox of a procesregisseur."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from guardian.shortcuts import get_objects_for_user

from bench.cast import Cast
from bench.figures import OURS, Figure, Report
from bench.lists import GUARDIAN, PLAIN, UNFILTERED
from bench.measure import Deed, in_turns
from bench.others.models import PlainCase, PlainSignal
from bench.others.queries import case_page, inbox, walled_case_page, walled_inbox
from bench.stage import ITEMS, Stage
from casework.queries.case_content import contributions
from casework.queries.cases import open_case
from casework.queries.triage import PAGE, queue
from partners.models import User
from privacy.acting import acting
from tests.world import actor


def _case_page(stage: Stage, user: User) -> dict[str, Deed]:
    pk, by = stage.case.pk, actor(user)

    def ours() -> None:
        with acting(by):
            rows = contributions(open_case(pk, by=by), by=by)
            assert len(rows) == ITEMS
            assert all(row.text and row.origin and row.conditions for row in rows)

    def walled() -> None:
        with acting(by):
            assert len(walled_case_page(pk, by=by)) == ITEMS

    def plain(rows: QuerySet[PlainCase]) -> None:
        assert len(case_page(rows, pk)) == ITEMS

    def unfiltered() -> None:
        with transaction.atomic():
            plain(PlainCase.objects.all())

    def guardian() -> None:
        with transaction.atomic():
            plain(get_objects_for_user(user, "others.view_plaincase", klass=PlainCase))

    return {OURS: ours, UNFILTERED: unfiltered, GUARDIAN: guardian, PLAIN: walled}


def _inbox(user: User) -> dict[str, Deed]:
    by = actor(user)
    tables = [seat.table_id for seat in by.seats]

    def ours() -> None:
        with acting(by):
            rows = queue(by=by).rows
        assert len(rows) == PAGE
        assert all(row.place for row in rows)

    def walled() -> None:
        with acting(by):
            assert len(walled_inbox(tables, PAGE, by=by)) == PAGE

    def unfiltered() -> None:
        with transaction.atomic():
            assert len(inbox(PlainSignal.objects.all(), tables, PAGE)) == PAGE

    def guardian() -> None:
        with transaction.atomic():
            mine = get_objects_for_user(user, "others.view_plainsignal", klass=PlainSignal)
            assert len(inbox(mine, tables, PAGE)) == PAGE

    return {OURS: ours, UNFILTERED: unfiltered, GUARDIAN: guardian, PLAIN: walled}


def measure(cast: Cast, stage: Stage, size: int, report: Report) -> None:
    report.add(Figure(f"case page of a partner, {ITEMS} items", size, in_turns(_case_page(stage, stage.partner))))
    report.add(Figure(f"case page of the regisseur, {ITEMS} items", size, in_turns(_case_page(stage, stage.director))))
    report.add(Figure(f"inbox, {PAGE} signals", size, in_turns(_inbox(stage.director))))
