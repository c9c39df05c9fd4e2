"""Decisions and actions typed in one line: sent twice they are one, and of two who change one the second hears it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from casework.models import ActionStatus, AgendaItem, Case, ItemDecision, ItemReview, Meeting, TableAction
from casework.services.meetings import agenda, lines
from casework.services.meetings.lines import ActionInput, DecisionInput
from casework.services.plans.holding import Changed
from partners.models import User
from privacy.access import visible
from privacy.errors import Refused
from tests.conftest import Log
from tests.meetings.scene import a_meeting, an_item, closed, leading, published
from tests.world import Cast, a_case, a_signal, as_, canary

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return a_meeting(cast.overlast, cast.rosa)


@pytest.fixture
def item(cast: Cast, case: Case, meeting: Meeting) -> AgendaItem:
    """Greet and Wilma sit at it; the meeting is being held."""
    made = an_item(meeting, case, cast.rosa, cast.greet, cast.wilma)
    published(meeting, cast.rosa, case)
    with leading(cast.rosa, case) as by:
        agenda.open_meeting(meeting, now=timezone.now(), by=by)
    return made


def decided(
    item: AgendaItem, person: User, text: str, key: UUID | None = None, seen: int | None = None
) -> ItemDecision:
    with leading(person, item.case) as by:
        return lines.decide(item, key or uuid4(), DecisionInput(text), seen=seen, now=timezone.now(), by=by)


def agreed(
    item: AgendaItem,
    person: User,
    owner: User,
    text: str = "Belt moeder",
    key: UUID | None = None,
    *,
    due_on: date | None = None,
    seen: int | None = None,
) -> TableAction:
    given = ActionInput(text, owner.pk, due_on or timezone.localdate(item.meeting.starts_at) + timedelta(days=3))
    with leading(person, item.case) as by:
        return lines.agree(item, key or uuid4(), given, seen=seen, now=timezone.now(), by=by)


def texts(item: AgendaItem, person: User) -> list[str]:
    with leading(person, item.case) as by:
        rows = visible(ItemDecision, by=by).filter(item=item, dropped_at__isnull=True)
        return [row.text for row in rows]


def reads(person: User, action: TableAction) -> bool:
    with as_(person) as (by, _):
        return visible(TableAction, by=by).filter(pk=action.pk).exists()


def test_a_line_that_is_sent_twice_is_one(cast: Cast, item: AgendaItem) -> None:
    key = uuid4()
    decided(item, cast.rosa, "We wachten een week.", key)
    decided(item, cast.rosa, "We wachten een week.", key)
    assert texts(item, cast.rosa) == ["We wachten een week."]


def test_another_text_under_the_same_key_by_the_same_person_is_a_change(cast: Cast, item: AgendaItem) -> None:
    key = uuid4()
    decided(item, cast.rosa, "We wachten een week.", key)
    decided(item, cast.rosa, "We wachten twee weken.", key)
    assert texts(item, cast.rosa) == ["We wachten twee weken."]


def test_somebody_else_does_not_write_under_my_key(cast: Cast, item: AgendaItem) -> None:
    key = uuid4()
    decided(item, cast.rosa, "We wachten een week.", key)
    with pytest.raises(Refused, match="ander punt"):
        decided(item, cast.rachid, "Iets anders.", key)
    assert texts(item, cast.rosa) == ["We wachten een week."]


def test_a_key_of_another_item_is_refused(cast: Cast, item: AgendaItem, meeting: Meeting) -> None:
    other = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name="De ander")
    second = an_item(meeting, other, cast.rosa, urgent=True)
    key = uuid4()
    decided(item, cast.rosa, "Hier besloten.", key)
    with leading(cast.rosa, item.case, other) as by, pytest.raises(Refused, match="ander punt"):
        lines.decide(second, key, DecisionInput("Daar besloten."), now=timezone.now(), by=by)


def test_of_two_who_change_a_line_the_second_hears_it_and_nothing_is_lost(cast: Cast, item: AgendaItem) -> None:
    row = decided(item, cast.rosa, "Eerst dit.")
    decided(item, cast.rachid, "Rachid was eerst.", row.pk, seen=1)
    with pytest.raises(Changed):
        decided(item, cast.rosa, "Rosa was tweede.", row.pk, seen=1)
    assert texts(item, cast.rosa) == ["Rachid was eerst."]
    decided(item, cast.rosa, "Rosa was tweede.", row.pk, seen=2)
    assert texts(item, cast.rosa) == ["Rosa was tweede."]


def test_a_line_that_arrives_late_does_not_undo_what_a_colleague_made_of_it(cast: Cast, item: AgendaItem) -> None:
    row = decided(item, cast.rosa, "Eerst dit.")
    decided(item, cast.rachid, "Beter zo.", row.pk, seen=1)
    with pytest.raises(Changed):
        decided(item, cast.rosa, "Eerst dit.", row.pk)
    assert texts(item, cast.rosa) == ["Beter zo."]


def test_a_decision_is_taken_away_once_and_not_changed_after(cast: Cast, item: AgendaItem) -> None:
    row = decided(item, cast.rosa, "Verkeerd getypt.")
    for _ in range(2):
        with leading(cast.rosa, item.case) as by:
            lines.drop(row, seen=1, now=timezone.now(), by=by)
    assert texts(item, cast.rosa) == []
    with pytest.raises(Refused, match="weggehaald"):
        decided(item, cast.rosa, "Toch.", row.pk, seen=1)


def test_whoever_has_an_action_reads_it_and_nobody_else_at_the_item_does(cast: Cast, item: AgendaItem) -> None:
    action = agreed(item, cast.rosa, cast.greet)
    assert reads(cast.greet, action)
    assert reads(cast.rosa, action)
    assert reads(cast.rachid, action)
    assert not reads(cast.wilma, action)
    assert not reads(cast.pieter, action)
    assert not reads(cast.victor, action)


def test_an_action_is_kept_when_the_item_closes(cast: Cast, item: AgendaItem) -> None:
    action = agreed(item, cast.rosa, cast.greet)
    closed(item, cast.rosa)
    assert reads(cast.greet, action)


def test_an_action_goes_to_another_owner_and_the_first_no_longer_reads_it(cast: Cast, item: AgendaItem) -> None:
    action = agreed(item, cast.rosa, cast.greet)
    agreed(item, cast.rosa, cast.wilma, key=action.pk, seen=1)
    assert not reads(cast.greet, action)
    assert reads(cast.wilma, action)


def test_an_action_taken_back_never_was_one(cast: Cast, item: AgendaItem) -> None:
    action = agreed(item, cast.rosa, cast.greet)
    with leading(cast.rosa, item.case) as by:
        lines.take_back(action, seen=1, now=timezone.now(), by=by)
        row = TableAction.objects.get(pk=action.pk)
        assert (row.status, row.taken_back) == (ActionStatus.DROPPED, True)
    assert not reads(cast.greet, action)


def test_who_does_not_sit_at_the_item_gets_no_action(cast: Cast, item: AgendaItem) -> None:
    with pytest.raises(Refused, match="bij dit punt zit"):
        agreed(item, cast.rosa, cast.pieter)


def test_who_leads_may_take_an_action_too(cast: Cast, item: AgendaItem) -> None:
    assert agreed(item, cast.rosa, cast.rosa).user == cast.rosa


def test_an_action_is_never_due_before_the_meeting(cast: Cast, item: AgendaItem) -> None:
    with pytest.raises(Refused, match="voor het overleg"):
        agreed(item, cast.rosa, cast.greet, due_on=timezone.localdate() - timedelta(days=1))


def test_an_action_sent_twice_is_one_and_tells_once(cast: Cast, item: AgendaItem) -> None:
    key = uuid4()
    agreed(item, cast.rosa, cast.greet, key=key)
    agreed(item, cast.rosa, cast.greet, key=key)
    with leading(cast.rosa, item.case):
        assert TableAction.objects.filter(item=item).count() == 1


def test_nothing_is_typed_before_the_meeting_begins(cast: Cast, case: Case, meeting: Meeting) -> None:
    waiting = an_item(meeting, case, cast.rosa, cast.greet)
    with pytest.raises(Refused, match="Begin eerst"):
        decided(waiting, cast.rosa, "Te vroeg.")


def test_nothing_is_typed_at_a_closed_item(cast: Cast, item: AgendaItem) -> None:
    row = decided(item, cast.rosa, "Op tijd.")
    closed(item, cast.rosa)
    with pytest.raises(Refused, match="al gesloten"):
        decided(item, cast.rosa, "Te laat.")
    with pytest.raises(Refused, match="al gesloten"):
        agreed(item, cast.rosa, cast.greet)
    with leading(cast.rosa, item.case) as by, pytest.raises(Refused, match="al gesloten"):
        lines.drop(row, seen=1, now=timezone.now(), by=by)


@pytest.mark.parametrize("who", ["greet", "wilma", "pieter", "victor", "bram"])
def test_nobody_but_the_regie_types(cast: Cast, item: AgendaItem, who: str) -> None:
    with pytest.raises(Refused):
        decided(item, getattr(cast, who), "Van een ander.")


def test_a_partner_reads_no_decision_before_the_minutes_are_fixed(cast: Cast, item: AgendaItem) -> None:
    decided(item, cast.rosa, "Nog niet vastgesteld.")
    with as_(cast.greet) as (by, _):
        assert not visible(ItemDecision, by=by).exists()


def test_the_day_of_review_is_the_newest_and_can_be_taken_away(cast: Cast, item: AgendaItem) -> None:
    day = timezone.localdate(item.meeting.starts_at)
    with leading(cast.rosa, item.case) as by:
        with pytest.raises(Refused, match="na dit overleg"):
            lines.come_back_on(item, day, by=by)
        lines.come_back_on(item, day + timedelta(days=7), by=by)
        lines.come_back_on(item, day + timedelta(days=14), by=by)
        assert ItemReview.objects.get(item=item).review_on == day + timedelta(days=14)
        lines.come_back_on(item, None, by=by)
        assert not ItemReview.objects.filter(item=item).exists()


def test_the_log_names_the_fields_and_never_the_text(cast: Cast, item: AgendaItem, log: Log) -> None:
    secret = canary("besluit")
    decided(item, cast.rosa, secret)
    agreed(item, cast.rosa, cast.greet, secret)
    entries = log.changes()
    assert {"meeting.decided", "meeting.agreed"} <= {entry.event for entry in entries}
    assert all(secret not in str(vars(entry)) for entry in entries)
