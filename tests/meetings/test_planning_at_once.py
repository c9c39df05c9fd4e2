"""Two people who plan, move or call off at the very same moment: one of them does it, the other hears why not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.models import CalendarFeed, Meeting, MeetingSeries, MeetingStatus
from casework.services.meetings import feeds, moving, planning, series
from casework.services.meetings.planning import MeetingInput, as_read
from partners.models import User
from tests.commits import committed
from tests.meetings.planning_scene import NOW, a_rhythm, where
from tests.meetings.scene import a_meeting
from tests.meetings.test_planning_moving import later
from tests.prove.test_two_at_once import at_once
from tests.world import Cast, as_


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return committed(lambda: a_meeting(cast.overlast, cast.rosa))


def acting_as(person: User, act: Any) -> Any:
    def run() -> None:
        with as_(person) as (by, _):
            act(by)

    return run


def test_two_who_plan_the_same_moment_plan_one_meeting(cast: Cast) -> None:
    begins = timezone.now() + timedelta(days=9)
    given = MeetingInput(begins, begins + timedelta(hours=1), begins, cast.rosa.pk, cast.rachid.pk)
    acts = [
        acting_as(person, lambda by: planning.plan(cast.overlast, given, now=timezone.now(), by=by))
        for person in (cast.rosa, cast.rachid)
    ]
    assert at_once(*acts) == ["Refused", "done"]
    with as_(cast.rosa):
        assert Meeting.objects.count() == 1


def test_two_who_set_the_same_rhythm_set_one(cast: Cast) -> None:
    acts = [
        acting_as(person, lambda by: series.begin(cast.overlast, a_rhythm(), where(cast.rosa), now=NOW, by=by))
        for person in (cast.rosa, cast.rachid)
    ]
    assert at_once(*acts) == ["Refused", "done"]
    with as_(cast.rosa):
        assert MeetingSeries.objects.count() == 1


def test_who_moves_and_who_calls_off_do_not_both(cast: Cast, meeting: Meeting) -> None:
    seen, to = as_read(meeting), later(meeting, days=3)
    moves = acting_as(cast.rosa, lambda by: moving.move(meeting, to, seen, now=timezone.now(), by=by))
    calls_off = acting_as(cast.rachid, lambda by: moving.cancel(meeting, seen, now=timezone.now(), by=by))
    assert at_once(moves, calls_off) == ["Refused", "done"]
    with as_(cast.rosa):
        after = Meeting.objects.get()
    assert (after.status == MeetingStatus.CANCELLED) != (after.starts_at == to.starts_at)
    assert after.sequence == 1


def test_two_windows_that_ask_for_an_address_leave_one_that_works(cast: Cast) -> None:
    def make(by: Any) -> None:
        feeds.make(now=timezone.now(), by=by)

    assert at_once(*[acting_as(cast.greet, make)] * 3) == ["done"] * 3
    with as_(cast.greet):
        assert CalendarFeed.objects.filter(revoked_at__isnull=True).count() == 1
