"""The background reminds once: of a term that nears or is over, of a source that is silent, of a re-check."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework import later  # noqa: F401  # registers the handlers
from casework.models import Case, CaseSubject, RightsQuestion, RightsRequest
from casework.rights_rules import months_after, stage, terms
from casework.services import informing
from casework.services.informing import Waiting
from casework.services.rights import admitting, reminding
from casework.services.rights.releasing import refuse
from partners.notices import SOMETHING_WAITS
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.models.job import Job
from privacy.unlock import unlock
from tests.conftest import Log
from tests.rights.scene import a_home, answered, collected, identified, registered
from tests.world import Cast, as_

TODAY = timezone.localdate()


def told(day: date) -> list[object]:
    """Who gets a mail in the morning of this day."""
    now = timezone.make_aware(datetime.combine(day, time(7, 10)))
    Job.objects.filter(kind=SOMETHING_WAITS).delete()
    by = system_actor("herinneren")
    with acting(by):
        reminding.morning(now=now, today=day, by=by)
    return sorted(Job.objects.filter(kind=SOMETHING_WAITS).values_list("subject_id", flat=True))


@contextmanager
def desk(cast: Cast, request: RightsRequest) -> Iterator[object]:
    with as_(cast.conny) as (by, _):
        unlock([request.dossier_id], by=by)
        yield by


@pytest.mark.parametrize(
    ("left", "said"), [(8, ""), (7, "week"), (2, "week"), (1, "day"), (0, "day"), (-1, "over"), (-90, "over")]
)
def test_the_stages_of_a_term(left: int, said: str) -> None:
    assert stage(TODAY + timedelta(days=left), TODAY) == said


def test_a_term_is_reminded_of_a_week_and_a_day_before_and_when_it_is_over_each_once(cast: Cast, log: Log) -> None:
    registered(cast)
    term = months_after(TODAY, 1)
    mails = {left: told(term - timedelta(days=left)) for left in (8, 7, 6, 2, 1, 0, -1, -2)}
    assert {left: bool(people) for left, people in mails.items()} == {
        8: False, 7: True, 6: False, 2: False, 1: True, 0: False, -1: True, -2: False,
    }  # fmt: skip
    assert mails[7] == [cast.conny.pk]
    assert len(log.changes(event="rights.term_told")) == 3


def test_a_morning_that_was_missed_says_what_is_due_and_not_what_was(cast: Cast) -> None:
    registered(cast)
    assert told(months_after(TODAY, 1) + timedelta(days=5)) == [cast.conny.pk]
    assert told(months_after(TODAY, 1) + timedelta(days=5)) == []


def test_a_longer_term_is_reminded_of_anew_and_what_ended_never(cast: Cast) -> None:
    request = identified(cast, registered(cast))
    first = months_after(TODAY, 1)
    assert told(first - timedelta(days=7))
    with desk(cast, request) as by:
        admitting.extend(request, "Veel dossiers.", today=TODAY, now=timezone.now(), by=by)  # type: ignore[arg-type]
    assert not told(first + timedelta(days=1))
    new = terms(TODAY, extended=True, police=False).answer_on
    assert told(new - timedelta(days=7)) == [cast.conny.pk]
    with desk(cast, request) as by:
        refuse(request, "avg_12_5", "", now=timezone.now(), today=TODAY, by=by)  # type: ignore[arg-type]
    assert not told(new + timedelta(days=1))


def test_a_source_that_is_silent_is_told_and_so_is_the_desk_once(cast: Cast, log: Log) -> None:
    a_home(cast)
    request = collected(cast)
    answered(cast, request, cast.wilma)
    with desk(cast, request):
        due = RightsQuestion.objects.get(organisation=cast.politie).due_on
    assert told(due) == []
    people = told(due + timedelta(days=1))
    assert cast.pieter.pk in people
    assert cast.conny.pk in people
    assert cast.wilma.pk not in people, "who answered is left alone"
    assert log.changes(event="rights.silence_told")
    assert cast.pieter.pk not in told(due + timedelta(days=2))


def waiting_case(cast: Cast) -> tuple[Case, CaseSubject]:
    case = a_home(cast).case
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        subject = CaseSubject.objects.filter(case=case)[0]
        postponed(case, subject, TODAY + timedelta(days=20), by, cast)
    return case, subject


def postponed(case: Case, subject: CaseSubject, again: date, by: object, cast: Cast) -> None:
    given = Waiting(cast.politie.pk, "crime", "Er loopt een onderzoek.", again)
    informing.postpone(
        case, subject, given, allowed={cast.politie.pk}, now=timezone.now(), today=TODAY, by=by,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_reason_to_wait_is_brought_back_on_its_day_to_who_directs_and_once(cast: Cast, log: Log) -> None:
    case, subject = waiting_case(cast)
    again = TODAY + timedelta(days=20)
    assert cast.rosa.pk not in told(again - timedelta(days=1))
    people = told(again)
    assert cast.rosa.pk in people
    assert cast.pieter.pk not in people
    assert cast.rosa.pk not in told(again + timedelta(days=1))
    assert len(log.changes(event="informing.recheck_told")) == 1
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        postponed(case, subject, TODAY + timedelta(days=40), by, cast)
    assert cast.rosa.pk in told(TODAY + timedelta(days=40))


def test_the_morning_is_asked_for_once_and_its_mail_says_nothing(cast: Cast) -> None:
    for _ in range(2):
        later.rights_morning()
    assert Job.objects.filter(kind=reminding.MORNING).count() == 1


@pytest.mark.parametrize("name", ["rosa", "conny", "fatima", "beheer"])
@pytest.mark.parametrize(
    "call",
    [
        "casework_rights_running()",
        "casework_rights_remind(gen_random_uuid(), 'x')",
        "casework_rights_silent(current_date, now())",
        "casework_informing_again(current_date)",
    ],
)
def test_only_the_system_reminds(cast: Cast, name: str, call: str) -> None:
    with as_(cast.people[name]), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {call}")


def test_nobody_says_that_it_was_said(cast: Cast) -> None:
    request = registered(cast)
    with desk(cast, request), pytest.raises(DatabaseError), transaction.atomic():
        RightsRequest.objects.filter(pk=request.pk).update(reminded=["answer:2030-01-01:over"])
