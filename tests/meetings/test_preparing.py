"""Preparing a meeting in the browser: what is proposed, the order, who sits where, and making it known."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import AgendaItem, AgendaPlace, Case, ItemSeat, Meeting, Why
from casework.ordering import Placed, comings_and_goings, together
from casework.queries.meetings.preparing import agenda_of
from casework.services.meetings import agenda
from casework.services.meetings.agenda import ItemInput
from partners.models import Seat
from tests.casework.conftest import Browser, Browsers, words
from tests.meetings.scene import a_meeting, an_item, closed, leading, published
from tests.world import Cast, a_case, a_signal, as_, invited

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> Case:
    made = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast))
    invited(made, cast.rosa, cast.pieter, cast.wilma)
    return made


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return a_meeting(cast.overlast, cast.rosa)


def said(answer: HttpResponse, person: Browser) -> str:
    """What stands on the page where an act leads."""
    return words(person.client.get(answer["Location"]))


def order_of(meeting: Meeting, cast: Cast) -> list[str]:
    with as_(cast.rosa):
        rows = AgendaPlace.objects.filter(meeting=meeting).order_by("position")
        return [str(row.item_id) for row in rows]


def test_a_case_that_was_never_discussed_is_proposed_and_put_on_with_who_takes_part(
    cast: Cast, case: Case, meeting: Meeting, browser: Browsers
) -> None:
    rosa = browser(cast.rosa)
    assert "Nog niet aan tafel besproken." in words(rosa.see("meeting-prepare", meeting.pk))
    assert "De casus staat op de agenda" in said(rosa.do("meeting-add", meeting.pk, casus=[str(case.pk)]), rosa)
    with as_(cast.rosa):
        item = AgendaItem.objects.get(meeting=meeting)
        assert {seat.user_id for seat in item.seats.all()} == {cast.pieter.pk, cast.wilma.pk}


def test_a_second_click_puts_nothing_on_twice(cast: Cast, case: Case, meeting: Meeting, browser: Browsers) -> None:
    rosa = browser(cast.rosa)
    rosa.do("meeting-add", meeting.pk, casus=[str(case.pk)])
    assert "kan niet nog eens" in said(rosa.do("meeting-add", meeting.pk, casus=[str(case.pk)]), rosa)
    with as_(cast.rosa):
        assert AgendaItem.objects.filter(meeting=meeting).count() == 1


def test_what_was_discussed_is_proposed_no_more_and_what_was_carried_is(
    cast: Cast, case: Case, meeting: Meeting, browser: Browsers
) -> None:
    item = an_item(meeting, case, cast.rosa, cast.pieter)
    closed(item, cast.rosa)
    later = a_meeting(cast.overlast, cast.rosa, in_days=14)
    assert "Nog niet aan tafel besproken." not in words(browser(cast.rosa).see("meeting-prepare", later.pk))
    with leading(cast.rosa, case) as by:
        again = agenda.put_on(later, case, ItemInput(Why.OTHER), now=timezone.now(), by=by)
        agenda.carry(again, now=timezone.now(), by=by)
    last = a_meeting(cast.overlast, cast.rosa, in_days=21)
    assert "Vorige keer niet afgerond." in words(browser(cast.rosa).see("meeting-prepare", last.pk))


def test_any_open_case_of_the_table_can_be_chosen(cast: Cast, case: Case, meeting: Meeting, browser: Browsers) -> None:
    closed(an_item(meeting, case, cast.rosa), cast.rosa)
    later, rosa = a_meeting(cast.overlast, cast.rosa, in_days=14), browser(cast.rosa)
    assert "Niets vraagt nu om bespreking." not in words(rosa.see("meeting-prepare", later.pk))
    rosa.do("meeting-add", later.pk, casus=[str(case.pk)])
    with as_(cast.rosa):
        assert AgendaItem.objects.filter(meeting=later, case=case).exists()


def test_who_may_no_longer_sit_there_stops_the_agenda_with_the_number_of_the_case(
    cast: Cast, case: Case, meeting: Meeting, browser: Browsers
) -> None:
    an_item(meeting, case, cast.rosa, cast.greet)
    with as_(cast.beheer):
        Seat.objects.filter(user=cast.greet).update(ended_at=timezone.now())
    rosa = browser(cast.rosa)
    page = said(rosa.do("meeting-publish", meeting.pk), rosa)
    assert f"{case.dossier.reference}: Greet Proef heeft geen zetel" in page
    with as_(cast.rosa):
        assert not AgendaItem.objects.filter(published_at__isnull=False).exists()


def test_an_item_goes_up_and_down_and_the_whole_list_can_be_dragged(
    cast: Cast, case: Case, meeting: Meeting, browser: Browsers
) -> None:
    other = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name="De ander")
    one, two = (str(an_item(meeting, each, cast.rosa).pk) for each in (case, other))
    rosa = browser(cast.rosa)
    rosa.do("meeting-order", meeting.pk, omhoog=two)
    assert order_of(meeting, cast) == [two, one]
    rosa.do("meeting-order", meeting.pk, omhoog=two)
    assert order_of(meeting, cast) == [two, one], "the first can't go further"
    rosa.do("meeting-order", meeting.pk, punt=[one, two], gesleept=one)
    assert order_of(meeting, cast) == [one, two]
    assert "intussen veranderd" in said(rosa.do("meeting-order", meeting.pk, punt=[one], gesleept=one), rosa)


def test_a_partner_and_a_regisseur_of_another_table_find_no_page(
    cast: Cast, case: Case, meeting: Meeting, browser: Browsers
) -> None:
    item = an_item(meeting, case, cast.rosa, cast.pieter)
    published(meeting, cast.rosa, case)
    for person, status in ((cast.pieter, 403), (cast.victor, 404), (cast.bram, 403)):
        client = browser(person)
        assert client.see("meeting-prepare", meeting.pk).status_code == status
        assert client.see("meeting-item-edit", item.pk).status_code == status
        assert client.do("meeting-publish", meeting.pk).status_code == status
        assert client.do("meeting-item-off", item.pk).status_code == status


def test_who_sits_at_an_item_is_changed_on_its_page(
    cast: Cast, case: Case, meeting: Meeting, browser: Browsers
) -> None:
    item = an_item(meeting, case, cast.rosa, cast.pieter)
    rosa = browser(cast.rosa)
    assert "Greet Proef (GGZ Proef), ziet de casus alleen voor dit punt" in words(
        rosa.see("meeting-item-edit", item.pk)
    )
    answer = rosa.do("meeting-seat", item.pk, user=str(cast.greet.pk), ground="avg_6_1_e")
    assert "Deze persoon schuift aan" in said(answer, rosa)
    with as_(cast.rosa):
        seat = ItemSeat.objects.get(item=item, user=cast.greet)
    rosa.do("meeting-unseat", seat.pk)
    with as_(cast.rosa):
        assert not ItemSeat.objects.filter(item=item, user=cast.greet).exists()


def test_too_long_an_agenda_says_so_and_bad_minutes_come_back(
    cast: Cast, case: Case, meeting: Meeting, browser: Browsers
) -> None:
    item = an_item(meeting, case, cast.rosa, minutes=100)
    rosa = browser(cast.rosa)
    answer = rosa.do("meeting-item-edit", item.pk, goal="Wie belt?", why="new", seen=1, minutes="veel")
    assert answer.status_code == 422
    assert "Vul een getal in" in words(answer)
    assert "Wie belt?" in answer.content.decode()
    rosa.do("meeting-item-edit", item.pk, goal="Wie belt?", why="new", seen=1, minutes="120")
    other = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name="De ander")
    an_item(meeting, other, cast.rosa, minutes=20)
    assert "De agenda is langer dan het overleg" in words(rosa.see("meeting-prepare", meeting.pk))


def test_after_the_closing_time_an_item_is_marked_as_urgent(
    cast: Cast, case: Case, meeting: Meeting, browser: Browsers
) -> None:
    late = a_meeting(cast.overlast, cast.rosa, cutoff_at=timezone.now() - timedelta(hours=1))
    rosa = browser(cast.rosa)
    rosa.do("meeting-add", late.pk, casus=[str(case.pk)])
    assert "Spoed" in words(rosa.see("meeting-prepare", late.pk))


def test_the_agenda_asks_as_many_questions_for_one_item_as_for_many(cast: Cast, meeting: Meeting) -> None:
    def asks() -> int:
        with (
            as_(cast.rosa) as (by, _),
            CaptureQueriesContext(
                connection,
            ) as found,
        ):
            agenda_of(meeting, timezone.now(), by=by)
        return len(found)

    def put() -> None:
        made = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast))
        invited(made, cast.rosa, cast.pieter, cast.wilma)
        an_item(meeting, made, cast.rosa, cast.pieter, cast.wilma)

    put()
    once = asks()
    for _ in range(4):
        put()
    assert asks() == once


def test_people_can_leave_when_items_with_the_same_people_stand_together() -> None:
    items = [
        Placed("a", frozenset({"politie", "corporatie"})),
        Placed("b", frozenset({"ggz"})),
        Placed("c", frozenset({"politie", "corporatie", "ggz"})),
        Placed("d", frozenset({"ggz"})),
        Placed("kind", frozenset({"school"}), children=True),
    ]
    found = together(items)
    assert found[0] == "kind"
    by_key = {item.key: item for item in items}
    assert comings_and_goings([by_key[key] for key in found]) < comings_and_goings(items)
    assert sorted(found) == sorted(by_key)


def test_what_is_equal_keeps_its_order_and_nothing_is_lost() -> None:
    same = [Placed(number, frozenset({"politie"})) for number in range(6)]
    assert together(same) == list(range(6))
    assert together([]) == []
