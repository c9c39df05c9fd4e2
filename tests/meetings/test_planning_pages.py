"""The pages of planning: who leads plans, who sits there sees when, and nobody else knows that there is a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.models import Meeting, MeetingSeries, MeetingStatus
from casework.services.meetings import moving
from casework.services.meetings.planning import as_read
from partners.models import Seat, User
from privacy.free_days import free_days
from tests.meetings.scene import a_meeting, an_item, published
from tests.world import Cast, a_case, a_signal, as_

Login = Callable[[User], Client]


def without_token(page: bytes) -> bytes:
    return re.sub(rb"[A-Za-z0-9]{64}", b"", page)


def working_day(in_days: int) -> date:
    day = timezone.localdate() + timedelta(days=in_days)
    while free_days().why_not_working(day):
        day += timedelta(days=1)
    return day


def sunday() -> date:
    day = timezone.localdate() + timedelta(days=7)
    return day + timedelta(days=6 - day.weekday())


def typed(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def one(person: User, **more: Any) -> dict[str, Any]:
    """What somebody types for one meeting."""
    return {
        "day": typed(working_day(10)), "clock": "10.30", "minutes": "90", "chair": str(person.pk),
        "secretary": str(person.pk), "place": "Stadhuis", "video_link": "",
    } | more  # fmt: skip


def rhythm(person: User, **more: Any) -> dict[str, Any]:
    """What somebody types for a rhythm."""
    return {
        "rhythm": "weekly", "every": "1", "weekday": "1", "nth": "1", "begins_on": typed(working_day(3)),
        "clock": "10:00", "minutes": "120", "cutoff_days": "1", "cutoff_clock": "12:00", "chair": str(person.pk),
        "secretary": str(person.pk), "place": "", "video_link": "",
    } | more  # fmt: skip


def meetings(person: User) -> list[Meeting]:
    with as_(person):
        return list(Meeting.objects.order_by("starts_at"))


def test_one_meeting_is_planned_and_stands_in_the_list(cast: Cast, login: Login) -> None:
    client = login(cast.rosa)
    answer = client.post(reverse("meeting-new", args=[cast.overlast.pk]), one(cast.rosa), follow=True)
    assert answer.redirect_chain
    (made,) = meetings(cast.rosa)
    assert timezone.localtime(made.starts_at).strftime("%H:%M") == "10:30"
    assert made.ends_at - made.starts_at == timedelta(minutes=90)
    closes = timezone.localtime(made.cutoff_at)
    assert closes.strftime("%H:%M") == "12:00"
    assert closes.date() < timezone.localdate(made.starts_at)
    assert not free_days().why_not_working(closes.date())
    page = login(cast.greet).get(reverse("meeting-list")).content.decode()
    assert "10:30" in page
    assert "Stadhuis" in page


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"day": "31-2-2027"}, "datum"),
        ({"day": typed(date.today() - timedelta(days=3))}, "toekomst"),
        ({"day": typed(sunday())}, "vrije dag (zondag)"),
        ({"day": "1-1-0001"}, "jaartal"),
        ({"clock": "kwart voor"}, "tijd"),
        ({"minutes": "5"}, "15 tot en met 600"),
        ({"minutes": "veel"}, "15 tot en met 600"),
        ({"chair": ""}, "Kies een voorzitter"),
        ({"video_link": "javascript:alert(1)"}, "https://"),
        ({"video_link": "http://vergader.example/a"}, "https://"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    cast: Cast, login: Login, more: dict[str, str], says: str
) -> None:
    url = reverse("meeting-new", args=[cast.overlast.pk])
    answer = login(cast.rosa).post(url, one(cast.rosa, place="Kamer 12", **more))
    page = answer.content.decode()
    assert answer.status_code in (409, 422)
    assert says in page
    assert "Kamer 12" in page
    assert meetings(cast.rosa) == []


def test_a_partner_can_not_be_chosen_as_chair(cast: Cast, login: Login) -> None:
    url = reverse("meeting-new", args=[cast.overlast.pk])
    for person in (cast.carla, cast.victor):
        assert login(cast.rosa).post(url, one(person)).status_code == 422


def test_a_second_click_plans_no_second_meeting(cast: Cast, login: Login) -> None:
    url, client = reverse("meeting-new", args=[cast.overlast.pk]), login(cast.rosa)
    assert client.post(url, one(cast.rosa)).status_code == 302
    again = client.post(url, one(cast.rosa))
    assert again.status_code == 409
    assert "Op dit moment is er al een overleg" in again.content.decode()
    assert len(meetings(cast.rosa)) == 1


def test_a_rhythm_says_which_days_fall_out_and_why(cast: Cast, login: Login) -> None:
    url = reverse("series-new", args=[cast.overlast.pk])
    # Half a year of Mondays always meets Christmas, Easter or Whitsun; Thursdays and Fridays would do as well.
    page = login(cast.rosa).post(url, rhythm(cast.rosa, weekday="0"), follow=True).content.decode()
    assert "Er staan nu" in page
    assert "Elke week op maandag" in page
    with as_(cast.rosa):
        series = MeetingSeries.objects.get()
    free = [series.begins_on + timedelta(days=n) for n in range(183)]
    expected = [day for day in free if day.weekday() == 0 and free_days().why_not_working(day)]
    assert ("Valt weg" in page) == bool(expected)
    for day in expected[:1]:
        assert free_days().why_not_working(day) in page


def test_a_rhythm_is_changed_and_stopped(cast: Cast, login: Login) -> None:
    client = login(cast.rosa)
    client.post(reverse("series-new", args=[cast.overlast.pk]), rhythm(cast.rosa))
    with as_(cast.rosa):
        series = MeetingSeries.objects.get()
    url = reverse("series-detail", args=[series.pk])
    changed = rhythm(cast.rosa, weekday="3", was=as_read(series))
    assert client.post(url, changed).status_code == 302
    stale = client.post(url, changed)
    assert stale.status_code == 409
    assert "intussen veranderd" in stale.content.decode()
    with as_(cast.rosa):
        series.refresh_from_db()
    assert client.post(reverse("series-end", args=[series.pk]), {"was": as_read(series)}).status_code == 302
    assert {one.status for one in meetings(cast.rosa)} == {MeetingStatus.CANCELLED}
    assert client.get(reverse("series-end", args=[series.pk])).status_code == 403
    assert "vast ritme" in client.get(reverse("meeting-list")).content.decode()


def test_the_list_says_when_nobody_makes_the_next_meetings(cast: Cast, login: Login) -> None:
    client = login(cast.rachid)
    client.post(reverse("series-new", args=[cast.overlast.pk]), rhythm(cast.rosa))
    assert "leidt deze tafel niet meer" not in client.get(reverse("meeting-list")).content.decode()
    Seat.objects.filter(user=cast.rosa).update(ended_at=timezone.now())
    assert "leidt deze tafel niet meer" in client.get(reverse("meeting-list")).content.decode()


def test_a_meeting_is_moved_and_changed_on_its_pages(cast: Cast, login: Login) -> None:
    meeting, client = a_meeting(cast.overlast, cast.rosa), login(cast.rosa)
    edit, move = (reverse(f"meeting-{what}", args=[meeting.pk]) for what in ("edit", "move"))
    given = {"chair": str(cast.rachid.pk), "secretary": str(cast.rosa.pk), "place": "Wijkhuis", "video_link": ""}
    assert client.post(edit, given | {"was": as_read(meeting)}).status_code == 302
    assert client.post(edit, given | {"was": as_read(meeting)}).status_code == 409
    (meeting,) = meetings(cast.rosa)
    assert (meeting.place, meeting.chair_id) == ("Wijkhuis", cast.rachid.pk)
    to = {"day": typed(working_day(20)), "clock": "9:00", "minutes": "60", "was": as_read(meeting)}
    assert client.post(move, to).status_code == 302
    assert client.post(move, to).status_code == 409
    assert timezone.localdate(meetings(cast.rosa)[0].starts_at) == working_day(20)


def test_cancelling_says_what_happens_with_the_agenda_and_carries_it(cast: Cast, login: Login) -> None:
    meeting, then = a_meeting(cast.overlast, cast.rosa), a_meeting(cast.overlast, cast.rosa, in_days=14)
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    url, client = reverse("meeting-cancel", args=[meeting.pk]), login(cast.rosa)
    page = client.get(url).content.decode()
    assert "Er staat 1 open punt op de agenda" in page
    (fresh,) = (one for one in meetings(cast.rosa) if one.pk == meeting.pk)
    assert client.post(url, {"was": as_read(fresh)}).status_code == 302
    assert client.get(url).status_code == 403, "it is cancelled already"
    with as_(cast.rosa):
        assert then.items.count() == 1


@pytest.mark.parametrize("status", [MeetingStatus.HELD, MeetingStatus.CANCELLED])
def test_what_is_over_is_not_changed(cast: Cast, login: Login, status: str) -> None:
    meeting = a_meeting(cast.overlast, cast.rosa)
    with as_(cast.rosa):
        Meeting.objects.filter(pk=meeting.pk).update(status=status)
    for what in ("edit", "move", "cancel"):
        assert login(cast.rosa).get(reverse(f"meeting-{what}", args=[meeting.pk])).status_code == 403


@pytest.mark.parametrize("what", ["edit", "move", "cancel"])
def test_a_table_that_is_not_mine_answers_as_one_that_is_not_there(cast: Cast, login: Login, what: str) -> None:
    meeting, client = a_meeting(cast.overlast, cast.rosa), login(cast.victor)
    there = client.get(reverse(f"meeting-{what}", args=[meeting.pk]))
    nowhere = client.get(reverse(f"meeting-{what}", args=[uuid4()]))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert without_token(there.content) == without_token(nowhere.content)


def test_nobody_plans_at_a_table_of_others(cast: Cast, login: Login) -> None:
    for name in ("meeting-new", "series-new"):
        client = login(cast.victor)
        assert client.get(reverse(name, args=[cast.overlast.pk])).status_code == 404
        assert client.post(reverse(name, args=[cast.overlast.pk]), one(cast.victor)).status_code == 404
    assert meetings(cast.rosa) == []


def test_who_only_sits_there_sees_when_and_can_change_nothing(cast: Cast, login: Login) -> None:
    a_meeting(cast.overlast, cast.rosa, place="Kamer twaalf")
    page = login(cast.greet).get(reverse("meeting-list")).content.decode()
    assert "Kamer twaalf" in page
    for word in ("Wijzig", "Plan één overleg", "ritme"):
        assert word not in page
    for outsider in (cast.otto, cast.victor):
        assert "Kamer twaalf" not in login(outsider).get(reverse("meeting-list")).content.decode()


def test_the_list_of_a_partner_is_the_same_whatever_is_on_the_agenda(cast: Cast, login: Login) -> None:
    meeting, client = a_meeting(cast.overlast, cast.rosa), login(cast.greet)

    def rows() -> str:
        return client.get(reverse("meeting-list")).content.decode().partition("<tbody")[2].partition("</tbody")[0]

    before = rows()
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    assert rows() == before


def test_the_list_asks_as_much_for_sixty_meetings_as_for_two(cast: Cast, login: Login) -> None:
    client = login(cast.rosa)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("meeting-list") + "?alles").status_code == 200
        return len(queries)

    for days in (3, 4):
        a_meeting(cast.overlast, cast.rosa, in_days=days)
    asked()
    few = asked()
    for days in range(5, 65):
        a_meeting(cast.overlast, cast.rosa, in_days=days)
    assert asked() == few


def test_what_is_far_away_is_shown_when_asked(cast: Cast, login: Login) -> None:
    a_meeting(cast.overlast, cast.rosa, in_days=120, place="Ver weg")
    client = login(cast.greet)
    near = client.get(reverse("meeting-list")).content.decode()
    assert "Ver weg" not in near
    assert "later is dan drie maanden" in near
    assert "Ver weg" in client.get(reverse("meeting-list") + "?alles").content.decode()


def test_a_rhythm_that_is_sent_as_it_is_shown_changes_nothing(cast: Cast, login: Login) -> None:
    client = login(cast.rosa)
    every_two = rhythm(cast.rosa, every="2", begins_on=typed(working_day(9)))
    client.post(reverse("series-new", args=[cast.overlast.pk]), every_two)
    before = [(one.pk, one.starts_at, one.sequence) for one in meetings(cast.rosa)]
    with as_(cast.rosa):
        url = reverse("series-detail", args=[MeetingSeries.objects.get().pk])
    form = client.get(url).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    shown["begins_on"] = typed(shown["begins_on"])
    assert client.post(url, shown).status_code == 302
    assert [(one.pk, one.starts_at, one.sequence) for one in meetings(cast.rosa)] == before


def test_what_was_called_off_is_shown_to_who_was_called_for_it(cast: Cast, login: Login) -> None:
    near = a_meeting(cast.overlast, cast.rosa, in_days=5, place="Kamer dichtbij")
    far = a_meeting(cast.overlast, cast.rosa, in_days=50, place="Kamer ver weg")
    for meeting in (near, far):
        with as_(cast.rosa) as (by, _):
            moving.cancel(meeting, as_read(meeting), now=timezone.now(), by=by)
    for person in (cast.rosa, cast.greet):
        page = login(person).get(reverse("meeting-list")).content.decode()
        assert "Kamer dichtbij" in page
        assert "Gaat niet door" in page
        assert "Kamer ver weg" not in page
