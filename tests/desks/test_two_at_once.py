"""Two at a desk at the same moment, in real transactions: it happens once, and the other is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.models import RightsRelease
from casework.services.rights.releasing import release
from partners.models import User
from privacy.jobs import perform
from privacy.models import Breach, DestructionLine, HitVerdict, Job, KeepReason, LineState, ReviewHit, ReviewText
from privacy.retention import lists
from privacy.review import changing, judging, ruling
from privacy.unlock import unlock
from tests.commits import committed
from tests.prove.test_two_at_once import at_once
from tests.retention.scene import as_person, due, jobs_done, made, tombstone
from tests.retention.test_destroying import a_case_here
from tests.review.scene import a_taken_case, found, hits, looked
from tests.rights.scene import a_home, answered, collected, judged
from tests.world import Cast, as_

Act = Callable[[], Any]


def does(person: User, act: Callable[[Any], Any]) -> Act:
    """What this person would do."""

    def work() -> None:
        with as_(person) as (by, _):
            act(by)

    return work


@pytest.fixture
def hit(cast: Cast) -> ReviewHit:
    """Greet looked where she does not take part."""

    def act() -> ReviewHit:
        case = a_taken_case(cast, "wilma")
        now = timezone.now()
        looked(cast.greet, case, now)
        found(now + timedelta(minutes=1))
        return hits(cast.fatima, rule="R1", reader_id=cast.greet.pk, dossiers=[case.dossier_id])[0]

    return committed(act)


def texts(cast: Cast, hit: ReviewHit) -> list[str]:
    with as_(cast.fatima) as (by, _):
        row = ReviewHit.objects.select_related("file").get(pk=hit.pk)
        if row.file is None:
            return []
        unlock([row.file.pk], by=by)
        return sorted(ReviewText.objects.filter(hit=row).values_list("kind", flat=True))


def test_one_calls_a_look_right_and_another_calls_it_wrong(cast: Cast, hit: ReviewHit) -> None:
    def says_wrong(by: Any) -> None:
        judging.wrong(hit, "Geen reden om te kijken.", end=True, breach=True, now=timezone.now(), by=by)

    def says_right(by: Any) -> None:
        judging.right([hit], now=timezone.now(), by=by)

    assert at_once(does(cast.fatima, says_wrong), does(cast.faisal, says_right)) == ["Refused", "done"]
    with as_(cast.fatima):
        verdict = ReviewHit.objects.get(pk=hit.pk).verdict
        breaches = Breach.objects.filter(source_id=hit.pk).count()
    assert (verdict, breaches) in {(HitVerdict.WRONG, 1), (HitVerdict.RIGHT, 0)}
    assert texts(cast, hit) == [ReviewText.Kind.EXPLANATION] * breaches


def test_two_ask_the_reader_at_once_and_the_reader_sends_the_answer_twice(cast: Cast, hit: ReviewHit) -> None:
    def asks(by: Any) -> None:
        judging.ask(hit, "Waarom keek u?", manager=None, now=timezone.now(), by=by)

    def answers(by: Any) -> None:
        judging.answer(judging.question(hit.pk, by=by), "Ik verving een collega.", now=timezone.now(), by=by)

    assert at_once(does(cast.fatima, asks), does(cast.faisal, asks)) == ["Refused", "done"]
    assert texts(cast, hit) == [ReviewText.Kind.QUESTION]
    said = at_once(does(cast.greet, answers), does(cast.greet, answers))
    assert said.count("done") == 1, said
    assert texts(cast, hit) == [ReviewText.Kind.ANSWER, ReviewText.Kind.QUESTION]


def test_one_agrees_with_a_change_of_a_rule_while_who_proposed_it_takes_it_back(cast: Cast) -> None:
    rule = ruling.in_force()["R4"]

    def proposes() -> Any:
        with as_(cast.fatima) as (by, _):
            numbers = {name: value + 1 for name, value in rule.values.items()}
            return changing.propose(rule, numbers, active=True, now=timezone.now(), by=by)

    given = committed(proposes)
    before = ruling.in_force()["R4"].values
    said = at_once(
        does(cast.faisal, lambda by: changing.agree(given, now=timezone.now(), by=by)),
        does(cast.fatima, lambda by: changing.drop(given, now=timezone.now(), by=by)),
    )
    assert said.count("done") == 1, said
    with as_(cast.fatima):
        assert "R4" not in changing.proposals()
        assert ruling.in_force()["R4"].values in (before, {name: value + 1 for name, value in before.items()})


def test_two_make_a_list_at_once_and_no_dossier_is_on_both(cast: Cast) -> None:
    cases = [a_case_here(cast) for _ in range(2)]
    due(*(case.dossier_id for case in cases))
    said = at_once(*(does(officer, lambda by: lists.make(by=by)) for officer in (cast.fatima, cast.faisal)))
    assert said.count("done") == 1, said
    with as_(cast.fatima):
        assert [DestructionLine.objects.filter(dossier_id=case.dossier_id).count() for case in cases] == [1, 1]


def test_a_dossier_kept_off_while_the_second_person_agrees_is_kept_or_was_checked(cast: Cast) -> None:
    case = a_case_here(cast)
    due(case.dossier_id)
    found_list = made(cast)
    line = as_person(cast, "fatima", lambda by: lists.lines_of(found_list).get().pk)
    said = at_once(
        does(cast.fatima, lambda by: lists.keep_off(found_list, line, KeepReason.OTHER, by=by)),
        does(cast.faisal, lambda by: lists.check(found_list, by=by)),
    )
    assert "done" in said
    jobs_done()
    state = as_person(cast, "fatima", lambda by: lists.lines_of(found_list).get().state)
    gone = tombstone(case.dossier_id).destroyed_at is not None
    assert (gone, state) in {(True, LineState.DONE), (False, LineState.KEPT)}, said


def test_a_line_that_two_workers_carry_out_goes_once(cast: Cast) -> None:
    case = a_case_here(cast)
    due(case.dossier_id)
    found_list = made(cast)
    as_person(cast, "faisal", lambda by: lists.check(found_list, by=by))
    job = Job.objects.using("maintenance").get(kind=lists.LINE, done_at__isnull=True)
    at_once(*[lambda: perform(job.pk, now=timezone.now())] * 2)
    jobs_done()
    assert tombstone(case.dossier_id).destroyed_at is not None
    ended = as_person(cast, "fatima", lambda by: lists.one_list(found_list.pk))
    assert ended.certificate["destroyed"] == 1


def test_a_request_that_is_answered_twice_at_once_gets_one_answer(cast: Cast) -> None:
    def stage() -> Any:
        home = a_home(cast)
        request = collected(cast)
        for person in (cast.wilma, cast.pieter):
            answered(cast, request, person)
        judged(cast, request, home)
        return request

    request = committed(stage)
    later = timezone.localdate() + timedelta(days=20)

    def gives(by: Any) -> None:
        unlock([request.dossier_id], by=by)
        release(request, "", None, now=timezone.now(), today=later, by=by)

    said = at_once(does(cast.conny, gives), does(cast.conny, gives))
    assert said.count("done") == 1, said
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        assert RightsRelease.objects.filter(request=request).count() == 1
