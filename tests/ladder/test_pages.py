"""The pages of the ladder on a case, as who directs it and as a partner."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.models import Case
from escalation.facts import Checked, Paper
from escalation.models import Outcome, Proposal
from escalation.situations import ladder_of
from partners.models import User
from tests.casework.conftest import Browser, Browsers, Login, words
from tests.ladder.scene import at_the_ladder, granted, holds, noted, proposed, standing_of
from tests.world import Cast, a_case, a_signal, invited


@pytest.fixture
def browser(login: Login) -> Browsers:
    """The browser of this person."""
    return lambda user: Browser(login(user))


@pytest.fixture
def case(cast: Cast) -> Case:
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.pieter)
    return found


SENT = {
    "criterion": "veilig",
    "about": "Piet Voorbeeld",
    "reason": "Het kan.",
    "review_on": f"{date.today() + timedelta(days=20):%d-%m-%Y}",
}


def at(case: Case, by: User) -> str:
    return standing_of(case, "woonoverlast", by).at


def test_the_regisseur_sees_what_is_missing_records_it_and_takes_the_step(
    cast: Cast, case: Case, browser: Browsers
) -> None:
    rosa = browser(cast.rosa)
    panel = words(rosa.see("case-ladder", case.pk))
    assert "Hier staat de casus" in panel
    assert "Nog 1 ding nodig" in panel
    refused = rosa.do("ladder-step", case.pk, "woonoverlast", "zelf", **SENT)
    assert refused.status_code == 409
    assert "Het kan." in words(refused), "what was typed stays"
    assert "Eerst moet vaststaan: een gesprek is niet gevaarlijk voor de melder (Escalatieladder" in words(refused)
    fact = ("ladder-fact", case.pk, "woonoverlast", "zelf", "gesprek_veilig")
    assert rosa.do(*fact).status_code == 422
    assert rosa.do(*fact, held="ja", note="Gebeld.").status_code == 302
    assert "Gebeld." in words(rosa.see("ladder-step", case.pk, "woonoverlast", "zelf"))
    assert rosa.do("ladder-step", case.pk, "woonoverlast", "zelf", **SENT).status_code == 302
    assert at(case, cast.rosa) == "zelf"
    assert "Omhoog naar “Zelf in gesprek”" in words(rosa.see("case-ladder", case.pk))
    again = rosa.do("ladder-step", case.pk, "woonoverlast", "zelf", **SENT)
    assert again.status_code == 409
    assert "De casus staat al op trede" in words(again)


def test_a_partner_sees_where_the_case_stands_and_no_proposal(cast: Cast, case: Case, browser: Browsers) -> None:
    standing = standing_of(case, "woonoverlast", cast.rosa)
    noted(standing, "gesprek_veilig", Checked(True), cast.rosa, "Zij is bang.")
    granted(proposed(standing, "zelf", "veilig", cast.rosa, reason="Alleen voor de regie."), cast.rosa)
    pieter = browser(cast.pieter)
    page = words(pieter.see("case-ladder", case.pk))
    assert "Omhoog naar “Zelf in gesprek”" in page
    for secret in ("Zij is bang.", "Alleen voor de regie.", "Wat nu kan"):
        assert secret not in page
    assert pieter.see("ladder-step", case.pk, "woonoverlast", "afspraken").status_code == 403
    assert browser(cast.victor).see("case-ladder", case.pk).status_code == 404


def test_recording_where_the_authority_decides_in_the_system_is_refused(
    cast: Cast, case: Case, browser: Browsers
) -> None:
    standing = standing_of(case, "woonoverlast", cast.rosa)
    noted(standing, "gesprek_veilig", Checked(True), cast.rosa)
    granted(proposed(standing, "zelf", "veilig", cast.rosa), cast.rosa)
    noted(standing, "afsprakenblad", Paper(date.today()), cast.rosa)
    holds(cast, cast.overlast, "wijkagent", cast.pieter)
    waits = proposed(standing_of(case, "woonoverlast", cast.rosa), "afspraken", "houdt_aan", cast.rosa)
    rosa = browser(cast.rosa)
    page = words(rosa.see("ladder-proposal", case.pk, waits.pk))
    assert "Dit ligt bij " in page
    told = f"{date.today():%d-%m-%Y}"
    sent = {"authority": "wijkagent", "decided_on": told, "document": "Verslag"}
    assert rosa.do("ladder-proposal", case.pk, waits.pk, **sent).status_code == 422
    assert rosa.do("ladder-proposal", case.pk, waits.pk, **sent | {"authority": "corporatie"}).status_code == 302
    assert at(case, cast.rosa) == "afspraken"
    taken_back = rosa.do("ladder-proposal-withdraw", case.pk, waits.pk)
    assert taken_back.status_code == 409
    with at_the_ladder(cast.rosa, standing):
        assert Proposal.objects.get(pk=waits.pk).outcome == Outcome.GRANTED


def test_the_summary_of_what_is_wrong_counts_its_lines(cast: Cast, case: Case, browser: Browsers) -> None:
    rung = ladder_of(standing_of(case, "woonoverlast", cast.rosa)).get("drugspand")
    lengths = {f"lengte_{term.key}": str(term.rule.length.number) for term in rung.terms}
    sent = SENT | {"criterion": "drugs"} | lengths
    refused = browser(cast.rosa).do("ladder-step", case.pk, "woonoverlast", "drugspand", **sent)
    assert f"Er zijn {len(rung.requires)} dingen die u nog moet aanpassen" in words(refused)


def test_who_directs_reads_on_the_panel_what_was_refused_and_why(cast: Cast, case: Case, browser: Browsers) -> None:
    noted(standing_of(case, "woonoverlast", cast.rosa), "afsprakenblad", Paper(date.today()), cast.rosa)
    holds(cast, cast.overlast, "wijkagent", cast.pieter)
    waits = proposed(standing_of(case, "woonoverlast", cast.rosa), "afspraken", "houdt_aan", cast.rosa)
    pieter, rosa = browser(cast.pieter), browser(cast.rosa)
    assert pieter.do("decision-refuse", waits.pk, reason="Eerst nog een gesprek.").status_code == 302
    assert f"/ladder/voorstel/{waits.pk}/" in words(rosa.see("case-ladder", case.pk))
    page = words(rosa.see("ladder-proposal", case.pk, waits.pk))
    assert "Niet genomen door de wijkagent (Pieter" in page
    assert "Eerst nog een gesprek." in page
    assert f"/ladder/voorstel/{waits.pk}/" not in words(pieter.see("case-ladder", case.pk))


def test_the_panel_says_the_criterion_of_the_rung_itself_where_others_use_its_key(
    cast: Cast, case: Case, browser: Browsers
) -> None:
    """Going back from talking rests on "de overlast is gestopt"; mediation has a criterion with the same key."""
    noted(standing_of(case, "woonoverlast", cast.rosa), "gesprek_veilig", Checked(True), cast.rosa)
    granted(proposed(standing_of(case, "woonoverlast", cast.rosa), "zelf", "veilig", cast.rosa), cast.rosa)
    back = proposed(standing_of(case, "woonoverlast", cast.rosa), "melding", "gelukt", cast.rosa)
    granted(back, cast.rosa)
    for name, *of in (("case-ladder", case.pk), ("ladder-proposal", case.pk, back.pk)):
        page = words(browser(cast.rosa).see(name, *of))
        assert "De overlast is gestopt" in page
        assert "De bemiddeling is gelukt" not in page


def test_the_overview_and_a_print_say_where_the_case_stands(cast: Cast, case: Case, browser: Browsers) -> None:
    standing = standing_of(case, "woonoverlast", cast.rosa)
    rung = ladder_of(standing).get(standing.at).name
    for person in (cast.rosa, cast.wilma):
        assert rung in words(browser(person).see("case-detail", case.pk))
        assert rung in words(browser(person).see("case-export", case.pk))
