"""Saying that two people are the same or not, and taking it back: who may, who was first, and that nothing changes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import CaseSubject, Sameness, SamenessVerdict
from casework.queries.persons import one
from casework.queries.sameness import also_known_as, in_dossier, side_by_side, standing, ties_in
from casework.services import cases, exclusions, same, triage
from partners.models import Seat
from privacy import dossiers, grants
from privacy.errors import NotKnown, Refused
from privacy.models import CompartmentKind, ExclusionReason
from privacy.unlock import unlock
from tests.conftest import Log
from tests.prove.behind import past, seen_from_behind
from tests.sameness.conftest import Scene, person_in, said, seated, set_up
from tests.world import Cast, a_case, a_signal, as_, invited


def taken_back(tie: Sameness, person: Any) -> None:
    with as_(person) as (by, _):
        same.undo(tie, now=timezone.now(), by=by)


def names_of(subject: CaseSubject, person: Any) -> set[str]:
    """As who this person finds somebody known."""
    with as_(person) as (by, _):
        return {row.name for row in also_known_as(one("casus", subject.pk, by=by), by=by)}


# --- what it does, and what it leaves alone --------------------------------------------------------


def test_who_directs_sees_both_names_after_a_tie(cast: Cast, scene: Scene) -> None:
    assert names_of(scene.anja, cast.rosa) == {"Anja de Vries-Bakker"}
    tie = said(scene.anja, scene.bakker, cast.rosa)
    assert (tie.verdict, tie.decided_by) == (SamenessVerdict.SAME, cast.rosa.pk)
    assert names_of(scene.anja, cast.rosa) == {"Anja de Vries-Bakker", "Anja Bakker"}
    assert names_of(scene.bakker, cast.rachid) == {"Anja de Vries-Bakker", "Anja Bakker"}


def test_ties_are_followed_from_one_row_to_the_next(cast: Cast, scene: Scene) -> None:
    third = person_in(scene.other, cast.rosa, "A. Bakker")
    said(scene.anja, scene.bakker, cast.rosa)
    said(third, scene.bakker, cast.rachid)
    assert names_of(scene.anja, cast.rosa) == {"Anja de Vries-Bakker", "Anja Bakker", "A. Bakker"}


# What says that something was done: a line for each act. All else must stay as it was.
SAID = ("casework_sameness", "privacy_auditentry", "privacy_auditunsealed", "privacy_rowchange")


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every other table, to the last byte, past every policy."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [row[0] for row in cursor.fetchall() if row[0] not in SAID]
    dumps = past(*(f"SELECT t::text FROM {table} t ORDER BY 1" for table in tables))
    return dict(zip(tables, dumps, strict=True))


@pytest.mark.parametrize("different", [False, True])
def test_saying_so_and_taking_it_back_leave_every_row_as_it_was(cast: Cast, different: bool) -> None:
    with seen_from_behind():
        scene = set_up(cast)
        before = everything()
        assert len(before["casework_casesubject"]) >= 2
        assert before["casework_knownmark"]
        tie = said(scene.anja, scene.bakker, cast.rosa, different=different)
        assert everything() == before
        taken_back(tie, cast.rosa)
        assert everything() == before
        assert past("SELECT verdict FROM casework_sameness WHERE undone_at IS NOT NULL")[0]


# --- what may be said once, and by whom ------------------------------------------------------------


@pytest.mark.parametrize("different", [False, True])
def test_a_second_word_on_the_same_two_is_refused_whoever_says_it(cast: Cast, scene: Scene, different: bool) -> None:
    said(scene.anja, scene.bakker, cast.rosa, different=different)
    for person in (cast.rosa, cast.rachid):
        with pytest.raises(Refused, match="Een collega heeft hier al iets over gezegd"):
            said(scene.bakker, scene.anja, person, different=not different)


def test_taking_back_twice_is_refused_and_something_new_may_be_said_after(cast: Cast, scene: Scene) -> None:
    tie = said(scene.anja, scene.bakker, cast.rosa)
    taken_back(tie, cast.rachid)
    with pytest.raises(Refused, match="al ongedaan gemaakt"):
        taken_back(tie, cast.rosa)
    assert names_of(scene.anja, cast.rosa) == {"Anja de Vries-Bakker"}
    assert said(scene.anja, scene.bakker, cast.rosa, different=True).verdict == SamenessVerdict.DIFFERENT


def test_the_database_holds_one_word_on_two_people(cast: Cast, scene: Scene) -> None:
    tie = said(scene.anja, scene.bakker, cast.rosa)
    with as_(cast.rosa), pytest.raises(DatabaseError, match="casework_same_once"), transaction.atomic():
        tie.pk = None
        Sameness(**{f.attname: getattr(tie, f.attname) for f in Sameness._meta.concrete_fields if f.name != "id"}).save(
            force_insert=True
        )


def test_nobody_is_the_same_as_itself(cast: Cast, scene: Scene) -> None:
    with as_(cast.rosa) as (by, _), pytest.raises(NotKnown):
        side_by_side(("casus", scene.anja.pk), ("casus", scene.anja.pk), by=by)


def test_a_participant_in_both_cases_says_nothing(cast: Cast, scene: Scene) -> None:
    invited(scene.one, cast.rosa, cast.wilma)
    invited(scene.other, cast.rosa, cast.wilma)
    with pytest.raises(Refused, match="Alleen wie de regie heeft"):
        said(scene.anja, scene.bakker, cast.wilma)
    tie = said(scene.anja, scene.bakker, cast.rosa)
    with pytest.raises(Refused, match="Alleen wie de regie heeft"):
        taken_back(tie, cast.wilma)


@pytest.mark.parametrize("who", ["victor", "greet", "wilma", "otto", "fatima"])
def test_who_may_not_read_both_finds_nothing_to_compare(cast: Cast, scene: Scene, who: str) -> None:
    invited(scene.one, cast.rosa, cast.wilma)
    with as_(cast.people[who]) as (by, _), pytest.raises(NotKnown):
        side_by_side(("casus", scene.anja.pk), ("casus", scene.bakker.pk), by=by)


def test_an_unknown_kind_or_a_guessed_key_is_not_known(cast: Cast, scene: Scene) -> None:
    with as_(cast.rosa) as (by, _):
        for pair in ((("casus", scene.anja.pk), ("lijst", scene.bakker.pk)), (("signaal", scene.anja.pk),) * 2):
            with pytest.raises(NotKnown):
                side_by_side(*pair, by=by)
        with pytest.raises(NotKnown):
            one("lijst", scene.anja.pk, by=by)


# --- it shows nobody more than they may see --------------------------------------------------------


def test_a_partner_finds_only_the_rows_it_reads_and_never_the_tie(cast: Cast, scene: Scene) -> None:
    invited(scene.one, cast.rosa, cast.wilma, cast.pieter)
    invited(scene.other, cast.rosa, cast.pieter)
    said(scene.anja, scene.bakker, cast.rosa)
    assert names_of(scene.anja, cast.wilma) == {"Anja de Vries-Bakker"}
    assert names_of(scene.anja, cast.pieter) == {"Anja de Vries-Bakker"}
    for person in (cast.wilma, cast.pieter):
        with as_(person) as (by, _):
            assert not Sameness.objects.exists()
            assert not standing([scene.anja.pk], by=by)


@pytest.fixture
def two_tables(cast: Cast) -> Scene:
    """Rosa directs both tables, Rachid only the first, Victor only the second; Anja stands at each."""
    seated(cast.rosa, cast.jeugd)
    first = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    second = a_case(cast.victor, a_signal(cast.pieter, cast.jeugd), short_name="Jeugd")
    anja = person_in(first, cast.rosa, "Anja de Vries-Bakker")
    return Scene(first, second, anja, person_in(second, cast.victor, "Anja Bakker"))


def test_the_regisseur_of_another_table_learns_nothing_of_the_tie(cast: Cast, two_tables: Scene) -> None:
    tie = said(two_tables.anja, two_tables.bakker, cast.rosa)
    assert names_of(two_tables.anja, cast.rosa) == {"Anja de Vries-Bakker", "Anja Bakker"}
    assert names_of(two_tables.anja, cast.rachid) == {"Anja de Vries-Bakker"}
    assert names_of(two_tables.bakker, cast.victor) == {"Anja Bakker"}
    for person in (cast.rachid, cast.victor):
        with as_(person):
            assert not Sameness.objects.exists(), "the database itself asks for both sides"
        with pytest.raises(Refused):
            taken_back(tie, person)


def test_when_access_to_one_side_ends_the_tie_is_gone_at_once(cast: Cast, two_tables: Scene) -> None:
    said(two_tables.anja, two_tables.bakker, cast.rosa)
    seat = Seat.objects.get(user=cast.rosa, table=cast.jeugd)
    with as_(cast.beheer) as (by, _):
        seat.ended_at = timezone.now()
        seat.save()
        grants.end(f"seat:{seat.pk}", by=by)
    assert names_of(two_tables.anja, cast.rosa) == {"Anja de Vries-Bakker"}
    with as_(cast.rosa) as (by, _):
        assert not Sameness.objects.exists()
        with pytest.raises(NotKnown):
            one("casus", two_tables.bakker.pk, by=by)


def test_who_is_kept_away_from_one_side_finds_no_tie(cast: Cast, scene: Scene) -> None:
    said(scene.anja, scene.bakker, cast.rosa)
    with as_(cast.rachid) as (by, _):
        exclusions.exclude(scene.other.dossier_id, cast.rosa, ExclusionReason.WORK, by=by)
    assert names_of(scene.anja, cast.rosa) == {"Anja de Vries-Bakker"}
    with as_(cast.rosa):
        assert not Sameness.objects.exists()
    assert names_of(scene.anja, cast.rachid) == {"Anja de Vries-Bakker", "Anja Bakker"}


def test_when_the_other_case_closes_its_name_is_no_longer_there(cast: Cast, scene: Scene) -> None:
    said(scene.anja, scene.bakker, cast.rosa)
    with as_(cast.rosa) as (by, _):
        unlock([scene.other.dossier_id], by=by)
        outcome = cases.theme_version(scene.other.theme, scene.other.theme_version).close_outcomes[0].code
        cases.close(scene.other, outcome, "Klaar.", now=timezone.now(), by=by)
    assert names_of(scene.anja, cast.rosa) == {"Anja de Vries-Bakker"}


def test_the_database_lets_nobody_write_a_tie_to_what_they_do_not_read(cast: Cast, two_tables: Scene) -> None:
    tie = said(two_tables.anja, two_tables.bakker, cast.rosa)
    taken_back(tie, cast.rosa)
    kept = {f.attname: getattr(tie, f.attname) for f in Sameness._meta.concrete_fields if f.name != "id"}
    home = {"dossier_id": two_tables.one.dossier_id}
    home["compartment_id"] = dossiers.part(two_tables.one.dossier, CompartmentKind.REGIE).pk
    with as_(cast.rachid), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Sameness(**{**kept, **home, "undone_at": None, "undone_by": None}).save(force_insert=True)


# --- what goes away goes away ----------------------------------------------------------------------


def ties_left() -> int:
    return Sameness.objects.using("maintenance").count()


def test_who_is_taken_out_of_a_case_takes_the_ties_along(cast: Cast, scene: Scene) -> None:
    said(scene.anja, scene.bakker, cast.rosa)
    with as_(cast.rosa) as (by, _):
        unlock([scene.other.dossier_id], by=by)
        cases.remove_subject(scene.other, scene.bakker, by=by)
        assert not Sameness.objects.exists()


def test_a_rejected_signal_takes_along_what_was_said_of_its_people(cast: Cast) -> None:
    one_signal, other = a_signal(cast.pieter, cast.overlast), a_signal(cast.wilma, cast.overlast)
    with as_(cast.rosa) as (by, _):
        unlock([one_signal.dossier_id, other.dossier_id], by=by)
        rows = [signal.subjects.get().pk for signal in (one_signal, other)]
        pair = side_by_side(("signaal", rows[0]), ("signaal", rows[1]), by=by)
        same.say_same(pair, now=timezone.now(), by=by)
        triage.reject(one_signal, "te_weinig", now=timezone.now(), by=by)
        assert not Sameness.objects.exists()


def test_the_tie_of_a_colleague_that_one_may_not_see_does_not_stop_a_rejection(cast: Cast) -> None:
    seated(cast.rosa, cast.jeugd)
    here, there = a_signal(cast.pieter, cast.overlast), a_signal(cast.pieter, cast.jeugd)
    with as_(cast.rosa) as (by, _):
        unlock([here.dossier_id, there.dossier_id], by=by)
        rows = [signal.subjects.get().pk for signal in (here, there)]
        same.say_same(side_by_side(("signaal", rows[0]), ("signaal", rows[1]), by=by), now=timezone.now(), by=by)
    for person, signal in ((cast.rachid, here), (cast.victor, there)):
        with as_(person) as (by, _):
            unlock([signal.dossier_id], by=by)
            assert not Sameness.objects.exists()
            triage.reject(signal, "te_weinig", now=timezone.now(), by=by)


# --- what is kept and what the log says ------------------------------------------------------------


def test_nothing_of_anybody_is_kept_but_codes(cast: Cast, scene: Scene) -> None:
    tie = said(scene.anja, scene.bakker, cast.rosa)
    stored = " ".join(str(getattr(tie, f.attname)) for f in Sameness._meta.concrete_fields)
    assert "surname_part" in stored
    for word in ("Anja", "Bakker", "Vries", "1981", "Lindelaan", "7899"):
        assert word not in stored


def test_the_log_says_who_compared_who_said_so_and_who_took_it_back(cast: Cast, scene: Scene, log: Log) -> None:
    tie = said(scene.anja, scene.bakker, cast.rosa)
    taken_back(tie, cast.rachid)
    compared = log.looks(event="same.compared", actor_id=cast.rosa.pk)
    assert {scene.one.dossier_id, scene.other.dossier_id} <= set(compared[0].dossiers)
    events = [entry.event for entry in log.changes() if entry.event.startswith("same.")]
    assert events == ["same.said", "same.undone"]


def test_not_the_same_is_never_suggested_again_to_who_directs_and_is_when_it_is_taken_back(
    cast: Cast, scene: Scene
) -> None:
    def suggested(person: Any) -> bool:
        with as_(person) as (by, _):
            unlock([scene.one.dossier_id], by=by)
            looked = in_dossier(scene.one.dossier_id, by=by)
        return any(hit.person.pk == scene.bakker.pk for found in looked for hit in found.likely)

    assert suggested(cast.rosa)
    tie = said(scene.anja, scene.bakker, cast.rachid, different=True)
    assert not suggested(cast.rosa)
    assert not suggested(cast.rachid)
    taken_back(tie, cast.rosa)
    assert suggested(cast.rachid)


def test_what_was_said_stands_with_each_of_the_two(cast: Cast, scene: Scene) -> None:
    said(scene.anja, scene.bakker, cast.rosa)
    for case in (scene.one, scene.other):
        with as_(cast.rosa) as (by, _):
            unlock([case.dossier_id], by=by)
            [(_, found)] = ties_in(case.dossier_id, by=by)
            assert [(tie.same, tie.said_by) for tie in found] == [(True, "Rosa Proef")]
