"""An entry of a change bears its transaction's number: asked once in an act, and never carried into another."""

from __future__ import annotations

from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from privacy.acting import acting, transaction_number
from privacy.audit import record
from tests.world import Cast, actor, as_

ELSEWHERE = "maintenance"  # commits for real, so that each act there has a transaction of its own


def number_now() -> int | None:
    with connections[ELSEWHERE].cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned()::text::bigint")
        return cursor.fetchone()[0]


def test_an_act_with_three_changes_asks_its_number_once(cast: Cast) -> None:
    with as_(cast.rosa) as (by, _), CaptureQueriesContext(connection) as asked:
        for _ in range(3):
            record.change("case.changed", by=by)
    assert len([query for query in asked if "pg_current_xact_id" in query["sql"]]) == 1
    assert len(asked) == 4


def test_who_is_going_to_change_something_gets_the_number_with_the_first_statement(cast: Cast) -> None:
    with (
        CaptureQueriesContext(connections[ELSEWHERE]) as asked,
        acting(actor(cast.rosa), using=ELSEWHERE, changing=True),
    ):
        assert transaction_number(ELSEWHERE) == transaction_number(ELSEWHERE)
    assert len([query for query in asked if "pg_current_xact_id" in query["sql"]]) == 1
    assert "set_config" in next(query["sql"] for query in asked if "pg_current_xact_id" in query["sql"])
    with acting(actor(cast.rosa), using=ELSEWHERE, changing=True):
        assert transaction_number(ELSEWHERE) == number_now()


def test_the_number_is_the_one_that_the_trigger_bears_also_after_a_savepoint(cast: Cast) -> None:
    with acting(actor(cast.rosa), using=ELSEWHERE):
        with transaction.atomic(using=ELSEWHERE):
            before = transaction_number(ELSEWHERE)
            transaction.set_rollback(True, using=ELSEWHERE)
        assert before == transaction_number(ELSEWHERE) == number_now()


def test_the_next_act_has_a_number_of_its_own(cast: Cast) -> None:
    with acting(actor(cast.rosa), using=ELSEWHERE):
        first = transaction_number(ELSEWHERE)
    with acting(actor(cast.rosa), using=ELSEWHERE):
        assert transaction_number(ELSEWHERE) == number_now() != first


def test_a_change_after_the_act_does_not_bear_its_number(cast: Cast) -> None:
    with acting(actor(cast.rosa), using=ELSEWHERE):
        during = transaction_number(ELSEWHERE)
    with transaction.atomic(using=ELSEWHERE):
        assert transaction_number(ELSEWHERE) == number_now() != during


def test_an_act_does_not_lend_its_number_to_another_connection(cast: Cast) -> None:
    with as_(cast.rosa):
        here = transaction_number("default")
        with transaction.atomic(using=ELSEWHERE):
            assert transaction_number(ELSEWHERE) == number_now() != here
        assert transaction_number("default") == here


def test_an_act_within_an_act_leaves_the_outer_number_as_it_was(cast: Cast) -> None:
    with acting(actor(cast.rosa), using=ELSEWHERE):
        outer = transaction_number(ELSEWHERE)
        with acting(actor(cast.victor)):
            transaction_number("default")
        assert transaction_number(ELSEWHERE) == outer == number_now()


def test_who_only_looks_takes_no_number(cast: Cast) -> None:
    with acting(actor(cast.rosa), using=ELSEWHERE):
        assert number_now() is None
