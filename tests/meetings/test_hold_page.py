"""The screen from which a meeting is held: what it shows, to whom, and what a typed line becomes."""

from __future__ import annotations

import json
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

from casework.models import (
    AgendaItem,
    Case,
    Guest,
    ItemDecision,
    Meeting,
    MeetingStatus,
    SubjectKind,
    TableAction,
)
from casework.services import cases
from casework.services.meetings import agenda
from casework.values import CaseSubjectInput
from partners.models import User
from tests.conftest import Log
from tests.meetings.holding_scene import screen, types
from tests.meetings.scene import a_meeting, an_item, begun, closed, leading, published
from tests.plan.scene import a_goal, an_action
from tests.world import Cast, a_case, a_household, a_signal, as_, invited

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]


@pytest.fixture
def case(cast: Cast) -> Case:
    made = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    with leading(cast.rosa, made) as by:
        given = CaseSubjectInput(
            SubjectKind.PERSON, "Piet Voorbeeld", birth_date=date(1981, 3, 12), address="Lindelaan 14"
        )
        cases.add_subject(made, given, by=by)
    return made


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return a_meeting(cast.overlast, cast.rosa)


@pytest.fixture
def item(cast: Cast, case: Case, meeting: Meeting) -> AgendaItem:
    made = an_item(meeting, case, cast.rosa, cast.greet, cast.wilma)
    published(meeting, cast.rosa, case)
    return made


def page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def sent(browser: Client, html: str, address: str, **typed: Any) -> Any:
    """As the script sends it: with the name of the box that the page gave."""
    box = re.search(r'data-box="(\w+)"', html)
    assert box
    return browser.post(address, typed, headers={"X-Meeting-Box": box[1]})


def test_opening_the_screen_does_not_begin_the_meeting(
    cast: Cast, login: Login, meeting: Meeting, item: AgendaItem
) -> None:
    rosa = login(cast.rosa)
    html = page(rosa, screen(meeting))
    assert "Begin het overleg" in html
    assert 'id="besluit"' not in html
    with as_(cast.rosa):
        assert Meeting.objects.get(pk=meeting.pk).status == MeetingStatus.PLANNED
    assert rosa.post(reverse("meeting-begin", args=[meeting.pk])).status_code == 302
    html = page(rosa, screen(meeting))
    assert "Begin het overleg" not in html
    assert 'id="besluit"' in html


def test_it_shows_the_case_its_people_and_when_it_was_here_before(
    cast: Cast, login: Login, case: Case, meeting: Meeting, item: AgendaItem
) -> None:
    invited(case, cast.rosa, cast.carla)
    household = a_household(case, cast.rosa, cast.carla)
    goal = a_goal(household, cast.rosa, "De huur is betaald", cast.corporatie)
    an_action(household, cast.rosa, cast.carla, "Regeling treffen", goal)
    earlier = a_meeting(cast.overlast, cast.rosa, in_days=3)
    closed(an_item(earlier, case, cast.rosa), cast.rosa)
    html = page(login(cast.rosa), screen(meeting, item))
    for expected in (
        "Fam. V. (Lindelaan 14)", "Overlast en zorgen.", "Wie gaat wat doen?", "Piet Voorbeeld", "12-3-1981",
        "De huur is betaald", "Regeling treffen", "Eerder besproken op", "Greet Proef", "Wilma Proef",
    ):  # fmt: skip
        assert expected in html, expected
    assert "999990019" not in html, "a BSN is never on this screen"


def test_a_line_of_dutch_becomes_an_action_without_a_script(
    cast: Cast, login: Login, case: Case, meeting: Meeting, item: AgendaItem
) -> None:
    begun(meeting, cast.rosa, case)
    rosa = login(cast.rosa)
    answer = types(rosa, item, "action", "Greet belt moeder over twee weken")
    assert answer.status_code == 302
    with leading(cast.rosa, case):
        row = TableAction.objects.get(item=item)
        assert (row.text, row.user_id) == ("belt moeder", cast.greet.pk)
        assert row.due_on == timezone.localdate(meeting.starts_at) + timedelta(days=14)
    html = page(rosa, screen(meeting, item))
    assert "Actie bewaard: Greet Proef – belt moeder, klaar op" in html


def test_without_a_day_the_next_meeting_is_proposed_and_it_says_so(
    cast: Cast, login: Login, case: Case, meeting: Meeting, item: AgendaItem
) -> None:
    later = a_meeting(cast.overlast, cast.rosa, in_days=21)
    begun(meeting, cast.rosa, case)
    rosa = login(cast.rosa)
    types(rosa, item, "action", "Greet belt moeder")
    assert "geen dag genoemd" in page(rosa, screen(meeting, item))
    with leading(cast.rosa, case):
        assert TableAction.objects.get(item=item).due_on == timezone.localdate(later.starts_at)


def test_a_line_that_is_not_understood_comes_back_as_a_question_with_what_was_typed(
    cast: Cast, login: Login, case: Case, meeting: Meeting, item: AgendaItem
) -> None:
    begun(meeting, cast.rosa, case)
    rosa, key = login(cast.rosa), uuid4()
    answer = types(rosa, item, "action", "Iemand belt moeder vóór vrijdag", key)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Wie doet dit?" in html
    assert "Iemand belt moeder" in html
    assert str(key) in html
    fields = {"owner": cast.greet.pk, "due_on": "eind volgende week"}
    assert types(rosa, item, "action", "Belt moeder", key, **fields).status_code == 302
    with leading(cast.rosa, case):
        assert TableAction.objects.get(item=item).pk == key


def test_the_script_gets_the_question_as_a_form_and_the_screen_of_now(
    cast: Cast, login: Login, case: Case, meeting: Meeting, item: AgendaItem
) -> None:
    begun(meeting, cast.rosa, case)
    rosa = login(cast.rosa)
    html = page(rosa, screen(meeting, item))
    address = reverse("meeting-action", args=[item.pk])
    asked = sent(rosa, html, address, id=uuid4(), text="Iemand belt moeder vóór vrijdag")
    body = json.loads(asked.content)
    assert (asked.status_code, body["state"]) == (422, "ask")
    assert "Wie doet dit?" in body["html"]
    saved = json.loads(sent(rosa, html, address, id=uuid4(), text="Greet belt moeder vóór vrijdag").content)
    assert saved["state"] == "saved"
    assert "belt moeder" in saved["live"]
    assert saved["stamp"] != body["stamp"]


def test_somebody_else_who_logs_in_here_does_not_send_my_lines(
    cast: Cast, login: Login, case: Case, meeting: Meeting, item: AgendaItem
) -> None:
    begun(meeting, cast.rosa, case)
    html = page(login(cast.rosa), screen(meeting, item))
    answer = sent(login(cast.rachid), html, reverse("meeting-decision", args=[item.pk]), id=uuid4(), text="Van Rosa.")
    assert (answer.status_code, json.loads(answer.content)["state"]) == (409, "other")
    with leading(cast.rosa, case):
        assert not ItemDecision.objects.exists()


def test_the_key_of_the_box_is_of_one_person_and_one_meeting(
    cast: Cast, login: Login, meeting: Meeting, item: AgendaItem
) -> None:
    def key(person: User, address: str) -> str:
        found = re.search(r'data-box-key="([^"]+)"', page(login(person), address))
        assert found
        return found[1]

    other = a_meeting(cast.overlast, cast.rosa, in_days=9)
    keys = [key(cast.rosa, screen(meeting)), key(cast.rachid, screen(meeting)), key(cast.rosa, screen(other))]
    assert len(set(keys)) == 3
    assert key(cast.rosa, screen(meeting)) == keys[0], "a reload reads what waited"


def test_the_poll_says_nothing_new_until_there_is(
    cast: Cast, login: Login, case: Case, meeting: Meeting, item: AgendaItem, log: Log
) -> None:
    begun(meeting, cast.rosa, case)
    rosa, address = login(cast.rosa), reverse("meeting-live", args=[item.pk])
    first = json.loads(rosa.get(address).content)
    before = len(log.looks())
    assert rosa.get(address, {"na": first["stamp"]}).status_code == 304
    assert len(log.looks()) == before, "nothing was shown, so nothing was read"
    types(login(cast.rachid), item, "decision", "Rachid typte dit.")
    second = json.loads(rosa.get(address, {"na": first["stamp"]}).content)
    assert "Rachid typte dit." in second["live"]


def test_of_two_who_change_a_line_the_second_sees_both_texts(
    cast: Cast, login: Login, case: Case, meeting: Meeting, item: AgendaItem
) -> None:
    begun(meeting, cast.rosa, case)
    rosa, rachid, key = login(cast.rosa), login(cast.rachid), uuid4()
    types(rosa, item, "decision", "Eerst dit.", key)
    html = page(rosa, f"{reverse('meeting-decision', args=[item.pk])}?regel={key}")
    assert "Eerst dit." in html
    assert types(rachid, item, "decision", "Rachid was eerst.", key, seen=1).status_code == 302
    second = types(rosa, item, "decision", "Rosa was tweede.", key, seen=1)
    assert second.status_code == 409
    assert "Rachid was eerst." in second.content.decode()
    assert "Rosa was tweede." in second.content.decode()
    assert types(rosa, item, "decision", "Rosa was tweede.", key, seen=2).status_code == 302


def test_a_line_for_a_closed_item_is_refused_and_shown_back(
    cast: Cast, login: Login, case: Case, meeting: Meeting, item: AgendaItem
) -> None:
    begun(meeting, cast.rosa, case)
    rosa = login(cast.rosa)
    html = page(rosa, screen(meeting, item))
    closed(item, cast.rachid)
    answer = types(rosa, item, "decision", "Net te laat.")
    assert answer.status_code == 409
    assert "al gesloten" in answer.content.decode()
    assert "Net te laat." in answer.content.decode()
    scripted = sent(rosa, html, reverse("meeting-decision", args=[item.pk]), id=uuid4(), text="Net te laat.")
    assert json.loads(scripted.content)["state"] == "refused"
    assert 'id="besluit"' not in page(rosa, screen(meeting, item))


def test_an_item_is_closed_and_the_next_one_comes(
    cast: Cast, login: Login, case: Case, meeting: Meeting, item: AgendaItem
) -> None:
    other = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name="De ander")
    an_item(meeting, other, cast.rosa, urgent=True)
    begun(meeting, cast.rosa, case)
    rosa = login(cast.rosa)
    rosa.post(reverse("meeting-item-close", args=[item.pk]), {"outcome": "discussed"})
    html = page(rosa, screen(meeting))
    assert '<h2 class="ct-hold__title">De ander</h2>' in html
    assert "1 van 2 klaar" in html


def test_an_item_is_carried_to_the_next_meeting(
    cast: Cast, login: Login, case: Case, meeting: Meeting, item: AgendaItem
) -> None:
    later = a_meeting(cast.overlast, cast.rosa, in_days=21)
    begun(meeting, cast.rosa, case)
    login(cast.rosa).post(reverse("meeting-item-close", args=[item.pk]), {"outcome": "carried"})
    with leading(cast.rosa, case):
        assert AgendaItem.objects.get(meeting=later).carried_from_id == item.pk


def test_the_wall_shows_no_birth_date_address_agenda_or_what_partners_do_elsewhere(
    cast: Cast, login: Login, case: Case, meeting: Meeting, item: AgendaItem, log: Log
) -> None:
    other = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name="De ander zaak")
    an_item(meeting, other, cast.rosa, urgent=True)
    begun(meeting, cast.rosa, case)
    rosa = login(cast.rosa)
    html = page(rosa, screen(meeting, item, scherm="1"))
    assert "Piet Voorbeeld" in html
    for hidden in ("1981", "Lindelaan", "Overlast en zorgen.", "De ander zaak", "van 2 klaar", "999990019"):
        assert hidden not in html, hidden
    assert not log.looks(event="meeting.revealed")
    subject = re.search(r"toon=([0-9a-f-]{36})", html)
    assert subject
    html = page(rosa, screen(meeting, item, scherm="1", toon=subject[1]))
    assert "12 maart 1981" in html
    assert "Overlast en zorgen." not in html
    (entry,) = log.looks(event="meeting.revealed")
    assert entry.dossiers == [case.dossier_id]
    assert entry.changes == ["address", "birth_date"]


def test_on_the_wall_a_closed_item_does_not_bring_the_next_case_by_itself(
    cast: Cast, login: Login, case: Case, meeting: Meeting, item: AgendaItem
) -> None:
    other = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name="De ander")
    an_item(meeting, other, cast.rosa, urgent=True)
    begun(meeting, cast.rosa, case)
    rosa = login(cast.rosa)
    answer = rosa.post(reverse("meeting-item-close", args=[item.pk]), {"outcome": "discussed", "scherm": "1"})
    assert answer.url == screen(meeting, item, scherm="1")
    html = page(rosa, answer.url)
    assert case.dossier.reference in html
    assert other.dossier.reference not in html


def test_a_line_changed_on_the_wall_stays_on_the_wall(
    cast: Cast, login: Login, case: Case, meeting: Meeting, item: AgendaItem
) -> None:
    begun(meeting, cast.rosa, case)
    rosa, key = login(cast.rosa), uuid4()
    types(rosa, item, "decision", "Eerst dit.", key)
    assert f"regel={key}&amp;scherm=1" in page(rosa, screen(meeting, item, scherm="1"))
    html = page(rosa, f"{reverse('meeting-decision', args=[item.pk])}?regel={key}&scherm=1")
    assert 'name="scherm"' in html
    answer = types(rosa, item, "decision", "Dan dat.", key, seen=1, scherm="1")
    assert answer.url == screen(meeting, item, scherm="1")


def test_a_guest_signs_and_is_noted_as_present(
    cast: Cast, login: Login, case: Case, meeting: Meeting, item: AgendaItem
) -> None:
    with leading(cast.rosa, case):
        guest = Guest(
            dossier=case.dossier, compartment_id=item.compartment_id, item=item, name="Kees Kapper",
            organisation="Buurthuis", why="Kent het gezin", added_by=cast.rosa,
        )  # fmt: skip
        guest.save(force_insert=True)
    begun(meeting, cast.rosa, case)
    rosa = login(cast.rosa)
    assert "Geheimhouding niet getekend" in page(rosa, screen(meeting, item))
    address = reverse("meeting-presence", args=[item.pk])
    rosa.post(address, {"who": guest.pk, "signed": "on"})
    rosa.post(address, {"who": guest.pk, "present": "1"})
    html = page(rosa, screen(meeting, item))
    assert "Geheimhouding niet getekend" not in html
    assert 'aria-pressed="true"' in html


@pytest.mark.parametrize(("who", "status"), [("greet", 403), ("wilma", 403), ("bram", 403), ("victor", 404)])
def test_nobody_but_who_leads_this_table_opens_the_screen(
    cast: Cast, login: Login, meeting: Meeting, item: AgendaItem, who: str, status: int
) -> None:
    browser = login(getattr(cast, who))
    assert browser.get(screen(meeting, item)).status_code == status
    assert browser.get(reverse("meeting-live", args=[item.pk])).status_code == status
    for name in ("decision", "action", "presence", "stance", "review", "item-close"):
        assert browser.post(reverse(f"meeting-{name}", args=[item.pk])).status_code == status


def test_an_item_of_another_meeting_is_not_known_here(
    cast: Cast, login: Login, meeting: Meeting, item: AgendaItem
) -> None:
    other = a_meeting(cast.overlast, cast.rosa, in_days=9)
    rosa = login(cast.rosa)
    assert rosa.get(screen(other, item)).status_code == 404
    assert rosa.get(f"{screen(meeting)}?punt=geen").status_code == 404


def test_a_held_meeting_takes_no_lines(
    cast: Cast, login: Login, case: Case, meeting: Meeting, item: AgendaItem
) -> None:
    begun(meeting, cast.rosa, case)
    with as_(cast.rosa):
        Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.HELD, closed_at=timezone.now())
    rosa = login(cast.rosa)
    assert types(rosa, item, "decision", "Te laat.").status_code == 409
    html = page(rosa, screen(meeting, item))
    assert "afgesloten" in html
    assert 'id="besluit"' not in html


def _questions(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        page(browser, address)
    return len(counted)


def test_sixty_items_and_twenty_partners_ask_no_more_questions_than_two(
    cast: Cast, login: Login, case: Case, meeting: Meeting, item: AgendaItem
) -> None:
    begun(meeting, cast.rosa, case)
    rosa = login(cast.rosa)
    page(rosa, screen(meeting, item))
    few = _questions(rosa, screen(meeting, item))
    _fill(cast, case, meeting, item)
    types(rosa, item, "decision", "Besloten.")
    types(rosa, item, "action", "Greet belt moeder vóór vrijdag")
    page(rosa, screen(meeting, item))
    assert _questions(rosa, screen(meeting, item)) == few


def _fill(cast: Cast, case: Case, meeting: Meeting, item: AgendaItem) -> None:
    """Sixty items on the agenda, and twenty people at this one."""
    from casework.models import ItemSeat, Why
    from casework.services.meetings.agenda import ItemInput

    for number in range(20):
        person = User.objects.create(
            email=f"partner{number}@proefstad.example", name=f"Partner {number}", organisation=cast.ggz, roles=[]
        )
        with leading(cast.rosa, case):
            ItemSeat(
                dossier=case.dossier, compartment_id=item.compartment_id, item=item, organisation=cast.ggz,
                user=person, ground="avg_6_1_e",
            ).save(force_insert=True)  # fmt: skip
    for number in range(59):
        other = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name=f"Casus {number}")
        with leading(cast.rosa, other) as by:
            agenda.put_on(meeting, other, ItemInput(Why.NEW, urgent=True), now=timezone.now(), by=by)
