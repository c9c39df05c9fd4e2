"""The inbox of who decides: who reads a proposal, what stands on it, and what an answer does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import Case, Participation
from casework.services import cases, participants
from escalation.facts import Checked, Paper
from escalation.laddering import active_ladder
from escalation.models import Measure, Proposal, Standing, Term
from escalation.services import authorities, proposing
from partners.models import CaseTable, Seat, User
from partners.services.seats import end_seat
from privacy import exclusions
from privacy.models import ExclusionReason
from tests.ladder.house_ban import a_house_ban, a_table, gives, mandate, mandated
from tests.ladder.scene import at_the_ladder, granted, holds, noted, proposed, standing_of
from tests.world import Cast, a_case, a_signal, as_, invited

TODAY = date.today()
Login = Callable[[User], Client]


@pytest.fixture
def case(cast: Cast) -> Case:
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.pieter)
    return found


@pytest.fixture
def standing(cast: Cast, case: Case) -> Standing:
    """At rung 1, with what rung 3 asks."""
    found = standing_of(case, "woonoverlast", cast.rosa)
    noted(found, "gesprek_veilig", Checked(True), cast.rosa)
    granted(proposed(found, "zelf", "veilig", cast.rosa), cast.rosa)
    noted(found, "afsprakenblad", Paper(TODAY), cast.rosa, "Getekend door beide buren.")
    return standing_of(case, "woonoverlast", cast.rosa)


@pytest.fixture
def waits(cast: Cast, standing: Standing) -> Proposal:
    """For Petra, who decides for the wijkagent and takes no part in the case."""
    holds(cast, cast.overlast, "wijkagent", cast.petra)
    return proposed(standing, "afspraken", "houdt_aan", cast.rosa)


def page_of(proposal: Proposal) -> str:
    return f"/besluiten/{proposal.pk}/"


def text(response: Any) -> str:
    return str(response.content.decode())


# --- who may not ------------------------------------------------------------------------------------------


def test_who_decides_for_nobody_has_no_such_page(cast: Cast, waits: Proposal, login: Login) -> None:
    for person in (cast.greet, cast.wilma, cast.pieter, cast.wout, cast.victor, cast.bram):
        browser = login(person)
        assert browser.get(page_of(waits)).status_code == 404
        assert browser.post(page_of(waits)).status_code == 404
        assert browser.post(f"{page_of(waits)}niet/", {"reason": "Nee, dit niet."}).status_code == 404
        assert "Er wacht nu niets" in text(browser.get("/besluiten/"))
    for person in (cast.beheer, cast.fatima, cast.iris):
        assert login(person).get(page_of(waits)).status_code == 403


def test_the_wijkagent_of_another_table_reads_nothing(cast: Cast, waits: Proposal, login: Login) -> None:
    holds(cast, cast.jeugd, "wijkagent", cast.victor)
    assert login(cast.victor).get(page_of(waits)).status_code == 404


def test_who_is_excluded_reads_nothing(cast: Cast, waits: Proposal, login: Login) -> None:
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(waits.dossier_id, cast.petra.pk, ExclusionReason.NEIGHBOUR, by=by)
    assert login(cast.petra).get(page_of(waits)).status_code == 404
    assert login(cast.petra).post(page_of(waits)).status_code == 404


def test_who_takes_part_and_does_not_decide_has_no_button(cast: Cast, waits: Proposal, login: Login) -> None:
    shown = text(login(cast.rosa).get(page_of(waits)))
    assert "Hierover beslist de wijkboa, de wijkagent of de woningcorporatie" in shown
    assert "Neem dit besluit niet" not in shown
    refused = login(cast.rosa).post(page_of(waits), {"remark": "Ik doe het zelf."})
    assert (refused.status_code, "Hierover beslist" in text(refused)) == (409, True)


def test_a_mandate_that_has_ended_decides_nothing(cast: Cast, login: Login) -> None:
    table = a_table(cast)
    gives(cast, table, "hulpofficier", cast.pieter)
    row = mandated(cast, table, mandate())
    _, proposal = a_house_ban(cast, table)
    browser = login(cast.pieter)
    assert browser.get(page_of(proposal)).status_code == 200
    with as_(cast.beheer) as (by, _):
        authorities.end_mandate(row, now=timezone.now(), by=by)
    assert browser.get(page_of(proposal)).status_code == 404
    assert browser.post(page_of(proposal)).status_code == 404


def test_who_no_longer_decides_is_not_told_that_it_was_answered(cast: Cast, waits: Proposal, login: Login) -> None:
    holder = gives(cast, cast.overlast, "wijkboa", cast.greet)
    assert login(cast.greet).get(page_of(waits)).status_code == 200
    with as_(cast.beheer) as (by, _):
        authorities.end(holder, now=timezone.now(), by=by)
    assert login(cast.petra).post(page_of(waits)).status_code == 302
    assert login(cast.greet).post(page_of(waits)).status_code == 404


# --- what stands on it ------------------------------------------------------------------------------------


def test_the_list_says_what_is_asked_and_of_which_case_and_no_more(cast: Cast, waits: Proposal, login: Login) -> None:
    shown = text(login(cast.petra).get("/besluiten/"))
    assert "Gesprek en afspraken" in shown
    assert waits.dossier.reference in shown
    assert "Piet Voorbeeld" not in shown


def test_the_page_has_what_the_decision_needs_and_the_look_is_logged(
    cast: Cast, waits: Proposal, login: Login, log: Any
) -> None:
    shown = text(login(cast.petra).get(page_of(waits)))
    for words in (
        "Piet Voorbeeld", "Het is nodig.", "De overlast houdt aan", "Afsprakenblad met datum", "Document van",
        "Getekend door beide buren.", "Huurcontract, APV", "Vraag in het gesprek ook naar zorgen en schulden.",
        "4 weken", "tot en met", "Hier staat de casus", "U beslist als de wijkagent", "Rosa Proef",
    ):  # fmt: skip
        assert words in shown, words
    assert "Fam. V." not in shown
    looks = log.looks(event="read", object_pk=str(waits.pk))
    assert [len(look.compartments) for look in looks] == [1]


def test_by_mandate_the_page_says_in_whose_name(cast: Cast, login: Login) -> None:
    table = a_table(cast)
    gives(cast, table, "hulpofficier", cast.pieter)
    mandated(cast, table, mandate())
    _, proposal = a_house_ban(cast, table)
    browser = login(cast.pieter)
    shown = text(browser.get(page_of(proposal)))
    assert "U beslist namens de burgemeester, als de hulpofficier van justitie" in shown
    assert "10 kalenderdagen" in shown
    assert browser.post(page_of(proposal), {"remark": ""}).status_code == 302
    assert "namens de burgemeester" in text(browser.get(page_of(proposal)))


def test_what_is_in_the_way_stands_there_line_by_line(cast: Cast, standing: Standing, login: Login) -> None:
    holds(cast, cast.overlast, "burgemeester", cast.bram)
    for key in ("dossier", "waarschuwingsbrief"):
        noted(standing, key, Paper(TODAY), cast.rosa)
    proposal = proposed(standing, "waarschuwing", "ernstig", cast.rosa)
    for key in ("dossier", "waarschuwingsbrief"):
        noted(standing, key, Paper(TODAY + timedelta(days=1)), cast.rosa)
    browser = login(cast.bram)
    shown = text(browser.get(page_of(proposal)))
    assert shown.count("ligt in de toekomst") == 4  # in the list of what is in the way, and at each requirement
    assert ">Neem dit besluit</button>" not in shown
    refused = browser.post(page_of(proposal), {"remark": "Haast geboden."})
    assert refused.status_code == 409
    assert text(refused).count("<li>De datum van") == 2
    assert "Haast geboden." in text(refused)


# --- the answer -------------------------------------------------------------------------------------------


def test_who_decides_yes_reads_it_back_and_the_others_read_nothing(cast: Cast, waits: Proposal, login: Login) -> None:
    holds(cast, cast.overlast, "wijkboa", cast.greet)
    browser = login(cast.petra)
    assert browser.post(page_of(waits), {"remark": "Bel mij over de buren."}).status_code == 302
    shown = text(browser.get(page_of(waits)))
    assert "Besluit genomen" in shown
    assert "Bel mij over de buren." in shown
    assert "Neem dit besluit niet" not in shown
    assert waits.dossier.reference in text(browser.get("/besluiten/"))
    assert login(cast.greet).get(page_of(waits)).status_code == 404


def test_a_no_needs_a_reason_and_moves_nothing(cast: Cast, waits: Proposal, login: Login) -> None:
    browser = login(cast.petra)
    empty = browser.post(f"{page_of(waits)}niet/", {"reason": "  "})
    assert (empty.status_code, "Schrijf op waarom u dit besluit niet neemt." in text(empty)) == (422, True)
    assert browser.post(f"{page_of(waits)}niet/", {"reason": "Eerst nog een gesprek."}).status_code == 302
    assert "Eerst nog een gesprek." in text(browser.get(page_of(waits)))
    assert standing_of(waits.standing.case, "woonoverlast", cast.rosa).at == "zelf"


def test_a_double_click_and_the_back_button_are_told(cast: Cast, waits: Proposal, login: Login) -> None:
    browser = login(cast.petra)
    assert browser.post(page_of(waits)).status_code == 302
    again = browser.post(page_of(waits), {"remark": "Nog een keer."})
    assert (again.status_code, "al beslist" in text(again)) == (409, True)
    no = browser.post(f"{page_of(waits)}niet/", {"reason": "Toch niet doen."})
    assert (no.status_code, "al beslist" in text(no)) == (409, True)
    assert "Toch niet doen." in text(no)


def test_when_a_colleague_was_first_what_was_typed_stays(cast: Cast, standing: Standing, login: Login) -> None:
    holds(cast, cast.overlast, "wijkagent", cast.petra)
    holds(cast, cast.overlast, "wijkboa", cast.greet)
    proposal = proposed(standing, "afspraken", "houdt_aan", cast.rosa)
    assert login(cast.petra).post(page_of(proposal)).status_code == 302
    late = login(cast.greet).post(f"{page_of(proposal)}niet/", {"reason": "Ik denk er anders over."})
    assert (late.status_code, "al beslist" in text(late)) == (409, True)
    assert "Ik denk er anders over." in text(late)
    assert "Piet Voorbeeld" not in text(late)


def test_after_thirty_days_it_is_read_no_more(cast: Cast, waits: Proposal, login: Login, time_machine: Any) -> None:
    assert login(cast.petra).post(page_of(waits)).status_code == 302
    time_machine.move_to(timezone.now() + timedelta(days=31))
    assert waits.dossier.reference not in text(login(cast.petra).get("/besluiten/"))


def test_without_a_regisseur_nobody_takes_a_step_and_what_was_typed_stays(
    cast: Cast, waits: Proposal, login: Login
) -> None:
    with as_(cast.beheer) as (by, _):
        end_seat(Seat.objects.get(user=cast.rosa, table=cast.overlast), by=by)
    refused = login(cast.petra).post(page_of(waits), {"remark": "Akkoord."})
    assert (refused.status_code, "heeft nu geen procesregisseur" in text(refused)) == (409, True)
    assert "Akkoord." in text(refused)


def test_a_case_that_closes_takes_what_waits_along(cast: Cast, waits: Proposal, login: Login) -> None:
    with at_the_ladder(cast.rosa, waits.standing) as by:
        cases.close(waits.standing.case, "overlast_gestopt", "De overlast is voorbij.", now=timezone.now(), by=by)
    assert login(cast.petra).get(page_of(waits)).status_code == 404
    assert login(cast.petra).post(page_of(waits), {"remark": "Akkoord."}).status_code == 409


def test_who_stops_taking_part_decides_no_more(cast: Cast, login: Login) -> None:
    """A professional decides by taking part; with the participation ends what waited."""
    case = a_case(cast.rosa, a_signal(cast.wilma, a_table(cast)))
    invited(case, cast.rosa, cast.pieter)
    standing = standing_of(case, "hgkm", cast.rosa)
    noted(standing, "kindcheck", Checked(True), cast.rosa)
    proposal = proposed(standing, "meldcode2", "signalen", cast.rosa)
    assert login(cast.pieter).get(page_of(proposal)).status_code == 200
    with at_the_ladder(cast.rosa, standing) as by:
        part = Participation.objects.get(case=case, user=cast.pieter)
        participants.end_participation(part, now=timezone.now(), by=by)
    assert login(cast.pieter).get(page_of(proposal)).status_code == 404


# --- other kinds ------------------------------------------------------------------------------------------


@pytest.fixture
def banned(cast: Cast) -> tuple[CaseTable, Measure]:
    """A house ban that Bram imposed for the burgemeester."""
    table = a_table(cast)
    gives(cast, table, "burgemeester", cast.bram)
    case, proposal = a_house_ban(cast, table)
    granted(proposal, cast.bram)
    with as_(cast.rosa):
        related = ("standing__case__dossier", "standing__dossier")
        return table, Measure.objects.select_related(*related).get(standing=standing_of(case, "hgkm", cast.rosa))


def test_an_extension_says_from_when_to_when(cast: Cast, banned: tuple[CaseTable, Measure], login: Login) -> None:
    _, measure = banned
    with at_the_ladder(cast.rosa, measure.standing) as by:
        term = Term.objects.select_related("standing__case__dossier", "standing__dossier", "measure").get(
            measure=measure, key="duur"
        )
        until = term.ends + timedelta(days=7)
        proposal = proposing.propose_extension(
            term, until, about="Piet Voorbeeld", reason="Het gevaar is er nog.", now=timezone.now(), by=by
        )
    browser = login(cast.bram)
    shown = text(browser.get(page_of(proposal)))
    assert "Verlengen: “Tijdelijk huisverbod”" in shown
    assert "Met dit besluit loopt de maatregel tot" in shown
    assert "Wth 9(1)" in shown
    assert "Verlengen kan tot" in shown
    assert browser.post(page_of(proposal)).status_code == 302


def test_a_withdrawal_says_that_it_ends_at_once(cast: Cast, banned: tuple[CaseTable, Measure], login: Login) -> None:
    _, measure = banned
    with at_the_ladder(cast.rosa, measure.standing) as by:
        proposal = proposing.propose_withdrawal(
            measure, about="Piet Voorbeeld", reason="De hulp is aanvaard.", now=timezone.now(), by=by
        )
    browser = login(cast.bram)
    shown = text(browser.get(page_of(proposal)))
    assert "Intrekken: “Tijdelijk huisverbod”" in shown
    assert "eindigt meteen" in shown
    assert browser.post(page_of(proposal)).status_code == 302


def test_a_new_version_of_the_ladder_says_what_stays(
    cast: Cast, standing: Standing, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = replace(active_ladder("woonoverlast"), version="2099.1")
    for module in ("escalation.services.proposing", "escalation.queries.one_decision"):
        monkeypatch.setattr(f"{module}.active_ladder", lambda code: newer)
    with at_the_ladder(cast.rosa, standing) as by:
        proposal = proposing.propose_version(
            standing, about="Deze casus", reason="De nieuwe ladder is beter.", now=timezone.now(), by=by
        )
    shown = text(login(cast.rosa).get(page_of(proposal)))
    assert "Over naar versie 2099.1 van de ladder" in shown
    assert "De trede, de maatregelen en de termijnen die lopen, blijven." in shown
    assert "Neem dit besluit niet" in shown
    assert login(cast.wilma).get(page_of(proposal)).status_code == 404


# --- home and menu ----------------------------------------------------------------------------------------


def test_the_home_page_and_the_menu_show_it_to_who_decides_and_to_nobody_else(
    cast: Cast, waits: Proposal, login: Login
) -> None:
    home = text(login(cast.petra).get("/"))
    assert "Besluit gevraagd" in home
    assert page_of(waits) in home
    assert 'href="/besluiten/"' in home
    for person in (cast.greet, cast.beheer):
        other = text(login(person).get("/"))
        assert "Besluit gevraagd" not in other
        assert 'href="/besluiten/"' not in other
