"""The four work lists: whose they are, what they show and log, filters, order, pages, and what they cost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework import worklists
from casework.models import Action, Household, KeptFilter
from casework.services import households, kept
from casework.worklists import Listing, Wish, code_of
from partners.models import User
from privacy.errors import Refused
from privacy.unlock import unlock
from tests.work.conftest import Browser, Browsers, words
from tests.work.plans import a_goal, an_action, began
from tests.world import Cast, a_case, a_household, a_signal, as_, canary, invited

TODAY = timezone.localdate
LISTS = ("household-list", "work-actions", "work-unmanned", "work-stuck")


def another(cast: Cast, days: int = 60, area: str = "Oosterpark") -> Household:
    """One more household at the table of Rosa, with an action for Wilma."""
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast, neighbourhood=area))
    invited(case, cast.rosa, cast.wilma, cast.carla)
    made = a_household(case, cast.rosa, cast.carla)
    began(made, days, cast.rosa)
    an_action(made, cast.wilma, TODAY() + timedelta(days=days), cast.carla)
    return made


def numbers(page: object) -> list[str]:
    """The numbers in the rows of a list, in their order."""
    rows = re.findall(r'<th scope="row".*?</th>', words(page), re.DOTALL)  # type: ignore[arg-type]
    return [found[0] for row in rows if (found := re.search(r"\bG?(20)?\d\d-[0-9A-Z]{5}\b", row))]


def test_a_partner_has_two_lists_and_is_refused_the_others(cast: Cast, household: Household, browser: Browsers) -> None:
    wilma = browser(cast.wilma)
    assert [wilma.see(name).status_code for name in LISTS] == [200, 200, 403, 403]
    page = words(wilma.see("home"))
    assert ("Mijn gezinnen" in page, "Mijn acties" in page) == (True, True)
    assert "Loopt vast" not in page
    assert "Zonder regisseur" not in page


def test_a_regisseur_has_four_with_counts_on_the_home_page(cast: Cast, household: Household, browser: Browsers) -> None:
    began(household, 60, cast.rosa)
    page = words(browser(cast.rosa).see("home"))
    for name in LISTS:
        assert reverse(name) in page
    assert re.search(r"Loopt vast</span> <span class=\"ct-tile__count\">1<", page)


def test_what_is_stuck_is_a_line_each_for_a_few_and_one_line_for_many(
    cast: Cast, household: Household, browser: Browsers
) -> None:
    began(household, 60, cast.rosa)
    assert household.dossier.reference in words(browser(cast.rosa).see("home")).split("Werklijsten")[0]
    for _ in range(3):
        another(cast)
    page = words(browser(cast.rosa).see("home")).split("Werklijsten")[0]
    assert "4 gezinnen lopen vast" in page
    assert household.dossier.reference not in page


def test_every_list_is_logged_with_the_dossiers_that_it_shows(
    cast: Cast, household: Household, browser: Browsers, log
) -> None:
    began(household, 60, cast.rosa)
    an_action(household, cast.rosa, TODAY(), cast.rosa)
    alone = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    for name in LISTS:
        shown = numbers(browser(cast.rosa).see(name))
        logged = log.looks(event="list", actor_id=cast.rosa.pk)[-1].references
        assert set(shown) == set(logged) != set(), name
    assert alone.dossier.reference in shown


def test_nobody_finds_the_household_of_another_table(cast: Cast, household: Household, browser: Browsers) -> None:
    began(household, 60, cast.rosa)
    for person in (cast.victor, cast.wout, cast.greet):
        for name in LISTS:
            page = browser(person).see(name)
            if page.status_code == 200:
                assert numbers(page) == []


def test_my_actions_are_mine_alone(cast: Cast, household: Household, browser: Browsers) -> None:
    secret = canary("actie")
    mine = an_action(household, cast.wilma, TODAY(), cast.carla, "Bel de buren.")
    theirs = an_action(household, cast.pieter, TODAY(), cast.carla, secret)
    page = words(browser(cast.wilma).see("work-actions"))
    assert "Bel de buren." in page
    assert secret not in page
    assert browser(cast.wilma).see("work-action", mine.pk).status_code == 200
    assert browser(cast.wilma).see("work-action", theirs.pk).status_code == 404
    assert browser(cast.rosa).see("work-action", theirs.pk).status_code == 403
    assert browser(cast.wilma).do("work-action", theirs.pk, status="done", result="x").status_code == 404


def test_an_action_is_reported_in_its_place_and_as_a_page(cast: Cast, household: Household, browser: Browsers) -> None:
    action = an_action(household, cast.wilma, TODAY(), cast.carla)
    wilma, there = browser(cast.wilma), {"HX-Request": "true"}
    missing = wilma.do("work-action", action.pk, headers=there, status="done")
    assert (missing.status_code, "Schrijf kort op wat het resultaat is." in words(missing)) == (422, True)
    assert "<html" not in words(missing)
    busy = wilma.do("work-action", action.pk, headers=there, status="doing", result="Ik belde.")
    assert (busy.status_code, "Bezig" in words(busy), "<html" in words(busy)) == (200, True, False)
    assert wilma.do("work-action", action.pk, status="done", result="Het is geregeld.").status_code == 302
    with as_(cast.wilma) as (by, _):
        unlock([household.dossier_id], by=by)
        kept_row = Action.objects.get(pk=action.pk)
        assert (kept_row.status, kept_row.result) == ("done", "Het is geregeld.")


def test_who_was_second_hears_that_and_loses_nothing_of_what_was_typed(
    cast: Cast, household: Household, browser: Browsers
) -> None:
    action = an_action(household, cast.wilma, TODAY(), cast.carla)
    wilma = browser(cast.wilma)
    wilma.do("work-action", action.pk, status="done", result="Eerst.")
    for headers, status in ((None, 409), ({"HX-Request": "true"}, 422)):
        again = wilma.do("work-action", action.pk, headers=headers, status="done", result="Nog een keer.")
        assert again.status_code == status
        assert "al afgerond" in words(again)
    assert "Nog een keer." in words(wilma.do("work-action", action.pk, headers={"HX-Request": "true"}, status="done",
                                             result="Nog een keer."))  # fmt: skip


def test_actions_are_filtered_by_term_and_state_and_turned_round(
    cast: Cast, household: Household, browser: Browsers
) -> None:
    for days, text in ((-3, "Te laat."), (2, "Deze week."), (30, "Later.")):
        an_action(household, cast.wilma, TODAY() + timedelta(days=days), cast.carla, text)
    wilma = browser(cast.wilma)

    def shown(**wish: str) -> list[str]:
        page = words(wilma.see("work-actions", **wish))
        return re.findall(r'data-label="Actie">(\S.*?\.)<', page)

    assert shown() == ["Te laat.", "Deze week.", "Later."]
    assert shown(volgorde="laatst") == ["Later.", "Deze week.", "Te laat."]
    assert shown() == ["Later.", "Deze week.", "Te laat."]  # the order is remembered
    assert shown(termijn="te_laat") == ["Te laat."]
    assert shown(termijn="week") == ["Deze week."]
    assert shown(termijn="later") == ["Later."]
    assert shown(stand="doing") == []
    assert len(shown(thema="woonoverlast", tafel=str(cast.overlast.pk))) == 3
    assert len(shown(thema="iets anders", stand="<script>")) == 3


def test_lists_go_on_where_the_last_page_ended(
    cast: Cast, household: Household, browser: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    began(household, 60, cast.rosa)
    for _ in range(4):
        another(cast)
    for module in ("casework.queries.worklists", "casework.queries.actions"):
        monkeypatch.setattr(f"{module}.PAGE", 2)
    for person, name, orders, many in (
        (cast.wilma, "household-list", ("nieuw", "oud"), 5),
        (cast.wilma, "work-actions", ("eerst", "laatst"), 4),
        (cast.rosa, "work-stuck", ("langst", "kortst", "meeste"), 5),
    ):
        every = []
        for order in orders:
            seen: list[str] = []
            address = f"{reverse(name)}?volgorde={order}"
            while address:
                page = browser(person).client.get(address)
                seen += numbers(page)
                found = re.search(r'href="([^"]*)" rel="next"', page.content.decode())
                address = found[1].replace("&amp;", "&") if found else ""
            assert len(seen) == len(set(seen)) == many
            every.append(seen)
        assert every[0] == every[1][::-1] or name == "work-stuck"


def test_an_address_that_makes_no_sense_is_the_first_page(cast: Cast, household: Household, browser: Browsers) -> None:
    an_action(household, cast.wilma, TODAY(), cast.carla)
    for nonsense in ("x", "2026-99-99_x", "2026-01-01_x", "\x00", f"{TODAY()}_"):
        assert browser(cast.wilma).see("work-actions", tot=nonsense).status_code == 200
        assert browser(cast.rosa).see("work-stuck", tot=nonsense).status_code == 200


def test_what_is_stuck_is_filtered_by_alarm_table_and_neighbourhood(
    cast: Cast, household: Household, browser: Browsers
) -> None:
    north = another(cast, 60, "Noord")
    another(cast, 60, "Zuid")
    rosa = browser(cast.rosa)
    every = numbers(rosa.see("work-stuck"))
    assert len(every) == 2
    assert numbers(rosa.see("work-stuck", wijk=code_of("noord "))) == [north.dossier.reference]
    assert len(numbers(rosa.see("work-stuck", alarm="contact"))) == 2
    assert numbers(rosa.see("work-stuck", alarm="evaluation")) == []
    assert len(numbers(rosa.see("work-stuck", tafel=str(cast.overlast.pk)))) == 2
    assert len(numbers(rosa.see("work-stuck", tafel=str(cast.jeugd.pk)))) == 2  # not one of hers: no filter
    assert "Noord" in words(rosa.see("work-stuck"))


def test_closed_households_are_found_with_the_filter(cast: Cast, household: Household, browser: Browsers) -> None:
    with as_(cast.rosa) as (by, _):
        unlock([household.dossier_id], by=by)
        households.close(household, now=timezone.now(), by=by)
    reference = household.dossier.reference
    assert numbers(browser(cast.rosa).see("household-list", stand="afgesloten")) == [reference]
    assert numbers(browser(cast.rosa).see("household-list", stand="alles")) == [reference]
    assert numbers(browser(cast.rosa).see("household-list")) == []


def test_an_empty_list_says_what_to_do(cast: Cast, browser: Browsers) -> None:
    assert "U hebt geen open acties" in words(browser(cast.wilma).see("work-actions"))
    assert "Hier staat nog geen gezin" in words(browser(cast.wilma).see("household-list"))
    assert "Overal is een regisseur" in words(browser(cast.rosa).see("work-unmanned"))
    assert "Er loopt niets vast" in words(browser(cast.rosa).see("work-stuck"))
    assert "Wis het filter" in words(browser(cast.rosa).see("work-stuck", alarm="contact"))


# --- filters that are kept -----------------------------------------------------------------------------


def test_a_filter_is_kept_found_back_and_dropped(cast: Cast, browser: Browsers) -> None:
    wilma = browser(cast.wilma)
    sent = {"lijst": "acties", "termijn": "te_laat", "thema": "woonoverlast"}
    assert wilma.do("work-keep", **sent).status_code == 302
    assert wilma.do("work-keep", **sent).status_code == 302
    page = words(wilma.see("work-actions"))
    assert page.count("Gooi weg") == 1
    assert "Woonoverlast, Te laat" in page
    with as_(cast.wilma):
        row = KeptFilter.objects.get()
        assert row.wish == {"termijn": "te_laat", "thema": "woonoverlast"}
    assert wilma.do("work-drop", row.pk).status_code == 302
    assert "Gooi weg" not in words(wilma.see("work-actions"))


@pytest.mark.parametrize(
    "sent",
    [
        {"lijst": "acties", "thema": "Fam. Jansen"},
        {"lijst": "acties", "termijn": "te_laat", "q": "Jansen"},
        {"lijst": "acties", "tot": "2026-01-01"},
        {"lijst": "iets"},
        {"lijst": "vast", "alarm": "contact"},
        {},
    ],
)
def test_what_is_no_code_that_was_offered_is_not_kept(cast: Cast, browser: Browsers, sent: dict[str, str]) -> None:
    answer = browser(cast.wilma).do("work-keep", **sent)
    assert (answer.status_code, "kan niet worden bewaard" in words(answer)) == (403, True)
    with as_(cast.wilma):
        assert not KeptFilter.objects.exists()


def test_a_filter_of_another_is_not_there(cast: Cast, browser: Browsers) -> None:
    browser(cast.wilma).do("work-keep", lijst="acties", termijn="week")
    with as_(cast.wilma):
        row = KeptFilter.objects.get()
    assert browser(cast.pieter).do("work-drop", row.pk).status_code == 404
    assert "Komende 7 dagen</a>" not in words(browser(cast.pieter).see("work-actions"))
    for person in (cast.pieter, cast.beheer, cast.fatima):
        with as_(person):
            assert not KeptFilter.objects.exists()
    with as_(cast.pieter):
        assert KeptFilter.objects.filter(pk=row.pk).delete()[0] == 0


def test_nobody_keeps_any_number_of_filters(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    with as_(cast.wilma) as (by, _):
        for term in ("te_laat", "week"):
            kept.keep(Wish(Listing.ACTIONS, {"termijn": term}), now=timezone.now(), by=by)
        with pytest.raises(Refused, match="Gooi er eerst een weg"):
            kept.keep(Wish(Listing.ACTIONS, {"termijn": "later"}), now=timezone.now(), by=by)
        with pytest.raises(Refused, match="Kies eerst een filter"):
            kept.keep(Wish(Listing.ACTIONS, {}), now=timezone.now(), by=by)


def test_a_neighbourhood_stands_in_no_address_and_no_kept_filter(
    cast: Cast, household: Household, browser: Browsers
) -> None:
    began(household, 60, cast.rosa)
    answer = browser(cast.rosa).do("work-keep", lijst="vast", wijk=code_of("Oosterpark"))
    assert answer.status_code == 302
    assert "Oosterpark" not in answer["Location"]
    with as_(cast.rosa):
        assert KeptFilter.objects.get().wish == {"wijk": code_of("Oosterpark")}
    assert worklists.area_choices(["Oosterpark", " oosterpark", ""]) == [(code_of("Oosterpark"), "oosterpark")]


# --- what they cost --------------------------------------------------------------------------------------


def _queries(browser: Browser, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.see(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("many", [10, pytest.param(100, marks=pytest.mark.prove)])
def test_lists_cost_as_many_queries_for_one_household_as_for_ten_and_a_hundred(
    cast: Cast, browser: Browsers, many: int
) -> None:
    pages: list[tuple[User, str]] = [
        *((cast.rosa, name) for name in ("home", *LISTS)),
        *((person, name) for person in (cast.wilma, cast.carla) for name in ("home", *LISTS[:2])),
    ]

    def more(count: int) -> None:
        for _ in range(count):
            a_goal(another(cast), cast.carla)
            a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))

    more(1)
    one = [_queries(browser(person), name) for person, name in pages]
    more(many - 1)
    assert [_queries(browser(person), name) for person, name in pages] == one


@pytest.mark.parametrize("many", [10, pytest.param(100, marks=pytest.mark.prove)])
def test_a_list_of_actions_costs_as_many_queries_for_one_as_for_ten_and_a_hundred(
    cast: Cast, household: Household, browser: Browsers, many: int
) -> None:
    an_action(household, cast.wilma, TODAY(), cast.carla)
    one = [_queries(browser(cast.wilma), name) for name in ("home", "work-actions", "household-list")]
    for _ in range(many - 1):
        an_action(household, cast.wilma, TODAY(), cast.carla)
    assert [_queries(browser(cast.wilma), name) for name in ("home", "work-actions", "household-list")] == one
