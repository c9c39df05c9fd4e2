"""Asking for access by number: the answer tells nothing, and only the regisseurs of the case hear of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import AccessRequest, Case, RequestArrival
from casework.queries.asking import asked_for, own_requests
from casework.queries.worklist import worklist
from casework.services import asking, cases
from partners.models import Seat, SecrecyStatement, User
from privacy import exclusions, jobs
from privacy.actor import SYSTEM_ID
from privacy.errors import Refused
from privacy.models import Dossier, ExclusionReason, Grant, Job
from privacy.unlock import unlock
from tests.casework.conftest import Browser, words
from tests.walls.helpers import row_level_security_off
from tests.world import Cast, as_, canary

REASON = "Ik begeleid dit gezin en moet weten wat er loopt."
UNKNOWN = "2026-22222"
Browsers = Callable[[User], Browser]


def typed(number: str, more: dict[str, str] | None = None) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=60)
    return {"number": number, "reason": REASON, "until": f"{day:%d-%m-%Y}"} | (more or {})


def asked(person: User, number: str, reason: str = REASON) -> AccessRequest:
    with as_(person) as (by, _):
        day = timezone.localdate() + timedelta(days=60)
        return asking.ask(number, reason, day, now=timezone.now(), by=by)


def delivered(request: AccessRequest) -> AccessRequest:
    jobs.perform(Job.objects.get(subject_id=request.pk).pk, now=timezone.now())
    assert Job.objects.get(subject_id=request.pk).state == "done"
    return request


def heard(regisseur: User, case: Case) -> list[str]:
    with as_(regisseur) as (by, _):
        return [row.reason for row in asked_for(case.dossier_id, timezone.now(), by=by)]


def test_the_regisseurs_of_the_case_read_who_asks_why_and_until_when(cast: Cast, case: Case) -> None:
    delivered(asked(cast.greet, case.dossier.reference))
    assert heard(cast.rosa, case) == [REASON]
    assert heard(cast.rachid, case) == [REASON]
    assert heard(cast.victor, case) == []
    with as_(cast.rosa) as (by, _):
        assert [item.what for item in worklist(by=by).urgent if "Verzoek" in item.what] == ["Verzoek om toegang"]


def reach(cast: Cast, case: Case, kind: str) -> tuple[User, str]:
    """Somebody and a number, in each way in which asking leads nowhere, or somewhere."""
    if kind == "excluded":
        with as_(cast.rosa) as (by, _):
            exclusions.exclude(case.dossier_id, cast.greet.pk, ExclusionReason.FAMILY, by=by)
    if kind == "other table":
        Seat.objects.filter(user=cast.greet).update(table=cast.jeugd)
        SecrecyStatement.objects.filter(user=cast.greet).update(table=cast.jeugd)
    return cast.greet, UNKNOWN if kind == "unknown" else case.dossier.reference


KINDS = ("known", "unknown", "excluded", "other table")


def what_happens(person: User, number: str, browser: Browsers) -> tuple[list[str], str]:
    """The statements that asking takes, and what the asker reads then, also after the delivery."""
    page, statements = browser(person), []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(re.sub(r"\bs\d+_x\d+", "", sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert page.do("ask-new", **typed(number)).status_code == 302
    before = words(page.see("ask-list"))
    assert "Als dit nummer bij een tafel hoort waaraan u zit, hoort u van de regisseur." in before
    with as_(person):
        delivered(AccessRequest.objects.get(asker=person))
    after = words(page.see("ask-list")).replace(number, "nummer")
    return statements, re.sub(
        r"(verzoek-|toegang/)[0-9a-f-]{36}|name=.csrfmiddlewaretoken.[^>]*|X-CSRFToken[^>]*", "", after
    )


def test_asking_does_and_says_the_same_whatever_the_number_is(cast: Cast, case: Case, browser: Browsers) -> None:
    seen = {}
    for kind in KINDS:
        with transaction.atomic():
            seen[kind] = what_happens(*reach(cast, case, kind), browser)
            transaction.set_rollback(True)
    assert "INSERT" in " ".join(seen["known"][0])
    for kind in KINDS:
        assert seen[kind] == seen["known"], kind


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "known"])
def test_a_request_that_may_not_arrive_reaches_nobody(cast: Cast, case: Case, kind: str) -> None:
    person, number = reach(cast, case, kind)
    delivered(asked(person, number))
    assert heard(cast.rosa, case) == []
    assert not Job.objects.filter(kind="notice.something_waits").exists()


def test_who_asked_can_not_find_out_from_the_database_either(cast: Cast, case: Case) -> None:
    known = delivered(asked(cast.greet, case.dossier.reference))
    unknown = delivered(asked(cast.greet, UNKNOWN))
    with as_(cast.greet):
        for request in (known, unknown):
            dossier = Dossier.objects.get(pk=request.dossier_id)
            assert (dossier.table_id, dossier.theme) == (None, "")
            assert Grant.objects.filter(content_object=dossier).count() == 1
        assert not RequestArrival.objects.exists()


def test_only_the_system_delivers(cast: Cast, case: Case) -> None:
    request = asked(cast.greet, case.dossier.reference)
    for person in (cast.greet, cast.rosa):
        with as_(person), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT casework_request_arrives(%s, %s)", [request.pk, person.pk])
    with as_(cast.greet), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT casework_request_arrives(%s, %s)", [request.pk, SYSTEM_ID])
    assert heard(cast.rosa, case) == []


def test_who_has_access_hears_so_and_nothing_is_sent(cast: Cast, case: Case, browser: Browsers) -> None:
    answer = browser(cast.wilma).do("ask-new", **typed(case.dossier.reference))
    assert answer.status_code == 409
    assert "U hebt al toegang tot deze casus." in words(answer)
    with as_(cast.wilma):
        assert not AccessRequest.objects.exists()


def test_who_sits_at_no_table_can_not_ask(cast: Cast, case: Case, browser: Browsers) -> None:
    answer = browser(cast.otto).do("ask-new", **typed(case.dossier.reference))
    assert answer.status_code == 409
    assert "geen zetel" in words(answer)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"number": ""}, "Vul het nummer van de casus in"),
        ({"number": "S26-7K3QF"}, "Dit is geen nummer van een casus"),
        ({"reason": "Daarom."}, "ten minste één hele zin"),
        ({"until": ""}, "Vul een datum in"),
        ({"until": "1-1-2020"}, "Kies een datum na vandaag"),
        ({"until": "1-1-2090"}, "binnen een jaar"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    cast: Cast, case: Case, browser: Browsers, wrong: dict[str, str], sentence: str
) -> None:
    answer = browser(cast.greet).do("ask-new", **typed(case.dossier.reference, wrong))
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "reason" in wrong or REASON in words(answer)


def test_asked_twice_is_asked_once(cast: Cast, case: Case) -> None:
    first = asked(cast.greet, case.dossier.reference)
    assert asked(cast.greet, case.dossier.reference).pk == first.pk


def test_after_ten_in_a_day_asking_waits_for_tomorrow(cast: Cast, case: Case) -> None:
    for number in range(10):
        asked(cast.greet, f"2026-2222{number}")
    with pytest.raises(Refused, match="tien verzoeken"):
        asked(cast.greet, case.dossier.reference)
    assert asked(cast.pieter, case.dossier.reference).pk, "everybody has ten of their own"


def test_a_request_expires_by_itself(cast: Cast, case: Case, time_machine: Any) -> None:
    request = delivered(asked(cast.greet, case.dossier.reference))
    time_machine.move_to(timezone.now() + timedelta(days=30, seconds=1))
    assert heard(cast.rosa, case) == []
    with as_(cast.greet) as (by, _):
        assert own_requests(timezone.now(), by=by)[0].label == "Verlopen"
        with pytest.raises(Refused):
            asking.withdraw(request, now=timezone.now(), by=by)


def test_one_takes_back_one_s_own_request_and_nobody_else_s(cast: Cast, case: Case, browser: Browsers) -> None:
    request = delivered(asked(cast.greet, case.dossier.reference))
    assert browser(cast.pieter).do("ask-withdraw", request.pk).status_code == 404
    assert browser(cast.rosa).do("ask-withdraw", request.pk).status_code == 403
    assert browser(cast.greet).do("ask-withdraw", request.pk).status_code == 302
    assert heard(cast.rosa, case) == []
    assert browser(cast.greet).do("ask-withdraw", request.pk).status_code == 403


def test_each_wall_alone_keeps_the_reason_from_others(cast: Cast, case: Case) -> None:
    request = delivered(asked(cast.greet, case.dossier.reference))
    for person in (cast.wilma, cast.pieter, cast.victor, cast.fatima):
        with as_(person):
            assert not AccessRequest.objects.filter(pk=request.pk).exists(), "the database, without the gate"
    with row_level_security_off():
        for person in (cast.wilma, cast.pieter, cast.victor, cast.fatima):
            assert heard(person, case) == [], "the gate, without the database"


def test_a_regisseur_who_is_kept_away_does_not_hear_of_a_request(cast: Cast, case: Case) -> None:
    request = delivered(asked(cast.greet, case.dossier.reference))
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(case.dossier_id, cast.rachid.pk, ExclusionReason.FRIEND, by=by)
    assert heard(cast.rachid, case) == []
    with as_(cast.rachid):
        assert not AccessRequest.objects.filter(pk=request.pk).exists()


def test_the_mail_and_the_log_hold_nothing_of_it(cast: Cast, case: Case, log: Any) -> None:
    secret = canary("reden")
    delivered(asked(cast.greet, case.dossier.reference, f"{REASON} {secret}"))
    for job in Job.objects.filter(done_at__isnull=True):
        jobs.perform(job.pk, now=timezone.now())
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        assert secret not in message.body
        assert case.dossier.reference not in message.body
    (entry,) = log.changes(event="access.asked")
    assert secret not in repr(entry.__dict__)
    assert case.dossier.reference not in repr(entry.__dict__)


def test_a_request_about_a_case_that_closed_meanwhile_reaches_nobody(cast: Cast, case: Case) -> None:
    request = asked(cast.greet, case.dossier.reference)
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        outcome = cases.theme_version(case.theme, case.theme_version).close_outcomes[0].code
        cases.close(case, outcome, "Klaar.", now=timezone.now(), by=by)
    delivered(request)
    assert heard(cast.rosa, case) == []
