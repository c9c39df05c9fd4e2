"""Questions to the log: each filter, paging without gaps, a look before anything is shown, and keeping a question."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from privacy.audit import record
from privacy.errors import AuditUnavailable
from privacy.logbook import questions, reading
from privacy.models import LogQuestion
from tests.conftest import Log
from tests.logbook.conftest import BOOK, CHANGE, MONDAY, PURPOSE, Login, about, days, planted, words
from tests.world import Cast, as_

KEEP = "/privacy/logboek/vragen/bewaar/"
ONE, OTHER = "Een Gezochte", "Een Andere"
FILTERS: dict[str, tuple[dict[str, str], dict[str, Any], dict[str, Any]]] = {
    "changes": ({"soort": "changed"}, {"event": "case.changed", "action": CHANGE}, {}),
    "looks": ({"soort": "looked"}, about(), {"event": "login"}),
    "exports": ({"soort": "exported"}, {"event": "export"}, {}),
    "log-ins": ({"soort": "login"}, {"event": "login.failed"}, {}),
    "known": ({"soort": "known"}, {"event": "known.asked"}, {}),
    "reference": ({"nummer": "t-gezocht"}, about(reference="T-GEZOCHT"), about()),
    "channel": ({"kanaal": "table"}, {"channel": "table"}, {}),
    "refused": ({"geweigerd": "on"}, {"outcome": "refused", "event": "refused"}, {}),
    "emergency": ({"nood": "on"}, {"break_glass": True}, {}),
    "early": ({"buiten": "on"}, {"at": MONDAY.replace(hour=3)}, {}),
    "late": ({"buiten": "on"}, {"at": MONDAY.replace(hour=20)}, {}),
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_leaves_what_it_names(officer: Client, name: str) -> None:
    asked, one, other = FILTERS[name]
    planted(**{"actor_name": ONE} | one)
    planted(**{"actor_name": OTHER} | other)
    shown = words(officer.get(BOOK, days(**asked)))
    table = shown.partition("<tbody")[2]
    assert ONE in table
    assert OTHER not in table


def test_the_weekend_is_outside_working_hours(officer: Client) -> None:
    saturday = MONDAY + timedelta(days=5)
    planted(saturday, actor_name=ONE)
    assert ONE in words(officer.get(BOOK, days(saturday, buiten="on"))).partition("<tbody")[2]


def test_a_person_and_an_organisation_are_chosen_from_the_log(officer: Client) -> None:
    one, other = planted(actor_name=ONE, organisation_name="Hier"), planted(actor_name=OTHER, organisation_name="Daar")
    for asked in ({"persoon": str(one.actor_id)}, {"organisatie": str(one.organisation_id)}):
        table = words(officer.get(BOOK, days(**asked))).partition("<tbody")[2]
        assert ONE in table
        assert OTHER not in table
    assert f"{OTHER} (Daar)" in words(officer.get(BOOK, days())), other


def test_no_line_is_lost_between_pages_though_all_are_of_one_moment(officer: Client) -> None:
    made = {str(planted(actor_name=f"Persoon {number:03}").actor_name) for number in range(reading.PAGE + 7)}
    first = officer.get(BOOK, days())
    older = first.context["older"]
    second = officer.get(BOOK + older)
    found = [line.actor_name for answer in (first, second) for line in answer.context["lines"]]
    assert len(found) == len(made)
    assert set(found) == made
    assert not second.context["older"]


def test_the_look_names_the_dossiers_that_are_shown_and_comes_first(
    officer: Client, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = planted(actor_name=ONE, **about(reference="T-GETOOND"))
    officer.get(BOOK, days())
    (look,) = log.looks(event="log.asked")
    assert (look.dossiers, look.references) == (entry.dossiers, ["T-GETOOND"])

    def down(*_: Any, **__: Any) -> None:
        raise AuditUnavailable

    monkeypatch.setattr(record, "_write", down)
    for address in (BOOK, "/privacy/logboek/uitvoer/", "/privacy/logboek/rapport/"):
        answer = officer.get(address, days(vorm="csv"))
        assert answer.status_code == 503, address
        assert ONE.encode() not in answer.content


def test_a_line_names_a_few_dossiers_and_says_how_many_more(officer: Client) -> None:
    planted(dossiers=[uuid4() for _ in range(8)], references=[f"T-{number}" for number in range(8)])
    shown = words(officer.get(BOOK, days()))
    assert "T-4" in shown
    assert "T-5" not in shown
    assert "en 3 andere" in shown


def test_more_lines_cost_no_more_questions(officer: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connections["default"]) as queries:
            officer.get(BOOK, days())
        return len(queries)

    planted(**about())
    asked()
    few = asked()
    for _ in range(30):
        planted(**about())
    assert asked() == few <= 16


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"van": "morgen"}, "Vul een datum in"),
        ({"van": "2026-03-02", "tot": "2026-03-01"}, "Draai ze om"),
        ({"persoon": "niemand"}, "persoon"),
    ],
)
def test_a_question_that_makes_no_sense_is_said(officer: Client, wrong: dict[str, str], says: str) -> None:
    answer = officer.get(BOOK, wrong)
    assert answer.status_code == 422
    assert says in words(answer)


def test_an_address_that_was_cut_off_gives_the_first_page(officer: Client) -> None:
    planted(actor_name=ONE)
    assert ONE in words(officer.get(BOOK, days(eerder="2026-01-01", na="geen")))


def the_question(cast: Cast) -> LogQuestion:
    with as_(cast.fatima):
        return LogQuestion.objects.get()


def test_a_question_is_kept_under_a_name_and_opened_again(officer: Client, cast: Cast, log: Log) -> None:
    sent = days(geweigerd="on", naam="Geweigerd die dag")
    for _ in range(2):  # a double click keeps one
        assert officer.post(KEEP, sent).status_code == 302
    assert len(log.changes(event="log.question_kept")) == 1
    shown = words(officer.get(BOOK))
    assert "Geweigerd die dag" in shown
    assert "geweigerd=on" in shown
    row = the_question(cast)
    assert row.asked == days(geweigerd="on")
    assert officer.post(f"/privacy/logboek/vragen/{row.pk}/weg/").status_code == 302
    assert "Geweigerd die dag" not in words(officer.get(BOOK))
    assert officer.post(f"/privacy/logboek/vragen/{row.pk}/weg/").status_code == 404


def test_a_kept_question_is_of_nobody_else(officer: Client, cast: Cast, login: Login) -> None:
    officer.post(KEEP, days(naam="Van mij alleen"))
    row = the_question(cast)
    other = login(cast.faisal)
    other.post(PURPOSE, {"use": "lawful"})
    assert "Van mij alleen" not in words(other.get(BOOK))
    assert other.post(f"/privacy/logboek/vragen/{row.pk}/weg/").status_code == 404
    for name in ("faisal", "rosa", "beheer"):
        with as_(cast.people[name]):
            assert not LogQuestion.objects.exists(), name


def test_a_name_holds_no_number_of_a_person_and_nothing_is_one_too_many(officer: Client, cast: Cast) -> None:
    assert questions.NO_NUMBER in words(officer.post(KEEP, days(naam="Wie is 999990019"), follow=True))
    assert "Geef de vraag een naam" in words(officer.post(KEEP, days(naam=""), follow=True))
    for number in range(questions.MOST):
        officer.post(KEEP, days(naam=f"Vraag {number}"))
    assert "U kunt 20 vragen bewaren" in words(officer.post(KEEP, days(naam="Nog een"), follow=True))
