"""From each page of a meeting one link leads to what comes next; what is over says so, and where to read on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Case, Meeting, MeetingCall
from casework.services.meetings.calling import CALL
from partners.models import User
from privacy import jobs
from privacy.models.job import Job
from tests.meetings.scene import a_meeting, an_item, asked, begun, closed, published
from tests.meetings.scene_minutes import agreed, ended, fixed
from tests.world import Cast, a_case, a_signal, as_

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return a_meeting(cast.overlast, cast.rosa)


def leads_to(client: Client, page: str, there: str, *key: Any) -> bool:
    """Whether this page has a link to that page."""
    return f'href="{reverse(there, args=key)}"' in client.get(page).content.decode()


def test_the_list_leads_to_what_a_meeting_asks_for_now(cast: Cast, case: Case, meeting: Meeting, login: Login) -> None:
    rosa, every = login(cast.rosa), reverse("meeting-list")
    an_item(meeting, case, cast.rosa, cast.greet)
    for there in ("meeting-prepare", "meeting-hold", "meeting-edit"):
        assert leads_to(rosa, every, there, meeting.pk)
    assert not leads_to(rosa, every, "meeting-close", meeting.pk)
    begun(meeting, cast.rosa)
    assert leads_to(rosa, every, "meeting-close", meeting.pk)
    ended(meeting, cast.rosa)
    assert leads_to(rosa, every, "meeting-minutes", meeting.pk)
    assert leads_to(login(cast.greet), every, "meeting-minutes", meeting.pk)
    assert not leads_to(login(cast.greet), every, "meeting-hold", meeting.pk)


def test_from_the_screen_of_a_meeting_one_closes_it(cast: Cast, case: Case, meeting: Meeting, login: Login) -> None:
    rosa, screen = login(cast.rosa), reverse("meeting-hold", args=[meeting.pk])
    assert "Begin het overleg" not in rosa.get(screen).content.decode(), "with nothing on the agenda"
    assert leads_to(rosa, screen, "meeting-prepare", meeting.pk)
    item = an_item(meeting, case, cast.rosa)
    assert "Dit overleg is niet vandaag" in rosa.get(screen).content.decode(), "before somebody begins it too early"
    assert not leads_to(rosa, screen, "meeting-close", meeting.pk)
    begun(meeting, cast.rosa)
    assert leads_to(rosa, screen, "meeting-close", meeting.pk)
    assert "Alle punten zijn klaar." not in rosa.get(screen).content.decode()
    closed(item, cast.rosa)
    assert "Alle punten zijn klaar." in rosa.get(screen).content.decode()
    ended(meeting, cast.rosa)
    assert leads_to(rosa, screen, "meeting-minutes", meeting.pk)


def test_a_meeting_that_did_not_begin_says_what_to_do_instead_of_closing(
    cast: Cast, meeting: Meeting, login: Login
) -> None:
    rosa, closing = login(cast.rosa), reverse("meeting-close", args=[meeting.pk])
    assert leads_to(rosa, closing, "meeting-hold", meeting.pk)
    assert leads_to(rosa, closing, "meeting-cancel", meeting.pk)


def test_who_sat_there_goes_from_the_meeting_to_its_minutes(
    cast: Cast, case: Case, meeting: Meeting, login: Login
) -> None:
    an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    greet, page = login(cast.greet), reverse("meeting-detail", args=[meeting.pk])
    assert not leads_to(greet, page, "meeting-minutes", meeting.pk)
    begun(meeting, cast.rosa)
    ended(meeting, cast.rosa)
    assert leads_to(greet, page, "meeting-minutes", meeting.pk)


def test_from_minutes_who_leads_follows_the_actions_and_a_partner_the_own(
    cast: Cast, case: Case, meeting: Meeting, login: Login
) -> None:
    item = an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    begun(meeting, cast.rosa)
    action = agreed(item, cast.rosa, cast.greet, "Belt de huisarts.")
    ended(meeting, cast.rosa, item)
    fixed(meeting, cast.rosa)
    minutes = reverse("meeting-minutes", args=[meeting.pk])
    assert leads_to(login(cast.rosa), minutes, "case-meetings", case.pk)
    greet = login(cast.greet)
    assert leads_to(greet, minutes, "work-actions")
    assert not leads_to(greet, minutes, "case-meetings", case.pk), "this case is closed to who only sat there"
    assert leads_to(greet, reverse("meeting-detail", args=[meeting.pk]), "work-action", action.pk)


def test_a_meeting_that_runs_late_stays_on_the_home_page(cast: Cast, meeting: Meeting, login: Login) -> None:
    begun(meeting, cast.rosa)
    rosa = login(cast.rosa)
    assert leads_to(rosa, reverse("home"), "meeting-hold", meeting.pk)
    now = timezone.now()
    with as_(cast.rosa):
        Meeting.objects.filter(pk=meeting.pk).update(
            cutoff_at=now - timedelta(hours=4), starts_at=now - timedelta(hours=3), ends_at=now - timedelta(hours=1)
        )
    assert leads_to(rosa, reverse("home"), "meeting-hold", meeting.pk)
    assert leads_to(login(cast.greet), reverse("home"), "meeting-detail", meeting.pk)


def test_a_second_question_replaces_no_open_one_unless_somebody_ticks_it(
    cast: Cast, case: Case, meeting: Meeting, login: Login
) -> None:
    item = an_item(meeting, case, cast.rosa, cast.pieter, cast.greet)
    asked(item, cast.rosa, "Hoe vaak reed u langs?", cast.politie)
    form = login(cast.rosa).get(reverse("meeting-questions", args=[item.pk])).context["form"]
    assert form["organisations"].value() == [str(cast.ggz.pk)]
    assert str(cast.politie.pk) in dict(form.fields["organisations"].choices)


def test_nobody_is_invited_to_what_is_over(cast: Cast, meeting: Meeting) -> None:
    with as_(cast.greet):
        call = MeetingCall.objects.get(meeting=meeting, user=cast.greet)
    for job in Job.objects.filter(kind=CALL, subject_id=call.pk, done_at__isnull=True):
        jobs.perform(job.pk, now=meeting.ends_at + timedelta(minutes=1))
    assert mail.outbox == []
