"""Closing a meeting: what is not finished goes on, access through items ends, and nobody closes what never began."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import AgendaItem, Case, ItemOutcome, Meeting, MeetingStatus
from casework.queries.meetings.closing import to_finish
from casework.services import exclusions
from partners.models import User
from privacy.errors import Refused
from privacy.models import ExclusionReason
from tests.conftest import Log
from tests.meetings.scene import a_meeting, an_item, begun, closed, leading, published
from tests.meetings.scene_minutes import agreed, decided, ended, fixed, outcome_of
from tests.world import Cast, a_case, a_signal, as_

Login = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(cast: Cast) -> tuple[Case, Case]:
    one = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast), short_name="De een")
    return one, a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name="De ander")


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return a_meeting(cast.overlast, cast.rosa, secretary=cast.rachid.pk)


def test_what_is_open_goes_to_the_next_meeting_and_what_is_ticked_is_finished(
    cast: Cast, cases: tuple[Case, Case], meeting: Meeting
) -> None:
    later = a_meeting(cast.overlast, cast.rosa, in_days=14)
    done = an_item(meeting, cases[0], cast.rosa, cast.greet)
    left = an_item(meeting, cases[1], cast.rosa, cast.greet)
    published(meeting, cast.rosa, *cases)
    begun(meeting, cast.rosa)
    told = ended(meeting, cast.rosa, done)
    assert (told.carried, told.waiting) == (1, 0)
    assert outcome_of(done, cast.rosa) == ItemOutcome.DISCUSSED
    assert outcome_of(left, cast.rosa) == ItemOutcome.CARRIED
    with as_(cast.rosa):
        assert Meeting.objects.get(pk=meeting.pk).status == MeetingStatus.HELD
        assert AgendaItem.objects.get(meeting=later).carried_from_id == left.pk


def test_without_a_next_meeting_it_waits_to_be_proposed(cast: Cast, cases: tuple[Case, Case], meeting: Meeting) -> None:
    item = an_item(meeting, cases[0], cast.rosa)
    begun(meeting, cast.rosa)
    told = ended(meeting, cast.rosa)
    assert (told.carried, told.waiting) == (0, 1)
    assert outcome_of(item, cast.rosa) == ItemOutcome.CARRIED


def test_a_case_that_stands_on_the_next_agenda_already_is_not_put_there_twice(
    cast: Cast, cases: tuple[Case, Case], meeting: Meeting
) -> None:
    later = a_meeting(cast.overlast, cast.rosa, in_days=14)
    item = an_item(meeting, cases[0], cast.rosa)
    there = an_item(later, cases[0], cast.rosa)
    begun(meeting, cast.rosa)
    ended(meeting, cast.rosa)
    with as_(cast.rosa):
        assert AgendaItem.objects.get(meeting=later).pk == there.pk
        assert AgendaItem.objects.get(pk=there.pk).carried_from_id == item.pk


def test_twice_is_the_same_as_once(cast: Cast, cases: tuple[Case, Case], meeting: Meeting, log: Log) -> None:
    a_meeting(cast.overlast, cast.rosa, in_days=14)
    an_item(meeting, cases[0], cast.rosa)
    begun(meeting, cast.rosa)
    ended(meeting, cast.rosa)
    again = ended(meeting, cast.rachid)
    assert (again.carried, again.waiting, again.minutes) == (0, 0, None)
    assert len([one for one in log.changes() if one.event == "meeting.closed"]) == 1


def test_a_meeting_that_never_began_is_not_closed(cast: Cast, cases: tuple[Case, Case], meeting: Meeting) -> None:
    an_item(meeting, cases[0], cast.rosa)
    with pytest.raises(Refused, match="nog niet begonnen"):
        ended(meeting, cast.rosa)


def test_who_does_not_direct_the_table_closes_nothing(
    cast: Cast, cases: tuple[Case, Case], meeting: Meeting, login: Login
) -> None:
    begun(meeting, cast.rosa)
    for person in (cast.pieter, cast.carla, cast.victor):
        with pytest.raises(Refused):
            ended(meeting, person)
    assert login(cast.pieter).post(f"/overleg/{meeting.pk}/afsluiten/").status_code == 403
    assert login(cast.victor).post(f"/overleg/{meeting.pk}/afsluiten/").status_code == 404


def test_the_page_shows_what_was_decided_and_closes(
    cast: Cast, cases: tuple[Case, Case], meeting: Meeting, login: Login
) -> None:
    done = an_item(meeting, cases[0], cast.rosa, cast.greet)
    an_item(meeting, cases[1], cast.rosa, cast.greet)
    published(meeting, cast.rosa, *cases)
    begun(meeting, cast.rosa)
    decided(done, cast.rosa, "Wij leggen een gedragsaanwijzing op.")
    agreed(done, cast.rosa, cast.greet, "Greet belt de huisarts.")
    closed(done, cast.rosa)
    client, there = login(cast.rosa), f"/overleg/{meeting.pk}/afsluiten/"
    text = client.get(there).content.decode()
    for words in ("gedragsaanwijzing", "huisarts", "Nog open", "nog geen volgend overleg"):
        assert words in text
    answer = client.post(there, follow=True)
    assert "1 punt wordt voorgesteld" in answer.content.decode()
    assert client.post(there).status_code == 302, "a double click lands on the minutes too"
    assert "Dit overleg is afgesloten" in client.get(there).content.decode()


def test_a_made_up_item_is_refused(cast: Cast, cases: tuple[Case, Case], meeting: Meeting, login: Login) -> None:
    an_item(meeting, cases[0], cast.rosa)
    begun(meeting, cast.rosa)
    answer = login(cast.rosa).post(f"/overleg/{meeting.pk}/afsluiten/", {"discussed": [str(meeting.pk)]})
    assert answer.status_code == 422
    assert "intussen gesloten" in answer.content.decode()


def test_a_meeting_that_was_left_open_is_shown_to_who_leads(
    cast: Cast, cases: tuple[Case, Case], meeting: Meeting, login: Login
) -> None:
    an_item(meeting, cases[0], cast.rosa, cast.greet)
    published(meeting, cast.rosa, cases[0])
    begun(meeting, cast.rosa)
    after = meeting.ends_at + timedelta(days=2)
    with as_(cast.rachid) as (by, _):
        assert [one.what for one in to_finish(after, by=by)] == ["Overleg niet afgesloten"]
        assert to_finish(timezone.now(), by=by) == []
    with as_(cast.pieter) as (by, _):
        assert to_finish(after, by=by) == []
    with as_(cast.rosa):
        Meeting.objects.filter(pk=meeting.pk).update(
            starts_at=timezone.now() - timedelta(days=5), ends_at=timezone.now() - timedelta(days=4),
            published_at=timezone.now() - timedelta(days=6),
        )  # fmt: skip
    assert "blijven openstaan" in login(cast.rosa).get(f"/overleg/{meeting.pk}/afsluiten/").content.decode()
    assert "Overleg niet afgesloten" in login(cast.rosa).get("/").content.decode()


def test_what_who_closes_may_not_know_of_waits_for_a_colleague(
    cast: Cast, cases: tuple[Case, Case], meeting: Meeting, login: Login
) -> None:
    seen = an_item(meeting, cases[0], cast.rosa, cast.greet)
    kept = an_item(meeting, cases[1], cast.rosa, cast.greet)
    published(meeting, cast.rosa, *cases)
    begun(meeting, cast.rosa)
    with leading(cast.rachid, cases[1]) as by:
        exclusions.exclude(cases[1].dossier_id, cast.rosa, ExclusionReason.FRIEND, by=by)
    ended(meeting, cast.rosa, seen)
    page = login(cast.rosa).get(f"/overleg/{meeting.pk}/verslag/").content.decode()
    assert cases[1].dossier.reference not in page
    assert outcome_of(kept, cast.rachid) == ItemOutcome.OPEN
    assert cases[1].dossier.reference in login(cast.rachid).get(f"/overleg/{meeting.pk}/afsluiten/").content.decode()
    ended(meeting, cast.rachid, kept)
    assert outcome_of(kept, cast.rachid) == ItemOutcome.DISCUSSED
    page = login(cast.rachid).get(f"/overleg/{meeting.pk}/verslag/").content.decode()
    assert cases[1].dossier.reference in page
    assert cases[1].dossier.reference not in login(cast.rosa).get(f"/overleg/{meeting.pk}/verslag/").content.decode()


def test_minutes_that_wait_are_on_the_home_page_of_who_must_still_fix_them(
    cast: Cast, cases: tuple[Case, Case], meeting: Meeting
) -> None:
    item = an_item(meeting, cases[0], cast.rosa)
    begun(meeting, cast.rosa)
    ended(meeting, cast.rosa, item)

    def waits(person: User) -> list[str]:
        with as_(person) as (by, _):
            return [one.what for one in to_finish(timezone.now(), by=by)]

    assert (waits(cast.rosa), waits(cast.rachid), waits(cast.victor)) == (
        ["Verslag vaststellen"], ["Verslag vaststellen"], [],
    )  # fmt: skip
    fixed(meeting, cast.rosa)
    assert (waits(cast.rosa), waits(cast.rachid)) == ([], ["Verslag vaststellen"])
    fixed(meeting, cast.rachid)
    assert waits(cast.rachid) == []
