"""Asking, answering and emergency access by two at the same moment, in real transactions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.models import AccessRequest, Case, Participation
from casework.services import asking
from privacy import emergency, exclusions, uses
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.models import EmergencyAccess, ExclusionReason, Verdict
from privacy.unlock import unlock
from tests.breakglass.conftest import broken, use_by
from tests.commits import committed
from tests.prove.test_two_at_once import at_once, tell
from tests.world import GROUND, Cast, a_case, a_signal, as_

__all__ = ["tell"]
pytestmark = pytest.mark.prove
ROUNDS = 10  # not more: so many times may a person ask in a day


def made(cast: Cast) -> Case:
    return committed(lambda: a_case(cast.rosa, a_signal(cast.pieter, cast.overlast)))


def asks(cast: Cast, case: Case) -> Callable[[], None]:
    def act() -> None:
        with as_(cast.greet) as (by, _):
            until = timezone.localdate() + timedelta(days=60)
            reason = "Ik begeleid dit gezin nu ook."
            asking.ask(case.dossier.reference, reason, until, now=timezone.now(), by=by)

    return act


def gives(case: Case, request: AccessRequest, person: Any) -> Callable[[], None]:
    def act() -> None:
        with as_(person) as (by, _):
            unlock([case.dossier_id, request.dossier_id], by=by)
            until = timezone.now() + timedelta(days=30)
            asking.give(request, case, ground=GROUND, until=until, hidden=False, now=timezone.now(), by=by)

    return act


def refuses(case: Case, request: AccessRequest, person: Any) -> Callable[[], None]:
    def act() -> None:
        with as_(person) as (by, _):
            unlock([case.dossier_id, request.dossier_id], by=by)
            asking.refuse(request, case, "Nu niet.", now=timezone.now(), by=by)

    return act


def test_a_double_click_asks_once(cast: Cast, tell: Counter[str]) -> None:
    for _ in range(ROUNDS):
        case = made(cast)
        tell[" + ".join(at_once(asks(cast, case), asks(cast, case)))] += 1
        with as_(cast.greet):
            assert AccessRequest.objects.filter(number=case.dossier.reference).count() == 1


def test_of_two_regisseurs_who_answer_one_does(cast: Cast, tell: Counter[str]) -> None:
    for number in range(ROUNDS):
        case = made(cast)
        committed(asks(cast, case))
        with as_(cast.greet):
            request = AccessRequest.objects.select_related("dossier").get(number=case.dossier.reference)

        def arrive(request: AccessRequest = request) -> None:
            by = system_actor("proef")
            with acting(by):
                asking.arrives(request.pk, by=by)

        committed(arrive)
        second = refuses if number % 2 else gives
        ended = at_once(gives(case, request, cast.rosa), second(case, request, cast.rachid))
        tell[" + ".join(ended)] += 1
        assert ended.count("done") == 1
        with as_(cast.rosa):
            assert Participation.objects.filter(case=case, user=cast.greet).count() <= 1


def test_a_double_click_opens_one_emergency(cast: Cast, tell: Counter[str]) -> None:
    for _ in range(ROUNDS):
        case = made(cast)
        number = case.dossier.reference
        ended = at_once(lambda n=number: broken(cast.greet, n), lambda n=number: broken(cast.greet, n))
        tell[" + ".join(ended)] += 1
        assert ended == ["done", "done"]
        with as_(cast.greet):
            assert EmergencyAccess.objects.filter(reference=number).count() == 1


def test_of_two_officers_who_judge_one_does(cast: Cast, tell: Counter[str]) -> None:
    for _ in range(ROUNDS):
        case = made(cast)
        committed(lambda case=case: broken(cast.greet, case.dossier.reference))
        use = use_by(cast.greet)

        def judges(verdict: Verdict, use: EmergencyAccess = use) -> None:
            with as_(cast.fatima) as (by, _):
                mine = uses.opened_use(use.pk, by=by)
                emergency.judge(mine, verdict, "Gezien.", now=timezone.now(), by=by)

        ended = at_once(lambda: judges(Verdict.RIGHT), lambda: judges(Verdict.WRONG))
        tell[" + ".join(ended)] += 1
        assert ended == ["Refused", "done"]


def test_an_exclusion_at_the_same_moment_leaves_no_way_in(cast: Cast, tell: Counter[str]) -> None:
    for _ in range(ROUNDS):
        case = made(cast)

        def excludes(case: Case = case) -> None:
            with as_(cast.rosa) as (by, _):
                exclusions.exclude(case.dossier_id, cast.greet.pk, ExclusionReason.FAMILY, by=by)

        ended = at_once(excludes, lambda case=case: broken(cast.greet, case.dossier.reference))
        tell[" + ".join(ended)] += 1
        with as_(cast.greet):
            assert not Case.objects.filter(pk=case.pk).exists()
