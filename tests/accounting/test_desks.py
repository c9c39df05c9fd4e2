"""Requests, breaches and reviewed looks in the evidence and the figures: counted past the walls, by the same terms."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework import rights_rules
from partners.accounting import counting, evidence, yearly
from partners.accounting.counting import InTime
from partners.models import User
from privacy.audit.events import EVENTS
from privacy.breaches import terms
from privacy.figures import TOTAL
from privacy.logbook.counting import report
from privacy.logbook.standard import register
from privacy.review import judging
from privacy.rls import accounting
from tests.breaches.conftest import opened
from tests.review.scene import a_taken_case, found, hits, looked
from tests.world import Cast, as_

Login = Callable[[User], Client]


def _counted(person: User) -> dict[str, InTime]:
    with as_(person):
        return counting.desks()


def test_a_breach_that_is_three_days_old_and_not_reported_is_late(cast: Cast) -> None:
    before = _counted(cast.beheer)["breaches"]
    opened(cast.fatima, hours_ago=71)
    assert _counted(cast.beheer)["breaches"] == before, "there is still an hour: it does not count yet"
    opened(cast.fatima, hours_ago=73)
    assert _counted(cast.beheer)["breaches"] == InTime(before.all + 1, before.in_time)


def test_the_database_counts_a_term_as_the_rules_do(cast: Cast) -> None:
    assert timedelta(hours=72) == terms.AP
    term = accounting._ANSWERED_BY.replace("r.received_on", "%s::date").replace("r.extended_on", "%s::date")
    days = [date(2027, month, calendar.monthrange(2027, month)[1]) for month in range(1, 13)] + [date(2028, 1, 30)]
    for day in days:
        for extended in (None, day):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {term}", [day, extended])
                (said,) = cursor.fetchone()
            assert said == rights_rules.terms(day, extended=extended is not None, police=False).answer_on


def test_a_look_counts_once_it_was_judged(cast: Cast) -> None:
    before, now = _counted(cast.cor)["looks"], timezone.now()
    looked(cast.greet, a_taken_case(cast, "wilma"), now)
    found(now + timedelta(minutes=1))
    (hit,) = hits(cast.fatima, rule="R1", reader_id=cast.greet.pk)
    assert _counted(cast.cor)["looks"] == before, "it has two weeks to be judged"
    with as_(cast.fatima) as (by, _):
        judging.wrong(hit, "Geen reden.", end=False, breach=False, now=timezone.now(), by=by)
    assert _counted(cast.cor)["looks"] == InTime(before.all + 1, before.in_time + 1)
    year = timezone.localdate().year
    with as_(cast.fatima) as (by, _):
        assert report(year, by=by).shown["wrong"][cast.greet.organisation.name, TOTAL] is None, "a small number"


def test_the_figures_of_the_year_show_breaches_and_hide_small_numbers(cast: Cast, login: Login) -> None:
    for _ in range(2):
        opened(cast.fatima)
    with as_(cast.cor):
        shown = dict(yearly.of_year({}, counting.of_years(), timezone.localdate().year).others)
    assert shown["Datalekken"]["Nog te beoordelen"] is None
    page = login(cast.fatima).get(reverse("accounting-figures")).content.decode()
    assert "Nog te beoordelen: verborgen" in page
    sheet = login(cast.fatima).get(reverse("accounting-figures-csv")).content.decode()
    assert "Nog te beoordelen: verborgen" in sheet


@pytest.mark.parametrize("key", ["requests", "breaches", "reviewed"])
def test_each_desk_is_a_line_of_the_evidence(cast: Cast, key: str) -> None:
    with as_(cast.beheer):
        lines = {row.key: row.judged.says for row in evidence.requirements(timezone.now())}
    assert " van " in lines[key]


def test_each_activity_of_the_log_has_its_place_in_the_register(cast: Cast, login: Login) -> None:
    page = login(cast.fatima).get(reverse("accounting-register")).content.decode()
    for code in {event.processing for event in EVENTS.values()} | {"pseudoniem-dossier"}:
        address, _, anchor = register(code).partition("#")
        assert address.endswith(reverse("accounting-register"))
        assert f'id="{anchor}"' in page
