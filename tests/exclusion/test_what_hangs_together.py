"""An exclusion follows every link between a case and its signals, whichever was there first."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import Case, CaseSignal, Signal
from casework.services import triage
from privacy import dossiers
from privacy.errors import Refused
from privacy.models import CompartmentKind, Grant
from privacy.unlock import unlock
from tests.exclusion.conftest import bundle, keep_away, kept_away, lift, report_tie
from tests.world import Cast, a_case, a_signal, as_


def holds_something(row: Case | Signal, person: str, cast: Cast) -> bool:
    with as_(cast.people[person]):
        return Grant.objects.filter(content_object=row.dossier_id).exists()


def test_who_is_kept_away_from_a_case_is_kept_away_from_its_signals(cast: Cast, case: Case, signal: Signal) -> None:
    assert holds_something(signal, "rachid", cast)
    keep_away(case, cast.rachid, by=cast.rosa)
    assert not holds_something(signal, "rachid", cast)


def test_a_signal_that_is_added_later_is_out_of_sight_too(cast: Cast, case: Case) -> None:
    later = a_signal(cast.pieter, cast.overlast)
    keep_away(case, cast.rachid, by=cast.rosa)
    assert holds_something(later, "rachid", cast), "nothing links them yet"
    bundle(case, later, by=cast.rosa)
    assert not holds_something(later, "rachid", cast)


def test_a_case_that_is_opened_on_a_signal_inherits(cast: Cast, signal: Signal) -> None:
    keep_away(signal, cast.rachid, by=cast.rosa)
    case = a_case(cast.rosa, signal)
    assert not holds_something(case, "rachid", cast)
    assert kept_away(case) == {cast.rachid.pk}


def test_a_signal_brings_its_exclusions_to_the_case_and_to_the_other_signals(
    cast: Cast, case: Case, signal: Signal
) -> None:
    later = a_signal(cast.greet, cast.overlast)
    report_tie(later, cast.rachid)
    bundle(case, later, by=cast.rosa)
    assert kept_away(case) == kept_away(signal) == kept_away(later) == {cast.rachid.pk}
    assert not holds_something(case, "rachid", cast)


def test_a_tie_reported_on_a_signal_in_a_case_holds_for_the_case(cast: Cast, case: Case, signal: Signal) -> None:
    report_tie(signal, cast.wilma)
    assert kept_away(case) == {cast.wilma.pk}
    assert not holds_something(case, "wilma", cast)


def test_lifting_holds_for_all_of_it(cast: Cast, case: Case, signal: Signal) -> None:
    keep_away(case, cast.rachid, by=cast.rosa)
    lift(signal, cast.rachid, by=cast.rosa)
    assert kept_away(case) == kept_away(signal) == set()
    assert holds_something(case, "rachid", cast)


def test_a_signal_that_is_sent_on_keeps_it(cast: Cast, signal: Signal) -> None:
    report_tie(signal, cast.wilma)
    with as_(cast.rosa) as (by, _):
        unlock([signal.dossier_id], by=by)
        triage.forward(signal, cast.jeugd, "Jeugd.", now=timezone.now(), by=by)
    assert not holds_something(signal, "wilma", cast)
    assert holds_something(signal, "victor", cast)


def test_a_signal_is_not_sent_to_a_table_where_nobody_may_see_it(cast: Cast, signal: Signal) -> None:
    keep_away(signal, cast.victor, by=cast.rosa)
    with as_(cast.rosa) as (by, _), pytest.raises(Refused, match="mag zien"):
        unlock([signal.dossier_id], by=by)
        triage.forward(signal, cast.jeugd, "Jeugd.", now=timezone.now(), by=by)


def test_nobody_links_a_dossier_that_is_not_theirs_to_direct(cast: Cast, case: Case) -> None:
    elsewhere = a_signal(cast.wilma, cast.jeugd)
    with as_(cast.rosa) as (by, _), pytest.raises(DatabaseError), transaction.atomic():
        CaseSignal(
            dossier=case.dossier,
            compartment=dossiers.part(case.dossier, CompartmentKind.REGIE),
            case=case,
            signal_dossier_id=elsewhere.dossier_id,
        ).save(force_insert=True)
    assert kept_away(elsewhere) == set()


def test_nobody_learns_of_links_or_of_who_directs_by_asking_the_database(cast: Cast, case: Case) -> None:
    with as_(cast.greet):
        for statement in (
            "SELECT privacy_linked(%s)",
            "SELECT privacy_hold_linked(%s)",
            "SELECT privacy_mark_excluded(ARRAY[%s])",
            "SELECT privacy_spared(%s, gen_random_uuid())",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [case.dossier_id])
        with connection.cursor() as cursor:
            cursor.execute("SELECT privacy_regie_of(%s)", [case.dossier_id])
            assert cursor.fetchall() == []
