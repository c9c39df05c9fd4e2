"""An attack: who directs a case brings its day to today, closes it, and lets two honest people destroy it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import Case, Signal
from casework.services import cases
from casework.theming import theme_version
from privacy.access import open_one
from privacy.models import Dossier
from privacy.retention.terms import years_after
from privacy.unlock import unlock
from tests.commits import committed
from tests.retention.scene import a_full_case, as_person, listed
from tests.world import Cast, a_case, a_signal, as_

BY_HAND = [
    "UPDATE privacy_dossier SET retain_until = current_date WHERE id = %(case)s",
    "UPDATE privacy_dossier SET retain_until = NULL WHERE id = %(case)s",
    "UPDATE privacy_dossier SET retain_until = retain_until + 1 WHERE id = %(case)s",
    "UPDATE privacy_dossier SET first_processed_on = current_date - 2000 WHERE id = %(case)s",
    "SELECT privacy_signal_term(%(case)s, current_date)",
    "SELECT privacy_signal_term(%(bundled)s, current_date)",
    "SELECT privacy_forget(%(case)s, false)",
    "INSERT INTO privacy_dossier (id, kind, reference, table_id, theme, first_processed_on, retain_until, sort_at, "
    "created_by) SELECT gen_random_uuid(), 'case', 'X-1', table_id, theme, current_date, current_date, now(), "
    "%(actor)s FROM privacy_dossier WHERE id = %(case)s",
]


def by_hand(statement: str, **given: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, given)


@pytest.mark.parametrize("statement", BY_HAND)
def test_who_directs_sets_no_term_by_plain_sql(cast: Cast, statement: str) -> None:
    case = a_full_case(cast)
    with as_(cast.rosa) as (by, _):
        bundled = Signal.objects.get().dossier_id
        before = Dossier.objects.get(pk=case.dossier_id).retain_until
        with pytest.raises(DatabaseError, match=r"privilege|denied|term|directs|short"):
            by_hand(statement, case=case.dossier_id, bundled=bundled, actor=by.user_id)
        assert Dossier.objects.get(pk=case.dossier_id).retain_until == before


def test_the_whole_attack_ends_with_a_case_that_is_on_no_list(cast: Cast) -> None:
    case = committed(lambda: a_full_case(cast))

    def attack(by: object) -> None:
        unlock([case.dossier_id], by=by)  # type: ignore[arg-type]
        for statement in BY_HAND[:4]:
            with pytest.raises(DatabaseError):
                by_hand(statement, case=case.dossier_id)
        # The copy that screens show may be written; nothing is destroyed by it.
        Case.objects.filter(pk=case.pk).update(retain_until=timezone.localdate() + timedelta(days=1))
        outcome = theme_version(case.theme, case.theme_version).close_outcomes[0].code
        cases.close(open_one(Case, case.pk, by=by), outcome, "Klaar.", now=timezone.now(), by=by)  # type: ignore[arg-type]

    as_person(cast, "rosa", attack)
    assert listed(cast) == set()


def test_a_signal_of_long_ago_that_the_regisseur_made_up_today_brings_nothing_nearer(cast: Cast) -> None:
    case, now = a_full_case(cast), timezone.now()
    today = timezone.localdate()
    for reporter, days, ends in ((cast.rosa, 25, today), (cast.pieter, 20, today - timedelta(days=20))):
        with time_machine.travel(now - timedelta(days=days), tick=False):
            signal = a_signal(reporter, cast.overlast)
        with as_(cast.rosa) as (by, _):
            unlock([case.dossier_id, signal.dossier_id], by=by)
            cases.add_signal(open_one(Case, case.pk, by=by), signal, (), now=now, by=by)
            assert Dossier.objects.get(pk=case.dossier_id).retain_until == years_after(ends, 5)
            assert Case.objects.get(pk=case.pk).first_processed_on == ends


def test_a_case_on_two_signals_counts_from_the_first(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast), a_signal(cast.wilma, cast.overlast))
    with as_(cast.rosa):
        by_hand("SELECT * FROM privacy_case_term(%(case)s)", case=case.dossier_id)
        assert Dossier.objects.get(pk=case.dossier_id).retain_until == case.retain_until
    with as_(cast.pieter), pytest.raises(DatabaseError, match="directs"):
        by_hand("SELECT * FROM privacy_case_term(%(case)s)", case=case.dossier_id)
