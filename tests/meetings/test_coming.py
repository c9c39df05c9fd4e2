"""The next meeting on the home page: counts for who directs, the day alone for everybody else."""

from __future__ import annotations

import pytest

from tests.casework.conftest import Browsers, words
from tests.meetings.scene import a_meeting, an_item, published
from tests.world import Cast, a_case, a_signal, invited

pytestmark = pytest.mark.django_db


def test_who_directs_reads_how_far_the_agenda_is(cast: Cast, browser: Browsers) -> None:
    meeting = a_meeting(cast.overlast, cast.rosa)
    case = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast))
    an_item(meeting, case, cast.rosa)
    assert "1 punt, 1 nog niet bekend" in words(browser(cast.rosa).see("home"))
    published(meeting, cast.rosa, case)
    assert "nog niet bekend" not in words(browser(cast.rosa).see("home"))


def test_a_partner_reads_the_same_whether_anything_is_on_the_agenda_or_not(cast: Cast, browser: Browsers) -> None:
    meeting = a_meeting(cast.overlast, cast.rosa)
    wilma = browser(cast.wilma)
    before = words(wilma.see("home")).partition('id="overleg"')[2].partition("</section>")[0]
    assert "Casustafel woonoverlast" in before
    case = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast))
    invited(case, cast.rosa, cast.pieter)
    an_item(meeting, case, cast.rosa, cast.pieter)
    published(meeting, cast.rosa, case)
    after = words(wilma.see("home")).partition('id="overleg"')[2].partition("</section>")[0]
    assert after == before


def test_who_has_no_seat_at_the_table_reads_nothing_of_it(cast: Cast, browser: Browsers) -> None:
    a_meeting(cast.overlast, cast.rosa)
    assert 'id="overleg"' not in words(browser(cast.victor).see("home"))
    assert 'id="overleg"' not in words(browser(cast.fatima).see("home"))
