"""Who looks like whom: only within what a reader may read, logged, in as many queries however much there is."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import CaseSubject, SubjectKind
from casework.queries import persons
from casework.queries.sameness import guesses, in_dossier, ties_in
from casework.sameness import Band, Written
from casework.services import cases, exclusions
from casework.values import CaseSubjectInput, SubjectInput
from partners.models import User
from privacy.models import ExclusionReason
from privacy.unlock import unlock
from tests.conftest import Log
from tests.sameness.conftest import BORN, Scene, person_in, said
from tests.world import Cast, a_case, a_household, a_member, a_signal, as_, invited

ANJA = Written("A. Bakker", BORN)


def found(person: User, written: Written = ANJA) -> set[str]:
    """As who this person finds somebody in own dossiers."""
    with as_(person) as (by, _):
        [guess] = guesses([written], by=by)
    return {hit.person.name for hit in guess.likely}


def test_who_is_typed_is_found_in_the_readers_own_cases_with_reasons(cast: Cast, scene: Scene) -> None:
    with as_(cast.rosa) as (by, _):
        [guess] = guesses([ANJA], by=by)
    first, second = guess.likely
    assert (first.person.name, first.judged.band) == ("Anja Bakker", Band.PROBABLE)
    assert first.judged.codes == ["born", "surname", "initial"]
    assert (second.person.name, second.judged.codes[1]) == ("Anja de Vries-Bakker", "surname_part")
    assert first.person.page_pk == scene.other.pk


@pytest.mark.parametrize("who", ["victor", "greet", "petra", "otto", "wout"])
def test_somebody_elsewhere_finds_nobody(cast: Cast, scene: Scene, who: str) -> None:
    assert found(cast.people[who]) == set()


def test_a_partner_finds_only_people_of_its_own_dossiers(cast: Cast, scene: Scene) -> None:
    invited(scene.one, cast.rosa, cast.wilma)
    assert found(cast.wilma) == {"Anja de Vries-Bakker"}
    assert found(cast.wilma, Written("Piet Voorbeeld", BORN)) == {"Piet Voorbeeld"}, "of the signal it handed in"
    assert found(cast.greet, Written("Piet Voorbeeld", BORN)) == set()


def test_access_that_ends_ends_what_is_found(cast: Cast, scene: Scene) -> None:
    invited(scene.one, cast.rosa, cast.wilma)
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(scene.one.dossier_id, cast.wilma, ExclusionReason.WORK, by=by)
    assert found(cast.wilma) == set()


def test_the_look_is_logged_with_every_dossier_that_was_opened(cast: Cast, scene: Scene, log: Log) -> None:
    found(cast.rosa)
    [look] = log.looks(event="same.looked", actor_id=cast.rosa.pk)
    assert {scene.one.dossier_id, scene.other.dossier_id} <= set(look.dossiers)
    assert "Bakker" not in str(look.__dict__)


def test_nobody_typed_opens_nothing(cast: Cast, scene: Scene, log: Log) -> None:
    with as_(cast.rosa) as (by, ring):
        assert guesses([], by=by) == []
        assert not ring.compartments()
    assert not log.looks(event="same.looked")


def test_only_the_newest_dossiers_are_opened(cast: Cast, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(persons, "MOST", 1)
    assert found(cast.rosa) == {"Anja Bakker"}


def test_at_triage_a_signal_is_held_to_cases_and_signals_of_its_table(cast: Cast, scene: Scene) -> None:
    subject = SubjectInput(SubjectKind.PERSON, "Anja Baker", date(1981, 12, 3))
    signal = a_signal(cast.pieter, cast.overlast, subjects=(subject,))
    a_case(cast.victor, a_signal(cast.pieter, cast.jeugd, subjects=(subject,)), short_name="Jeugd")
    with as_(cast.rosa) as (by, _):
        unlock([signal.dossier_id], by=by)
        [looked] = in_dossier(signal.dossier_id, table_id=cast.overlast.pk, by=by)
    assert looked.person.name == "Anja Baker"
    assert {hit.person.name for hit in looked.likely} == {"Anja Bakker", "Anja de Vries-Bakker"}
    assert looked.likely[0].judged.codes[0] == "born_swapped"


def test_twins_in_one_case_are_never_likely_and_their_company_does_not_count(cast: Cast, scene: Scene) -> None:
    born = date(2011, 4, 5)
    for name in ("Sem Wolters", "Bo Wolters"):
        person_in(scene.one, cast.rosa, name, birth_date=born, address="Lindelaan 14, 7899 AB")
    with as_(cast.rosa) as (by, _):
        unlock([scene.one.dossier_id], by=by)
        looked = in_dossier(scene.one.dossier_id, by=by)
    for one in looked:
        for hit in one.likely:
            if {one.person.name, hit.person.name} == {"Sem Wolters", "Bo Wolters"}:
                assert hit.judged.band != Band.PROBABLE
                assert "company" not in hit.judged.codes


def test_a_signal_that_is_bundled_in_a_case_does_not_show_its_people_once_more(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), a_signal(cast.pieter, cast.overlast))
    piet = Written("Piet Voorbeeld", BORN)
    with as_(cast.rosa) as (by, _):
        [guess] = guesses([piet], by=by)
    assert [hit.person.kind for hit in guess.likely] == ["signaal", "signaal"], "the case itself names nobody"
    person_in(case, cast.rosa, "P. Voorbeeld")
    with as_(cast.rosa) as (by, _):
        [guess] = guesses([piet], by=by)
        assert in_dossier(case.dossier_id, by=by) == ()
    assert [hit.person.kind for hit in guess.likely] == ["casus"]


@pytest.mark.parametrize("role", ["typed", "in_dossier"])
def test_as_many_queries_for_ten_dossiers_as_for_one(cast: Cast, role: str) -> None:
    def counted() -> int:
        with as_(cast.rosa) as (by, _):
            unlock([case.dossier_id], by=by)
            with CaptureQueriesContext(connection) as queries:
                if role == "typed":
                    guesses([ANJA], by=by)
                else:
                    in_dossier(case.dossier_id, by=by)
        return len(queries)

    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    person_in(case, cast.rosa, "Anja Bakker")
    few = counted()
    for number in range(10):
        more = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name=f"Nr {number}")
        person_in(more, cast.rosa, f"Anja{number} Bakker", birth_date=timezone.localdate())
    assert counted() == few
    assert few <= 16


def test_as_many_queries_for_ten_ties_as_for_one(cast: Cast, scene: Scene) -> None:
    def counted() -> int:
        with as_(cast.rosa) as (by, _):
            unlock([scene.one.dossier_id], by=by)
            with CaptureQueriesContext(connection) as queries:
                ties_in(scene.one.dossier_id, by=by)
        return len(queries)

    said(scene.anja, scene.bakker, cast.rosa)
    few = counted()
    for number in range(10):
        said(scene.anja, person_in(scene.other, cast.rosa, f"Anja{number} Bakker"), cast.rosa)
    assert counted() == few
    assert few <= 14


def test_somebody_of_a_household_is_found_elsewhere_and_never_as_a_twin_in_the_own_case(cast: Cast) -> None:
    one, other = (a_case(cast.rosa, a_signal(cast.wilma, cast.overlast, subjects=())) for _ in range(2))
    invited(one, cast.rosa, cast.carla)
    a_household(one, cast.rosa, cast.carla, a_member("Anja Bakker", born=BORN))
    for case, kinds in ((one, set()), (other, {"gezin"})):
        with as_(cast.rosa) as (by, _):
            unlock([case.dossier_id], by=by)
            cases.add_subject(case, CaseSubjectInput(SubjectKind.PERSON, "A. Bakker", birth_date=BORN), by=by)
        with as_(cast.rosa) as (by, _):
            looked = in_dossier(case.dossier_id, by=by)
            assert {hit.person.kind for found in looked for hit in found.likely} - {"casus"} == kinds
        with as_(cast.rosa) as (by, _):
            for subject in CaseSubject.objects.filter(case=case):
                cases.remove_subject(case, subject, by=by)
