"""A case that nobody closed goes on no list, whatever its term says, unless an officer says so with a code."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from casework.models import Case
from privacy.errors import NotKnown
from privacy.models import OpenGoes, OpenReason
from privacy.retention import certificate, lists, open_cases
from tests.commits import committed
from tests.exclusion.conftest import keep_away
from tests.retention.scene import a_full_case, as_person, ends_on, jobs_done, later, listed, stands
from tests.world import Cast, as_


def test_an_open_case_waits_for_the_word_of_an_officer(cast: Cast) -> None:
    case = committed(lambda: a_full_case(cast))
    committed(lambda: ends_on(case.dossier_id, timezone.localdate()))
    assert listed(cast) == set()
    shown = as_person(cast, "fatima", lambda by: open_cases.still_open(by=by))
    assert [(one.reference, one.table) for one in shown] == [(case.dossier.reference, case.table.name)]
    as_person(cast, "fatima", lambda by: open_cases.let_go(case.dossier_id, OpenReason.LEFT, by=by))
    with pytest.raises(NotKnown):
        as_person(cast, "faisal", lambda by: open_cases.let_go(case.dossier_id, OpenReason.LEFT, by=by))
    made = as_person(cast, "fatima", lambda by: lists.make(by=by))
    as_person(cast, "faisal", lambda by: lists.check(made, by=by))
    jobs_done()
    assert not stands(case.dossier_id)
    with as_(cast.fatima):
        assert not OpenGoes.objects.exists()
        row = certificate.draw_up(made, lists.lines_of(made))["counts"][0]
    assert row["table"] == case.table.name
    assert row["theme"] == "Woonoverlast"
    assert "5 jaar" in row["source"]


@pytest.mark.parametrize("who", ["beheer", "rosa", "conny", "cor", "pieter"])
def test_nobody_else_says_so(cast: Cast, who: str) -> None:
    case = committed(lambda: a_full_case(cast))
    committed(lambda: ends_on(case.dossier_id, timezone.localdate()))
    with as_(cast.people[who]) as (by, _):
        with pytest.raises(ProgrammingError), transaction.atomic():
            open_cases.let_go(case.dossier_id, OpenReason.LEFT, by=by)
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT privacy_open_goes(%s, 'left')", [case.dossier_id])


def said_by_hand(case: Case) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_open_goes(%s, 'left')", [case.dossier_id])
        return bool(cursor.fetchone()[0])


def test_not_while_the_term_runs_and_not_by_who_is_kept_away(cast: Cast) -> None:
    case = committed(lambda: a_full_case(cast))
    later(case.dossier_id, days=1)
    assert as_person(cast, "fatima", lambda by: said_by_hand(case)) is False
    committed(lambda: ends_on(case.dossier_id, timezone.localdate()))
    committed(lambda: keep_away(case, cast.fatima, cast.rosa))
    assert as_person(cast, "fatima", lambda by: open_cases.still_open(by=by)) == []
    with pytest.raises(NotKnown):
        as_person(cast, "fatima", lambda by: open_cases.let_go(case.dossier_id, OpenReason.LEFT, by=by))
