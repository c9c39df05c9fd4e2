"""The regisseur answers a request: access with an end, or a reason; of two at once one wins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from casework.models import AccessRequest, Case, CaseFace, Participation
from casework.services import asking
from partners.models import Covenant, Seat, User
from privacy import exclusions
from privacy.access import visible
from privacy.errors import Refused
from privacy.models import ExclusionReason, Job
from tests.asking.test_asking import asked, delivered
from tests.casework.conftest import Browser, words
from tests.world import GROUND, Cast, a_case, a_signal, as_, invited

Browsers = Callable[[User], Browser]


@pytest.fixture
def request_of_greet(cast: Cast, case: Case) -> AccessRequest:
    return delivered(asked(cast.greet, case.dossier.reference))


def yes(**more: str) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=30)
    return {"ground": GROUND, "until": f"{day:%d-%m-%Y}"} | more


def reads(person: User, case: Case) -> bool:
    with as_(person) as (by, _):
        return visible(CaseFace, by=by).filter(case=case).exists()


def test_the_regisseur_gives_access_with_an_end(
    cast: Cast, case: Case, request_of_greet: AccessRequest, browser: Browsers
) -> None:
    Job.objects.all().delete()
    page = browser(cast.rosa)
    assert "Ik begeleid dit gezin" in words(page.see("case-request", case.pk, request_of_greet.pk))
    assert page.do("case-request", case.pk, request_of_greet.pk, **yes()).status_code == 302
    assert reads(cast.greet, case)
    with as_(cast.rosa):
        participation = Participation.objects.get(user=cast.greet)
        assert timezone.localdate(participation.until) == timezone.localdate() + timedelta(days=30)
    assert "Toegang gegeven" in words(browser(cast.greet).see("ask-list"))
    assert set(Job.objects.values_list("subject_id", flat=True)) == {cast.greet.pk}


def test_the_access_ends_by_itself(
    cast: Cast, case: Case, request_of_greet: AccessRequest, browser: Browsers, time_machine: Any
) -> None:
    browser(cast.rosa).do("case-request", case.pk, request_of_greet.pk, **yes())
    time_machine.move_to(timezone.now() + timedelta(days=31))
    assert not reads(cast.greet, case)


@pytest.mark.parametrize("until", ["", "1-1-2020", "1-1-2090"])
def test_an_end_is_needed(
    cast: Cast, case: Case, request_of_greet: AccessRequest, browser: Browsers, until: str
) -> None:
    answer = browser(cast.rosa).do("case-request", case.pk, request_of_greet.pk, **yes(until=until))
    assert answer.status_code == 422
    assert not reads(cast.greet, case)


def test_a_hidden_one_is_not_seen_by_partners(
    cast: Cast, case: Case, request_of_greet: AccessRequest, browser: Browsers
) -> None:
    browser(cast.rosa).do("case-request", case.pk, request_of_greet.pk, **yes(hidden="on"))
    assert reads(cast.greet, case)
    assert cast.greet.name not in words(browser(cast.wilma).see("case-people", case.pk))


def test_a_no_has_a_reason_that_the_asker_reads(
    cast: Cast, case: Case, request_of_greet: AccessRequest, browser: Browsers
) -> None:
    page = browser(cast.rosa)
    assert page.do("case-request-no", case.pk, request_of_greet.pk, reason="").status_code == 422
    assert page.do("case-request-no", case.pk, request_of_greet.pk, reason="Uw collega doet mee.").status_code == 302
    shown = words(browser(cast.greet).see("ask-list"))
    assert "Afgewezen" in shown
    assert "Uw collega doet mee." in shown
    assert not reads(cast.greet, case)


def test_of_two_regisseurs_the_second_hears_that_a_colleague_was_first(
    cast: Cast, case: Case, request_of_greet: AccessRequest, browser: Browsers
) -> None:
    browser(cast.rosa).do("case-request-no", case.pk, request_of_greet.pk, reason="Uw collega doet mee.")
    answer = browser(cast.rachid).do("case-request", case.pk, request_of_greet.pk, **yes())
    assert answer.status_code == 403
    assert "Misschien was een collega u voor" in words(answer)
    assert not reads(cast.greet, case)


def test_what_was_taken_back_can_not_be_given(cast: Cast, case: Case, request_of_greet: AccessRequest) -> None:
    with as_(cast.greet) as (by, _):
        asking.withdraw(request_of_greet, now=timezone.now(), by=by)
    give_in_vain(cast.rosa, case, request_of_greet, "al afgehandeld")


def give_in_vain(regisseur: User, case: Case, request: AccessRequest, why: str) -> None:
    with as_(regisseur) as (by, _), pytest.raises(Refused, match=why), transaction.atomic():
        until = timezone.now() + timedelta(days=30)
        asking.give(request, case, ground=GROUND, until=until, hidden=False, now=timezone.now(), by=by)


def test_a_seat_that_ended_meanwhile_gets_nothing(cast: Cast, case: Case, request_of_greet: AccessRequest) -> None:
    Seat.objects.filter(user=cast.greet).update(ended_at=timezone.now())
    give_in_vain(cast.rosa, case, request_of_greet, "geen zetel")
    assert not reads(cast.greet, case)


def test_a_covenant_that_lapsed_meanwhile_gets_nothing(cast: Cast, case: Case, request_of_greet: AccessRequest) -> None:
    for covenant in Covenant.objects.all():
        covenant.organisations.remove(cast.ggz)
    give_in_vain(cast.rosa, case, request_of_greet, "convenant")


def test_who_was_invited_meanwhile_is_not_invited_twice(
    cast: Cast, case: Case, request_of_greet: AccessRequest
) -> None:
    invited(case, cast.rosa, cast.greet)
    give_in_vain(cast.rosa, case, request_of_greet, "doet al mee")


def test_who_is_kept_away_meanwhile_can_not_notice_an_answer(
    cast: Cast, case: Case, request_of_greet: AccessRequest, browser: Browsers
) -> None:
    before = words(browser(cast.greet).see("ask-list"))
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(case.dossier_id, cast.greet.pk, ExclusionReason.FAMILY, by=by)
    answer = browser(cast.rachid).do("case-request", case.pk, request_of_greet.pk, **yes())
    assert answer.status_code == 409, "the regie may know who is kept away"
    assert "uitgesloten" in words(answer)
    assert not reads(cast.greet, case)
    assert "Verstuurd" in before
    assert "Verstuurd" in words(browser(cast.greet).see("ask-list"))


@pytest.mark.parametrize("who", ["wilma", "victor", "greet", "fatima"])
def test_nobody_else_answers(
    cast: Cast, case: Case, request_of_greet: AccessRequest, browser: Browsers, who: str
) -> None:
    answer = browser(cast.people[who]).do("case-request", case.pk, request_of_greet.pk, **yes())
    assert answer.status_code in (403, 404)
    assert not reads(cast.greet, case)


def test_a_request_for_one_case_is_not_answered_in_another(
    cast: Cast, case: Case, request_of_greet: AccessRequest, browser: Browsers
) -> None:
    other = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast))
    assert browser(cast.rosa).do("case-request", other.pk, request_of_greet.pk, **yes()).status_code == 403
    assert not reads(cast.greet, other)
