"""What must stay when a meeting is over, what must go when it is called off, and files of whatever was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from casework.models import AgendaItem, Case, Contribution, Guest, ItemOutcome, Meeting
from casework.rhythm import Moments
from casework.services import participants
from casework.services.meetings import lines, moving
from casework.services.meetings.planning import as_read
from partners.models import Seat, User
from partners.services.seats import end_seat
from privacy import exclusions
from privacy.errors import Refused
from privacy.models import ExclusionReason, Grant
from tests.meetings.holding_scene import types
from tests.meetings.scene import a_guest, a_meeting, an_item, begun, closed, leading, published
from tests.meetings.scene_minutes import agreed, decided, ended, fixed, outcome_of
from tests.walls.test_ladder import touches
from tests.world import GROUND, Cast, a_case, a_signal, as_, contributed, invited

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
NOW = timezone.now


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return a_meeting(cast.overlast, cast.rosa, secretary=cast.rachid.pk)


@pytest.fixture
def item(cast: Cast, case: Case, meeting: Meeting) -> AgendaItem:
    """Greet sits at it, and takes part for it alone."""
    made = an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    return made


@pytest.fixture
def running(cast: Cast, case: Case, item: AgendaItem) -> AgendaItem:
    begun(item.meeting, cast.rosa, case)
    return item


@pytest.fixture
def held(cast: Cast, running: AgendaItem) -> Meeting:
    """Rosa chaired and Rachid wrote; nobody fixed the minutes yet."""
    decided(running, cast.rosa, "Wij sluiten het pand.")
    ended(running.meeting, cast.rosa, running)
    return running.meeting


def until_of(person: User, key: str) -> list[Any]:
    """Until when somebody holds what was given for this."""
    with as_(person):
        return list(Grant.objects.filter(given_for=key).values_list("valid_until", flat=True))


# --- one fixes no minutes that two must -------------------------------------------------------------


def test_nobody_becomes_the_chair_of_a_meeting_that_was(cast: Cast, held: Meeting) -> None:
    for change in ("chair_id = %s", "secretary_id = %s", "status = 'running', chair_id = %s"):
        assert touches(cast.rachid, f"UPDATE casework_meeting SET {change}", [cast.rachid.pk]) == 0
    assert touches(cast.rosa, "UPDATE casework_meeting SET status = 'planned'") == 0


def test_minutes_do_not_begin_half_or_wholly_fixed(cast: Cast, held: Meeting) -> None:
    for fields in ("chair_at", "secretary_at", "chair_at, secretary_at, fixed_at"):
        moments = ", ".join("now()" for _ in fields.split(","))
        insert = (
            f"INSERT INTO casework_minutesversion (id, meeting_id, number, made_by_id, made_at, {fields}) "
            f"VALUES (%s, %s, 2, %s, now(), {moments})"
        )
        assert touches(cast.rachid, insert, [uuid4(), held.pk, cast.rachid.pk]) == 0


def test_minutes_stay_with_their_meeting(cast: Cast, held: Meeting) -> None:
    own = a_meeting(cast.overlast, cast.rachid, in_days=9)
    assert touches(cast.rachid, "UPDATE casework_minutesversion SET meeting_id = %s", [own.pk]) == 0
    assert touches(cast.rachid, "UPDATE casework_minutesversion SET number = 7") == 0


# --- what was agreed is not changed by who does it ----------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "due_on = '2030-01-01'",
        "taken_back = true",
        "added_by_id = user_id",
        "added_at = now()",
        "status = 'dropped', ended_at = now()",
        "user_id = (SELECT chair_id FROM casework_meeting LIMIT 1)",
        "organisation_id = (SELECT id FROM partners_organisation WHERE id <> organisation_id LIMIT 1)",
    ],
)
def test_who_does_an_action_does_not_change_what_was_agreed(cast: Cast, item: AgendaItem, change: str) -> None:
    agreed(item, cast.rosa, cast.greet, "Belt moeder.")
    assert touches(cast.greet, f"UPDATE casework_tableaction SET {change}") == 0
    assert touches(cast.greet, "UPDATE casework_tableaction SET status = 'doing'") == 1


def brought_by_hand(made: Contribution, **changes: object) -> tuple[str, list[object]]:
    """The statement that writes a contribution like this one, but for these columns."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_contribution WHERE id = %s", [made.pk])
        row = cursor.fetchone()
        values = dict(zip([column.name for column in cursor.description], row, strict=True)) | {"id": uuid4()} | changes
    marks = ", ".join(["%s"] * len(values))
    return f"INSERT INTO casework_contribution ({', '.join(values)}) VALUES ({marks})", list(values.values())


def test_an_action_is_no_way_to_bring_something_into_the_case(cast: Cast, case: Case, item: AgendaItem) -> None:
    invited(case, cast.rosa, cast.pieter)
    made = contributed(case, cast.pieter, "Van de politie.")
    action = agreed(item, cast.rosa, cast.greet, "Belt moeder.")
    with leading(cast.rosa, case):
        own = {"compartment_id": action.compartment_id, "author_id": cast.greet.pk, "organisation_id": cast.ggz.pk}
        in_own_name = brought_by_hand(made, **own)
        of_the_police = brought_by_hand(made, **own | {"organisation_id": cast.politie.pk})
        as_pieter = brought_by_hand(made, **own | {"author_id": cast.pieter.pk})
    assert touches(cast.greet, *of_the_police) == 0
    assert touches(cast.greet, *as_pieter) == 0
    closed(item, cast.rosa)
    assert touches(cast.greet, *in_own_name) == 0, "who does not take part any more"


# --- access goes no further than what it was given for -------------------------------------------------


def moved(meeting: Meeting, case: Case, by: User) -> None:
    with leading(by, case) as actor:
        begins = meeting.starts_at + timedelta(days=30)
        to = Moments(begins, begins + timedelta(hours=2), begins - timedelta(days=1))
        moving.move(meeting, to, as_read(meeting), now=NOW(), by=actor)


def test_an_item_of_a_moved_meeting_goes_no_further_than_taking_part(cast: Cast, case: Case, meeting: Meeting) -> None:
    until = meeting.ends_at + timedelta(hours=5)
    with leading(cast.rosa, case) as by:
        participants.invite(case, cast.pieter, ground=GROUND, until=until, now=NOW(), by=by)
    item = an_item(meeting, case, cast.rosa, cast.pieter)
    published(meeting, cast.rosa, case)
    moved(meeting, case, cast.rosa)
    assert until_of(cast.pieter, item.key) == [until]


def test_an_item_of_a_moved_meeting_goes_no_further_than_the_seat(
    cast: Cast, case: Case, meeting: Meeting, item: AgendaItem
) -> None:
    seat_ends = NOW() + timedelta(days=12)
    with as_(cast.beheer):
        Seat.objects.filter(user=cast.greet).update(valid_until=seat_ends)
    moved(meeting, case, cast.rosa)
    assert until_of(cast.greet, item.key) == [seat_ends]


def without_seat(cast: Cast, person: User) -> None:
    with as_(cast.beheer) as (by, _):
        end_seat(Seat.objects.get(table=cast.overlast, user=person), by=by)


def test_who_lost_the_seat_before_the_minutes_were_fixed_does_not_get_them(cast: Cast, held: Meeting) -> None:
    without_seat(cast, cast.greet)
    fixed(held, cast.rosa, cast.rachid)
    with as_(cast.greet):
        assert not Grant.objects.filter(given_for__startswith="minutes:").exists()


def test_minutes_are_read_no_longer_than_the_seat_lasts(cast: Cast, held: Meeting, running: AgendaItem) -> None:
    seat_ends = NOW() + timedelta(days=3)
    with as_(cast.beheer):
        Seat.objects.filter(user=cast.greet).update(valid_until=seat_ends)
    fixed(held, cast.rosa, cast.rachid)
    assert until_of(cast.greet, running.minutes_key) == [seat_ends]


def test_minutes_fixed_by_who_is_kept_away_from_a_case_reach_who_sat_there(
    cast: Cast, held: Meeting, running: AgendaItem, login: Login
) -> None:
    with leading(cast.rosa, running.case) as by:
        exclusions.exclude(running.case.dossier_id, cast.rachid.pk, ExclusionReason.FAMILY, by=by)
    fixed(held, cast.rosa, cast.rachid)
    assert "Wij sluiten het pand." in login(cast.greet).get(f"/overleg/{held.pk}/verslag/").content.decode()
    (until,) = until_of(cast.greet, running.minutes_key)
    assert NOW() < until < NOW() + timedelta(days=31)
    for name in ("petra", "wout", "rachid"):
        assert until_of(cast.people[name], running.minutes_key) == []


def test_nobody_hands_out_minutes_that_are_not_fixed_or_of_another_table(cast: Cast, held: Meeting) -> None:
    with as_(cast.rosa):
        version = held.minutes.get().pk
    for person in (cast.rosa, cast.greet, cast.victor, cast.beheer):
        assert touches(person, "SELECT casework_hand_out_unseen(%s, now() + interval '9 years')", [version]) == 0


def agrees_with(person: User, item: AgendaItem, by: User) -> None:
    due = timezone.localdate() + timedelta(days=20)
    with leading(by, item.case) as actor:
        lines.agree(item, uuid4(), lines.ActionInput("Belt moeder", person.pk, due), now=NOW(), by=actor)


def test_who_lost_the_seat_gets_no_action(cast: Cast, running: AgendaItem) -> None:
    without_seat(cast, cast.greet)
    with pytest.raises(Refused):
        agrees_with(cast.greet, running, cast.rosa)


def test_who_is_kept_away_gets_no_action(cast: Cast, running: AgendaItem) -> None:
    with leading(cast.rosa, running.case) as by:
        exclusions.exclude(running.case.dossier_id, cast.greet.pk, ExclusionReason.FAMILY, by=by)
    with pytest.raises(Refused):
        agrees_with(cast.greet, running, cast.rosa)


def test_a_meeting_called_off_by_who_is_kept_away_from_a_case_ends_access_to_it(
    cast: Cast, case: Case, meeting: Meeting, item: AgendaItem, login: Login
) -> None:
    with leading(cast.rosa, case) as by:
        exclusions.exclude(case.dossier_id, cast.rachid.pk, ExclusionReason.FAMILY, by=by)
    answer = login(cast.rachid).post(f"/overleg/{meeting.pk}/afzeggen/", {"was": as_read(meeting)}, follow=True)
    assert "open punten" not in answer.content.decode(), "nothing tells that there was an item"
    greet = login(cast.greet)
    assert greet.get(f"/overleg/punt/{item.pk}/").status_code == 404
    assert greet.get(f"/casussen/{case.pk}/").status_code == 404
    assert outcome_of(item, cast.rosa) == ItemOutcome.CARRIED, "it waits for who may know of it"
    with leading(cast.rosa, case):
        assert not case.participations.filter(ended_at=None).exists()


def test_an_item_that_outlived_its_meeting_waits_for_a_colleague(cast: Cast, running: AgendaItem, login: Login) -> None:
    with leading(cast.rosa, running.case) as by:
        exclusions.exclude(running.case.dossier_id, cast.rachid.pk, ExclusionReason.FAMILY, by=by)
    ended(running.meeting, cast.rachid)
    assert "Overleg niet afgesloten" in login(cast.rosa).get("/").content.decode()
    assert "Overleg niet afgesloten" not in login(cast.rachid).get("/").content.decode()
    ended(running.meeting, cast.rosa, running)
    assert "Overleg niet afgesloten" not in login(cast.rosa).get("/").content.decode()


def test_nobody_lets_go_of_items_of_a_meeting_that_stands(cast: Cast, item: AgendaItem) -> None:
    for person in (cast.pieter, cast.greet, cast.victor, cast.beheer):
        assert touches(person, "SELECT casework_let_go_unseen(%s)", [item.meeting_id]) == 0
    assert touches(cast.rosa, "SELECT casework_let_go_unseen(%s)", [item.meeting_id]) == 1
    assert outcome_of(item, cast.rosa) == ItemOutcome.OPEN, "who knows of it lets it go in the open"


# --- nothing typed is lost -----------------------------------------------------------------------------


def test_an_item_at_which_something_was_noted_is_not_taken_off(cast: Cast, running: AgendaItem, login: Login) -> None:
    rosa = login(cast.rosa)
    types(rosa, running, "decision", "Wij sluiten het pand.")
    said = rosa.post(f"/overleg/punt/{running.pk}/weg/", follow=True).content.decode()
    assert "Bij dit punt is al iets vastgelegd." in said
    assert outcome_of(running, cast.rosa) == ItemOutcome.OPEN


def hidden(browser: Client, address: str) -> dict[str, str]:
    """What the page sends along unseen."""
    text = browser.get(address).content.decode()
    found = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text))
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def test_of_two_who_change_an_item_the_second_hears_it_and_keeps_the_own_text(
    cast: Cast, item: AgendaItem, login: Login
) -> None:
    rosa, here = login(cast.rosa), f"/overleg/punt/{item.pk}/bewerken/"
    seen = hidden(rosa, here)
    own = {"why": "new", "minutes": "20", "goal": "Van Rachid"}
    assert login(cast.rachid).post(here, seen | own).status_code == 302
    answer = rosa.post(here, seen | own | {"goal": "Van Rosa"})
    assert answer.status_code == 409
    assert "Van Rachid" in answer.content.decode()
    assert "Van Rosa" in answer.content.decode()
    assert rosa.post(here, {"seen": "2"} | own | {"goal": "Van Rosa"}).status_code == 302, "who saw both decides"


def test_of_two_who_change_a_guest_the_second_hears_it(cast: Cast, item: AgendaItem, login: Login) -> None:
    here = f"/overleg/gast/{a_guest(item, cast.rosa).pk}/"
    rosa = login(cast.rosa)
    seen = hidden(rosa, here) | {"name": "Gast", "organisation": "School", "why": "Kent het kind."}
    assert login(cast.rachid).post(here, seen | {"agreements": "Van Rachid"}).status_code == 302
    answer = rosa.post(here, seen | {"agreements": "Van Rosa"})
    assert answer.status_code == 409
    assert "Van Rachid" in answer.content.decode()
    assert "Van Rosa" in answer.content.decode()


def test_of_two_who_ask_an_organisation_the_second_hears_what_was_asked(
    cast: Cast, item: AgendaItem, login: Login
) -> None:
    rosa, here = login(cast.rosa), f"/overleg/punt/{item.pk}/vragen/"
    day = f"{timezone.localtime(item.meeting.starts_at):%d-%m-%Y}"
    seen = hidden(rosa, here) | {"organisations": [str(cast.ggz.pk)], "day": day, "time": "0:01"}
    assert login(cast.rachid).post(here, seen | {"text": "Van Rachid"}).status_code == 302
    answer = rosa.post(here, seen | {"text": "Van Rosa"})
    assert answer.status_code == 409
    assert "Van Rosa" in answer.content.decode()
    with leading(cast.rosa, item.case):
        assert [one.text for one in item.questions.all()] == ["Van Rachid"]
    assert rosa.post(here, seen | {"seen": "1", "text": "Van Rosa"}).status_code == 302


def test_what_was_typed_at_an_item_that_closed_comes_back(cast: Cast, running: AgendaItem, login: Login) -> None:
    closed(running, cast.rosa)
    sent = {"seen": "1", "why": "new", "minutes": "20", "goal": "Weten wie er belt."}
    answer = login(cast.rosa).post(f"/overleg/punt/{running.pk}/bewerken/", sent)
    assert answer.status_code == 403
    assert "Weten wie er belt." in answer.content.decode()


def test_a_line_that_a_colleague_took_away_is_not_said_to_be_kept(cast: Cast, running: AgendaItem) -> None:
    key, line = uuid4(), lines.DecisionInput("Wij sluiten het pand.")
    with leading(cast.rosa, running.case) as by:
        lines.decide(running, key, line, now=NOW(), by=by)
    with leading(cast.rachid, running.case) as by:
        lines.drop(running.decisions.get(), seen=1, now=NOW(), by=by)
    with leading(cast.rosa, running.case) as by, pytest.raises(Refused, match="weggehaald"):
        lines.decide(running, key, line, now=NOW(), by=by)


def test_the_same_guest_sent_twice_is_one(cast: Cast, item: AgendaItem, login: Login) -> None:
    for _ in range(2):
        login(cast.rosa).post(f"/overleg/punt/{item.pk}/gasten/", {"name": "A", "organisation": "B", "why": "C"})
    with as_(cast.rosa):
        assert Guest.objects.count() == 1


# --- whatever is typed -----------------------------------------------------------------------------------


@pytest.mark.parametrize("sent", ["abc", "x" * 3000, "\r\nLocation: elders", "🙂"])
def test_an_order_of_what_is_no_item_is_not_known(cast: Cast, item: AgendaItem, login: Login, sent: str) -> None:
    answer = login(cast.rosa).post(f"/overleg/{item.meeting_id}/volgorde/", {"punt": [sent]})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "typed", ["a\x0bb", "a\x01b", "a\uffffb", "\u202eRTL 🙂 中文 👨‍👩‍👧", "#set page() $x$ \\ <b>", "=1+1"]
)
def test_there_is_a_file_of_the_minutes_whatever_was_typed(
    cast: Cast, running: AgendaItem, login: Login, typed: str
) -> None:
    rosa, here = login(cast.rosa), f"/overleg/{running.meeting_id}"
    types(rosa, running, "decision", typed)
    guest = {"name": typed, "organisation": typed, "why": typed, "question": typed, "signed_on": "1-11-2026"}
    rosa.post(f"/overleg/punt/{running.pk}/gasten/", guest)
    with as_(cast.rosa):
        sheet = f"/overleg/gast/{Guest.objects.get().pk}/blad/"
    assert rosa.post(f"{here}/afsluiten/", {"discussed": [str(running.pk)]}).status_code == 302
    for address in (sheet, f"{here}/verslag/", f"{here}/verslag/pdf/", f"{here}/verslag/docx/"):
        assert rosa.get(address).status_code == 200, address
