"""Every term has its day; leap years; nothing is founded without an end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.models import Household
from casework.services import drafts, triage
from casework.theming import themes
from partners.profiling import profiles
from privacy import desks
from privacy.access import open_one
from privacy.models import Desk, Dossier
from privacy.retention.terms import goes, terms, years_after
from tests.commits import committed
from tests.retention.scene import a_full_case, checked, due, jobs_done, later, listed, stands
from tests.world import Cast, a_household, a_signal, as_, invited

EVERY = [
    *((f"thema {theme.code}", theme.retain_until) for theme in themes().active()),
    *((f"profiel {profile.code}", profile.retain_until) for profile in profiles().active()),
    *((f"soort {term.code}", term.ends) for term in terms().values()),
]


@pytest.mark.parametrize(("name", "ends"), EVERY, ids=[name for name, _ in EVERY])
@pytest.mark.parametrize("begin", [date(2021, 11, 27), date(2024, 2, 29), date(2023, 2, 28), date(2020, 12, 31)])
def test_the_day_before_it_stays_and_the_day_itself_it_goes(name: str, ends: object, begin: date) -> None:
    last = ends(begin)  # type: ignore[operator]
    assert begin < last <= years_after(begin, 5)
    assert not goes(last, last - timedelta(days=1))
    assert goes(last, last)
    assert goes(last, last + timedelta(days=1))


def test_29_february_ends_on_the_28th_and_on_the_29th_when_there_is_one() -> None:
    assert years_after(date(2024, 2, 29), 5) == date(2029, 2, 28)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_everything_that_is_founded_has_an_end(cast: Cast) -> None:
    now, today = timezone.now(), timezone.localdate()
    with as_(cast.pieter) as (by, _):
        draft = drafts.start("woonoverlast", now=now, by=by).dossier
    assert draft.retain_until == today + timedelta(days=90)
    with as_(cast.pieter) as (by, _):
        file = desks.found(Desk.BREACH, now=now, today=today, by=by)
    assert file.retain_until == years_after(today, 5)


def test_the_cover_of_a_rejected_signal_goes_after_three_months(cast: Cast) -> None:
    def act() -> Dossier:
        signal = a_signal(cast.pieter, cast.overlast)
        with as_(cast.rosa) as (by, _):
            triage.reject(open_one(type(signal), signal.pk, by=by), "te_weinig", now=timezone.now(), by=by)
        return signal.dossier

    dossier = committed(act)
    left = Dossier.objects.using("maintenance").get(pk=dossier.pk)
    assert left.retain_until == timezone.localdate() + timedelta(days=90)
    assert listed(cast) == set()
    due(dossier.pk)
    checked(cast)
    jobs_done()
    assert not stands(dossier.pk)


def a_home(cast: Cast) -> Household:
    def act() -> Household:
        case = a_full_case(cast)
        invited(case, cast.rosa, cast.wilma, cast.carla)
        return a_household(case, cast.rosa, cast.carla)

    return committed(act)


def test_a_household_follows_its_case_and_goes_before_it_does(cast: Cast) -> None:
    household = a_home(cast)
    case = Dossier.objects.using("maintenance").get(kind="case")
    due(household.dossier_id)
    assert listed(cast) == set()
    due(case.pk)
    later(household.dossier_id, days=1)
    assert listed(cast) == set()  # the plan of the household still runs in this case
    due(household.dossier_id)
    assert household.dossier_id in listed(cast)
    checked(cast)
    jobs_done()
    assert not stands(household.dossier_id)
    # The case is on the next list: as long as the plan ran it was on none.
    checked(cast)
    jobs_done()
    assert not stands(case.pk)
