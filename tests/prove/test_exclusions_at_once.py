"""An exclusion that is set while something else is given, linked or reported: nobody slips through, no deadlock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from casework.models import Case, Signal
from casework.services import cases, participants
from casework.services import exclusions as ties
from privacy.models import ExclusionReason, Grant
from privacy.unlock import unlock
from tests.commits import committed
from tests.prove.test_two_at_once import ROUNDS, at_once, tell
from tests.world import CRITERIA, GROUND, Cast, a_case, a_signal, as_

__all__ = ["tell"]
pytestmark = pytest.mark.prove


def excludes(row: Case | Signal, person: Any, by: Any) -> Callable[[], None]:
    def act() -> None:
        with as_(by) as (actor, _):
            ties.exclude(row.dossier_id, person, ExclusionReason.FRIEND, by=actor)

    return act


def reports(case: Case, person: Any) -> Callable[[], None]:
    def act() -> None:
        with as_(person) as (by, _):
            ties.report_own_tie(case.dossier_id, ExclusionReason.FRIEND, by=by)

    return act


def adds(case: Case, signal: Signal, person: Any) -> Callable[[], None]:
    def act() -> None:
        with as_(person) as (by, _):
            unlock([case.dossier_id, signal.dossier_id], by=by)
            cases.add_signal(case, signal, CRITERIA, now=timezone.now(), by=by)

    return act


def invites(case: Case, person: Any, by: Any) -> Callable[[], None]:
    def act() -> None:
        with as_(by) as (actor, _):
            unlock([case.dossier_id], by=actor)
            participants.invite(case, person, ground=GROUND, now=timezone.now(), by=actor)

    return act


def open_grants(row: Case | Signal, person: Any) -> int:
    found = Grant.objects.using("maintenance").filter(content_object=row.dossier_id, user=person, revoked_at=None)
    return found.filter(excluded=False).count()


def test_a_tie_set_while_a_signal_is_added_holds_for_both(cast: Cast, tell: Counter[str]) -> None:
    for _ in range(ROUNDS):
        case = committed(lambda: a_case(cast.rosa, a_signal(cast.wilma, cast.overlast)))
        signal = committed(lambda: a_signal(cast.pieter, cast.overlast))
        said = at_once(excludes(case, cast.rachid, cast.rosa), adds(case, signal, cast.rosa))
        tell[" and ".join(said)] += 1
        assert said == ["done", "done"]
        assert open_grants(case, cast.rachid) == open_grants(signal, cast.rachid) == 0


def test_a_tie_set_on_the_signal_while_it_is_added_holds_for_both(cast: Cast, tell: Counter[str]) -> None:
    for _ in range(ROUNDS):
        case = committed(lambda: a_case(cast.rosa, a_signal(cast.wilma, cast.overlast)))
        signal = committed(lambda: a_signal(cast.pieter, cast.overlast))
        said = at_once(excludes(signal, cast.rachid, cast.rosa), adds(case, signal, cast.rosa))
        tell[" and ".join(said)] += 1
        assert said == ["done", "done"]
        assert open_grants(case, cast.rachid) == open_grants(signal, cast.rachid) == 0


def test_who_is_invited_while_being_excluded_has_nothing(cast: Cast, tell: Counter[str]) -> None:
    for _ in range(ROUNDS):
        case = committed(lambda: a_case(cast.rosa, a_signal(cast.wilma, cast.overlast)))
        said = at_once(excludes(case, cast.greet, cast.rosa), invites(case, cast.greet, cast.rachid))
        tell[" and ".join(said)] += 1
        assert "done" in said
        assert open_grants(case, cast.greet) == 0


def test_of_two_regisseurs_who_report_a_tie_at_once_one_stays(cast: Cast, tell: Counter[str]) -> None:
    for _ in range(ROUNDS):
        case = committed(lambda: a_case(cast.rosa, a_signal(cast.wilma, cast.overlast)))
        said = at_once(reports(case, cast.rosa), reports(case, cast.rachid))
        tell[" and ".join(said)] += 1
        assert said == ["LastRegisseur", "done"]
