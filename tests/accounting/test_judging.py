"""Every requirement of the audit in each of its states."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from partners.accounting import judging
from partners.accounting.counting import InTime
from partners.accounting.judging import Assessed, Done, Examined, Judged, Share, State

TODAY = date(2026, 11, 27)
LATER, BEFORE = TODAY + timedelta(days=30), TODAY - timedelta(days=30)
QUARTER = timedelta(days=92)


def regular(done: Done) -> Judged:
    return judging.regular(done, QUARTER, TODAY)


def dpias(*versions: Assessed) -> Judged:
    return judging.dpias(versions, TODAY)


def pentests(*rows: Examined) -> Judged:
    return judging.pentests(rows, TODAY)


def audits(*rows: Examined, today: date = TODAY) -> Judged:
    return judging.audits(rows, today)


OF_EACH_STATE = [
    (regular(Done()), State.MISSING, "Nog nooit"),
    (regular(Done(TODAY - timedelta(days=93))), State.WATCH, "te lang"),
    (regular(Done(TODAY, well=False)), State.WATCH, "mis"),
    (regular(Done(TODAY - QUARTER)), State.OK, "Laatst"),
    (judging.people(Share(0, 9), "Getraind"), State.MISSING, "0 van 9"),
    (judging.people(Share(94, 100), "Getraind"), State.WATCH, "94%"),
    (judging.people(Share(95, 100), "Getraind"), State.OK, "95%"),
    (judging.people(Share(0, 0), "Getraind"), State.OK, "0 van 0"),
    (dpias(Assessed("a 1")), State.MISSING, "a 1"),
    (dpias(Assessed("a 1", BEFORE, LATER, stopped=True)), State.MISSING, "niet kan"),
    (dpias(Assessed("a 1", BEFORE, TODAY)), State.WATCH, "opnieuw"),
    (dpias(Assessed("a 1", BEFORE, LATER, waits=True)), State.WATCH, "AP"),
    (dpias(Assessed("a 1", BEFORE, LATER)), State.OK, "1 versie"),
    (judging.covenants(["Jeugd"], []), State.MISSING, "Jeugd"),
    (judging.covenants([], ["Convenant"]), State.WATCH, "Loopt af"),
    (judging.covenants([], []), State.OK, "Elke tafel"),
    (pentests(), State.MISSING, "nog geen"),
    (pentests(Examined(BEFORE, 2, LATER)), State.WATCH, "2 bevindingen open"),
    (pentests(Examined(BEFORE, 2, TODAY)), State.WATCH, "hertoets is voorbij"),
    (pentests(Examined(TODAY - timedelta(days=367))), State.WATCH, "meer dan een jaar"),
    (pentests(Examined(BEFORE)), State.OK, "Laatst"),
    (audits(today=date(2026, 6, 1)), State.OK, "01-03-2027"),
    (audits(), State.WATCH, "01-03-2027"),
    (audits(today=date(2027, 3, 1)), State.MISSING, "geen audit"),
    (audits(Examined(BEFORE, 1, TODAY)), State.MISSING, "opnieuw"),
    (audits(Examined(BEFORE, 1, LATER)), State.WATCH, "1 bevindingen"),
    (audits(Examined(BEFORE, sent=False)), State.WATCH, "afschrift"),
    (audits(Examined(BEFORE)), State.OK, "volgende"),
    (audits(Examined(date(2022, 11, 1))), State.MISSING, "uiterlijk"),
    (judging.in_time(InTime(0, 0), "Verzoeken"), State.OK, "0 van 0"),
    (judging.looks(InTime(4, 3)), State.WATCH, "3 van 4 beoordeeld"),
    (judging.looks(InTime(4, 4)), State.OK, "4 van 4 beoordeeld"),
    (judging.in_time(InTime(9, 8), "Verzoeken"), State.WATCH, "8 van 9"),
    (judging.in_time(InTime(9, 9), "Verzoeken"), State.OK, "9 van 9"),
    (judging.destroyed(Done(), kept=False), State.MISSING, "niet buiten"),
    (judging.destroyed(Done(TODAY, well=False), kept=True), State.WATCH, "nog niet"),
    (judging.destroyed(Done(TODAY, times=3), kept=True), State.OK, "3 dossiers"),
    (judging.emergencies(Done(well=False)), State.WATCH, "oordeel"),
    (judging.emergencies(Done(times=2)), State.OK, "2 keer"),
]


@pytest.mark.parametrize(("judged", "state", "says"), OF_EACH_STATE)
def test_each_state_with_its_sentence(judged: Judged, state: State, says: str) -> None:
    assert judged.state == state
    assert says in judged.says


def test_almost_everybody_is_not_everybody() -> None:
    assert Share(999, 1000).per_cent == 99
