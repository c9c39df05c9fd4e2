"""A series: its meetings are made ahead, follow when it changes, and stay when the agenda is known."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from casework.later import NIGHT, meetings_night
from casework.models import AgendaItem, ItemOutcome, Meeting, MeetingCall, MeetingSeries, MeetingStatus, Weekday
from casework.services.meetings import agenda, series
from casework.services.meetings.planning import as_read
from partners.models import Seat
from privacy import jobs
from privacy.errors import Refused
from privacy.models.job import Job
from privacy.roles import Role
from tests.meetings.planning_scene import HERE, NOW, a_rhythm, a_series, days_of, meetings_of, where
from tests.meetings.scene import an_item, leading
from tests.world import Cast, a_case, a_signal, as_


def changed(one: MeetingSeries, cast: Cast, *, now: datetime = NOW, **more: object) -> int:
    with leading(cast.rosa) as by:
        fresh = MeetingSeries.objects.get(pk=one.pk)
        return series.change(fresh, a_rhythm(**more), where(cast.rosa), as_read(fresh), now=now, by=by)[1]


def known(meeting: Meeting, cast: Cast) -> None:
    with leading(cast.rosa) as by:
        agenda.publish(meeting, now=NOW, by=by)


def test_the_meetings_of_half_a_year_are_there_at_once(cast: Cast) -> None:
    one = a_series(cast.overlast, cast.rosa)
    found = days_of(one, cast.rosa)
    assert found[0] == date(2054, 9, 8)
    assert found[-1] == date(2055, 3, 2)
    assert len(found) == 26
    times = {meeting.starts_at.astimezone(HERE).time() for meeting in meetings_of(one, cast.rosa)}
    assert times == {time(10)}, "also after summer time"


def test_no_meeting_is_made_on_a_holiday(cast: Cast) -> None:
    one = a_series(cast.overlast, cast.rosa, weekday=Weekday.FRIDAY)
    assert not {date(2054, 12, 25), date(2055, 1, 1)} & set(days_of(one, cast.rosa))


def test_a_second_click_makes_no_second_series(cast: Cast) -> None:
    a_series(cast.overlast, cast.rosa)
    with pytest.raises(Refused, match="de tafel overlegt dan al"):
        a_series(cast.overlast, cast.rachid)
    with as_(cast.rosa):
        assert MeetingSeries.objects.count() == 1


def test_two_rhythms_that_do_not_meet_stand_beside_each_other(cast: Cast) -> None:
    a_series(cast.overlast, cast.rosa)
    a_series(cast.overlast, cast.rosa, weekday=Weekday.THURSDAY)
    with as_(cast.rosa):
        assert MeetingSeries.objects.count() == 2


@pytest.mark.parametrize("who", ["pieter", "carla", "bram", "victor", "beheer", "fatima"])
def test_only_who_directs_the_table_sets_its_rhythm(cast: Cast, who: str) -> None:
    with pytest.raises(Refused), as_(cast.people[who]) as (by, _):
        series.begin(cast.overlast, a_rhythm(), where(cast.rosa), now=NOW, by=by)


def test_somebody_who_does_not_direct_the_table_leads_no_series(cast: Cast) -> None:
    for person in (cast.carla, cast.victor, cast.pieter):
        with pytest.raises(Refused, match="procesregisseur van deze tafel"), leading(cast.rosa) as by:
            series.begin(cast.overlast, a_rhythm(), where(cast.rosa, chair=person.pk), now=NOW, by=by)


def test_a_rhythm_does_not_begin_in_the_past_nor_too_far_away(cast: Cast) -> None:
    with pytest.raises(Refused, match="na vandaag"):
        a_series(cast.overlast, cast.rosa, begins_on=NOW.date())
    with pytest.raises(Refused, match="half jaar"):
        a_series(cast.overlast, cast.rosa, begins_on=NOW.date() + timedelta(days=200))


def test_what_is_not_known_follows_and_what_is_known_stays(cast: Cast) -> None:
    one = a_series(cast.overlast, cast.rosa)
    first, second, *_ = meetings_of(one, cast.rosa)
    known(first, cast)
    changed(one, cast, weekday=Weekday.THURSDAY, starts_at=time(14), begins_on=date(2054, 9, 8))
    found = meetings_of(one, cast.rosa, status=MeetingStatus.PLANNED)
    assert found[0].pk == first.pk
    assert found[0].starts_at == first.starts_at, "and no second one in that week"
    assert found[1].pk == second.pk, "it is the same meeting, with what is on its agenda"
    assert found[1].starts_at == datetime(2054, 9, 17, 14, tzinfo=HERE)
    assert {meeting.starts_at.astimezone(HERE).weekday() for meeting in found[1:]} == {Weekday.THURSDAY}


def test_the_new_chair_and_place_go_to_all_that_follow(cast: Cast) -> None:
    one = a_series(cast.overlast, cast.rosa)
    with leading(cast.rosa) as by:
        given = where(cast.rachid, place="Wijkhuis")
        series.change(one, a_rhythm(), given, as_read(one), now=NOW, by=by)
    found = meetings_of(one, cast.rosa)
    assert {(meeting.chair_id, meeting.place) for meeting in found} == {(cast.rachid.pk, "Wijkhuis")}
    assert {meeting.sequence for meeting in found} == {0}, "no calendar has to hear of it"


def test_a_rhythm_that_begins_later_and_comes_back(cast: Cast) -> None:
    one = a_series(cast.overlast, cast.rosa, begins_on=date(2054, 9, 8))
    before = days_of(one, cast.rosa)
    changed(one, cast, begins_on=date(2054, 9, 15))
    assert days_of(one, cast.rosa, status=MeetingStatus.PLANNED) == before[1:]
    changed(one, cast, begins_on=date(2054, 9, 8))
    assert days_of(one, cast.rosa, status=MeetingStatus.PLANNED) == before


def test_half_as_often_cancels_what_falls_out_and_takes_its_items_to_the_next(cast: Cast) -> None:
    one = a_series(cast.overlast, cast.rosa)
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    first, second, third, *_ = meetings_of(one, cast.rosa)
    an_item(second, case, cast.rosa)
    with leading(cast.rosa, case) as by:
        fresh = MeetingSeries.objects.get(pk=one.pk)
        many = series.change(
            fresh, a_rhythm(every=2, begins_on=date(2054, 9, 8)), where(cast.rosa), as_read(fresh), now=NOW, by=by
        )[1]
        assert AgendaItem.objects.get(meeting=second).outcome == ItemOutcome.CARRIED
        assert AgendaItem.objects.get(meeting=third).outcome == ItemOutcome.OPEN
    kept = meetings_of(one, cast.rosa, status=MeetingStatus.PLANNED)
    assert many == len(kept) == 13
    assert [meeting.pk for meeting in kept[:2]] == [first.pk, third.pk]


def test_a_week_without_meeting_gives_none_when_a_month_has_one(cast: Cast) -> None:
    one = a_series(cast.overlast, cast.rosa)
    changed(one, cast, rhythm="monthly", nth=3)
    found = days_of(one, cast.rosa, status=MeetingStatus.PLANNED)
    assert found == [
        date(2054, 9, 15),
        date(2054, 10, 20),
        date(2054, 11, 17),
        date(2054, 12, 15),
        date(2055, 1, 19),
        date(2055, 2, 16),
    ]


def test_who_changes_what_a_colleague_just_changed_hears_so(cast: Cast) -> None:
    one = a_series(cast.overlast, cast.rosa)
    seen = as_read(one)
    changed(one, cast, starts_at=time(9))
    with pytest.raises(Refused, match="intussen veranderd"), leading(cast.rachid) as by:
        series.change(one, a_rhythm(), where(cast.rachid), seen, now=NOW, by=by)


def test_a_series_that_ends_leaves_what_is_known(cast: Cast) -> None:
    one = a_series(cast.overlast, cast.rosa)
    first, *others = meetings_of(one, cast.rosa)
    known(first, cast)
    with leading(cast.rosa) as by:
        assert series.end(one, as_read(one), now=NOW, by=by) == len(others)
    assert days_of(one, cast.rosa, status=MeetingStatus.PLANNED) == [date(2054, 9, 8)]
    with pytest.raises(Refused, match="al gestopt"), leading(cast.rachid) as by:
        series.end(one, as_read(one), now=NOW, by=by)
    with pytest.raises(Refused, match="al gestopt"):
        changed(one, cast)


def night(person: object, now: datetime) -> None:
    """The night's job of one person, at this moment."""
    job = jobs.enqueue(NIGHT, person.pk, not_before=now)  # type: ignore[attr-defined]
    jobs.perform(job.pk, now=now)
    job.refresh_from_db()
    assert job.state == "done", job.last_error


def test_at_night_the_next_meetings_are_made(cast: Cast) -> None:
    one = a_series(cast.overlast, cast.rosa)
    before = days_of(one, cast.rosa)
    later = NOW + timedelta(weeks=4)
    night(cast.rosa, later)
    night(cast.rosa, later)
    assert days_of(one, cast.rosa)[len(before) :] == [date(2055, 3, day) for day in (9, 16, 23, 30)], (
        "each of them once"
    )


def test_a_meeting_that_was_cancelled_or_moved_is_not_made_again(cast: Cast) -> None:
    one = a_series(cast.overlast, cast.rosa)
    before = days_of(one, cast.rosa)
    with as_(cast.rosa):
        Meeting.objects.filter(pk=meetings_of(one, cast.rosa)[3].pk).update(status=MeetingStatus.CANCELLED)
    night(cast.rosa, NOW + timedelta(weeks=1))
    assert days_of(one, cast.rosa)[:-1] == before


def test_at_night_nobody_plans_for_a_chair_who_left(cast: Cast) -> None:
    one = a_series(cast.overlast, cast.rosa)
    before = days_of(one, cast.rachid)
    Seat.objects.filter(user=cast.rosa).update(ended_at=timezone.now())
    night(cast.rosa, NOW + timedelta(weeks=4))
    night(cast.rachid, NOW + timedelta(weeks=4))
    assert days_of(one, cast.rachid) == before


def test_at_night_nobody_plans_with_a_secretary_who_left(cast: Cast) -> None:
    with leading(cast.rosa) as by:
        given = where(cast.rosa, secretary=cast.rachid.pk)
        one = series.begin(cast.overlast, a_rhythm(), given, now=NOW, by=by)[0]
    before = days_of(one, cast.rosa)
    Seat.objects.filter(user=cast.rachid).update(ended_at=timezone.now())
    night(cast.rosa, NOW + timedelta(weeks=4))
    assert days_of(one, cast.rosa) == before


def test_every_night_who_directs_a_table_gets_one_job(cast: Cast) -> None:
    meetings_night()
    meetings_night()
    asked = list(Job.objects.filter(kind=NIGHT).values_list("subject_id", flat=True))
    leads = Seat.objects.filter(role=Role.PROCESREGISSEUR).values_list("user_id", flat=True)
    assert sorted(asked) == sorted(set(leads))


def test_people_are_called_when_a_meeting_is_near_and_not_for_half_a_year(cast: Cast) -> None:
    a_series(cast.overlast, cast.rosa)
    with as_(cast.rosa):
        called = {call.meeting_id for call in MeetingCall.objects.all()}
        near = Meeting.objects.filter(starts_at__lte=NOW + timedelta(weeks=3))
        assert called == {meeting.pk for meeting in near}
        assert len(called) == 2
    night(cast.rosa, NOW + timedelta(weeks=1))
    with as_(cast.rosa):
        assert MeetingCall.objects.values("meeting").distinct().count() == 3


def test_the_meeting_of_today_stays_whatever_becomes_of_the_series(cast: Cast) -> None:
    one = a_series(cast.overlast, cast.rosa)
    morning = datetime(2054, 9, 8, 8, tzinfo=HERE)
    changed(one, cast, now=morning, weekday=Weekday.FRIDAY, begins_on=date(2054, 9, 9))
    assert date(2054, 9, 8) in days_of(one, cast.rosa, status=MeetingStatus.PLANNED)
    with leading(cast.rosa) as by:
        fresh = MeetingSeries.objects.get(pk=one.pk)
        series.end(fresh, as_read(fresh), now=morning, by=by)
    assert days_of(one, cast.rosa, status=MeetingStatus.PLANNED) == [date(2054, 9, 8)]
