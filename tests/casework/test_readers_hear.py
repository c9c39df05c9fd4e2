"""Corrected or taken back: who had read it hears so, and nobody is shown who that is (BGS 1.7, AVG 19)."""

from __future__ import annotations

import pytest
from django.db import connection

from casework.models import Audience, Case, Contribution
from partners.models import User
from privacy.models import Job
from tests.casework.conftest import Browsers, words
from tests.exclusion.conftest import report_tie
from tests.world import GROUND, Cast, a_case, a_signal, as_, contributed, invited

BETTER = {"text": "Drie keer.", "kind": "feit", "category": "algemeen", "audience": "table", "ground": GROUND}


@pytest.fixture
def case(cast: Cast) -> Case:
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.pieter, cast.greet)
    return found


def mailed(cast: Cast) -> set[str]:
    jobs = Job.objects.filter(kind="notice.something_waits").values_list("subject_id", flat=True)
    return {name for name, person in cast.people.items() if person.pk in set(jobs)}


def brought_in(case: Case, cast: Cast, browser: Browsers, *read_by: User) -> Contribution:
    """A contribution of Wilma that these people opened; no mail waits any more."""
    row: Contribution = contributed(case, cast.wilma, "Twee keer.")
    for person in read_by:
        browser(person).see("case-detail", case.pk)
    Job.objects.all().delete()
    return row


def test_who_read_it_gets_a_mail_and_sees_not_to_use_it(cast: Cast, case: Case, browser: Browsers) -> None:
    row = brought_in(case, cast, browser, cast.pieter)
    wilma = browser(cast.wilma)
    assert wilma.do("case-withdraw", case.pk, row.pk).status_code == 302
    assert mailed(cast) == {"pieter"}, "not Greet, who never opened it"
    page = words(browser(cast.pieter).see("case-detail", case.pk))
    assert "Gebruik dit niet meer" in page
    assert "door Woningstichting Proef: u las dit op" in page
    assert "Gebruik dit niet meer" not in words(browser(cast.greet).see("case-detail", case.pk))
    assert "Gebruik dit niet meer" not in words(wilma.see("case-detail", case.pk)), "nor the owner"


def test_a_correction_reaches_readers_also_when_the_new_text_is_not_for_them(
    cast: Cast, case: Case, browser: Browsers
) -> None:
    row = brought_in(case, cast, browser, cast.pieter, cast.rosa)
    assert browser(cast.wilma).do("case-correct", case.pk, row.pk, **BETTER | {"audience": "own"}).status_code == 302
    assert mailed(cast) == {"pieter", "rosa"}
    page = words(browser(cast.pieter).see("case-contributions", case.pk))
    assert "u las de oude tekst op" in page
    assert "Drie keer." not in page


def test_the_owner_is_not_shown_who_read_it(cast: Cast, case: Case, browser: Browsers) -> None:
    invited(case, cast.rosa, cast.petra, hidden=True)
    row = brought_in(case, cast, browser, cast.petra)
    wilma = browser(cast.wilma)
    sent = wilma.do("case-withdraw", case.pk, row.pk)
    page = words(wilma.client.get(sent["Location"]))
    assert "Wie die las, krijgt bericht." in page
    assert "Petra" not in page


def test_who_is_kept_away_hears_nothing(cast: Cast, case: Case, browser: Browsers) -> None:
    row = brought_in(case, cast, browser, cast.pieter)
    report_tie(case, cast.pieter)
    Job.objects.all().delete()
    browser(cast.wilma).do("case-withdraw", case.pk, row.pk)
    assert "pieter" not in mailed(cast)


def test_what_only_the_regie_read_is_told_to_the_regie(cast: Cast, case: Case, browser: Browsers) -> None:
    row = contributed(case, cast.wilma, "Alleen voor de regie.", audience=Audience.REGIE)
    browser(cast.rosa).see("case-detail", case.pk)
    Job.objects.all().delete()
    browser(cast.wilma).do("case-withdraw", case.pk, row.pk)
    assert mailed(cast) == {"rosa"}


@pytest.mark.parametrize("person", ["pieter", "rosa", "wout", "victor", "fatima", "beheer"])
def test_nobody_but_the_owner_learns_who_read_it_by_asking_the_database(
    person: str, cast: Cast, case: Case, browser: Browsers
) -> None:
    row = brought_in(case, cast, browser, cast.pieter, cast.greet)
    with as_(cast.people[person]), connection.cursor() as cursor:
        cursor.execute("SELECT privacy_readers(%s, %s)", [row.compartment_id, row.at])
        assert cursor.fetchall() == []


def test_nobody_without_the_case_learns_that_something_was_taken_back(
    cast: Cast, case: Case, browser: Browsers
) -> None:
    row = brought_in(case, cast, browser, cast.pieter)
    browser(cast.wilma).do("case-withdraw", case.pk, row.pk)
    for person in (cast.wout, cast.victor, cast.fatima):
        with as_(person), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM casework_no_longer_to_use(%s)", [case.dossier_id])
            assert cursor.fetchall() == []
