"""Telling a person, or waiting with a reason: for who directs the case; and numbers for the privacy officer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.informing_terms import months_later
from casework.models import Case, CaseSubject, Postponement, SubjectTold
from casework.queries.informing import register
from partners.models import User
from privacy import exclusions
from privacy.models import ExclusionReason
from tests.casework.conftest import Browser, words
from tests.world import Cast, as_, canary, invited

Browsers = Callable[[User], Browser]
REMINDER = "Betrokkene informeren"


def typed(day: date) -> str:
    return f"{day:%d-%m-%Y}"


@pytest.fixture
def piet(case: Case, cast: Cast) -> CaseSubject:
    """The one person of the case."""
    with as_(cast.rosa):
        return CaseSubject.objects.get(case=case, kind="person")


def waiting(cast: Cast, **more: str) -> dict[str, str]:
    start = {
        "organisation": str(cast.gemeente.pk), "reason": "protection", "explanation": "Zij loopt gevaar.",
        "recheck_on": typed(timezone.localdate() + timedelta(days=30)),
    }  # fmt: skip
    return start | more


def telling(**more: str) -> dict[str, str]:
    start = {"told_on": typed(timezone.localdate()), "how": "letter", "told_by": "Rosa Proef", "text": "De brief."}
    return start | more


def test_the_regie_sees_who_must_be_told_and_by_when(cast: Cast, case: Case, browser: Browsers) -> None:
    page = browser(cast.rosa)
    assert "Wie is geïnformeerd" in words(page.see("case-subjects", case.pk))
    shown = words(page.see("case-informing", case.pk))
    assert "Piet Voorbeeld" in shown
    assert "nog 31 dagen" in shown
    assert "AVG 14" in shown


def test_told_once_is_enough(cast: Cast, case: Case, piet: CaseSubject, browser: Browsers, log: Any) -> None:
    page = browser(cast.rosa)
    assert "Wij vertellen de persoon" in words(page.see("case-tell", case.pk, piet.pk)), "the text of the profile"
    assert page.do("case-tell", case.pk, piet.pk, **telling()).status_code == 302
    assert "geïnformeerd op" in words(page.see("case-informing", case.pk))
    again = page.do("case-tell", case.pk, piet.pk, **telling(text="Nog een brief."))
    assert again.status_code == 409
    assert "Nog een keer is niet nodig" in words(again)
    assert "Nog een brief." in words(again)
    assert page.do("case-postpone", case.pk, piet.pk, **waiting(cast)).status_code == 409
    (entry,) = log.changes(event="informing.told")
    assert case.dossier.reference in entry.references


def test_nothing_typed_is_lost_and_tomorrow_is_no_day(
    cast: Cast, case: Case, piet: CaseSubject, browser: Browsers
) -> None:
    tomorrow = typed(timezone.localdate() + timedelta(days=1))
    answer = browser(cast.rosa).do("case-tell", case.pk, piet.pk, **telling(told_on=tomorrow, text="Mijn brief."))
    assert answer.status_code == 422
    assert "nog niet gebeurd" in words(answer)
    assert "Mijn brief." in words(answer)


def test_each_participant_may_claim_one_reason_and_telling_resumes(
    cast: Cast, case: Case, piet: CaseSubject, browser: Browsers
) -> None:
    invited(case, cast.rosa, cast.pieter)
    page = browser(cast.rosa)
    assert page.do("case-postpone", case.pk, piet.pk, **waiting(cast)).status_code == 302
    police = waiting(cast, organisation=str(cast.politie.pk), reason="crime")
    assert page.do("case-postpone", case.pk, piet.pk, **police).status_code == 302
    assert page.do("case-postpone", case.pk, piet.pk, **police).status_code == 409, "a double click"
    shown = words(page.see("case-informing", case.pk))
    assert "UAVG 41, lid 1, onder d" in shown
    assert "UAVG 41, lid 1, onder i" in shown
    with as_(cast.rosa):
        rows = list(Postponement.objects.filter(ended_on=None))
    assert len(rows) == 2
    for row in rows:
        assert page.do("case-resume", case.pk, row.pk).status_code == 302
        page.do("case-resume", case.pk, row.pk)
    assert "nog 31 dagen" in words(page.see("case-informing", case.pk))


def test_a_new_date_takes_the_place_of_the_old(cast: Cast, case: Case, piet: CaseSubject, browser: Browsers) -> None:
    page = browser(cast.rosa)
    page.do("case-postpone", case.pk, piet.pk, **waiting(cast))
    later = waiting(cast, recheck_on=typed(months_later(timezone.localdate(), 3)))
    assert page.do("case-postpone", case.pk, piet.pk, **later).status_code == 302
    with as_(cast.rosa):
        assert Postponement.objects.filter(ended_on=None).count() == 1
        assert Postponement.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"recheck_on": ""}, "Vul in wanneer u opnieuw kijkt"),
        ({"recheck_on": typed(months_later(timezone.localdate(), 3) + timedelta(days=1))}, "binnen drie maanden"),
        ({"recheck_on": typed(timezone.localdate())}, "een dag die nog komt"),
        ({"reason": ""}, "Kies een reden"),
        ({"explanation": ""}, "waarom deze reden hier geldt"),
    ],
)
def test_a_postponement_without_what_it_needs(
    cast: Cast, case: Case, piet: CaseSubject, browser: Browsers, more: dict[str, str], says: str
) -> None:
    answer = browser(cast.rosa).do("case-postpone", case.pk, piet.pk, **waiting(cast, **more))
    assert answer.status_code == 422
    assert says in words(answer)


def test_only_a_participant_has_a_reason(cast: Cast, case: Case, piet: CaseSubject, browser: Browsers) -> None:
    outside = waiting(cast, organisation=str(cast.outside.pk))
    assert browser(cast.rosa).do("case-postpone", case.pk, piet.pk, **outside).status_code == 422


def test_the_database_holds_three_months(cast: Cast, case: Case, piet: CaseSubject, browser: Browsers) -> None:
    browser(cast.rosa).do("case-postpone", case.pk, piet.pk, **waiting(cast))
    with as_(cast.rosa), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_postponement SET recheck_on = since + 93")


def test_who_does_not_direct_reads_and_writes_none_of_it(
    cast: Cast, case: Case, piet: CaseSubject, browser: Browsers
) -> None:
    browser(cast.rosa).do("case-postpone", case.pk, piet.pk, **waiting(cast))
    assert browser(cast.wilma).see("case-informing", case.pk).status_code == 403
    assert browser(cast.victor).see("case-informing", case.pk).status_code == 404
    assert browser(cast.conny).see("case-informing", case.pk).status_code == 404
    for name in ("wilma", "victor", "fatima", "conny"):
        with as_(cast.people[name]):
            assert not Postponement.objects.exists(), name
            assert not SubjectTold.objects.exists(), name


@pytest.mark.parametrize(("days", "reminded"), [(23, False), (24, True), (31, True), (40, True)])
def test_a_reminder_in_the_work_list_when_the_term_is_near(
    cast: Cast, case: Case, browser: Browsers, days: int, reminded: bool
) -> None:
    with as_(cast.rosa):
        Case.objects.filter(pk=case.pk).update(first_processed_on=timezone.localdate() - timedelta(days=days))
    assert (REMINDER in words(browser(cast.rosa).see("home"))) is reminded
    assert REMINDER not in words(browser(cast.wilma).see("home"))


def test_no_reminder_once_told_or_postponed_and_again_on_the_day_itself(
    cast: Cast, case: Case, piet: CaseSubject, browser: Browsers, time_machine: Any
) -> None:
    with as_(cast.rosa):
        Case.objects.filter(pk=case.pk).update(first_processed_on=timezone.localdate() - timedelta(days=40))
    page = browser(cast.rosa)
    recheck = timezone.localdate() + timedelta(days=2)
    page.do("case-postpone", case.pk, piet.pk, **waiting(cast, recheck_on=typed(recheck)))
    assert REMINDER not in words(page.see("home"))
    with as_(cast.rosa):
        Postponement.objects.update(since=recheck - timedelta(days=9), recheck_on=timezone.localdate())
    assert REMINDER in words(page.see("home"))
    page.do("case-tell", case.pk, piet.pk, **telling())
    assert REMINDER not in words(page.see("home"))
    with as_(cast.rosa):
        assert not Postponement.objects.filter(ended_on=None).exists()


def test_the_officer_sees_counts_terms_and_grounds_but_no_names_or_words(
    cast: Cast, case: Case, piet: CaseSubject, browser: Browsers, log: Any
) -> None:
    secret = canary("uitstel")
    browser(cast.rosa).do("case-postpone", case.pk, piet.pk, **waiting(cast, explanation=secret))
    page = browser(cast.fatima)
    assert "/privacy/informeren/" in words(page.see("privacy-home"))
    shown = words(page.see("privacy-informing"))
    assert case.dossier.reference in shown
    assert "1 keer: Bescherming van deze persoon of van anderen (UAVG 41, lid 1, onder i)" in shown
    for hidden in (secret, "Piet Voorbeeld", "Lindelaan"):
        assert hidden not in shown
    (entry,) = log.looks(event="informing.counted")
    assert case.dossier_id in entry.dossiers
    for name in ("rosa", "conny", "beheer", "cor"):
        assert browser(cast.people[name]).see("privacy-informing").status_code == 403, name


def test_an_officer_who_is_kept_away_does_not_find_the_case(cast: Cast, case: Case) -> None:
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(case.dossier_id, cast.faisal.pk, ExclusionReason.FRIEND, by=by)
    with as_(cast.faisal) as (by, _):
        assert case.dossier.reference not in {line.reference for line in register(timezone.localdate(), by=by).lines}
    with as_(cast.fatima) as (by, _):
        assert case.dossier.reference in {line.reference for line in register(timezone.localdate(), by=by).lines}


def test_the_numbers_are_for_the_officer_alone_in_the_database_too(cast: Cast, case: Case) -> None:
    with as_(cast.rosa), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_informing_register()")
