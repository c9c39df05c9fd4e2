"""Asking organisations beforehand, and the answers: who may answer, until when, and who reads why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from casework.models import (
    AgendaItem,
    BroughtFor,
    Case,
    Contribution,
    ItemQuestion,
    Meeting,
    RefusalReason,
    Reply,
)
from casework.queries.cases import open_case
from casework.queries.meetings.asking import Asked, asked_at, asked_of, waiting_for_me
from casework.queries.meetings.reading import open_item
from casework.queries.who import readers_of_case
from casework.services.meetings import agenda, asking
from casework.services.meetings.agenda import SeatInput
from casework.services.meetings.asking import AskInput
from partners.models import Organisation, User
from privacy.access import visible
from privacy.errors import NotKnown, Refused
from privacy.models import Job
from tests.meetings.scene import (
    a_meeting,
    an_item,
    answering,
    asked,
    brings,
    closed,
    knows_nothing,
    leading,
    published,
    refused,
)
from tests.world import GROUND, Cast, a_case, a_signal, as_, invited

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]


@dataclass
class Table:
    """A published item where the police and the GGZ sit, and one where only the corporation does."""

    meeting: Meeting
    case: Case
    item: AgendaItem
    other: AgendaItem


@pytest.fixture
def table(cast: Cast) -> Table:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    elsewhere = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name="De ander")
    invited(case, cast.rosa, cast.pieter, cast.petra)
    meeting = a_meeting(cast.overlast, cast.rosa)
    item = an_item(meeting, case, cast.rosa, cast.pieter, cast.petra, cast.greet)
    other = an_item(meeting, elsewhere, cast.rosa, cast.wilma)
    published(meeting, cast.rosa, case, elsewhere)
    return Table(meeting, case, item, other)


def state(cast: Cast, item: AgendaItem, organisation: Organisation) -> Asked:
    with as_(cast.rosa) as (by, _):
        return next(one for one in asked_of(item.meeting, by=by)[item.pk] if one.organisation_id == organisation.pk)


def reads_question(person: User, item: AgendaItem) -> list[str]:
    with as_(person) as (by, _):
        try:
            return [one.text for one in asked_at(open_item(item.pk, by=by), by=by)]
        except NotKnown:
            return []


def test_each_organisation_reads_its_own_question_and_no_other(cast: Cast, table: Table) -> None:
    asked(table.item, cast.rosa, "Hoe vaak reed u langs?", cast.politie)
    asked(table.item, cast.rosa, "Is er behandeling?", cast.ggz)
    assert reads_question(cast.pieter, table.item) == ["Hoe vaak reed u langs?"]
    assert reads_question(cast.petra, table.item) == ["Hoe vaak reed u langs?"], "a colleague at the item"
    assert reads_question(cast.greet, table.item) == ["Is er behandeling?"]
    assert reads_question(cast.wilma, table.item) == []
    assert len(reads_question(cast.rachid, table.item)) == 2


def test_one_question_goes_to_all_who_sit_there_at_once(cast: Cast, table: Table) -> None:
    asked(table.item, cast.rosa, "Wat is bij u bekend?", cast.politie, cast.ggz)
    with as_(cast.rosa) as (by, _):
        told = asked_of(table.meeting, by=by)
    assert [one.organisation for one in told[table.item.pk]] == ["GGZ Proef", "Politie Proefstad"]
    assert table.other.pk not in told


def test_what_is_asked_before_publication_is_read_from_publication(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    meeting = a_meeting(cast.overlast, cast.rosa)
    item = an_item(meeting, case, cast.rosa, cast.greet)
    asked(item, cast.rosa, "Is er behandeling?", cast.ggz)
    assert reads_question(cast.greet, item) == []
    published(meeting, cast.rosa, case)
    assert reads_question(cast.greet, item) == ["Is er behandeling?"]


def test_who_sits_down_later_reads_what_the_own_organisation_is_asked(cast: Cast) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    meeting = a_meeting(cast.overlast, cast.rosa)
    item = an_item(meeting, case, cast.rosa, cast.pieter)
    published(meeting, cast.rosa, case)
    asked(item, cast.rosa, "Hoe vaak?", cast.politie)
    with leading(cast.rosa, case) as by:
        agenda.seat(item, SeatInput(cast.petra.pk, GROUND), now=timezone.now(), by=by)
    assert reads_question(cast.petra, item) == ["Hoe vaak?"]


def test_a_question_is_sharpened_until_it_is_answered(cast: Cast, table: Table) -> None:
    asked(table.item, cast.rosa, "Hoe vaak?", cast.politie)
    asked(table.item, cast.rosa, "Hoe vaak sinds mei?", cast.politie)
    assert reads_question(cast.pieter, table.item) == ["Hoe vaak sinds mei?"]
    knows_nothing(cast.pieter, table.item)
    with pytest.raises(Refused, match="Politie Proefstad heeft al geantwoord"):
        asked(table.item, cast.rosa, "En nu?", cast.politie)


def test_nobody_is_asked_who_does_not_sit_there_nor_after_the_meeting(cast: Cast, table: Table) -> None:
    with pytest.raises(Refused, match="zit niet"):
        asked(table.item, cast.rosa, "Hoe vaak?", cast.corporatie)
    with pytest.raises(Refused, match="termijn"):
        asked(table.item, cast.rosa, "Hoe vaak?", cast.politie, answer_by=timezone.now() - timedelta(hours=1))
    with pytest.raises(Refused, match="termijn"):
        asked(table.item, cast.rosa, "Hoe vaak?", cast.politie, answer_by=table.meeting.ends_at + timedelta(days=1))


def test_a_partner_asks_nothing(cast: Cast, table: Table) -> None:
    with pytest.raises(Refused):
        asked(table.item, cast.pieter, "Hoe vaak?", cast.ggz)


def test_the_usual_term_is_when_the_agenda_closes(cast: Cast, table: Table) -> None:
    now = timezone.now()
    assert asking.usual_term(table.meeting, now) == table.meeting.cutoff_at
    assert asking.usual_term(table.meeting, table.meeting.cutoff_at) == table.meeting.starts_at


def test_a_contribution_answers_the_question_and_stands_in_the_case(cast: Cast, table: Table) -> None:
    asked(table.item, cast.rosa, "Hoe vaak?", cast.politie)
    made = brings(cast.pieter, table.item, "Drie keer in mei.")
    assert state(cast, table.item, cast.politie).label == "Heeft iets ingebracht"
    with as_(cast.greet) as (by, _):
        assert visible(Contribution, by=by).filter(pk=made.pk).exists(), "it was for all participants"
        assert not BroughtFor.objects.exists(), "which question it answers is for who was asked and the regie"
    with as_(cast.petra):
        assert BroughtFor.objects.get().contribution_id == made.pk


def test_sending_the_same_twice_brings_it_once(cast: Cast, table: Table) -> None:
    asked(table.item, cast.rosa, "Hoe vaak?", cast.politie)
    first = brings(cast.pieter, table.item, "Drie keer in mei.")
    again = brings(cast.pieter, table.item, "Drie keer in mei.")
    more = brings(cast.petra, table.item, "En twee keer in juni.")
    assert first.pk == again.pk != more.pk
    with as_(cast.pieter):
        assert BroughtFor.objects.count() == 2


def test_of_two_colleagues_the_second_hears_that_it_was_answered(cast: Cast, table: Table) -> None:
    asked(table.item, cast.rosa, "Hoe vaak?", cast.politie)
    knows_nothing(cast.pieter, table.item)
    for answer in (knows_nothing, lambda who, item: refused(who, item, "Het onderzoek loopt nog.")):
        with pytest.raises(Refused, match="al geantwoord"):
            answer(cast.petra, table.item)
    brings(cast.petra, table.item, "Er was toch iets.")
    assert state(cast, table.item, cast.politie).reply == Reply.BROUGHT


def test_answering_after_the_term_is_possible_and_says_so(cast: Cast, table: Table) -> None:
    asked(table.item, cast.rosa, "Hoe vaak?", cast.politie, answer_by=timezone.now() + timedelta(seconds=1))
    asked(table.item, cast.rosa, "Behandeling?", cast.ggz)
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        assert state(cast, table.item, cast.politie).late
        assert not state(cast, table.item, cast.ggz).late
    knows_nothing(cast.greet, table.item)
    assert not state(cast, table.item, cast.ggz).late


def test_after_closing_nobody_answers(cast: Cast, table: Table) -> None:
    asked(table.item, cast.rosa, "Hoe vaak?", cast.politie, cast.ggz)
    with answering(cast.pieter, table.item) as (question, _):
        pass
    closed(table.item, cast.rosa)
    for person in (cast.pieter, cast.greet):
        with pytest.raises(NotKnown):
            knows_nothing(person, table.item)
    with as_(cast.pieter) as (by, _), pytest.raises(Refused, match="gesloten"):
        asking.know_nothing(question, by=by)


def test_what_was_typed_comes_back_when_the_item_closed_meanwhile(cast: Cast, table: Table, login: Login) -> None:
    asked(table.item, cast.rosa, "Hoe vaak?", cast.politie)
    closed(table.item, cast.rosa)
    words = {"text": "Een reden die ik lang overdacht."}
    for gone in (table.item.pk, table.case.pk):
        sent = login(cast.pieter).post(f"/overleg/punt/{gone}/niet-delen/", words)
        assert sent.status_code == 404
        assert words["text"] in sent.content.decode()


def test_the_reason_of_a_refusal_is_for_the_chair_and_who_wrote_it(cast: Cast, table: Table) -> None:
    asked(table.item, cast.rosa, "Hoe vaak?", cast.politie)
    refused(cast.pieter, table.item, "Het onderzoek loopt nog.")
    assert state(cast, table.item, cast.politie).label == "Deelt niets, met reden"

    def reads(person: User) -> list[str]:
        with as_(person) as (by, _):
            try:
                return [one.reason for one in asked_at(open_item(table.item.pk, by=by), by=by)]
            except NotKnown:
                return []

    assert reads(cast.rosa) == ["Het onderzoek loopt nog."]
    assert reads(cast.pieter) == ["Het onderzoek loopt nog."]
    assert reads(cast.rachid) == [""]
    assert reads(cast.petra) == [""]
    assert reads(cast.greet) == []


def test_the_reason_goes_along_with_the_chair(cast: Cast, table: Table) -> None:
    asked(table.item, cast.rosa, "Hoe vaak?", cast.politie)
    reason = refused(cast.pieter, table.item, "Het onderzoek loopt nog.")

    def becomes_chair(person: User) -> int:
        with as_(cast.rachid) as (by, _):
            Meeting.objects.filter(pk=table.meeting.pk).update(chair=person)
            return asking.follow_chair(table.meeting, by=by)

    def reads(person: User) -> bool:
        with as_(person) as (by, _):
            return visible(RefusalReason, by=by).filter(pk=reason.pk).exists()

    assert becomes_chair(cast.rachid) == 1
    assert (reads(cast.rosa), reads(cast.rachid), reads(cast.pieter)) == (False, True, True)
    assert becomes_chair(cast.rachid) == 0
    assert becomes_chair(cast.rosa) == 1
    assert (reads(cast.rosa), reads(cast.rachid), reads(cast.pieter)) == (True, False, True)


def test_without_a_chair_at_the_table_nothing_is_refused(cast: Cast, table: Table) -> None:
    asked(table.item, cast.rosa, "Hoe vaak?", cast.politie)
    with as_(cast.rosa):
        Meeting.objects.filter(pk=table.meeting.pk).update(chair=cast.victor)
    with pytest.raises(Refused, match="geen voorzitter"):
        refused(cast.pieter, table.item, "Het onderzoek loopt nog.")


def test_a_question_is_one_line_on_the_home_page_until_it_is_answered(cast: Cast, table: Table, login: Login) -> None:
    asked(table.item, cast.rosa, "Hoe vaak?", cast.politie)

    def waits(person: User) -> int:
        with as_(person) as (by, _):
            return len(waiting_for_me(by=by))

    assert (waits(cast.pieter), waits(cast.petra), waits(cast.greet), waits(cast.rosa)) == (1, 1, 0, 0)
    home = login(cast.pieter).get("/").content.decode()
    assert "Vraag voor het overleg" in home
    assert "Hoe vaak?" not in home
    knows_nothing(cast.petra, table.item)
    assert waits(cast.pieter) == 0


def test_each_person_that_is_asked_gets_one_mail(cast: Cast, table: Table) -> None:
    with as_(cast.rosa):
        Job.objects.all().delete()
    asked(table.item, cast.rosa, "Wat is bekend?", cast.politie, cast.ggz)
    asked(table.item, cast.rosa, "Wat is er sinds mei bekend?", cast.politie)
    with as_(cast.rosa):
        assert Job.objects.count() == 3


def test_who_can_see_this_explains_access_through_an_item(cast: Cast, table: Table) -> None:
    asked(table.item, cast.rosa, "Hoe vaak?", cast.politie)
    refused(cast.pieter, table.item, "Het onderzoek loopt nog.")
    with as_(cast.rachid) as (by, _):
        lines = readers_of_case(open_case(table.case.pk, by=by), [], by=by)
    at_item = {(line.name, part) for line in lines if line.why == "zit bij het agendapunt" for part in line.parts}
    day = f"{timezone.localtime(table.meeting.starts_at):%d-%m-%Y}"
    assert ("Greet Proef", f"het agendapunt van {day}") in at_item
    assert ("Pieter Proef", "de vraag aan Politie Proefstad voor het overleg") in at_item
    assert ("Greet Proef", "de vraag aan Politie Proefstad voor het overleg") not in at_item
    chair = [line.name for line in lines if "waarom een organisatie niets deelt" in line.parts]
    assert sorted(chair) == ["Pieter Proef", "Rosa Proef"]
    assert all("inbreng van Politie" not in part for line in lines for part in line.parts)


def test_the_question_of_an_unseated_person_is_read_no_more(cast: Cast, table: Table) -> None:
    asked(table.item, cast.rosa, "Is er behandeling?", cast.ggz)
    with leading(cast.rosa, table.case) as by:
        agenda.unseat(table.item.seats.get(user=cast.greet), now=timezone.now(), by=by)
    with as_(cast.greet) as (by, _):
        assert not visible(ItemQuestion, by=by).exists()


def test_a_closed_item_is_not_asked_about(cast: Cast, table: Table) -> None:
    closed(table.item, cast.rosa)
    given = AskInput([cast.politie.pk], "Hoe vaak?", table.meeting.cutoff_at)
    with leading(cast.rosa, table.case) as by, pytest.raises(Refused, match="gesloten"):
        asking.ask(table.item, given, now=timezone.now(), by=by)
