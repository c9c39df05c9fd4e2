"""Actions agreed at the table: in one list with those of plans, kept when the item closes, and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework import worklists
from casework.models import ActionStatus, Case, Household, Meeting, TableAction
from casework.queries.stagnation import judged
from casework.services import cases
from casework.services.meetings import actions
from casework.theming import active_theme
from partners.models import Alarm, StagnationSettings, User
from privacy.errors import Refused
from privacy.models import Grant
from privacy.unlock import unlock
from tests.meetings.scene import a_meeting, an_item, begun, closed, leading, published
from tests.meetings.scene_minutes import agreed, ended
from tests.work.plans import an_action
from tests.world import Cast, a_case, a_household, a_signal, as_, invited

Login = Callable[[User], Client]
TODAY = timezone.localdate
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name="Fam. V.")


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return a_meeting(cast.overlast, cast.rosa)


@pytest.fixture
def action(cast: Cast, case: Case, meeting: Meeting) -> TableAction:
    """Greet, who sits at the item alone, does something."""
    item = an_item(meeting, case, cast.rosa, cast.greet)
    published(meeting, cast.rosa, case)
    begun(meeting, cast.rosa)
    return agreed(item, cast.rosa, cast.greet, "Greet belt de huisarts.")


def now(action: TableAction, person: User) -> TableAction:
    with as_(person):
        return TableAction.objects.get(pk=action.pk)


def in_order(page: str) -> list[str]:
    return re.findall(r'data-label="Actie">([^<]*)', page)


def test_when_the_item_closes_the_action_remains_and_nothing_else_of_the_case(
    cast: Cast, case: Case, meeting: Meeting, action: TableAction, login: Login
) -> None:
    client = login(cast.greet)
    assert client.get(f"/casussen/{case.pk}/").status_code == 200
    assert client.get(f"/werk/acties/{action.pk}/").status_code == 200
    closed(action.item, cast.rosa)
    assert client.get(f"/casussen/{case.pk}/").status_code == 404
    assert client.get(f"/casussen/{case.pk}/overleg/").status_code == 404
    answer = client.get(f"/werk/acties/{action.pk}/")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Greet belt de huisarts." in text
    assert case.dossier.reference in text
    assert "Fam. V." not in text
    assert str(case.pk) not in text, "no link to what one does not read"


def test_an_action_is_its_owners_alone(cast: Cast, case: Case, action: TableAction, login: Login) -> None:
    invited(case, cast.rosa, cast.pieter)
    for name in ("pieter", "wilma", "wout", "victor", "bram", "carla"):
        client = login(cast.people[name])
        assert client.get(f"/werk/acties/{action.pk}/").status_code == 404, name
        assert client.post(f"/werk/acties/{action.pk}/", {"status": "done", "result": "x"}).status_code == 404, name
        assert "huisarts" not in client.get("/werk/acties/").content.decode()
        assert "huisarts" not in client.get("/").content.decode()
    assert "huisarts" not in login(cast.pieter).get(f"/casussen/{case.pk}/overleg/").content.decode()
    assert login(cast.rosa).get(f"/werk/acties/{action.pk}/").status_code == 403, "the regie does it on its own page"


def test_the_owner_reports_from_the_list_and_the_regie_reads_it(
    cast: Cast, case: Case, action: TableAction, login: Login
) -> None:
    closed(action.item, cast.rosa)
    client, there = login(cast.greet), f"/werk/acties/{action.pk}/"
    assert client.post(there, {"status": "done", "result": ""}).status_code == 422
    assert client.post(there, {"status": "dropped", "result": "Nee."}).status_code == 422
    assert client.post(there, {"status": "doing", "result": ""}).status_code == 302
    assert client.post(there, {"status": "done", "result": "Afspraak op maandag."}).status_code == 302
    assert client.post(there, {"status": "done", "result": "Nog eens."}).status_code == 409
    assert now(action, cast.rosa).status == ActionStatus.DONE
    assert "Afspraak op maandag." in login(cast.rosa).get(f"/casussen/{case.pk}/overleg/").content.decode()
    assert "huisarts" not in client.get("/werk/acties/").content.decode()
    assert "huisarts" in client.get("/werk/acties/?stand=klaar").content.decode()


def test_from_the_home_page_one_goes_back_there(cast: Cast, action: TableAction, login: Login) -> None:
    client = login(cast.greet)
    there = f"/werk/acties/{action.pk}/?werkvoorraad"
    assert there in client.get("/").content.decode()
    assert client.post(there, {"status": "done", "result": "Gedaan."}).headers["Location"] == "/"


def test_plan_and_table_stand_in_one_list_in_one_order(cast: Cast, case: Case, meeting: Meeting, login: Login) -> None:
    invited(case, cast.rosa, cast.wilma, cast.carla)
    home = a_household(case, cast.rosa, cast.carla)
    item = an_item(meeting, case, cast.rosa, cast.wilma)
    published(meeting, cast.rosa, case)
    _four(cast, home, item)
    client = login(cast.wilma)
    assert in_order(client.get("/werk/acties/").content.decode()) == ["een", "twee", "drie", "vier"]
    last = client.get("/werk/acties/?volgorde=laatst").content.decode()
    assert in_order(last) == ["vier", "drie", "twee", "een"]
    client.get("/werk/acties/?volgorde=eerst")
    assert in_order(client.get("/werk/acties/?termijn=te_laat").content.decode()) == ["een"]
    assert in_order(client.get("/werk/acties/?termijn=week").content.decode()) == ["twee", "drie"]
    both = f"?tafel={cast.overlast.pk}&thema=woonoverlast"
    assert in_order(client.get(f"/werk/acties/{both}").content.decode()) == ["een", "twee", "drie", "vier"]
    assert re.search(r"Mijn acties</span> <span class=\"ct-tile__count\">4<", client.get("/").content.decode())


def _four(cast: Cast, home: Household, item: object) -> None:
    for days, text in ((2, "twee"), (20, "vier")):
        an_action(home, cast.wilma, TODAY() + timedelta(days=days), cast.carla, text)
    for days, text in ((-3, "een"), (3, "drie")):
        agreed(item, cast.rosa, cast.wilma, text, TODAY() + timedelta(days=days))  # type: ignore[arg-type]


def test_pages_go_on_where_they_ended_through_both_kinds(
    cast: Cast, case: Case, meeting: Meeting, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    invited(case, cast.rosa, cast.wilma, cast.carla)
    home = a_household(case, cast.rosa, cast.carla)
    item = an_item(meeting, case, cast.rosa, cast.wilma)
    published(meeting, cast.rosa, case)
    _four(cast, home, item)
    assert worklists.PAGE > 3
    monkeypatch.setattr("casework.queries.actions.PAGE", 3)
    client = login(cast.wilma)
    page = client.get("/werk/acties/").content.decode()
    assert in_order(page) == ["een", "twee", "drie"]
    older = re.search(r"tot=([0-9a-f_%-]+)", page)
    assert older is not None
    assert in_order(client.get(f"/werk/acties/?tot={older[1]}").content.decode()) == ["vier"]


def test_the_list_costs_the_same_however_many_there_are(
    cast: Cast, case: Case, meeting: Meeting, action: TableAction, login: Login
) -> None:
    client = login(cast.greet)
    client.get("/werk/acties/")
    with CaptureQueriesContext(connection) as few:
        client.get("/werk/acties/")
    for number in range(5):
        agreed(action.item, cast.rosa, cast.greet, f"Actie {number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/werk/acties/")
    assert len(many) == len(few)


def test_a_list_opens_the_actions_and_not_everything_of_the_case(
    cast: Cast, case: Case, action: TableAction, login: Login
) -> None:
    from tests.conftest import Log

    closed(action.item, cast.rosa)
    log = Log()
    login(cast.greet).get("/werk/acties/")
    (entry,) = log.looks(event="list", actor_id=cast.greet.pk)
    assert (entry.dossiers, len(entry.compartments)) == ([case.dossier_id], 1)


# --- the regie --------------------------------------------------------------------------------------


def test_the_regie_hands_it_on_and_who_had_it_reads_it_no_more(
    cast: Cast, case: Case, action: TableAction, login: Login
) -> None:
    invited(case, cast.rosa, cast.pieter)
    client, there = login(cast.rosa), f"/overleg/actie/{action.pk}/"
    assert "Greet belt de huisarts." in client.get(there).content.decode()
    due = f"{TODAY() + timedelta(days=9):%d-%m-%Y}"
    assert client.post(there, {"user": str(cast.otto.pk), "due_on": due}).status_code == 422
    assert client.post(there, {"user": str(cast.pieter.pk), "due_on": "ooit"}).status_code == 422
    assert client.post(there, {"user": str(cast.pieter.pk), "due_on": due}).status_code == 302
    assert login(cast.greet).get(f"/werk/acties/{action.pk}/").status_code == 404
    assert login(cast.pieter).get(f"/werk/acties/{action.pk}/").status_code == 200
    held = now(action, cast.rosa)
    assert (held.user_id, held.organisation_id) == (cast.pieter.pk, cast.politie.pk)
    with as_(cast.greet):
        assert not Grant.objects.filter(given_for=action.key).exists()


def test_nobody_gets_an_action_of_a_case_that_is_not_to_be_known(cast: Cast, case: Case, action: TableAction) -> None:
    invited(case, cast.rosa, cast.wilma, hidden=True)
    for person in (cast.wilma, cast.wout, cast.otto, cast.victor):
        with leading(cast.rosa, case) as by, pytest.raises(Refused, match="bij dit punt zat"):
            actions.hand_on(action, person.pk, TODAY(), now=timezone.now(), by=by)


def test_the_regie_drops_it_with_a_reason_that_the_owner_reads(
    cast: Cast, case: Case, action: TableAction, login: Login
) -> None:
    client, there = login(cast.rosa), f"/overleg/actie/{action.pk}/vervallen/"
    assert client.post(there, {"reason": ""}).status_code == 422
    assert client.post(there, {"reason": "Moeder belde zelf."}).status_code == 302
    assert client.post(there, {"reason": "Nog eens."}).status_code == 409
    assert "Moeder belde zelf." in login(cast.greet).get(f"/werk/acties/{action.pk}/").content.decode()


def test_a_partner_neither_hands_on_nor_drops(cast: Cast, case: Case, action: TableAction, login: Login) -> None:
    for there in (f"/overleg/actie/{action.pk}/", f"/overleg/actie/{action.pk}/vervallen/"):
        assert login(cast.greet).get(there).status_code == 403
        assert login(cast.victor).get(there).status_code == 404
    with as_(cast.greet) as (by, _):
        unlock([case.dossier_id], by=by)
        with pytest.raises(Refused):
            actions.drop(action, "Geen zin.", now=timezone.now(), by=by)
        with pytest.raises(Refused):
            actions.hand_on(action, cast.wout.pk, TODAY(), now=timezone.now(), by=by)
        with pytest.raises(Refused, match="Alleen de regie"):
            actions.report(action, ActionStatus.DROPPED, "Geen zin.", now=timezone.now(), by=by)


def test_a_case_that_closes_drops_what_was_still_to_do(cast: Cast, case: Case, action: TableAction) -> None:
    done = agreed(action.item, cast.rosa, cast.greet, "Al gedaan.")
    with as_(cast.greet) as (by, _):
        unlock([case.dossier_id], by=by)
        actions.report(done, ActionStatus.DONE, "Klaar.", now=timezone.now(), by=by)
    with leading(cast.rosa, case) as by:
        code = active_theme("woonoverlast").close_outcomes[0].code
        unlock([case.dossier_id], by=by)
        before = {row.pk for row in TableAction.objects.filter(case=case)}
        cases.close(case, code, "Het is klaar.", now=timezone.now(), by=by)
    assert before == {action.pk, done.pk}
    from privacy.acting import acting
    from privacy.actor import system_actor

    with acting(system_actor("proef")), connection.cursor():
        rows = TableAction.objects.using("maintenance").filter(case=case)
        assert not rows.filter(status__in=("todo", "doing")).exists()


def test_what_is_overdue_is_an_alarm_of_the_case(cast: Cast, case: Case, meeting: Meeting) -> None:
    item = an_item(meeting, case, cast.rosa, cast.greet)
    agreed(item, cast.rosa, cast.greet, "Te laat.", date(2026, 1, 5))
    limits = StagnationSettings(table=cast.overlast)
    far = TODAY() + timedelta(days=limits.overdue_days + 1)
    with as_(cast.rosa) as (by, _):
        (found,) = [one for one in judged(far, by=by) if one.place.dossier_id == case.dossier_id]
        (overdue,) = [one for one in found.stuck if one.alarm is Alarm.OVERDUE]
        assert "5 januari 2026" in overdue.sentence
        assert "de procesregisseur" in overdue.turn
    with as_(cast.greet) as (by, _):
        assert judged(far, by=by) == []


def test_the_page_of_an_alarm_leads_to_the_actions(cast: Cast, case: Case, meeting: Meeting, login: Login) -> None:
    item = an_item(meeting, case, cast.rosa, cast.greet)
    agreed(item, cast.rosa, cast.greet, "Te laat.", date(2026, 1, 5))
    page = login(cast.rosa).get(f"/werk/loopt-vast/{case.dossier_id}/").content.decode()
    assert f"/casussen/{case.pk}/overleg/" in page


# --- the tab of the case -----------------------------------------------------------------------------


def test_the_tab_shows_a_partner_only_what_it_may_read(cast: Cast, case: Case, meeting: Meeting, login: Login) -> None:
    invited(case, cast.rosa, cast.pieter, cast.wilma)
    item = an_item(meeting, case, cast.rosa, cast.pieter)
    there = f"/casussen/{case.pk}/overleg/"
    assert "Volgende keer" in login(cast.rosa).get(there).content.decode()
    assert "Volgende keer" not in login(cast.pieter).get(there).content.decode(), "not published yet"
    published(meeting, cast.rosa, case)
    assert "Volgende keer" in login(cast.pieter).get(there).content.decode()
    assert "Hier staat nog niets" in login(cast.wilma).get(there).content.decode(), "takes part, sits elsewhere"
    begun(meeting, cast.rosa)
    agreed(item, cast.rosa, cast.pieter, "Pieter gaat langs.")
    ended(meeting, cast.rosa, item)
    assert "Besproken" in login(cast.rosa).get(there).content.decode()
    text = login(cast.pieter).get(there).content.decode()
    assert "Pieter gaat langs." in text
    assert "Geef door" not in text
    assert "Verslag van" not in text
    from tests.meetings.scene_minutes import fixed

    fixed(meeting, cast.rosa)
    assert "Verslag van" in login(cast.pieter).get(there).content.decode()
    text = login(cast.wilma).get(there).content.decode()
    assert "Verslag van" not in text
    assert "Pieter gaat langs." not in text
