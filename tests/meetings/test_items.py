"""A partner sees an item, and the case through it, from publication until the item closes, and only where it sits."""

from __future__ import annotations

import pytest
from django.utils import timezone

from casework.models import AgendaItem, AgendaPlace, Case, Household, ItemOutcome, Meeting, Participation
from casework.services import cases
from casework.services.meetings import agenda
from casework.services.meetings.agenda import SeatInput
from casework.theming import active_theme
from partners.models import User
from privacy.access import visible
from privacy.errors import Refused
from tests.meetings.scene import a_meeting, an_item, closed, leading, published
from tests.world import GROUND, Cast, a_case, a_household, a_signal, as_, invited

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_cases(cast: Cast) -> tuple[Case, Case]:
    """One in which Pieter takes part, and one in which nobody does yet."""
    one = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast))
    other = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name="De ander")
    invited(one, cast.rosa, cast.pieter)
    return one, other


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return a_meeting(cast.overlast, cast.rosa)


def sees(person: User, item: AgendaItem) -> bool:
    with as_(person) as (by, _):
        return visible(AgendaItem, by=by).filter(pk=item.pk).exists()


def reads(person: User, case: Case) -> bool:
    with as_(person) as (by, _):
        return visible(Case, by=by).filter(pk=case.pk).exists()


def test_nobody_but_the_regie_sees_an_item_before_it_is_published(
    cast: Cast, two_cases: tuple[Case, Case], meeting: Meeting
) -> None:
    item = an_item(meeting, two_cases[1], cast.rosa, cast.greet)
    assert sees(cast.rosa, item)
    assert sees(cast.rachid, item)
    assert not sees(cast.greet, item)
    assert not reads(cast.greet, two_cases[1])


def test_who_sits_at_an_item_reads_it_and_the_case_until_it_closes(
    cast: Cast, two_cases: tuple[Case, Case], meeting: Meeting
) -> None:
    item = an_item(meeting, two_cases[1], cast.rosa, cast.greet)
    assert published(meeting, cast.rosa, two_cases[1]) == 1
    assert sees(cast.greet, item)
    assert reads(cast.greet, two_cases[1])
    closed(item, cast.rosa)
    assert not sees(cast.greet, item)
    assert not reads(cast.greet, two_cases[1])
    assert sees(cast.rosa, item)


def test_who_takes_part_keeps_the_case_when_the_item_closes(
    cast: Cast, two_cases: tuple[Case, Case], meeting: Meeting
) -> None:
    item = an_item(meeting, two_cases[0], cast.rosa, cast.pieter)
    published(meeting, cast.rosa, two_cases[0])
    closed(item, cast.rosa)
    assert not sees(cast.pieter, item)
    assert reads(cast.pieter, two_cases[0])


def test_the_plan_of_the_household_goes_with_the_item_too(
    cast: Cast, two_cases: tuple[Case, Case], meeting: Meeting
) -> None:
    invited(two_cases[1], cast.rosa, cast.wilma)
    household = a_household(two_cases[1], cast.rosa, cast.wilma)
    item = an_item(meeting, two_cases[1], cast.rosa, cast.greet)

    def finds_home() -> bool:
        with as_(cast.greet) as (by, _):
            return visible(Household, by=by).filter(pk=household.pk).exists()

    assert not finds_home()
    published(meeting, cast.rosa, two_cases[1])
    assert finds_home()
    closed(item, cast.rosa)
    assert not finds_home()


def test_nobody_sees_an_item_where_somebody_else_sits(
    cast: Cast, two_cases: tuple[Case, Case], meeting: Meeting
) -> None:
    mine = an_item(meeting, two_cases[0], cast.rosa, cast.pieter)
    theirs = an_item(meeting, two_cases[1], cast.rosa, cast.greet)
    published(meeting, cast.rosa, *two_cases)
    assert sees(cast.pieter, mine)
    assert not sees(cast.pieter, theirs)
    assert sees(cast.greet, theirs)
    assert not sees(cast.greet, mine)
    assert not sees(cast.wout, mine)
    assert not sees(cast.bram, theirs)
    assert not sees(cast.victor, mine)


def test_order_and_time_are_for_the_regie_alone(cast: Cast, two_cases: tuple[Case, Case], meeting: Meeting) -> None:
    an_item(meeting, two_cases[0], cast.rosa, cast.pieter)
    published(meeting, cast.rosa, two_cases[0])
    with as_(cast.pieter) as (by, _):
        assert not visible(AgendaPlace, by=by).exists()
        assert not AgendaPlace.objects.exists(), "nor with SQL of one's own"


def test_who_shares_in_two_meetings_keeps_the_case_until_the_last_item_closes(
    cast: Cast, two_cases: tuple[Case, Case], meeting: Meeting
) -> None:
    later = a_meeting(cast.overlast, cast.rosa, in_days=14)
    first = an_item(meeting, two_cases[1], cast.rosa, cast.greet)
    second = an_item(later, two_cases[1], cast.rosa, cast.greet)
    published(meeting, cast.rosa, two_cases[1])
    published(later, cast.rosa, two_cases[1])
    closed(first, cast.rosa)
    assert reads(cast.greet, two_cases[1])
    assert sees(cast.greet, second)
    closed(second, cast.rosa)
    assert not reads(cast.greet, two_cases[1])


def test_what_is_not_finished_goes_to_the_next_meeting_with_who_sat_there(
    cast: Cast, two_cases: tuple[Case, Case], meeting: Meeting
) -> None:
    later = a_meeting(cast.overlast, cast.rosa, in_days=14)
    item = an_item(meeting, two_cases[1], cast.rosa, cast.greet)
    published(meeting, cast.rosa, two_cases[1])
    with leading(cast.rosa, two_cases[1]) as by:
        carried = agenda.carry(item, now=meeting.starts_at, by=by)
    assert carried is not None
    assert carried.meeting_id == later.pk
    assert carried.carried_from_id == item.pk
    with as_(cast.rosa):
        assert [seat.user_id for seat in carried.seats.all()] == [cast.greet.pk]
    assert not sees(cast.greet, carried), "the next agenda is not published yet"


def test_the_order_is_refused_when_a_colleague_changed_the_agenda(
    cast: Cast, two_cases: tuple[Case, Case], meeting: Meeting
) -> None:
    one = an_item(meeting, two_cases[0], cast.rosa)
    other = an_item(meeting, two_cases[1], cast.rachid)
    with leading(cast.rosa) as by:
        agenda.order(meeting, [other.pk, one.pk], by=by)
        places = AgendaPlace.objects.filter(meeting=meeting).order_by("position")
        assert [place.item_id for place in places] == [other.pk, one.pk]
        with pytest.raises(Refused, match="intussen veranderd"):
            agenda.order(meeting, [one.pk], by=by)


def test_a_partner_puts_nothing_on_an_agenda(cast: Cast, two_cases: tuple[Case, Case], meeting: Meeting) -> None:
    with pytest.raises(Refused):
        an_item(meeting, two_cases[0], cast.pieter)


def test_who_takes_part_unseen_does_not_sit_at_an_item(
    cast: Cast, two_cases: tuple[Case, Case], meeting: Meeting
) -> None:
    invited(two_cases[1], cast.rosa, cast.greet, hidden=True)
    with pytest.raises(Refused, match="weten niet dat"):
        an_item(meeting, two_cases[1], cast.rosa, cast.greet)


def test_a_case_that_closes_leaves_the_agenda(cast: Cast, two_cases: tuple[Case, Case], meeting: Meeting) -> None:
    item = an_item(meeting, two_cases[1], cast.rosa, cast.greet)
    published(meeting, cast.rosa, two_cases[1])
    with leading(cast.rosa, two_cases[1]) as by:
        outcome = active_theme("woonoverlast").close_outcomes[0].code
        cases.close(two_cases[1], outcome, "Het is klaar.", now=timezone.now(), by=by)
        assert AgendaItem.objects.filter(pk=item.pk, outcome=ItemOutcome.OPEN).count() == 0
    assert not sees(cast.greet, item)
    assert not reads(cast.greet, two_cases[1])


def test_who_is_added_later_sees_the_item_at_once_and_who_is_taken_off_no_more(
    cast: Cast, two_cases: tuple[Case, Case], meeting: Meeting
) -> None:
    item = an_item(meeting, two_cases[1], cast.rosa)
    published(meeting, cast.rosa, two_cases[1])
    with leading(cast.rosa, two_cases[1]) as by:
        seat = agenda.seat(item, SeatInput(cast.greet.pk, GROUND), now=meeting.cutoff_at, by=by)
    assert sees(cast.greet, item)
    with leading(cast.rosa, two_cases[1]) as by:
        agenda.unseat(seat, now=meeting.cutoff_at, by=by)
        assert not Participation.objects.filter(user=cast.greet, ended_at__isnull=True).exists()
    assert not sees(cast.greet, item)
    assert not reads(cast.greet, two_cases[1])
