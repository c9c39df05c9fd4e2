"""Two who close the same meeting, or fix the same minutes, at the same moment: it is done once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from casework.models import AgendaItem, ItemOutcome, Meeting, MeetingStatus, MinutesPiece, MinutesVersion
from casework.services.meetings import agenda
from partners.models import User
from tests.commits import committed
from tests.meetings.scene import a_meeting, an_item, begun, leading, published
from tests.meetings.scene_minutes import ended, fixed, noted
from tests.prove.test_two_at_once import at_once
from tests.world import Cast, a_case, a_signal, as_

Acts = tuple[Callable[[], Any], ...]


def a_running_one(cast: Cast) -> tuple[Meeting, list[AgendaItem]]:
    """A meeting of Rosa and Rachid that runs, with two items, and one that comes after it."""
    meeting = a_meeting(cast.overlast, cast.rosa, secretary=cast.rachid.pk)
    a_meeting(cast.overlast, cast.rosa, in_days=14)
    cases = [a_case(cast.rosa, a_signal(cast.wilma, cast.overlast)) for _ in range(2)]
    items = [an_item(meeting, case, cast.rosa, cast.greet) for case in cases]
    published(meeting, cast.rosa, *cases)
    begun(meeting, cast.rosa)
    for item in items:
        noted(item, cast.rosa, cast.greet)
    return meeting, items


def closes_item(item: AgendaItem, by: User) -> Callable[[], Any]:
    def act() -> None:
        with leading(by, item.case) as actor:
            agenda.close_item(item, ItemOutcome.DISCUSSED, now=timezone.now(), by=actor)

    return act


def what_stands(meeting: Meeting, by: User) -> dict[str, int]:
    with as_(by):
        assert Meeting.objects.get(pk=meeting.pk).status == MeetingStatus.HELD
        items = AgendaItem.objects.filter(meeting=meeting)
        return {
            "open": items.filter(outcome=ItemOutcome.OPEN).count(),
            "carried on": AgendaItem.objects.filter(carried_from__in=items).count(),
            "carried": items.filter(outcome=ItemOutcome.CARRIED).count(),
            "versions": MinutesVersion.objects.filter(meeting=meeting).count(),
            "pieces": MinutesPiece.objects.filter(minutes__meeting=meeting).count(),
        }


def test_two_who_close_at_once_close_it_once(standing_cast: Cast) -> None:
    cast = standing_cast
    meeting, _ = committed(lambda: a_running_one(cast))
    acts: Acts = (lambda: ended(meeting, cast.rosa), lambda: ended(meeting, cast.rachid))
    assert at_once(*acts) == ["done", "done"]
    assert committed(lambda: what_stands(meeting, cast.rosa)) == {
        "open": 0, "carried on": 2, "carried": 2, "versions": 1, "pieces": 2,
    }  # fmt: skip


def test_an_item_that_a_colleague_closes_meanwhile_is_closed_once(standing_cast: Cast) -> None:
    cast = standing_cast
    meeting, items = committed(lambda: a_running_one(cast))
    said = at_once(lambda: ended(meeting, cast.rosa), closes_item(items[0], cast.rachid))
    assert said in (["done", "done"], ["Refused", "done"])
    stands = committed(lambda: what_stands(meeting, cast.rosa))
    assert (stands["open"], stands["pieces"]) == (0, 2)
    assert stands["carried"] == stands["carried on"]


def test_chair_and_secretary_who_fix_at_once_fix_it_together(standing_cast: Cast) -> None:
    cast = standing_cast
    meeting, _ = committed(lambda: a_running_one(cast))
    committed(lambda: ended(meeting, cast.rosa))
    acts: Acts = (lambda: fixed(meeting, cast.rosa), lambda: fixed(meeting, cast.rachid))
    assert at_once(*acts) == ["done", "done"]

    def both() -> bool:
        with as_(cast.rosa):
            row = MinutesVersion.objects.get(meeting=meeting)
            return bool(row.chair_at and row.secretary_at and row.fixed_at)

    assert committed(both)
