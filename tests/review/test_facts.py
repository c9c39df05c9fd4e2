"""What the database tells the rules: flags, ties, seats, closing, and who may write or read any of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from casework.models import SubjectKind
from casework.services import cases
from casework.values import CaseSubjectInput
from partners.models import Seat, User
from privacy.models import DossierFlag, ReviewHit, ReviewRun, ReviewSample, ReviewTie
from privacy.review import evaluating, flags, sampling
from privacy.unlock import unlock
from tests.casework.conftest import Browsers, browser, words
from tests.conftest import Log
from tests.review.scene import a_taken_case, found, hits, looked
from tests.world import Cast, as_

__all__ = ["browser"]
LATER = timedelta(minutes=1)


def test_a_flag_is_set_by_the_regie_and_seen_by_nobody_else(cast: Cast, browser: Browsers) -> None:
    case, now = a_taken_case(cast, "wilma"), timezone.now()
    page = browser(cast.rosa)
    assert page.do("case-flag", case.pk, code="bestuurder").status_code == 302
    assert page.do("case-flag", case.pk, code="bekend").status_code == 409, "once"
    assert "Bestuurder of raadslid" in words(page.see("case-flag", case.pk))
    with as_(cast.wilma):
        assert not DossierFlag.objects.exists()
    assert browser(cast.wilma).see("case-flag", case.pk).status_code == 403
    looked(cast.wilma, case, now + timedelta(seconds=30))
    found(now + LATER)
    (hit,) = hits(cast.fatima, rule="R4", reader_id=cast.wilma.pk)
    assert hit.references == [case.dossier.reference]
    page.do("case-flag-end", case.pk)
    with as_(cast.rosa) as (by, _):
        assert flags.flag_of(case.dossier, by=by) is None


def test_a_shared_surname_is_noted_without_a_word_in_the_log(cast: Cast, browser: Browsers, log: Log) -> None:
    case, now = a_taken_case(cast, "wilma"), timezone.now()
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        cases.add_subject(case, CaseSubjectInput(SubjectKind.PERSON, "Karel Zwaluwstaart"), by=by)
    User.objects.filter(pk=cast.wilma.pk).update(name="Wilma Zwaluwstaart")
    for name in ("wilma", "rosa"):
        browser(cast.people[name]).see("case-subjects", case.pk)
    looked(cast.wilma, case, now)
    looked(cast.rosa, case, now)
    found(now + LATER)
    (hit,) = hits(cast.fatima, rule="R5", dossiers__contains=[case.dossier_id])
    assert hit.reader_id == cast.wilma.pk
    page = words(browser(cast.fatima).see("privacy-review-hit", hit.pk))
    assert "misschien een persoonlijke band" in page
    assert "achternaam" not in page
    assert not [entry for entry in [*log.looks(), *log.changes()] if "tie" in entry.object_type]


def test_nobody_reads_the_ties_or_gathers_the_facts(cast: Cast) -> None:
    for name in ("fatima", "rosa", "cor", "beheer"):
        with as_(cast.people[name]), connection.cursor() as cursor:
            with pytest.raises(ProgrammingError), transaction.atomic():
                ReviewTie.objects.count()
            for call in (
                "privacy_review_looks(now(), now(), '{}')",
                "privacy_review_past(now(), now(), '{}', 'UTC')",
                "privacy_review_keep('[]', '{}')",
                "privacy_review_hold()",
            ):
                with pytest.raises(ProgrammingError), transaction.atomic():
                    cursor.execute(f"SELECT {call}")


def test_who_gave_up_the_seat_and_reads_is_found(cast: Cast) -> None:
    case, now = a_taken_case(cast, "wilma"), timezone.now()
    looked(cast.wilma, case, now - timedelta(seconds=20))
    Seat.objects.filter(user=cast.wilma).update(ended_at=now)
    looked(cast.wilma, case, now + timedelta(seconds=20))
    found(now + LATER)
    (hit,) = hits(cast.fatima, rule="R12", reader_id=cast.wilma.pk)
    assert hit.times == 1


def test_more_of_the_same_on_a_judged_day_is_a_finding_beside_it(cast: Cast) -> None:
    case, now = a_taken_case(cast, "wilma"), timezone.now()
    looked(cast.greet, case, now)
    found(now + LATER)
    with as_(cast.fatima), connection.cursor() as cursor:
        (first,) = ReviewHit.objects.filter(rule="R1", reader_id=cast.greet.pk)
        cursor.execute("SELECT privacy_review_judge(%s, 'right', NULL)", [[first.pk]])
    found(now + LATER)
    assert len(hits(cast.fatima, rule="R1", reader_id=cast.greet.pk)) == 1
    looked(cast.greet, case, now + timedelta(seconds=5))
    found(now + 2 * LATER)
    assert [(hit.number, hit.verdict) for hit in hits(cast.fatima, rule="R1", reader_id=cast.greet.pk)] == [
        (1, "right"),
        (2, ""),
    ]


def test_a_run_that_was_killed_leaves_nothing_and_is_simply_done_anew(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, now = a_taken_case(cast, "wilma"), timezone.now()
    looked(cast.greet, case, now)
    with monkeypatch.context() as patch, pytest.raises(RuntimeError), transaction.atomic():
        patch.setattr("privacy.review.evaluating.record.change", _killed)
        found(now + LATER)
    with as_(cast.fatima):
        assert not ReviewRun.objects.filter(until__gte=now).exists()
    found(now + LATER)
    assert len(hits(cast.fatima, rule="R1", reader_id=cast.greet.pk)) == 1


def _killed(*given: object, **named: object) -> None:
    raise RuntimeError


def test_a_week_is_drawn_once_and_its_seed_draws_the_same_lines_again(cast: Cast) -> None:
    case, now = a_taken_case(cast, "wilma"), timezone.now()
    week = sampling.last_week(timezone.localdate(now))
    begin = evaluating.midnight(week) + timedelta(hours=10)
    for number in range(30):
        looked(cast.wilma, case, begin + timedelta(minutes=number))
    assert sampling.draw(week, now=now) >= 10
    assert sampling.draw(week, now=now) == 0
    lines = hits(cast.fatima, rule="sample", organisation_id=cast.corporatie.pk, reader_id=cast.wilma.pk)
    assert len(lines) == 10
    with as_(cast.fatima):
        sample = ReviewSample.objects.get(week=week)
    assert {line.about_id for line in lines} <= sampling.drawn_again(sample)


def test_lines_of_one_reader_and_dossier_are_judged_together(cast: Cast, browser: Browsers) -> None:
    test_a_week_is_drawn_once_and_its_seed_draws_the_same_lines_again(cast)
    mine = hits(cast.fatima, rule="sample", reader_id=cast.wilma.pk)
    page = browser(cast.fatima)
    assert "Nog 9 uit de steekproef" in words(page.see("privacy-review-hit", mine[0].pk))
    page.do("privacy-review-hit", mine[0].pk, verdict="right", also="on")
    assert {hit.verdict for hit in hits(cast.fatima, rule="sample", reader_id=cast.wilma.pk)} == {"right"}


def test_the_reader_finds_the_question_on_the_home_page(cast: Cast, browser: Browsers) -> None:
    case, now = a_taken_case(cast, "wilma"), timezone.now()
    looked(cast.greet, case, now)
    found(now + LATER)
    (hit,) = hits(cast.fatima, rule="R1", reader_id=cast.greet.pk)
    assert "Vraag over wat u bekeek" not in words(browser(cast.greet).see("home"))
    assert browser(cast.fatima).do("privacy-review-hit", hit.pk, verdict="asked", text="Waarom?").status_code == 302
    assert "Vraag over wat u bekeek" in words(browser(cast.greet).see("home"))
