"""What is due goes whole, after two people looked; what something keeps stays; what is left tells of nobody."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction

from casework.models import Case, Signal
from privacy.actor import SYSTEM_ID
from privacy.calling import value_of
from privacy.errors import NotKnown, Refused
from privacy.models import AuditEntry, DestructionLine, KeepReason, LineState, Shredded
from privacy.retention import lists
from tests.commits import committed
from tests.exclusion.conftest import keep_away
from tests.retention.scene import (
    CANARY,
    a_full_case,
    as_person,
    checked,
    due,
    jobs_done,
    later,
    listed,
    made,
    stands,
    tombstone,
)
from tests.rights.scene import kept_for, refused
from tests.world import Cast, as_, contributed, invited

USING = "maintenance"


def a_case_here(cast: Cast) -> Case:
    def act() -> Case:
        case = a_full_case(cast)
        invited(case, cast.rosa, cast.wilma)
        contributed(case, cast.wilma, f"{CANARY} zong weer.")
        return case

    return committed(act)


def everything_about(dossier_id: object) -> dict[str, int]:
    """Rows of every table that name this dossier in a column of its own, but for the log."""
    found = {}
    with connections[USING].cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND udt_name = 'uuid'"
        )
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}" = %s', [dossier_id])
            (number,) = cursor.fetchone()
            if number:
                found[f"{table}.{column}"] = number
    return found


def test_what_is_due_goes_whole_and_leaves_a_tombstone_that_tells_of_nobody(cast: Cast) -> None:
    case = a_case_here(cast)
    reference = case.dossier.reference
    due(case.dossier_id)
    made_list = checked(cast)
    jobs_done()
    assert not stands(case.dossier_id)
    assert everything_about(case.dossier_id) == {
        "privacy_dossier.id": 1,
        "privacy_shredded.dossier_id": 1,
        "privacy_destructionline.dossier_id": 1,
        "privacy_rowchange.row_id": everything_about(case.dossier_id)["privacy_rowchange.row_id"],
        "privacy_job.subject_id": 1,  # that the list outside the database gets its line
    }
    left = tombstone(case.dossier_id)
    assert left.destroyed_at is not None
    assert left.reference.startswith("X-")
    assert (left.retain_until, left.created_by) == (None, SYSTEM_ID)
    assert (left.first_processed_on.month, left.first_processed_on.day) == (1, 1)
    with as_(cast.fatima):
        line = DestructionLine.objects.get(dossier_id=case.dossier_id)
        assert (line.state, line.reference, line.goes_on) == (LineState.DONE, "", None)
        ended = lists.one_list(made_list.pk)
    assert ended.certificate["destroyed"] == 1
    for word in (CANARY, reference, str(case.dossier_id)):
        assert word not in str(ended.certificate)
    assert ended.certificate["counts"][0]["kind"] == "casus"
    entry = AuditEntry.objects.using(USING).get(event="retention.destroyed", dossiers__contains=[case.dossier_id])
    assert not entry.changes
    assert CANARY not in str(entry.__dict__)
    assert Signal.objects.using(USING).count() == 1  # it has a term of its own


def test_the_one_who_makes_a_list_does_not_check_it(cast: Cast) -> None:
    case = a_case_here(cast)
    due(case.dossier_id)
    made_list = made(cast)
    with pytest.raises(Refused, match="zelf"):
        as_person(cast, "fatima", lambda by: lists.check(made_list, by=by))
    with as_(cast.fatima), pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT privacy_check_list(%s, 'Fatima')", [made_list.pk])
    for name in ("rosa", "conny", "cor", "pieter"):
        with as_(cast.people[name]) as (by, _):
            with pytest.raises(NotKnown):
                lists.one_list(made_list.pk)
            with pytest.raises(ProgrammingError), transaction.atomic():
                value_of("privacy_check_list", made_list.pk, "x")
            with pytest.raises(ProgrammingError), transaction.atomic():
                lists.make(by=by)
    as_person(cast, "beheer", lambda by: lists.check(made_list, by=by))
    jobs_done()
    assert not stands(case.dossier_id)


def test_nothing_goes_by_hand_without_a_second_person(cast: Cast) -> None:
    case = a_case_here(cast)
    due(case.dossier_id)
    made_list = made(cast)
    with as_(cast.fatima):
        line = lists.lines_of(made_list).get()
        for statement in (
            "UPDATE privacy_destructionlist SET checked_by = gen_random_uuid(), checked_at = now()",
            "UPDATE privacy_destructionline SET dossier_id = gen_random_uuid()",
            "DELETE FROM privacy_destructionline",
            f"SELECT privacy_destroy('{line.pk}')",
            f"SELECT privacy_wipe('{case.dossier_id}', now())",
        ):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
    assert stands(case.dossier_id)


@pytest.mark.parametrize("days", [1, 30])
def test_the_day_before_it_stays_and_the_day_itself_it_goes(cast: Cast, days: int) -> None:
    case = a_case_here(cast)
    later(case.dossier_id, days=days)
    assert case.dossier_id not in listed(cast)
    due(case.dossier_id)
    assert listed(cast) == {case.dossier_id}


def test_what_is_blocked_is_on_no_list_and_what_is_blocked_after_the_check_stays(cast: Cast) -> None:
    case = a_case_here(cast)
    due(case.dossier_id)
    request = committed(lambda: kept_for(cast, case))
    assert case.dossier_id not in listed(cast)
    committed(lambda: refused(cast, request))
    made_list = checked(cast)
    request = committed(lambda: kept_for(cast, case))
    jobs_done()
    assert stands(case.dossier_id)
    with as_(cast.fatima):
        ended = lists.one_list(made_list.pk)
        assert lists.lines_of(ended).get().why == "blocked"
        assert ended.certificate["destroyed"] == 0
        assert ended.ended_at is not None
    committed(lambda: refused(cast, request))
    checked(cast)
    jobs_done()
    assert not stands(case.dossier_id)


def test_what_got_more_time_after_the_check_stays(cast: Cast) -> None:
    case = a_case_here(cast)
    due(case.dossier_id)
    checked(cast)
    later(case.dossier_id, days=1)
    jobs_done()
    assert stands(case.dossier_id)


def test_a_line_is_kept_off_with_a_reason_and_a_list_without_lines_is_not_checked(cast: Cast) -> None:
    case = a_case_here(cast)
    due(case.dossier_id)
    made_list = made(cast)

    def keep(by: object) -> None:
        line = lists.lines_of(made_list).get()
        lists.keep_off(made_list, line.pk, KeepReason.CLAIM, by=by)  # type: ignore[arg-type]
        with pytest.raises(Refused):
            lists.keep_off(made_list, line.pk, KeepReason.CLAIM, by=by)  # type: ignore[arg-type]

    as_person(cast, "faisal", keep)
    with pytest.raises(Refused, match="niets meer"):
        as_person(cast, "faisal", lambda by: lists.check(made_list, by=by))
    as_person(cast, "faisal", lambda by: lists.stop(made_list, by=by))
    assert stands(case.dossier_id)


def test_a_list_that_is_stopped_waits_and_goes_on(cast: Cast) -> None:
    one, two = a_case_here(cast), a_case_here(cast)
    due(one.dossier_id, two.dossier_id)
    made_list = checked(cast)
    as_person(cast, "fatima", lambda by: lists.stop(made_list, by=by))
    jobs_done()
    assert [stands(case.dossier_id) for case in (one, two)] == [True, True]
    with pytest.raises(Refused):
        as_person(cast, "fatima", lambda by: lists.stop(made_list, by=by))

    def again(by: object) -> None:
        lists.go_on(lists.one_list(made_list.pk), by=by)  # type: ignore[arg-type]

    as_person(cast, "faisal", again)
    jobs_done()
    assert [stands(case.dossier_id) for case in (one, two)] == [False, False]
    assert Shredded.objects.using(USING).count() == 2


def test_an_officer_hears_nothing_of_what_she_is_kept_away_from(cast: Cast) -> None:
    case = a_case_here(cast)
    committed(lambda: keep_away(case, cast.fatima, cast.rosa))
    due(case.dossier_id)
    assert listed(cast, "fatima") == set()
    made_list = made(cast, "faisal")
    with as_(cast.fatima):
        assert not lists.lines_of(made_list).exists()
