"""Two people at the same moment, before a meeting: one answer, one reader of a reason, and nobody gets an error."""

from __future__ import annotations

from collections.abc import Callable

from casework.models import AgendaItem, Case, ItemQuestion, Meeting, RefusalReason, Reply
from casework.services.meetings import asking
from casework.services.meetings.holding import hold_meeting
from partners.models import User
from privacy.access import visible
from tests.commits import committed
from tests.meetings.scene import a_meeting, an_item, asked, closed, knows_nothing, leading, published, refused, wished
from tests.prove.test_two_at_once import at_once
from tests.world import Cast, a_case, a_signal, as_, invited

ROUNDS = 4
There = tuple[Meeting, Case, AgendaItem]


def set_up(cast: Cast) -> There:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.pieter, cast.petra)
    meeting = a_meeting(cast.overlast, cast.rosa)
    item = an_item(meeting, case, cast.rosa, cast.pieter, cast.petra)
    published(meeting, cast.rosa, case)
    asked(item, cast.rosa, "Hoe vaak?", cast.politie)
    return meeting, case, item


def answer_of(item: AgendaItem, person: User) -> str:
    with as_(person):
        return ItemQuestion.objects.get(item=item).reply


def test_of_two_colleagues_who_answer_one_does(cast: Cast) -> None:
    for number in range(ROUNDS):
        _, _, item = committed(lambda: set_up(cast))
        second: Callable[[], object] = (
            (lambda item=item: knows_nothing(cast.petra, item))  # type: ignore[misc]
            if number % 2
            else (lambda item=item: refused(cast.petra, item, "Het onderzoek loopt nog."))  # type: ignore[misc]
        )
        ended = at_once(lambda item=item: knows_nothing(cast.pieter, item), second)  # type: ignore[misc]
        assert ended == ["Refused", "done"]
        assert committed(lambda item=item: answer_of(item, cast.rosa)) != Reply.OPEN  # type: ignore[misc]


def test_an_answer_while_the_item_closes_is_there_or_was_refused(cast: Cast) -> None:
    for _ in range(ROUNDS):
        _, _, item = committed(lambda: set_up(cast))
        ended = at_once(
            lambda item=item: closed(item, cast.rosa),  # type: ignore[misc]
            lambda item=item: knows_nothing(cast.pieter, item),  # type: ignore[misc]
        )
        reply = committed(lambda item=item: answer_of(item, cast.rosa))  # type: ignore[misc]
        assert (reply == Reply.NOTHING) == (ended == ["done", "done"])
        assert "done" in ended


def test_a_reason_that_is_written_while_the_chair_changes_is_for_the_chair_there_is(cast: Cast) -> None:
    def becomes_chair(meeting: Meeting) -> None:
        with leading(cast.rachid) as by:
            held = hold_meeting(meeting, by=by)
            held.chair = cast.rachid
            held.save(update_fields=["chair"])
            asking.follow_chair(held, by=by)

    def reads(person: User) -> bool:
        with as_(person) as (by, _):
            return visible(RefusalReason, by=by).exists()

    for _ in range(ROUNDS):
        meeting, _, item = committed(lambda: set_up(cast))
        ended = at_once(
            lambda meeting=meeting: becomes_chair(meeting),  # type: ignore[misc]
            lambda item=item: refused(cast.pieter, item, "Het onderzoek loopt nog."),  # type: ignore[misc]
        )
        assert ended == ["done", "done"]
        assert committed(lambda: reads(cast.rachid))
        assert not committed(lambda: reads(cast.rosa))


def test_of_two_colleagues_who_ask_to_discuss_a_case_one_does(cast: Cast) -> None:
    for _ in range(ROUNDS):
        _, case, _ = committed(lambda: set_up(cast))
        ended = at_once(
            lambda case=case: wished(cast.pieter, case, "Het escaleert."),  # type: ignore[misc]
            lambda case=case: wished(cast.petra, case, "Het escaleert."),  # type: ignore[misc]
        )
        assert ended == ["Refused", "done"]
