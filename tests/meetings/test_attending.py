"""The agenda as a partner sees it: the own items in order, and nothing that tells of any other."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import AgendaItem, AgendaPlace, Case, ItemOutcome, Meeting, Participation
from casework.queries.meetings.attending import own_order
from casework.rhythm import Moments
from casework.services import participants
from casework.services.meetings import agenda, moving
from casework.services.meetings.agenda import SeatInput
from casework.services.meetings.planning import as_read
from partners.models import Covenant, Seat, User
from partners.services.seats import end_seat
from privacy import exclusions
from privacy.access import visible
from privacy.errors import Refused
from privacy.models import ExclusionReason, Grant, Job
from privacy.unlock import unlock
from tests.conftest import Log
from tests.meetings.scene import a_guest, a_meeting, an_item, asked, brings, closed, leading, published
from tests.world import GROUND, Cast, a_case, a_signal, as_, invited

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
NOTHING = "Er staat niets voor u op de agenda"


def cases_of(cast: Cast, number: int) -> list[Case]:
    return [
        a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name=f"Fam. {letter}")
        for letter in "ABCDEFGH"[:number]
    ]


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return a_meeting(cast.overlast, cast.rosa)


def page(login: Login, person: User, meeting: Meeting) -> str:
    answer = login(person).get(f"/overleg/{meeting.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def numbered(text: str) -> list[tuple[str, str]]:
    return re.findall(r"<h3[^>]*>(\d+)\. .*?(Fam\. \w)", text, re.DOTALL)


def test_own_items_are_numbered_from_one_in_the_order_of_the_regie(cast: Cast, meeting: Meeting, login: Login) -> None:
    cases = cases_of(cast, 5)
    items = [
        an_item(meeting, case, cast.rosa, cast.pieter if n in (1, 2, 4) else cast.greet) for n, case in enumerate(cases)
    ]
    published(meeting, cast.rosa, *cases)
    with leading(cast.rosa) as by:
        agenda.order(meeting, [items[n].pk for n in (4, 3, 1, 0, 2)], by=by)
    text = page(login, cast.pieter, meeting)
    assert numbered(text) == [("1", "Fam. E"), ("2", "Fam. B"), ("3", "Fam. C")]
    assert numbered(page(login, cast.greet, meeting)) == [("1", "Fam. D"), ("2", "Fam. A")]
    for hidden in ("Fam. A", "Fam. D", cases[0].dossier.reference, str(items[3].pk)):
        assert hidden not in text


def test_the_order_tells_relative_places_and_only_of_own_items(cast: Cast, meeting: Meeting) -> None:
    cases = cases_of(cast, 4)
    items = [an_item(meeting, case, cast.rosa, cast.pieter if n % 2 else cast.greet) for n, case in enumerate(cases)]
    published(meeting, cast.rosa, *cases)
    with as_(cast.pieter):
        assert own_order(meeting) == {items[1].pk: 1, items[3].pk: 2}
        assert not AgendaPlace.objects.exists()
    for person in (cast.wout, cast.bram, cast.otto, cast.victor, cast.fatima, cast.beheer):
        with as_(person):
            assert own_order(meeting) == {}


def test_an_empty_agenda_and_one_for_others_look_the_same(cast: Cast, login: Login) -> None:
    """Byte for byte, but for what is of the meeting itself."""
    (case,) = cases_of(cast, 1)
    empty, filled = (a_meeting(cast.overlast, cast.rosa, in_days=days) for days in (7, 8))
    an_item(filled, case, cast.rosa, cast.greet)
    published(empty, cast.rosa)
    published(filled, cast.rosa, case)

    def told(one: Meeting) -> str:
        text = page(login, cast.wout, one).replace(str(one.pk), "")
        return re.sub(r"\w+dag \d+ \w+( \d{4})?|\d+ (november|december|januari)|nonce=\S+|[A-Za-z0-9]{60,}", "", text)

    assert NOTHING in told(empty)
    assert told(empty) == told(filled)


def test_before_publication_there_is_nothing_for_anybody(cast: Cast, meeting: Meeting, login: Login) -> None:
    (case,) = cases_of(cast, 1)
    item = an_item(meeting, case, cast.rosa, cast.greet)
    assert NOTHING in page(login, cast.greet, meeting)
    assert login(cast.greet).get(f"/overleg/punt/{item.pk}/").status_code == 404


def test_the_item_shows_goal_people_case_and_question(cast: Cast, meeting: Meeting, login: Login, log: Log) -> None:
    (case,) = cases_of(cast, 1)
    item = an_item(meeting, case, cast.rosa, cast.greet, cast.pieter, goal="Komt er zorg op gang?")
    published(meeting, cast.rosa, case)
    a_guest(item, cast.rosa)
    asked(item, cast.rosa, "Is er behandeling?", cast.ggz)
    text = login(cast.greet).get(f"/overleg/punt/{item.pk}/").content.decode()
    for shown in (
        "Komt er zorg op gang?", "Pieter Proef", "Gast Proef", "Fam. A", "Overlast en zorgen.", "Is er behandeling?",
        f"/casussen/{case.pk}/",
    ):  # fmt: skip
        assert shown in text
    assert "Is er behandeling?" not in login(cast.pieter).get(f"/overleg/punt/{item.pk}/").content.decode()
    assert [e for e in log.looks(event="read", actor_id=cast.greet.pk) if e.object_pk == str(item.pk)]


def test_the_item_is_gone_at_the_next_request_after_it_closed(cast: Cast, meeting: Meeting, login: Login) -> None:
    one, other = cases_of(cast, 2)
    invited(other, cast.rosa, cast.greet)
    items = [an_item(meeting, case, cast.rosa, cast.greet) for case in (one, other)]
    published(meeting, cast.rosa, one, other)
    greet = login(cast.greet)
    assert [greet.get(f"/overleg/punt/{item.pk}/").status_code for item in items] == [200, 200]
    for item in items:
        closed(item, cast.rosa)
    assert [greet.get(f"/overleg/punt/{item.pk}/").status_code for item in items] == [404, 404]
    assert greet.get(f"/casussen/{one.pk}/").status_code == 404
    assert greet.get(f"/casussen/{other.pk}/").status_code == 200, "who takes part in the case keeps the case"
    assert NOTHING in page(login, cast.greet, meeting)


def test_nobody_else_opens_the_item(cast: Cast, meeting: Meeting, login: Login) -> None:
    (case,) = cases_of(cast, 1)
    item = an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    for person in (cast.wout, cast.bram, cast.otto, cast.victor):
        assert login(person).get(f"/overleg/punt/{item.pk}/").status_code == 404
    assert login(cast.greet).get(f"/overleg/punt/{uuid4()}/").status_code == 404


def test_who_leads_is_sent_to_where_the_meeting_is_prepared(cast: Cast, meeting: Meeting, login: Login) -> None:
    (case,) = cases_of(cast, 1)
    item = an_item(meeting, case, cast.rosa, cast.greet)
    assert login(cast.rosa).get(f"/overleg/{meeting.pk}/").headers["Location"] == "voorbereiden/"
    assert login(cast.rosa).get(f"/overleg/punt/{item.pk}/").headers["Location"].endswith(f"{item.pk}/vragen/")


def test_a_meeting_of_another_table_is_not_known(cast: Cast, login: Login) -> None:
    elsewhere = a_meeting(cast.jeugd, cast.victor)
    for person in (cast.wilma, cast.rosa, cast.otto):
        assert login(person).get(f"/overleg/{elsewhere.pk}/").status_code == 404


def queries(login: Login, person: User, meeting: Meeting) -> int:
    client = login(person)
    page(login, person, meeting)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get(f"/overleg/{meeting.pk}/")
    return len(seen)


def test_sixty_items_take_no_more_queries_than_three(cast: Cast, login: Login) -> None:
    few, many = (a_meeting(cast.overlast, cast.rosa, in_days=days) for days in (7, 8))
    cases = [a_case(cast.rosa, a_signal(cast.wilma, cast.overlast)) for _ in range(60)]
    for case in cases:
        an_item(many, case, cast.rosa, cast.pieter)
    for case in cases[:3]:
        an_item(few, case, cast.rosa, cast.pieter)
    published(few, cast.rosa, *cases)
    published(many, cast.rosa, *cases)
    assert page(login, cast.pieter, many).count('id="punt-') == 60
    assert queries(login, cast.pieter, many) == queries(login, cast.pieter, few)


# --- what may go wrong while an agenda stands ---


def test_who_is_excluded_does_not_sit_down_and_sees_a_published_item_no_more(cast: Cast, meeting: Meeting) -> None:
    one, other = cases_of(cast, 2)
    for case in (one, other):
        invited(case, cast.rosa, cast.greet)
    item = an_item(meeting, one, cast.rosa, cast.greet)
    published(meeting, cast.rosa, one)
    asked(item, cast.rosa, "Is er behandeling?", cast.ggz)
    for case in (one, other):
        with as_(cast.rosa) as (by, _):
            exclusions.exclude(case.dossier_id, cast.greet.pk, ExclusionReason.NEIGHBOUR, by=by)
    with as_(cast.greet) as (by, _):
        assert not visible(AgendaItem, by=by).exists()
        assert own_order(meeting) == {}
    with pytest.raises(Refused, match="uitgesloten"):
        an_item(meeting, other, cast.rosa, cast.greet)


def test_who_is_excluded_gets_no_mail_of_what_is_asked(cast: Cast, meeting: Meeting) -> None:
    (case,) = cases_of(cast, 1)
    item = an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(case.dossier_id, cast.greet.pk, ExclusionReason.NEIGHBOUR, by=by)
        Job.objects.all().delete()
    asked(item, cast.rosa, "Is er behandeling?", cast.ggz)
    with as_(cast.rosa):
        assert not Job.objects.filter(subject_id=cast.greet.pk).exists()


def test_an_item_with_somebody_who_was_excluded_since_is_carried_without_that_person(
    cast: Cast, meeting: Meeting
) -> None:
    (case,) = cases_of(cast, 1)
    a_meeting(cast.overlast, cast.rosa, in_days=14)
    invited(case, cast.rosa, cast.greet)
    item = an_item(meeting, case, cast.rosa, cast.greet, cast.pieter)
    published(meeting, cast.rosa, case)
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(case.dossier_id, cast.greet.pk, ExclusionReason.NEIGHBOUR, by=by)
    with leading(cast.rosa, case) as by:
        carried = agenda.carry(item, now=timezone.now(), by=by)
        assert carried is not None
        assert [seat.user_id for seat in carried.seats.all()] == [cast.pieter.pk]


def test_access_through_an_item_ends_with_taking_part_and_with_the_seat(cast: Cast, meeting: Meeting) -> None:
    one, other = cases_of(cast, 2)
    items = [an_item(meeting, case, cast.rosa, cast.greet) for case in (one, other)]
    published(meeting, cast.rosa, one, other)
    with leading(cast.rosa, one) as by:
        row = Participation.objects.get(case=one, user=cast.greet, ended_at=None)
        participants.end_participation(row, now=timezone.now(), by=by)
    with as_(cast.greet) as (by, _):
        assert [item.pk for item in visible(AgendaItem, by=by)] == [items[1].pk]
    with as_(cast.beheer) as (by, _):
        end_seat(Seat.objects.get(user=cast.greet, table=cast.overlast), by=by)
    with as_(cast.greet) as (by, _):
        assert not visible(AgendaItem, by=by).exists()


def test_access_through_an_item_lasts_no_longer_than_a_seat_that_has_an_end(cast: Cast, meeting: Meeting) -> None:
    (case,) = cases_of(cast, 1)
    soon = timezone.now() + timedelta(days=2)
    with as_(cast.beheer):
        Seat.objects.filter(user=cast.greet, table=cast.overlast).update(valid_until=soon)
    item = an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    with as_(cast.greet):
        until = set(Grant.objects.filter(given_for=item.key).values_list("valid_until", flat=True))
    assert until == {soon}


def test_an_item_closes_although_a_covenant_lapsed_meanwhile(cast: Cast, meeting: Meeting) -> None:
    """Closing lets who sits at another item of the same case in there; who may not any more, is left out."""
    (case,) = cases_of(cast, 1)
    later = a_meeting(cast.overlast, cast.rosa, in_days=14)
    first, second = (an_item(one, case, cast.rosa, cast.greet) for one in (meeting, later))
    published(meeting, cast.rosa, case)
    published(later, cast.rosa, case)
    with as_(cast.beheer):
        Covenant.objects.get(name="Convenant Proefstad").organisations.remove(cast.ggz)
    closed(first, cast.rosa)
    with as_(cast.greet) as (by, _):
        assert not visible(AgendaItem, by=by).filter(pk=second.pk).exists()
    with as_(cast.rosa):
        assert AgendaItem.objects.get(pk=first.pk).outcome == ItemOutcome.DISCUSSED


def test_who_takes_part_unseen_is_not_seated_again_when_it_is_carried(cast: Cast, meeting: Meeting) -> None:
    (case,) = cases_of(cast, 1)
    a_meeting(cast.overlast, cast.rosa, in_days=14)
    item = an_item(meeting, case, cast.rosa, cast.greet)
    invited(case, cast.rosa, cast.greet, hidden=True)  # before it was published
    with leading(cast.rosa, case) as by:
        carried = agenda.carry(item, now=timezone.now(), by=by)
        assert carried is not None
        assert not carried.seats.exists()


def test_a_meeting_that_moves_takes_access_along(cast: Cast, meeting: Meeting) -> None:
    (case,) = cases_of(cast, 1)
    item = an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    asked(item, cast.rosa, "Is er behandeling?", cast.ggz)
    with leading(cast.rosa, case) as by:
        later = timedelta(days=30)
        to = Moments(meeting.starts_at + later, meeting.ends_at + later, meeting.cutoff_at + later)
        meeting = moving.move(meeting, to, as_read(meeting), now=timezone.now(), by=by)
    with as_(cast.greet) as (by, _):
        assert visible(AgendaItem, by=by).filter(pk=item.pk).exists()
        ends = set(Grant.objects.filter(given_for=item.key).values_list("valid_until", flat=True))
        assert ends == {meeting.ends_at + agenda.AFTER}
        unlock([case.dossier_id], by=by)
    brings(cast.greet, item, "Er is een intake.")


def test_who_sits_down_after_publication_and_is_let_go_again(cast: Cast, meeting: Meeting, login: Login) -> None:
    (case,) = cases_of(cast, 1)
    item = an_item(meeting, case, cast.rosa)
    published(meeting, cast.rosa, case)
    with leading(cast.rosa, case) as by:
        seat = agenda.seat(item, SeatInput(cast.greet.pk, GROUND), now=timezone.now(), by=by)
    assert login(cast.greet).get(f"/overleg/punt/{item.pk}/").status_code == 200
    with leading(cast.rosa, case) as by:
        agenda.unseat(seat, now=timezone.now(), by=by)
    assert login(cast.greet).get(f"/overleg/punt/{item.pk}/").status_code == 404
