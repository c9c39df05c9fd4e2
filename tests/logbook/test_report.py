"""Numbers for the year's report and the partners: no names, no small numbers, the same in print and as a sheet."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from privacy.logbook import counting, judged
from tests.conftest import Log
from tests.logbook.conftest import CHANGE, MONDAY, YEAR, about, planted, words
from tests.world import Cast, as_

REPORT = "/privacy/logboek/rapport/"
NAME = "Nora Nergens"


def many(times: int, organisation: str, at: datetime = MONDAY, **values: object) -> None:
    for number in range(times):
        planted(at + timedelta(seconds=number), organisation_name=organisation, actor_name=NAME, **values)


def the_year(cast: Cast) -> counting.Report:
    with as_(cast.fatima) as (by, _):
        return counting.report(YEAR, by=by)


def numbers(cast: Cast, organisation: str) -> dict[str, int | None]:
    row = next(row for row in the_year(cast).per_organisation() if row.label == organisation)
    return dict(row.named)


def test_each_kind_is_counted_apart(cast: Cast) -> None:
    many(6, "Een", **about())
    many(7, "Een", event="case.changed", action=CHANGE, **about())
    many(8, "Een", event="export", **about())
    many(9, "Een", event="refused", outcome="refused")
    many(10, "Een", event="emergency.opened", action=CHANGE)
    found = numbers(cast, "Een")
    assert found == {
        "Keer gekeken": 6, "Wijzigingen": 17, "Meegenomen": 8, "Geweigerd": 9, "Noodtoegang": 10, "Beoordeeld": 0,
        "Onterecht": 0,
    }  # fmt: skip


def test_a_small_number_is_hidden_and_the_totals_do_not_tell(cast: Cast) -> None:
    many(3, "Klein", **about())
    many(40, "Groot", **about())
    many(30, "Midden", **about())
    assert numbers(cast, "Klein")["Keer gekeken"] is None
    others = [numbers(cast, name)["Keer gekeken"] for name in ("Groot", "Midden")]
    assert None in others


def test_what_was_judged_counts_in_the_month_of_the_judgement(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def twelve(since: datetime, until: datetime) -> list[judged.Judgement]:
        return [("Een", MONDAY, number < 6) for number in range(12)]

    monkeypatch.setattr(judged, "SOURCES", [*judged.SOURCES, twelve])
    found = numbers(cast, "Een")
    assert (found["Beoordeeld"], found["Onterecht"]) == (12, 6)


def test_the_report_names_nobody_and_is_in_the_log(officer: Client, log: Log) -> None:
    many(12, "Een", **about(reference="T-RAPPORT"))
    for address in (REPORT, f"{REPORT}csv/"):
        answer = officer.get(address, {"jaar": YEAR, "organisatie": "Een"})
        assert answer.status_code == 200
        assert "Een" in words(answer)
        assert NAME not in words(answer)
        assert "T-RAPPORT" not in words(answer)
    assert [entry.object_pk for entry in log.looks(event="log.report")] == [str(YEAR)] * 2


def test_the_sheet_has_each_organisation_and_month(officer: Client) -> None:
    many(12, "=Een", **about())
    many(2, "Twee", **about())
    text = officer.get(f"{REPORT}csv/", {"jaar": YEAR}).content.decode("utf-8-sig")
    head, *rows = csv.reader(StringIO(text), delimiter=";")
    assert head == ["Organisatie", "Maand", *counting.MEASURES.values()]
    assert len(rows) == 3 * 13
    assert {row[0] for row in rows} == {"'=Een", "Twee", "Samen"}
    assert counting.HIDDEN in {cell for row in rows for cell in row}


def test_a_year_that_makes_no_sense_is_this_year(officer: Client) -> None:
    assert officer.get(REPORT, {"jaar": "1812", "organisatie": "Niet"}).status_code == 200


def test_more_entries_cost_no_more_questions(officer: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connections["default"]) as queries:
            officer.get(REPORT, {"jaar": YEAR})
        return len(queries)

    many(1, "Een", **about())
    asked()
    few = asked()
    for name in ("Een", "Twee", "Drie"):
        many(5, name, **about())
    assert asked() == few <= 14
