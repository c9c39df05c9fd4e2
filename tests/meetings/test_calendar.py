"""A calendar learns that there is an "Overleg", when, and whether it goes on; from the feed and from the mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from casework.models import CalendarFeed, Case, Meeting, MeetingCall
from casework.services.meetings import feeds, moving
from casework.services.meetings.calling import CALL
from casework.services.meetings.planning import as_read
from casework.views.meetings import calendar as views
from partners.models import Seat, User
from privacy import jobs
from privacy.models import AuditEntry
from privacy.models.job import Job
from tests.conftest import Log
from tests.meetings.scene import a_meeting, an_item, leading, published
from tests.meetings.test_planning_moving import called_off, moved
from tests.world import Cast, a_case, a_signal, as_

ENTRY = {
    "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS", "TRANSP", "SEQUENCE", "STATUS",
}  # fmt: skip


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return a_meeting(cast.overlast, cast.rosa, place="Stadhuis geheim", video_link="https://vergader.example/geheim")


def address(person: User) -> str:
    with as_(person) as (by, _):
        return reverse("calendar-feed", args=[feeds.make(now=timezone.now(), by=by)])


def entries(url: str) -> list[Event]:
    answer = Client().get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return events(answer.content)


def events(file: bytes) -> list[Event]:
    """The entries of a file that holds to RFC 5545: lines end with CR LF and are at most 75 octets."""
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert b"\n" not in file.replace(b"\r\n", b"")
    found = Calendar.from_ical(file)
    assert {"VERSION", "PRODID"} <= set(found)
    assert found.errors == []
    assert [one.errors for one in found.walk("VEVENT")] == [[]] * len(found.walk("VEVENT"))
    return list(found.walk("VEVENT"))


def test_an_entry_says_overleg_and_when_and_nothing_else(cast: Cast, meeting: Meeting) -> None:
    (entry,) = entries(address(cast.greet))
    assert set(entry) == ENTRY
    assert str(entry["SUMMARY"]) == "Overleg"
    assert str(entry["CLASS"]) == "CONFIDENTIAL"
    assert str(entry["STATUS"]) == "CONFIRMED"
    assert entry["SEQUENCE"] == 0
    assert entry.start == meeting.starts_at.replace(microsecond=0).astimezone(UTC)
    assert entry.end == meeting.ends_at.replace(microsecond=0).astimezone(UTC)


def test_the_name_of_an_entry_leads_to_nothing(cast: Cast, meeting: Meeting, login: Callable[[User], Client]) -> None:
    url = address(cast.greet)
    uid = str(entries(url)[0]["UID"])
    assert uid == str(entries(url)[0]["UID"]), "it stays the same, or every look would make a new entry"
    file = Client().get(url).content.decode()
    for known in (meeting.pk, cast.overlast.pk, cast.greet.pk, cast.rosa.pk):
        assert str(known) not in file
        assert known.hex not in file
    with as_(cast.rosa):
        assert not Meeting.objects.filter(pk=uid).exists()


def test_all_meetings_of_the_own_tables_are_there_whatever_is_on_the_agenda(cast: Cast, meeting: Meeting) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    a_meeting(cast.jeugd, cast.victor)
    before = Client().get(address(cast.greet)).content
    an_item(meeting, case, cast.rosa, cast.pieter)
    published(meeting, cast.rosa, case)
    found = [entries(address(person)) for person in (cast.greet, cast.pieter, cast.wout)]
    assert {len(one) for one in found} == {1}
    same = {tuple((name, value.to_ical()) for name, value in one[0].items() if name != "DTSTAMP") for one in found}
    assert len(same) == 1, "the same for who is on the agenda and who is not"
    assert events(before)[0]["UID"] == found[0][0]["UID"]
    assert entries(address(cast.victor))[0]["UID"] != found[0][0]["UID"]
    assert entries(address(cast.otto)) == []


def test_a_meeting_that_moves_or_does_not_go_on_changes_its_own_entry(cast: Cast, meeting: Meeting) -> None:
    url = address(cast.greet)
    uid = entries(url)[0]["UID"]
    after = moved(meeting, cast.rosa)
    (entry,) = entries(url)
    assert (entry["UID"], entry["SEQUENCE"], str(entry["STATUS"])) == (uid, 1, "CONFIRMED")
    assert entry.start == after.starts_at.replace(microsecond=0).astimezone(UTC)
    called_off(after, cast.rosa)
    (entry,) = entries(url)
    assert (entry["UID"], entry["SEQUENCE"], str(entry["STATUS"])) == (uid, 2, "CANCELLED")


def test_the_address_holds_256_random_bits_and_is_kept_nowhere(cast: Cast) -> None:
    with as_(cast.greet) as (by, _):
        tokens = {feeds.make(now=timezone.now(), by=by) for _ in range(20)}
        rows = [bytes(feed.address_hash) for feed in CalendarFeed.objects.all()]
    assert len(tokens) == 20
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)
    assert {feeds.hash_of(token) for token in tokens} == set(rows)
    assert not any(token.encode() in row for token in tokens for row in rows)


def test_a_new_address_ends_the_one_before(cast: Cast, meeting: Meeting) -> None:
    first = address(cast.greet)
    second = address(cast.greet)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    with as_(cast.greet):
        assert CalendarFeed.objects.filter(revoked_at__isnull=True).count() == 1


def test_an_address_that_was_revoked_never_was_or_is_of_who_left_answers_the_same(cast: Cast, meeting: Meeting) -> None:
    of_pieter, of_greet = address(cast.pieter), address(cast.greet)
    with as_(cast.pieter) as (by, _):
        assert feeds.revoke(now=timezone.now(), by=by)
        assert not feeds.revoke(now=timezone.now(), by=by), "twice is the same as once"
    User.objects.filter(pk=cast.greet.pk).update(is_active=False)
    answers = [Client().get(url) for url in (of_pieter, of_greet, reverse("calendar-feed", args=["x" * 43]))]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_who_no_longer_sits_at_a_table_reads_nothing_of_it(cast: Cast, meeting: Meeting) -> None:
    url = address(cast.greet)
    Seat.objects.filter(user=cast.greet).update(ended_at=timezone.now())
    assert entries(url) == []


def test_nobody_reads_or_ends_the_address_of_somebody_else(cast: Cast) -> None:
    url = address(cast.greet)
    for person in (cast.rosa, cast.pieter, cast.beheer, cast.fatima):
        with as_(person) as (by, _):
            assert not CalendarFeed.objects.exists()
            feeds.revoke(now=timezone.now(), by=by)
    assert Client().get(url).status_code == 200


def test_every_look_is_logged_and_what_is_not_there_only_so_often(
    cast: Cast, meeting: Meeting, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "UNKNOWN_LOGGED", 2)
    url = address(cast.greet)
    Client().get(url)
    Client().get(url)
    looks = log.looks(event="calendar.read")
    assert [entry.actor_id for entry in looks] == [cast.greet.pk] * 2
    for _ in range(4):
        Client().get(reverse("calendar-feed", args=["y" * 43]))
    assert len(log.looks(event="calendar.unknown")) == 2
    assert not any("y" * 20 in str(vars(entry)) for entry in AuditEntry.objects.using("maintenance").all())


def test_a_calendar_that_looks_all_the_time_is_slowed_down(
    cast: Cast, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "READS", 2)
    url, other = address(cast.greet), address(cast.pieter)
    assert [Client().get(url).status_code for _ in range(3)] == [200, 200, 429]
    assert Client().get(other).status_code == 200


def test_the_address_is_shown_once(cast: Cast, login: Callable[[User], Client]) -> None:
    client = login(cast.greet)
    assert "nog geen adres" in client.get(reverse("calendar")).content.decode()
    page = client.post(reverse("calendar")).content.decode()
    found = re.search(r"http[^ ]+(/overleg/kalender/[\w-]{43}\.ics)<", page)
    assert found
    assert Client().get(found[1]).status_code == 200
    assert found[1] not in client.get(reverse("calendar")).content.decode()
    assert client.post(reverse("calendar-revoke")).status_code == 302
    assert Client().get(found[1]).status_code == 404


# --- the mail -------------------------------------------------------------------------------------


def mailed(meeting: Meeting, person: User) -> list[Any]:
    """The mails that this person gets when the waiting jobs are done."""
    with as_(person):
        call = MeetingCall.objects.filter(meeting=meeting, user=person).first()
    mail.outbox.clear()
    for job in Job.objects.filter(kind=CALL, subject_id=call.pk if call else None, done_at__isnull=True):
        jobs.perform(job.pk, now=timezone.now())
    return list(mail.outbox)


def invited_to(sent: Any) -> tuple[str, Event]:
    """What the mail tells a calendar to do, and the entry."""
    (part,) = [part for part in sent.message().walk() if part.get_content_type() == "text/calendar"]
    file = part.get_payload(decode=True)
    (entry,) = events(file)
    method = part.get_param("method")
    assert str(Calendar.from_ical(file)["METHOD"]) == method
    return method, entry


def test_the_invitation_says_overleg_and_names_nobody_but_the_reader(cast: Cast, meeting: Meeting) -> None:
    (sent,) = mailed(meeting, cast.greet)
    method, entry = invited_to(sent)
    assert sent.to == [cast.greet.email]
    assert sent.subject == "Er staat iets voor u klaar"
    assert method == "REQUEST"
    assert set(entry) == ENTRY | {"ORGANIZER", "ATTENDEE"}
    assert str(entry["ATTENDEE"]) == f"mailto:{cast.greet.email}"
    assert str(entry["SUMMARY"]) == "Overleg"
    whole = sent.message().as_string() + entry.to_ical().decode()
    for word in ("geheim", "woonoverlast", "Casustafel w", "Rosa", "rosa", str(meeting.pk), str(cast.overlast.pk)):
        assert word not in whole


def test_the_mail_and_the_feed_are_one_entry(cast: Cast, meeting: Meeting) -> None:
    (sent,) = mailed(meeting, cast.greet)
    assert invited_to(sent)[1]["UID"] == entries(address(cast.greet))[0]["UID"]


def test_the_mail_is_the_same_for_who_is_on_the_agenda_and_who_is_not(cast: Cast, meeting: Meeting) -> None:
    case: Case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    an_item(meeting, case, cast.rosa, cast.pieter)
    published(meeting, cast.rosa, case)
    after = moved(meeting, cast.rosa, case)
    ours, theirs = mailed(after, cast.pieter)[0], mailed(after, cast.greet)[0]
    assert ours.body == theirs.body
    drop = {"ATTENDEE", "DTSTAMP"}
    one, other = invited_to(ours)[1], invited_to(theirs)[1]
    assert {key: one[key] for key in set(one) - drop} == {key: other[key] for key in set(other) - drop}


def test_moving_and_cancelling_are_told_and_nothing_is_told_twice(cast: Cast, meeting: Meeting) -> None:
    assert len(mailed(meeting, cast.greet)) == 1
    after = moved(meeting, cast.rosa)
    (sent,) = mailed(after, cast.greet)
    method, entry = invited_to(sent)
    assert (method, entry["SEQUENCE"]) == ("REQUEST", 1)
    with leading(cast.rosa) as by:
        moving.cancel(after, as_read(after), now=timezone.now(), by=by)
    (sent,) = mailed(after, cast.greet)
    method, entry = invited_to(sent)
    assert (method, entry["SEQUENCE"], str(entry["STATUS"])) == ("CANCEL", 2, "CANCELLED")
    with as_(cast.greet):
        call = MeetingCall.objects.get(meeting=after, user=cast.greet)
    jobs.enqueue(CALL, call.pk)
    assert mailed(after, cast.greet) == []


def test_that_somebody_was_told_is_in_the_log(cast: Cast, meeting: Meeting, log: Log) -> None:
    mailed(meeting, cast.greet)
    with as_(cast.greet):
        call = MeetingCall.objects.get(meeting=meeting, user=cast.greet)
    (entry,) = log.changes(event="meeting.told", object_pk=str(call.pk))
    assert entry.actor_name == "Casustafel"


def test_who_heard_nothing_yet_does_not_hear_that_it_does_not_go_on(cast: Cast, meeting: Meeting) -> None:
    called_off(meeting, cast.rosa)
    assert mailed(meeting, cast.greet) == []


def test_a_meeting_far_away_calls_nobody_yet(cast: Cast) -> None:
    far = a_meeting(cast.overlast, cast.rosa, in_days=40)
    with as_(cast.rosa):
        assert not MeetingCall.objects.filter(meeting=far).exists()


def test_who_left_the_table_or_the_house_gets_no_mail(cast: Cast, meeting: Meeting) -> None:
    Seat.objects.filter(user=cast.greet).update(ended_at=timezone.now())
    User.objects.filter(pk=cast.pieter.pk).update(is_active=False)
    cast.ggz.covenants.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert mailed(meeting, cast.greet) == []
    assert mailed(meeting, cast.pieter) == []
    assert mailed(meeting, cast.wout) == [], "no covenant binds any more"


def test_a_partner_reads_its_own_calls_alone_and_changes_none(cast: Cast, meeting: Meeting) -> None:
    with as_(cast.greet):
        assert {call.user_id for call in MeetingCall.objects.all()} == {cast.greet.pk}
        assert MeetingCall.objects.update(told=9) == 0
