"""What was found is judged once, by one who may, and what follows on it really follows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from casework.models import Case
from partners.models import User
from privacy import exclusions, grants
from privacy.errors import Refused
from privacy.models import Breach, ExclusionReason, HitVerdict, Job, ReviewHit
from privacy.review import hits as inbox
from privacy.review import judging
from tests.casework.conftest import Browsers, browser, words
from tests.conftest import Log
from tests.review.scene import a_taken_case, found, hits, looked
from tests.world import Cast, as_, canary

__all__ = ["browser"]
QUESTION = "Waarom keek u in dit dossier?"


@pytest.fixture
def case(cast: Cast) -> Case:
    """Wilma takes part; Greet does not, and looks all the same."""
    return a_taken_case(cast, "wilma")


@pytest.fixture
def hit(cast: Cast, case: Case) -> ReviewHit:
    now = timezone.now()
    looked(cast.greet, case, now)
    found(now + timedelta(minutes=1))
    (one,) = hits(cast.fatima, rule="R1", reader_id=cast.greet.pk)
    return one


def seen_by(person: User, hit: ReviewHit) -> ReviewHit:
    """The finding as this person has it open."""
    with as_(person):
        return ReviewHit.objects.select_related("file").get(pk=hit.pk)


def asked(cast: Cast, hit: ReviewHit, manager: User | None = None) -> None:
    with as_(cast.fatima) as (by, _):
        judging.ask(hit, QUESTION, manager=manager.pk if manager else None, now=timezone.now(), by=by)


def test_of_two_officers_who_judge_one_is_told_that_it_was_done(cast: Cast, hit: ReviewHit) -> None:
    with as_(cast.faisal) as (by, _):
        judging.right([hit], now=timezone.now(), by=by)
    with as_(cast.fatima) as (by, _):
        for act in (
            lambda: judging.right([hit], now=timezone.now(), by=by),
            lambda: judging.wrong(hit, "Geen reden.", end=False, breach=False, now=timezone.now(), by=by),
            lambda: judging.ask(hit, QUESTION, manager=None, now=timezone.now(), by=by),
        ):
            with pytest.raises(Refused), transaction.atomic():
                act()
    kept = seen_by(cast.fatima, hit)
    assert (kept.verdict, kept.judged_by) == (HitVerdict.RIGHT, cast.faisal.pk)


def test_a_question_goes_to_the_reader_and_the_answer_comes_back(cast: Cast, hit: ReviewHit, log: Log) -> None:
    asked(cast, hit)
    assert Job.objects.filter(kind="notice.something_waits", subject_id=cast.greet.pk).exists()
    with as_(cast.greet) as (by, _):
        (mine,) = judging.questions(by=by)
        opened = judging.question(mine.pk, by=by)
        assert [note.text for note in inbox.notes(opened)] == [QUESTION]
        judging.answer(opened, "Ik verving een collega.", now=timezone.now(), by=by)
        with pytest.raises(Refused):
            judging.answer(opened, "Nog eens.", now=timezone.now(), by=by)
        assert not judging.questions(by=by)
    for officer in (cast.fatima, cast.faisal):
        with as_(officer) as (by, _):
            back = seen_by(officer, hit)
            assert back.verdict == HitVerdict.ANSWERED
            assert [note.text for note in judging.notes_of(back, by=by)] == [QUESTION, "Ik verving een collega."]
    assert {"review.asked", "review.answered"} <= {entry.event for entry in log.changes()}


def test_the_term_of_an_answer_is_five_working_days(cast: Cast, hit: ReviewHit) -> None:
    asked(cast, hit)
    due = seen_by(cast.fatima, hit).answer_by
    assert due is not None
    assert due - timezone.now() > timedelta(days=6, hours=23)
    with as_(cast.fatima) as (by, _):
        later = inbox.inbox(inbox.Desk.REVIEW, inbox.Wish(rule="R1"), now=due + timedelta(minutes=1), by=by).items
    assert [item.late for item in later] == [True]


def test_nobody_else_reads_the_question(cast: Cast, hit: ReviewHit, browser: Browsers) -> None:
    asked(cast, hit)
    assert words(browser(cast.greet).see("look-explain", hit.pk)).count(QUESTION) == 1
    for name in ("wilma", "rosa", "fatima", "cor", "beheer"):
        assert browser(cast.people[name]).see("look-explain", hit.pk).status_code == 404, name


def test_a_manager_reads_along_and_does_not_answer(cast: Cast, hit: ReviewHit, browser: Browsers) -> None:
    gerda = User.objects.create(email="gerda@proefstad.example", name="Gerda Proef", organisation=cast.ggz)
    asked(cast, hit, gerda)
    page = browser(gerda)
    assert QUESTION in words(page.see("look-explain", hit.pk))
    page.do("look-explain", hit.pk, text="Namens mijn medewerker.")
    assert seen_by(cast.fatima, hit).verdict == HitVerdict.ASKED


def test_a_manager_is_of_the_same_organisation(cast: Cast, hit: ReviewHit) -> None:
    with pytest.raises(Refused):
        asked(cast, hit, cast.pieter)


def test_wrong_ends_the_access_of_that_person_and_opens_the_file_of_a_breach(cast: Cast, case: Case) -> None:
    now = timezone.now()
    looked(cast.wilma, case, now, "export", **{"dossiers": [case.dossier_id] * 1, "trace_id": "a" * 32})
    for number in range(4):
        looked(cast.wilma, case, now, "export", trace_id=f"{number}" * 32)
    found(now + timedelta(minutes=1))
    (one,) = hits(cast.fatima, rule="R9", reader_id=cast.wilma.pk)
    with as_(cast.fatima) as (by, _):
        made = judging.wrong(one, "Vijf uitdraaien zonder reden.", end=True, breach=True, now=now, by=by)
        assert made is not None
        assert Breach.objects.get(pk=made.pk).source_id == one.pk
    assert seen_by(cast.fatima, one).breach_id == made.pk
    with as_(cast.wilma) as (by, _):
        assert not grants.valid(by).filter(content_object=case.dossier_id).exists()


def test_the_last_regisseur_is_not_cut_off_silently(cast: Cast, case: Case) -> None:
    now = timezone.now()
    for number in range(4):
        looked(cast.rosa, case, now, "export", trace_id=f"{number}" * 32)
    found(now + timedelta(minutes=1))
    (one,) = hits(cast.fatima, rule="R9", reader_id=cast.rosa.pk)
    with as_(cast.rachid) as (by, _):
        exclusions.exclude(case.dossier_id, cast.rachid.pk, ExclusionReason.FRIEND, by=by)
    with as_(cast.fatima) as (by, _), pytest.raises(Refused, match="Niemand anders heeft de regie"):
        with transaction.atomic():
            judging.wrong(one, "Zonder reden.", end=True, breach=False, now=now, by=by)
    assert seen_by(cast.fatima, one).verdict == HitVerdict.NONE, "nothing of it stays"


def test_ending_access_is_possible_through_this_judgement_only(cast: Cast, hit: ReviewHit, case: Case) -> None:
    for person in (cast.fatima, cast.rosa, cast.beheer, cast.cor):
        with as_(person), connection.cursor() as cursor, pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("SELECT privacy_review_end(%s, %s)", [hit.pk, case.dossier_id])


def test_an_officer_never_meets_own_looks(cast: Cast, case: Case, browser: Browsers) -> None:
    now = timezone.now()
    looked(cast.faisal, case, now, "log.read")
    found(now + timedelta(minutes=1))
    assert not hits(cast.fatima, reader_id=cast.faisal.pk), "looks of officers are the controller's"
    (one,) = hits(cast.cor, rule="R14", reader_id=cast.faisal.pk)
    assert case.dossier.reference in one.references
    assert browser(cast.faisal).see("privacy-review-hit", one.pk).status_code == 404
    assert browser(cast.fatima).see("officers-review").status_code == 403
    page = browser(cast.cor)
    assert f"Keek {one.times} keer in het logboek" in words(page.see("officers-review"))
    assert page.do("officers-review-hit", one.pk, verdict="right").status_code == 302
    with as_(cast.faisal), connection.cursor() as cursor:
        cursor.execute("SELECT privacy_review_judge(%s, 'right', NULL)", [[one.pk]])
        assert cursor.fetchone()[0] == 0


def test_an_officer_does_not_judge_what_she_is_kept_away_from(cast: Cast, case: Case, hit: ReviewHit) -> None:
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(case.dossier_id, cast.fatima.pk, ExclusionReason.FAMILY, by=by)
    assert not hits(cast.fatima, pk=hit.pk)
    assert hits(cast.faisal, pk=hit.pk)
    with as_(cast.fatima), connection.cursor() as cursor:
        cursor.execute("SELECT privacy_review_judge(%s, 'right', NULL)", [[hit.pk]])
        assert cursor.fetchone()[0] == 0


def test_nobody_writes_a_finding_or_a_verdict_by_hand(cast: Cast, hit: ReviewHit) -> None:
    with as_(cast.fatima):
        for act in (lambda: ReviewHit.objects.filter(pk=hit.pk).update(verdict="right"), lambda: hit.delete()):
            with pytest.raises(ProgrammingError), transaction.atomic():
                act()


def test_the_pages_show_nothing_of_the_case_and_each_look_is_in_the_log(
    cast: Cast, case: Case, hit: ReviewHit, browser: Browsers, log: Log
) -> None:
    page = browser(cast.fatima)
    shown = [words(page.see("privacy-review")), words(page.see("privacy-review-hit", hit.pk))]
    for text in shown:
        assert case.dossier.reference in text or "Las 1 keer in een dossier zonder" in text
        for content in ("Lindelaan", "Piet Voorbeeld", "Fam. V.", "Harde muziek", "Overlast en zorgen"):
            assert content not in text
    looks = log.looks(event="review.read", actor_id=cast.fatima.pk)
    assert [case.dossier_id in entry.dossiers for entry in looks] == [True, True]


def test_what_was_typed_comes_back_and_a_missing_question_is_asked_for(
    cast: Cast, hit: ReviewHit, browser: Browsers
) -> None:
    page = browser(cast.fatima)
    missing = page.do("privacy-review-hit", hit.pk, verdict="asked", text="")
    assert missing.status_code == 422
    assert "Schrijf uw vraag op." in words(missing)
    said = canary("uitleg")
    with as_(cast.faisal) as (by, _):
        judging.right([hit], now=timezone.now(), by=by)
    again = page.do("privacy-review-hit", hit.pk, verdict="wrong", text=said)
    assert again.status_code == 409
    assert judging.GONE in words(again)
    assert said in words(again)


def test_the_inbox_says_how_far_the_judging_is(cast: Cast, hit: ReviewHit, browser: Browsers) -> None:
    with as_(cast.fatima) as (by, _):
        before = inbox.coverage(inbox.Desk.REVIEW, now=timezone.now() + timedelta(days=3), by=by)
        judging.right([hit], now=timezone.now(), by=by)
        after = inbox.coverage(inbox.Desk.REVIEW, now=timezone.now() + timedelta(days=3), by=by)
    assert before.oldest == 3
    assert f"{before.judged} van {before.total} beoordeeld, oudste 3 dagen" == before.sentence
    assert (after.judged, after.total) == (before.judged + 1, before.total)


@pytest.mark.parametrize("name", ["rosa", "wilma", "beheer", "conny", "cor", "iris"])
def test_only_an_officer_has_the_inbox(cast: Cast, name: str, browser: Browsers) -> None:
    page: Any = browser(cast.people[name])
    assert page.see("privacy-review").status_code == 403
    assert page.do("privacy-review-run").status_code == 403
