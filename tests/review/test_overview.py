"""The officer's overview: what waits at each desk on top, one line each, and never more questions to the database."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import Case, SubjectKind
from casework.services import cases
from casework.values import CaseSubjectInput
from privacy.unlock import unlock
from tests.access import breaches, retention, rights
from tests.access.review import reviewed
from tests.casework.conftest import Browser, Browsers, browser, words
from tests.review.scene import a_taken_case
from tests.world import Cast, as_

__all__ = ["browser"]


def a_breach(cast: Cast) -> Case:
    """In a case with a person of whom telling waits."""
    case = a_taken_case(cast, "wilma")
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        subject = cases.add_subject(case, CaseSubjectInput(SubjectKind.PERSON, "Piet Voorbeeld"), by=by)
    breaches.went_wrong(cast, case, subject)
    return case


def everything_waits(cast: Cast) -> None:
    """Something lies at each desk."""
    reviewed(cast, a_breach(cast))
    rights.at_the_desk(cast)
    retention.in_time(cast)


def strip(page: Browser) -> str:
    """The lines on top, until the panels begin."""
    return words(page.see("privacy-home")).partition("Wat wacht")[2].partition("Open datalekken")[0]


def test_it_is_calm_when_nothing_waits(cast: Cast, browser: Browsers) -> None:
    shown = strip(browser(cast.fatima))
    assert "niets gevonden om te beoordelen" in shown
    assert shown.count("niets wacht") == 7
    assert "Te laat" not in shown


def test_each_desk_says_what_waits_and_its_term(cast: Cast, browser: Browsers) -> None:
    everything_waits(cast)
    shown = strip(browser(cast.fatima))
    for said in ("beoordeeld, oudste van vandaag", "1 datalek open", "verzoeken lopen", "antwoord voor",
                 "1 lijst wacht op een tweede persoon"):  # fmt: skip
        assert said in shown


def test_more_that_waits_asks_no_more_of_the_database(cast: Cast, browser: Browsers) -> None:
    page = browser(cast.fatima)
    everything_waits(cast)
    page.see("privacy-home")
    with CaptureQueriesContext(connection) as few:
        page.see("privacy-home")
    a_breach(cast)
    rights.at_the_desk(cast)
    retention.in_time(cast)
    page.see("privacy-home")
    with CaptureQueriesContext(connection) as many:
        page.see("privacy-home")
    assert len(many) == len(few)
