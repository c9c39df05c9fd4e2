"""A meeting goes to a later moment or does not go on: access follows, items are carried, and people hear of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import AgendaItem, Case, ItemOutcome, Meeting, MeetingCall, MeetingStatus, Participation
from casework.rhythm import Moments
from casework.services.meetings import agenda, moving, planning
from casework.services.meetings.calling import CALL
from casework.services.meetings.planning import WhereInput, as_read
from partners.models import Seat, User
from partners.notices import SOMETHING_WAITS
from privacy.access import visible
from privacy.errors import Refused
from privacy.models import Grant
from privacy.models.job import Job
from tests.meetings.scene import a_meeting, an_item, leading, published
from tests.world import Cast, a_case, a_signal, as_


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return a_meeting(cast.overlast, cast.rosa)


def later(meeting: Meeting, **delta: int) -> Moments:
    by = timedelta(**delta)
    return Moments(meeting.starts_at + by, meeting.ends_at + by, meeting.cutoff_at + by)


def moved(meeting: Meeting, by: User, *cases: Case, to: Moments | None = None) -> Meeting:
    with leading(by, *cases) as actor:
        to = to or later(meeting, days=7)
        return moving.move(meeting, to, as_read(meeting), now=timezone.now(), by=actor)


def called_off(meeting: Meeting, by: User, *cases: Case) -> int:
    with leading(by, *cases) as actor:
        return moving.cancel(meeting, as_read(meeting), now=timezone.now(), by=actor)


def untils(person: User, case: Case) -> set[object]:
    """Until when this person reads what of the case; read as that person."""
    with as_(person):
        return set(
            Grant.objects.filter(user_id=person.pk, content_object_id=case.dossier_id, revoked_at__isnull=True)
            .values_list("valid_until", flat=True)
        )  # fmt: skip


def waits_for(person: User) -> bool:
    return Job.objects.filter(kind=SOMETHING_WAITS, subject_id=person.pk).exists()


def test_who_sits_at_a_published_item_keeps_it_until_a_day_after_the_new_moment(
    cast: Cast, case: Case, meeting: Meeting
) -> None:
    item = an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    assert untils(cast.greet, case) == {meeting.ends_at + agenda.AFTER}
    after = moved(meeting, cast.rosa, case)
    assert after.starts_at == meeting.starts_at + timedelta(days=7)
    assert untils(cast.greet, case) == {after.ends_at + agenda.AFTER}
    with as_(cast.greet) as (by, _):
        assert visible(AgendaItem, by=by).filter(pk=item.pk).exists()
        assert Participation.objects.get(user=cast.greet).until == after.ends_at + agenda.AFTER


def test_access_lasts_no_longer_than_the_seat(cast: Cast, case: Case, meeting: Meeting) -> None:
    an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    ends = meeting.ends_at + timedelta(days=3)
    Seat.objects.filter(user=cast.greet).update(valid_until=ends)
    moved(meeting, cast.rosa, case)
    with as_(cast.greet):
        assert Participation.objects.get(user=cast.greet).until == ends


def test_what_is_not_published_gives_nobody_anything_when_the_meeting_moves(
    cast: Cast, case: Case, meeting: Meeting
) -> None:
    an_item(meeting, case, cast.rosa, cast.greet)
    moved(meeting, cast.rosa, case)
    assert untils(cast.greet, case) == set()


def test_who_takes_part_for_longer_keeps_the_own_end(cast: Cast, case: Case, meeting: Meeting) -> None:
    from tests.world import invited

    invited(case, cast.rosa, cast.pieter)
    an_item(meeting, case, cast.rosa, cast.pieter)
    published(meeting, cast.rosa, case)
    after = moved(meeting, cast.rosa, case)
    assert untils(cast.pieter, case) == {None, after.ends_at + agenda.AFTER}


def test_access_through_a_closed_item_does_not_come_back(cast: Cast, case: Case, meeting: Meeting) -> None:
    item = an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    with leading(cast.rosa, case) as by:
        agenda.close_item(item, ItemOutcome.DISCUSSED, now=timezone.now(), by=by)
    moved(meeting, cast.rosa, case)
    assert untils(cast.greet, case) == set()


@pytest.mark.parametrize("who", ["greet", "pieter", "victor", "beheer"])
def test_nobody_but_who_directs_the_case_makes_access_last_longer(
    cast: Cast, case: Case, meeting: Meeting, who: str
) -> None:
    item = an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    with as_(cast.people[who]), pytest.raises(DatabaseError, match="only who directs"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT casework_item_follows(%s)", [item.pk])


def test_asking_the_database_without_moving_gives_no_day_more(cast: Cast, case: Case, meeting: Meeting) -> None:
    item = an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    before = untils(cast.greet, case)
    with leading(cast.rosa), connection.cursor() as cursor:
        cursor.execute("SELECT casework_item_follows(%s)", [item.pk])
        assert cursor.fetchone()[0] == 0
    assert untils(cast.greet, case) == before


def test_a_meeting_goes_only_to_later(cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(Refused, match="alleen naar later"):
        moved(meeting, cast.rosa, to=later(meeting, days=-1))
    with pytest.raises(Refused, match="toekomst"):
        moved(meeting, cast.rosa, to=later(meeting, days=-30))


def test_a_meeting_does_not_go_where_the_table_meets_already(cast: Cast, meeting: Meeting) -> None:
    with leading(cast.rosa) as by:
        other = planning.MeetingInput(
            meeting.starts_at + timedelta(days=7), meeting.ends_at + timedelta(days=7), meeting.cutoff_at,
            cast.rosa.pk, cast.rosa.pk,
        )  # fmt: skip
        planning.plan(cast.overlast, other, now=timezone.now(), by=by)
    with pytest.raises(Refused, match="al een overleg"):
        moved(meeting, cast.rosa)


def test_of_two_who_move_at_once_the_second_hears_of_the_first(cast: Cast, meeting: Meeting) -> None:
    moved(meeting, cast.rosa)
    with pytest.raises(Refused, match="intussen veranderd"):
        moved(meeting, cast.rachid, to=later(meeting, days=14))


@pytest.mark.parametrize("status", [MeetingStatus.RUNNING, MeetingStatus.HELD, MeetingStatus.CANCELLED])
def test_a_meeting_that_runs_or_is_over_is_not_moved_nor_cancelled(
    cast: Cast, meeting: Meeting, status: MeetingStatus
) -> None:
    with as_(cast.rosa):
        Meeting.objects.filter(pk=meeting.pk).update(status=status)
        fresh = Meeting.objects.get(pk=meeting.pk)
    with pytest.raises(Refused):
        moved(fresh, cast.rosa)
    with pytest.raises(Refused):
        called_off(fresh, cast.rosa)


@pytest.mark.parametrize("who", ["pieter", "carla", "victor", "bram"])
def test_only_who_directs_the_table_moves_cancels_or_changes(cast: Cast, meeting: Meeting, who: str) -> None:
    person = cast.people[who]
    with pytest.raises(Refused):
        moved(meeting, person)
    with pytest.raises(Refused):
        called_off(meeting, person)
    with pytest.raises(Refused), as_(person) as (by, _):
        given = WhereInput(cast.rosa.pk, cast.rosa.pk)
        planning.change(meeting, given, as_read(meeting), now=timezone.now(), by=by)


def test_what_is_open_goes_to_the_next_meeting_and_access_ends(cast: Cast, case: Case, meeting: Meeting) -> None:
    then = a_meeting(cast.overlast, cast.rosa, in_days=14)
    item = an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    Job.objects.all().delete()
    assert called_off(meeting, cast.rosa, case) == 1
    with leading(cast.rosa):
        carried = AgendaItem.objects.get(meeting=then)
        assert carried.carried_from_id == item.pk
        assert [seat.user_id for seat in carried.seats.all()] == [cast.greet.pk]
    assert untils(cast.greet, case) == set()
    assert waits_for(cast.greet)
    assert not waits_for(cast.pieter), "who had nothing on the agenda hears nothing of an agenda"


def test_a_case_that_is_on_the_next_agenda_already_is_there_once(cast: Cast, case: Case, meeting: Meeting) -> None:
    then = a_meeting(cast.overlast, cast.rosa, in_days=14)
    an_item(meeting, case, cast.rosa)
    an_item(then, case, cast.rosa)
    assert called_off(meeting, cast.rosa, case) == 1
    with leading(cast.rosa):
        assert AgendaItem.objects.get(meeting=meeting).outcome == ItemOutcome.CARRIED
        assert AgendaItem.objects.filter(meeting=then).count() == 1


def test_without_a_next_meeting_the_items_close_and_wait(cast: Cast, case: Case, meeting: Meeting) -> None:
    an_item(meeting, case, cast.rosa)
    assert called_off(meeting, cast.rosa, case) == 1
    with leading(cast.rosa):
        assert AgendaItem.objects.get().outcome == ItemOutcome.CARRIED


def test_cancelling_twice_is_refused_and_changes_nothing(cast: Cast, meeting: Meeting) -> None:
    called_off(meeting, cast.rosa)
    with pytest.raises(Refused, match="gaat niet door"):
        called_off(meeting, cast.rachid)


def test_everybody_with_a_seat_is_called_and_hears_of_each_change_once(cast: Cast, meeting: Meeting) -> None:
    with as_(cast.rosa):
        people = {call.user_id for call in MeetingCall.objects.filter(meeting=meeting)}
    seated = set(Seat.objects.filter(table=cast.overlast).values_list("user_id", flat=True))
    assert people == seated
    moved(meeting, cast.rosa)
    with as_(cast.rosa):
        calls = {call.pk for call in MeetingCall.objects.filter(meeting=meeting)}
    assert Job.objects.filter(kind=CALL, subject_id__in=calls).count() == len(seated), "one mail tells both"


def test_chair_secretary_and_place_change(cast: Cast, meeting: Meeting) -> None:
    given = WhereInput(cast.rachid.pk, cast.rosa.pk, "Wijkhuis", "https://vergader.example/a")
    with leading(cast.rosa) as by:
        after = planning.change(meeting, given, as_read(meeting), now=timezone.now(), by=by)
    assert (after.chair_id, after.place, after.sequence) == (cast.rachid.pk, "Wijkhuis", 0)
    with pytest.raises(Refused, match="intussen veranderd"), leading(cast.rachid) as by:
        planning.change(meeting, given, as_read(meeting), now=timezone.now(), by=by)


@pytest.mark.parametrize("who", ["carla", "pieter", "victor"])
def test_nobody_chairs_who_does_not_direct_the_table(cast: Cast, meeting: Meeting, who: str) -> None:
    given = WhereInput(cast.people[who].pk, cast.rosa.pk)
    with pytest.raises(Refused, match="procesregisseur van deze tafel"), leading(cast.rosa) as by:
        planning.change(meeting, given, as_read(meeting), now=timezone.now(), by=by)


def test_the_same_meeting_is_not_planned_twice(cast: Cast, meeting: Meeting) -> None:
    with leading(cast.rachid) as by:
        again = planning.MeetingInput(
            meeting.starts_at, meeting.ends_at, meeting.cutoff_at, cast.rachid.pk, cast.rachid.pk
        )
        with pytest.raises(Refused, match="al een overleg"):
            planning.plan(cast.overlast, again, now=timezone.now(), by=by)
