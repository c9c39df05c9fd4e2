"""Who was there at an item is noted by who leads, as it was, and a guest signs for secrecy first on paper."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from casework.models import AgendaItem, Attendance, Case, Guest, Meeting
from casework.services.meetings import agenda, attendance
from partners.models import User
from privacy.access import visible
from privacy.errors import Refused
from tests.conftest import Log
from tests.meetings.scene import a_meeting, an_item, begun, closed, leading, published
from tests.world import Cast, a_case, a_signal, as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return a_meeting(cast.overlast, cast.rosa)


@pytest.fixture
def item(cast: Cast, case: Case, meeting: Meeting) -> AgendaItem:
    made = an_item(meeting, case, cast.rosa, cast.greet, cast.wilma)
    published(meeting, cast.rosa, case)
    begun(meeting, cast.rosa, case)
    return made


@pytest.fixture
def kees(cast: Cast, case: Case, item: AgendaItem) -> Guest:
    with leading(cast.rosa, case):
        guest = Guest(
            dossier=case.dossier, compartment_id=item.compartment_id, item=item, name="Kees Kapper",
            organisation="Buurthuis", why="Kent het gezin", added_by=cast.rosa,
        )  # fmt: skip
        guest.save(force_insert=True)
    return guest


def seat_of(item: AgendaItem, person: User, by: User) -> UUID:
    with leading(by, item.case):
        return item.seats.get(user=person).pk


def noted(item: AgendaItem, who: UUID, present: bool, by: User) -> Attendance:
    with leading(by, item.case) as actor:
        return attendance.note(item, who, present, now=timezone.now(), by=actor)


def test_the_newest_counts_and_twice_is_once(cast: Cast, item: AgendaItem, log: Log) -> None:
    greet = seat_of(item, cast.greet, cast.rosa)
    noted(item, greet, True, cast.rosa)
    noted(item, greet, True, cast.rosa)
    assert len(log.changes(event="meeting.presence")) == 1
    noted(item, greet, False, cast.rachid)
    with leading(cast.rosa, item.case):
        (row,) = Attendance.objects.filter(item=item)
        assert (row.present, row.noted_by_id) == (False, cast.rachid.pk)


def test_a_guest_is_there_and_signs_once(cast: Cast, item: AgendaItem, kees: Guest, log: Log) -> None:
    noted(item, kees.pk, True, cast.rosa)
    for _ in range(2):
        with leading(cast.rosa, item.case) as by:
            guest = attendance.guest_signed(item, kees.pk, now=timezone.now(), by=by)
    with leading(cast.rosa, item.case):
        assert Guest.objects.get(pk=guest.pk).signed_on == timezone.localdate()
    assert len(log.changes(event="meeting.guest_signed")) == 1


def test_who_does_not_sit_there_is_not_noted(cast: Cast, item: AgendaItem, meeting: Meeting) -> None:
    other_case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name="De ander")
    other = an_item(meeting, other_case, cast.rosa, cast.pieter, urgent=True)
    for stranger in (uuid4(), seat_of(other, cast.pieter, cast.rosa)):
        with pytest.raises(Refused, match="zit niet"):
            noted(item, stranger, True, cast.rosa)


@pytest.mark.parametrize("who", ["greet", "wilma", "bram", "victor"])
def test_nobody_notes_the_own_presence(cast: Cast, item: AgendaItem, who: str) -> None:
    seat = seat_of(item, cast.greet, cast.rosa)
    with pytest.raises(Refused):
        noted(item, seat, True, getattr(cast, who))


def test_a_partner_does_not_read_who_was_there(cast: Cast, item: AgendaItem) -> None:
    noted(item, seat_of(item, cast.greet, cast.rosa), True, cast.rosa)
    with as_(cast.greet) as (by, _):
        assert not visible(Attendance, by=by).exists()


def test_after_the_item_closed_nothing_is_noted(cast: Cast, item: AgendaItem) -> None:
    seat = seat_of(item, cast.greet, cast.rosa)
    closed(item, cast.rosa)
    with pytest.raises(Refused, match="al gesloten"):
        noted(item, seat, True, cast.rosa)


def test_who_was_noted_stays_at_the_item(cast: Cast, item: AgendaItem) -> None:
    noted(item, seat_of(item, cast.greet, cast.rosa), True, cast.rosa)
    with leading(cast.rosa, item.case) as by, pytest.raises(Refused, match="genoteerd"):
        agenda.unseat(item.seats.get(user=cast.greet), now=timezone.now(), by=by)
