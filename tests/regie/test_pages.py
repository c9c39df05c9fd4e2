"""The pages of the regie: who reads what, and that they ask the database as often however long the history is."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import Case, Household
from casework.services import regie
from privacy.unlock import unlock
from tests.casework.conftest import Browser, Browsers, words
from tests.conftest import Log
from tests.regie.conftest import accepted, offered
from tests.world import Cast, a_case, a_household, a_signal, as_, invited

# What the gate, the head, the tabs, the mark of what is kept and not used, and this page ask;
# a look is on a connection of its own.
QUERIES = {"household-regie": 27, "case-regie": 24}


def asked(page: Browser, name: str, pk: object) -> int:
    page.see(name, pk)  # whatever is remembered is remembered by now
    with CaptureQueriesContext(connection) as captured:
        assert page.see(name, pk).status_code == 200
    return len(captured)


def back_and_forth(cast: Cast, household: Household, times: int) -> None:
    pair = (cast.carla, cast.wilma)
    for number in range(times):
        accepted(offered(household, pair[number % 2], pair[1 - number % 2]), pair[1 - number % 2])


def test_a_long_history_is_asked_as_often_as_a_short_one(
    cast: Cast, case: Case, household: Household, browser: Browsers
) -> None:
    page = browser(cast.rosa)
    back_and_forth(cast, household, 2)
    few = {name: asked(page, name, pk) for name, pk in (("household-regie", household.pk), ("case-regie", case.pk))}
    back_and_forth(cast, household, 10)
    many = {name: asked(page, name, pk) for name, pk in (("household-regie", household.pk), ("case-regie", case.pk))}
    assert few == many
    assert all(many[name] <= QUERIES[name] for name in QUERIES), many


def test_the_home_page_is_asked_as_often_with_one_vacancy_as_with_five(cast: Cast, browser: Browsers) -> None:
    page = browser(cast.rosa)

    def one_more() -> None:
        case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
        invited(case, cast.rosa, cast.wilma, cast.carla)
        household = a_household(case, cast.rosa, cast.carla)
        with as_(cast.rosa) as (by, _):
            regie.absent(household, None, now=timezone.now(), by=by)

    def home() -> int:
        page.see("home")
        with CaptureQueriesContext(connection) as captured:
            page.see("home")
        return len(captured)

    one_more()
    first = home()
    for _ in range(4):
        one_more()
    assert home() == first


def test_a_reason_is_read_by_the_regie_and_the_organisation_it_was_said_to(
    cast: Cast, household: Household, browser: Browsers
) -> None:
    offered(household, cast.carla, cast.wilma, reason="kanarie-overdracht")
    for person, reads in (("rosa", True), ("rachid", True), ("carla", True), ("wilma", True), ("pieter", False)):
        page = words(browser(cast.people[person]).see("household-regie", household.pk))
        assert ("kanarie-overdracht" in page) is reads, person


def test_a_colleague_reads_the_offer_and_does_not_answer_it(
    cast: Cast, case: Case, household: Household, browser: Browsers
) -> None:
    invited(case, cast.rosa, cast.wout)
    offer = offered(household, cast.carla, cast.wilma, reason="kanarie-overdracht")
    wout = browser(cast.wout)
    assert "kanarie-overdracht" in words(wout.see("household-regie", household.pk))
    assert wout.see("household-handover", household.pk, offer.pk).status_code == 404
    assert wout.do("household-handover", household.pk, offer.pk).status_code == 404


def test_nothing_typed_is_lost_when_a_colleague_was_first(cast: Cast, household: Household, browser: Browsers) -> None:
    offered(household, cast.carla, cast.wilma)
    answer = browser(cast.rosa).do(
        "household-hand-over", household.pk, to=str(cast.pieter.pk), reason="Pieter kent het gezin."
    )
    assert answer.status_code == 409
    page = words(answer)
    assert "Er staat al een aanbod open. Wacht op het antwoord, of neem het eerst terug." in page
    assert "Pieter kent het gezin." in page


def test_an_empty_form_says_what_is_missing(cast: Cast, household: Household, browser: Browsers) -> None:
    answer = browser(cast.carla).do("household-hand-over", household.pk)
    assert answer.status_code == 422
    assert "Kies iemand." in words(answer)
    assert "Schrijf kort op waarom u de regie overdraagt." in words(answer)


def test_away_with_a_day_that_is_over_is_refused(cast: Cast, household: Household, browser: Browsers) -> None:
    answer = browser(cast.rosa).do("household-absent", household.pk, back_on="1-1-2020")
    assert answer.status_code == 422
    assert "Kies een datum na vandaag." in words(answer)


def test_away_twice_says_so(cast: Cast, household: Household, browser: Browsers) -> None:
    page = browser(cast.rosa)
    assert page.do("household-absent", household.pk).status_code == 302
    again = page.do("household-absent", household.pk)
    assert again.status_code == 409
    assert "staat al als niet beschikbaar" in words(again)
    assert "Carla Proef is terug" in words(page.see("household-regie", household.pk))
    assert page.do("household-back", household.pk).status_code == 302
    assert page.do("household-back", household.pk).status_code == 409


def test_what_the_regie_page_names_is_in_the_log(
    cast: Cast, case: Case, household: Household, browser: Browsers, log: Log
) -> None:
    browser(cast.rosa).see("household-regie", household.pk)
    logged = {name for entry in log.looks(actor_id=cast.rosa.pk) for name in entry.references}
    assert {household.dossier.reference, case.dossier.reference} <= logged


def test_nothing_of_an_offer_is_stored_in_the_clear(cast: Cast, household: Household) -> None:
    with as_(cast.carla) as (by, _):
        unlock([household.dossier_id], by=by)
    offered(household, cast.carla, cast.wilma, reason="kanarie-in-de-opslag")
    with as_(cast.rosa), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(h)::text FROM casework_handover h")
        assert "kanarie" not in cursor.fetchone()[0]
