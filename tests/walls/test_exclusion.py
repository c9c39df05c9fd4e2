"""An exclusion beats every grant, in the gate and in the database, and the excluded can't notice it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from casework.models import Case
from casework.queries.cases import case_rows, open_case
from casework.queries.search import search
from partners.models import User
from privacy import dossiers, exclusions, grants, queries
from privacy.access import visible
from privacy.errors import NotKnown
from privacy.models import AuditEntry, CompartmentKind, Exclusion, ExclusionReason, Grant
from tests.walls.helpers import row_level_security_off
from tests.world import Cast, a_case, a_signal, as_, invited


@pytest.fixture
def case(cast: Cast) -> Case:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.pieter, cast.wilma)
    return case


def keep_away(case: Case, person: User, by: User) -> None:
    with as_(by) as (actor, _):
        exclusions.exclude(case.dossier_id, person.pk, ExclusionReason.NEIGHBOUR, by=actor)


def what_is_there(case: Case, person: User) -> tuple[Any, ...]:
    """Everything through which a person could learn of a case."""
    with as_(person) as (by, _):
        try:
            opened: object = open_case(case.pk, by=by).pk
        except NotKnown:
            opened = None
        listed = [row.pk for row in case_rows(by=by).rows if row.pk == case.pk]
        found = [hit.pk for hit in search("Fam", by=by) if hit.pk == case.pk]
        log = AuditEntry.objects.filter(dossiers__contains=[case.dossier_id]).count()
        return opened, listed, found, Grant.objects.filter(content_object=case.dossier_id).count(), log


NOTHING = (None, [], [], 0, 0)


def test_who_is_excluded_has_nothing_of_the_dossier_in_lists_search_counts_and_log(cast: Cast, case: Case) -> None:
    assert what_is_there(case, cast.pieter)[0] == case.pk
    keep_away(case, cast.pieter, by=cast.rosa)
    assert what_is_there(case, cast.pieter) == NOTHING
    assert what_is_there(case, cast.wilma)[0] == case.pk, "others keep what they had"


def test_the_database_alone_keeps_the_excluded_out(cast: Cast, case: Case) -> None:
    keep_away(case, cast.pieter, by=cast.rosa)
    with as_(cast.pieter):
        assert not Case.objects.filter(pk=case.pk).exists()


def test_the_gate_alone_keeps_the_excluded_out(cast: Cast) -> None:
    with row_level_security_off():
        case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
        invited(case, cast.rosa, cast.pieter)
        keep_away(case, cast.pieter, by=cast.rosa)
        with as_(cast.pieter) as (by, _):
            assert Case.objects.filter(pk=case.pk).exists(), "row level security is on: nothing is tested"
            assert not visible(Case, by=by).filter(pk=case.pk).exists()


def test_what_is_given_to_the_excluded_later_does_not_count_either(cast: Cast, case: Case) -> None:
    keep_away(case, cast.greet, by=cast.rosa)
    parts = [dossiers.part(case.dossier, kind) for kind in (CompartmentKind.COVER, CompartmentKind.TABLE)]
    because = grants.Because("proef", "participation:proef")
    with as_(cast.rosa) as (by, _):
        grants.give(parts, to=[cast.greet.pk], level="view", because=because, by=by)
    assert what_is_there(case, cast.greet) == NOTHING


def test_a_regisseur_who_is_excluded_does_not_direct(cast: Cast, case: Case) -> None:
    keep_away(case, cast.rachid, by=cast.rosa)
    assert what_is_there(case, cast.rachid) == NOTHING
    with as_(cast.rachid) as (by, _):
        assert not grants.directs(case.dossier_id, by=by)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT privacy_shield(%s)", [case.dossier_id])


def test_a_person_can_report_a_tie_and_is_kept_away_at_once(cast: Cast, case: Case) -> None:
    keep_away(case, cast.pieter, by=cast.pieter)
    assert what_is_there(case, cast.pieter) == NOTHING
    with as_(cast.rosa):
        assert Exclusion.objects.get(dossier=case.dossier_id).self_reported


def test_who_has_no_access_can_exclude_nobody_and_learns_nothing_by_trying(cast: Cast, case: Case) -> None:
    for person, about in ((cast.greet, cast.greet), (cast.greet, cast.pieter), (cast.pieter, cast.wilma)):
        with as_(person) as (by, _), pytest.raises(DatabaseError), transaction.atomic():
            exclusions.exclude(case.dossier_id, about.pk, ExclusionReason.OTHER, by=by)
    assert what_is_there(case, cast.pieter)[0] == case.pk


def test_the_excluded_can_neither_see_nor_lift_the_exclusion(cast: Cast, case: Case) -> None:
    keep_away(case, cast.rachid, by=cast.rosa)
    with as_(cast.rosa):
        exclusion = Exclusion.objects.get(dossier=case.dossier_id)
    for person in (cast.rachid, cast.pieter):
        with as_(person) as (by, _):
            assert not Exclusion.objects.exists()
            with pytest.raises(DatabaseError), transaction.atomic():
                exclusions.lift(exclusion, by=by)


def test_lifting_gives_back_what_is_still_valid(cast: Cast, case: Case) -> None:
    before = what_is_there(case, cast.pieter)
    keep_away(case, cast.pieter, by=cast.rosa)
    with as_(cast.rosa) as (by, _):
        exclusions.lift(Exclusion.objects.get(dossier=case.dossier_id), by=by)
    after = what_is_there(case, cast.pieter)
    assert after[:4] == before[:4]


def test_nobody_writes_an_exclusion_or_its_mark_but_through_the_verbs(cast: Cast, case: Case) -> None:
    keep_away(case, cast.pieter, by=cast.rosa)
    with as_(cast.rosa):
        for statement in (
            "UPDATE privacy_exclusion SET ended_at = now()",
            "DELETE FROM privacy_exclusion",
            "UPDATE privacy_grant SET excluded = false",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_a_privacy_officer_who_is_kept_away_finds_nothing_in_the_log(cast: Cast, case: Case) -> None:
    with as_(cast.fatima) as (by, _):
        assert queries.log_of_reference(case.dossier.reference, by=by)
    keep_away(case, cast.fatima, by=cast.rosa)
    with as_(cast.fatima) as (by, _):
        assert queries.log_of_reference(case.dossier.reference, by=by) == []


def test_word_of_a_dossier_does_not_reach_the_excluded(cast: Cast, case: Case) -> None:
    keep_away(case, cast.pieter, by=cast.rosa)
    with as_(cast.wilma):
        reached = exclusions.reachable([cast.pieter.pk, cast.rosa.pk], case.dossier_id)
    assert reached == {cast.rosa.pk}


def test_both_acts_are_in_the_log_without_saying_about_whom(cast: Cast, case: Case, log: Any) -> None:
    keep_away(case, cast.pieter, by=cast.rosa)
    with as_(cast.rosa) as (by, _):
        exclusions.lift(Exclusion.objects.get(dossier=case.dossier_id), by=by)
    for event in ("exclusion.set", "exclusion.lifted"):
        entries = log.changes(event=event)
        assert len(entries) == 2, "the case and its signal"
        assert case.dossier_id in [one for entry in entries for one in entry.dossiers]
        assert all(str(cast.pieter.pk) not in repr(entry.__dict__) for entry in entries)
