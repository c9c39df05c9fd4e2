"""A table that meets every two weeks, with a meeting that was held, one that is extra and one that does not go on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.world import Cast


def table_that_meets(cast: Cast) -> None:
    """For every page of planning; Rosa leads, Victor's table has no rhythm."""
    from django.utils import timezone

    from casework.models import Meeting, MeetingStatus
    from casework.services.meetings import feeds, moving
    from casework.services.meetings.planning import as_read
    from tests.meetings.planning_scene import a_series
    from tests.meetings.scene import a_meeting
    from tests.world import as_

    now = timezone.now()
    a_series(cast.overlast, cast.rosa, now=now, every=2, begins_on=timezone.localdate(now) + timedelta(days=2))
    a_meeting(cast.overlast, cast.rosa, in_days=9, video_link="https://vergader.example/tafel")
    off = a_meeting(cast.overlast, cast.rosa, in_days=11)
    past = a_meeting(cast.overlast, cast.rosa, in_days=4)
    with as_(cast.rosa) as (by, _):
        moving.cancel(off, as_read(off), now=now, by=by)
        begins = now - timedelta(days=12)
        held = {"starts_at": begins, "ends_at": begins + timedelta(hours=2), "status": MeetingStatus.HELD}
        Meeting.objects.filter(pk=past.pk).update(**held)
    with as_(cast.pieter) as (by, _):
        feeds.make(now=now, by=by)
