"""Reporting a personal tie oneself: gone at once, and the regie hears of it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.models import Case, Participation, Signal
from partners.models import CaseTable
from partners.services import seats
from partners.todo import todo
from privacy.models import Exclusion, ExclusionReason
from privacy.roles import Role
from tests.casework.conftest import Browser, Browsers, words
from tests.exclusion.conftest import keep_away, kept_away, mailed, main, no_mail_yet
from tests.world import Cast, as_

REPORT = {"reason": ExclusionReason.FAMILY}


@pytest.fixture
def pieter(cast: Cast, browser: Browsers) -> Browser:
    return browser(cast.pieter)


def test_every_page_of_a_case_and_a_signal_has_the_way_to_it(
    cast: Cast, case: Case, signal: Signal, browser: Browsers, pieter: Browser
) -> None:
    for name in ("case-detail", "case-signals", "case-subjects", "case-contributions", "case-people", "case-looked"):
        assert reverse("case-tie", args=[case.pk]) in words(pieter.see(name, case.pk))
    assert reverse("signal-tie", args=[signal.pk]) in words(browser(cast.wilma).see("signal-detail", signal.pk))
    assert reverse("signal-tie", args=[signal.pk]) in words(browser(cast.rosa).see("triage-detail", signal.pk))


def test_the_page_says_what_will_happen_before_it_does(case: Case, pieter: Browser) -> None:
    page = words(pieter.see("case-tie", case.pk))
    assert "U ziet dit dossier daarna niet meer" in page
    assert "De regisseur hoort dat u dit meldde" in page
    assert "<textarea" not in page, "a code says why, no text does"


def test_without_a_reason_nothing_happens(cast: Cast, case: Case, pieter: Browser) -> None:
    answer = pieter.do("case-tie", case.pk)
    assert answer.status_code == 422
    assert "Kies welke band u hebt." in words(answer)
    assert pieter.see("case-detail", case.pk).status_code == 200


def test_the_next_request_finds_nothing_and_the_message_names_no_case(case: Case, pieter: Browser) -> None:
    sent = pieter.do("case-tie", case.pk, **REPORT)
    assert sent.status_code == 302
    assert sent["Location"] == reverse("home")
    home = words(pieter.client.get(sent["Location"]))
    assert "U ziet dit dossier niet meer." in home
    assert case.dossier.reference not in home
    assert str(case.pk) not in home
    assert pieter.see("case-detail", case.pk).status_code == 404
    assert pieter.do("case-tie", case.pk, **REPORT).status_code == 404, "a second click finds nothing"


def test_the_regisseur_hears_of_it_and_is_led_to_a_colleague(
    cast: Cast, case: Case, pieter: Browser, browser: Browsers
) -> None:
    no_mail_yet()
    pieter.do("case-tie", case.pk, **REPORT)
    assert mailed(cast.rosa)
    assert not mailed(cast.pieter)
    rosa = browser(cast.rosa)
    assert "Pieter Proef meldde een persoonlijke band" in words(rosa.see("home"))
    page = words(rosa.see("case-exclusions", case.pk))
    assert "zelf gemeld" in page
    assert "Familie of partner" in page
    with as_(cast.rosa):
        participation = Participation.objects.get(case=case, user=cast.pieter)
        assert participation.ended_at is None, "it stays as a fact, for the regie to settle"
    rosa.do("case-end", case.pk, participation.pk)
    assert "Pieter Proef meldde" not in words(rosa.see("home"))


def test_a_tie_can_be_reported_on_a_signal(cast: Cast, signal: Signal, browser: Browsers) -> None:
    wilma = browser(cast.wilma)
    assert wilma.do("signal-tie", signal.pk, **REPORT).status_code == 302
    assert wilma.see("signal-detail", signal.pk).status_code == 404
    rosa = browser(cast.rosa)
    assert rosa.do("triage-ask", signal.pk, text="Hoe vaak?", question="Hoe vaak?").status_code in (409, 422)


def test_a_regisseur_reports_a_tie_and_the_other_directs(cast: Cast, case: Case, browser: Browsers) -> None:
    rosa = browser(cast.rosa)
    assert rosa.do("case-tie", case.pk, **REPORT).status_code == 302
    assert rosa.see("case-sharing", case.pk).status_code == 404
    rachid = browser(cast.rachid)
    assert "Rosa Proef meldde een persoonlijke band" in words(rachid.see("home"))
    assert "Neem de procesregie over" in words(rachid.see("case-exclusions", case.pk))
    assert rachid.do("case-take-over", case.pk).status_code == 302
    assert "Rosa Proef meldde" not in words(rachid.see("home"))
    assert "Rachid Proef" in words(rachid.see("case-detail", case.pk))


def test_the_last_regisseur_asks_for_another_one_first(cast: Cast, case: Case, browser: Browsers) -> None:
    keep_away(case, cast.rachid, by=cast.rosa)
    rosa = browser(cast.rosa)
    page = words(rosa.see("case-tie", case.pk))
    assert "U kunt dit nog niet melden" in page
    no_mail_yet()
    assert rosa.do("case-tie", case.pk, **REPORT).status_code == 302
    assert rosa.see("case-detail", case.pk).status_code == 200, "a dossier without regie would help nobody"
    assert mailed(cast.beheer)
    with as_(cast.beheer):
        (line,) = [line for line in todo(timezone.now()) if "nog een procesregisseur" in line.what]
    assert line.which == cast.overlast.name
    assert case.dossier.reference not in words(browser(cast.beheer).see("home"))
    with as_(cast.beheer) as (by, _):
        seats.seat(cast.overlast, cast.carla, Role.PROCESREGISSEUR, now=timezone.now(), by=by)
    assert CaseTable.objects.get(pk=cast.overlast.pk).regie_wanted_at is None
    assert rosa.do("case-tie", case.pk, **REPORT).status_code == 302
    assert kept_away(case) == {cast.rosa.pk, cast.rachid.pk}
    assert browser(cast.carla).see("case-exclusions", case.pk).status_code == 200


def test_who_has_no_access_cannot_report_and_gets_the_page_of_the_unknown(
    cast: Cast, case: Case, browser: Browsers
) -> None:
    greet = browser(cast.greet)
    unknown = greet.do("case-tie", cast.greet.pk, **REPORT)
    for answer in (greet.see("case-tie", case.pk), greet.do("case-tie", case.pk, **REPORT)):
        assert answer.status_code == 404
        assert main(answer) == main(unknown)
    assert not Exclusion.objects.using("maintenance").exists()
