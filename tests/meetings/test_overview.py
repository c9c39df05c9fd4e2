"""A hundred tables in counts: planned, held, not reached, and how long cases waited; nothing about a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.models import AgendaItem, ItemOutcome, Meeting, MeetingStatus
from casework.queries.meetings.overview import TableCounts, overseen
from casework.services.meetings import agenda
from partners.models import CaseTable, User
from tests.conftest import Log
from tests.meetings.scene import a_meeting, an_item, leading
from tests.world import Cast, a_case, a_signal, as_

Login = Callable[[User], Client]


def counts(person: User, order: str = "") -> dict[str, TableCounts]:
    with as_(person):
        return {row.name: row for row in overseen(order, timezone.now())}


def held(meeting: Meeting, person: User, *, days_ago: int = 1) -> None:
    """As if the meeting was held and closed so many days ago."""
    with as_(person):
        begun = timezone.now() - timedelta(days=days_ago)
        Meeting.objects.filter(pk=meeting.pk).update(
            status=MeetingStatus.HELD, starts_at=begun, ends_at=begun + timedelta(hours=2)
        )


def test_counts_of_planned_held_and_cancelled(cast: Cast) -> None:
    a_meeting(cast.overlast, cast.rosa)
    a_meeting(cast.overlast, cast.rosa, in_days=14)
    held(a_meeting(cast.overlast, cast.rosa, in_days=3), cast.rosa)
    held(a_meeting(cast.overlast, cast.rosa, in_days=4), cast.rosa, days_ago=400)
    row = counts(cast.rosa)[cast.overlast.name]
    assert (row.planned, row.held, row.cancelled, row.unreached) == (2, 1, 0, 0)


def discussed(cast: Cast, meeting: Meeting, many: int, outcome: ItemOutcome = ItemOutcome.DISCUSSED) -> None:
    for _ in range(many):
        case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
        item = an_item(meeting, case, cast.rosa)
        with leading(cast.rosa, case) as by:
            agenda.close_item(item, outcome, now=timezone.now(), by=by)


def test_what_a_meeting_did_not_reach_is_counted_when_it_was_held(cast: Cast) -> None:
    meeting = a_meeting(cast.overlast, cast.rosa)
    discussed(cast, meeting, 2, ItemOutcome.CARRIED)
    assert counts(cast.rosa)[cast.overlast.name].unreached == 0
    held(meeting, cast.rosa)
    assert counts(cast.rosa)[cast.overlast.name].unreached == 2


def test_the_wait_is_told_from_five_cases_on(cast: Cast) -> None:
    meeting = a_meeting(cast.overlast, cast.rosa)
    discussed(cast, meeting, 4)
    with as_(cast.rosa):  # the signals are of now, so the meeting was held a week from now
        Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.HELD)
    assert counts(cast.rosa)[cast.overlast.name].lead_days is None
    another = a_meeting(cast.overlast, cast.rosa)
    discussed(cast, another, 1)
    with as_(cast.rosa):
        Meeting.objects.filter(pk=another.pk).update(status=MeetingStatus.HELD)
    assert counts(cast.rosa)[cast.overlast.name].lead_days == 7


def test_a_beheerder_counts_all_tables_and_who_directs_the_own_ones(cast: Cast) -> None:
    a_meeting(cast.jeugd, cast.victor)
    assert set(counts(cast.rosa)) == {cast.overlast.name}
    assert set(counts(cast.victor)) == {cast.jeugd.name}
    assert {cast.overlast.name, cast.jeugd.name} <= set(counts(cast.beheer))
    assert counts(cast.beheer)[cast.jeugd.name].planned == 1


@pytest.mark.parametrize("who", ["pieter", "carla", "bram", "fatima", "iris", "otto"])
def test_nobody_else_gets_a_count_not_even_from_the_database(cast: Cast, login: Login, who: str) -> None:
    a_meeting(cast.overlast, cast.rosa)
    assert counts(cast.people[who]) == {}
    assert login(cast.people[who]).get(reverse("meeting-overview")).status_code == 403


def test_a_beheerder_reads_no_item_for_it(cast: Cast) -> None:
    discussed(cast, a_meeting(cast.overlast, cast.rosa), 1)
    with as_(cast.beheer):
        assert not AgendaItem.objects.exists()


def test_a_hundred_tables_cost_as_many_queries_as_two(cast: Cast, login: Login) -> None:
    client = login(cast.beheer)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("meeting-overview")).status_code == 200
        return len(queries)

    asked()
    few = asked()
    CaseTable.objects.bulk_create(
        CaseTable(
            name=f"Tafel {n:03}", code=f"tafel-{n}", theme="woonoverlast", area="Proefstad", profile="gemeentelijk"
        )
        for n in range(100)
    )
    assert asked() == few
    page = client.get(reverse("meeting-overview")).content.decode()
    assert "Tafel 099" in page
    assert "te weinig casussen" in page


def test_it_sorts_both_ways_and_a_made_up_order_is_the_usual_one(cast: Cast, login: Login) -> None:
    a_meeting(cast.jeugd, cast.victor)
    order = list(counts(cast.beheer, "gepland-om"))
    assert order[0] == cast.jeugd.name
    assert list(counts(cast.beheer, "gepland"))[-1] == cast.jeugd.name
    assert login(cast.beheer).get(reverse("meeting-overview") + "?volgorde='--").status_code == 200


def test_looking_is_logged(cast: Cast, login: Login, log: Log) -> None:
    login(cast.beheer).get(reverse("meeting-overview"))
    assert [entry.actor_id for entry in log.looks(event="meeting.overseen")] == [cast.beheer.pk]
