"""The pages of a household: what each reader finds on them, and what comes back when something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import AccessRequest, Household, HouseholdCase, HouseholdStatus, Member
from casework.services import emergency, exclusions, households, members
from casework.theming import active_theme
from partners.models import User
from privacy.access import visible
from privacy.models import ExclusionReason, Job
from privacy.unlock import unlock
from tests.casework.conftest import Browser, words
from tests.household.conftest import TODAY, WHY, Home, asked, member
from tests.household.test_splitting import split
from tests.world import Cast, a_case, a_household, a_member, a_signal, as_, invited

Browsers = Callable[[User], Browser]
DAY = f"{TODAY:%d-%m-%Y}"


def splitting(home: Home, **more: Any) -> dict[str, Any]:
    with as_(home.cast.rosa):
        link = HouseholdCase.objects.get(household=home.household, case_dossier=home.case.dossier_id, until=None)
    return {
        "members": [str(member(home, "Kim Voorbeeld").pk)], "because": "verhuisd", "on": DAY, "name": "Kim bij oma",
        "regisseur": str(home.cast.carla.pk), "cases": [str(link.pk)],
        "reason": "Kim woont sinds vandaag bij oma.",
    } | more  # fmt: skip


def test_the_drawing_says_who_lives_with_whom_and_who_stands_in_which_case(
    cast: Cast, home: Home, browser: Browsers
) -> None:
    rosa = browser(cast.rosa)
    rosa.do("case-subjects", home.case.pk, kind="person", name="P. Voorbeeld", birth_date="12-3-1981")
    page = words(rosa.see("household-detail", home.household.pk))
    assert 'role="img"' in page
    assert "Piet Voorbeeld (ouder of verzorger, 4" in page
    assert "staat in casus 1" in page
    assert "Kim Voorbeeld (kind)" in page
    assert "style=" not in page.partition("<main")[2].partition("</main")[0]


def test_a_partner_sees_of_another_tables_case_only_that_it_is_there(
    cast: Cast, joined: Home, browser: Browsers
) -> None:
    page = words(browser(cast.wilma).see("household-detail", joined.household.pk))
    assert "Een casus aan een andere tafel" in page
    assert joined.other.dossier.reference not in page
    for seen in (page, words(browser(cast.wilma).see("household-list")).partition("<tbody")[2]):
        assert seen
        assert cast.jeugd.name not in seen
        assert active_theme(cast.jeugd.theme).name not in seen
    assert joined.case.dossier.reference in page


def test_splitting_on_the_page_and_who_may_read_where_it_came_from(cast: Cast, home: Home, browser: Browsers) -> None:
    answer = browser(cast.rosa).do("household-split", home.household.pk, **splitting(home))
    assert answer.status_code == 302
    with as_(cast.rosa) as (by, _):
        made = visible(Household, by=by).get(split_from=home.household.dossier)
    assert answer["Location"].endswith(f"{made.pk}/")
    for person in (cast.rosa, cast.wilma):
        page = words(browser(person).see("household-detail", made.pk))
        assert "Dit gezin komt uit gezin" in page
        assert home.household.dossier.reference in page


def test_where_it_came_from_is_told_to_nobody_who_may_not_read_that(cast: Cast, home: Home, browser: Browsers) -> None:
    made = split(home, member(home, "Kim Voorbeeld")).household
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.greet)
    with as_(cast.rosa) as (by, _):
        unlock([made.dossier_id, case.dossier_id], by=by)
        now = timezone.now()
        households.link(made, case, now=now, by=by)
        households.admit_all(made, case, now=now, by=by)
    page = words(browser(cast.greet).see("household-detail", made.pk))
    assert "Kim Voorbeeld" in page
    assert home.household.dossier.reference not in page
    assert "komt uit gezin" not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"members": []}, "Kies wie er naar het nieuwe gezin gaan."),
        ({"because": ""}, "Kies wat er is veranderd."),
        ({"name": ""}, "Geef het nieuwe gezin een naam."),
        ({"cases": []}, "Kies ten minste één casus"),
        ({"regisseur": "x"}, "Kies een casusregisseur."),
        ({"reason": ""}, "Schrijf op waarom."),
        ({"on": "gisteren of zo"}, "datum"),
    ],
)
def test_a_split_that_is_not_whole_comes_back_with_what_was_typed(
    cast: Cast, home: Home, browser: Browsers, wrong: dict[str, Any], said: str
) -> None:
    answer = browser(cast.rosa).do("household-split", home.household.pk, **splitting(home, **wrong))
    assert answer.status_code == 422
    page = words(answer)
    assert said in page
    assert "Kim bij oma" in page or "name" in wrong


def test_a_double_click_splits_once(cast: Cast, home: Home, browser: Browsers) -> None:
    given = splitting(home)
    assert browser(cast.rosa).do("household-split", home.household.pk, **given).status_code == 302
    assert browser(cast.rosa).do("household-split", home.household.pk, **given).status_code == 422
    with as_(cast.rosa):
        assert Household.objects.count() == 2


def test_merging_on_the_page_leaves_the_history_to_read(cast: Cast, home: Home, browser: Browsers) -> None:
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.greet)
    other = a_household(case, cast.rosa, cast.greet, a_member("Els Proef"))
    given = {"other": str(other.pk), "goes_on": "daar", "on": DAY, "reason": "Zij wonen nu samen."}
    rosa = browser(cast.rosa)
    assert other.dossier.reference in words(rosa.see("household-merge", home.household.pk))
    answer = rosa.do("household-merge", home.household.pk, **given)
    assert answer["Location"].endswith(f"{other.pk}/")
    page = words(browser(cast.wilma).see("household-detail", home.household.pk))
    assert "samengevoegd met een ander" in page
    assert "Het plan loopt nu in gezin" in page
    assert "Kim Voorbeeld" in page
    refused = browser(cast.carla).see("household-member-new", home.household.pk)
    assert refused.status_code == 403
    assert rosa.do("household-merge", home.household.pk, **given).status_code == 403


def test_a_second_case_joins_the_plan_that_i_direct(cast: Cast, home: Home, browser: Browsers) -> None:
    case = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    invited(case, cast.rosa, cast.greet)
    rosa = browser(cast.rosa)
    rosa.do("case-subjects", case.pk, kind="person", name="Piet Voorbeeld", birth_date="12-3-1981")
    page = words(rosa.see("case-join", case.pk))
    assert f"{home.household.dossier.reference} Gezin Voorbeeld. Hierin staat ook: Piet Voorbeeld" in page
    answer = rosa.do("case-join", case.pk, household=str(home.household.pk), reason="Het zijn dezelfde mensen hier.")
    assert answer["Location"].endswith(f"{home.household.pk}/")
    assert "Gezin" in words(browser(cast.greet).see("case-subjects", case.pk))
    assert home.household.dossier.reference in words(browser(cast.greet).see("case-detail", case.pk))


def test_who_asks_hears_the_same_for_any_number(cast: Cast, home: Home, browser: Browsers) -> None:
    victor = browser(cast.victor)
    heard = []
    for number in (home.household.dossier.reference, "G26-22222"):
        answer = victor.do("case-join", home.other.pk, household="ander", number=number.lower(), reason=WHY)
        assert answer.status_code == 302
        heard.append(words(victor.client.get(answer["Location"])).replace(number, "NUMMER"))
    assert "Uw verzoek is verstuurd." in heard[0]
    assert heard[1].count("NUMMER") == heard[0].count("NUMMER")
    wrong = victor.do("case-join", home.other.pk, household="ander", number="123", reason=WHY)
    assert wrong.status_code == 422
    assert "Vul het nummer van het gezin in." in words(wrong)


def test_a_question_is_decided_on_the_page_of_the_household(cast: Cast, home: Home, browser: Browsers) -> None:
    request = asked(home)
    rosa = browser(cast.rosa)
    assert "Een casus wil aansluiten" in words(rosa.see("household-detail", home.household.pk))
    assert "Casus wil aansluiten bij het plan" in words(rosa.see("home"))
    for person in (cast.carla, cast.wilma):
        assert "wil aansluiten" not in words(browser(person).see("household-detail", home.household.pk))
    page = words(rosa.see("household-request", home.household.pk, request.pk))
    for told in (WHY, "Victor Proef", home.other.dossier.reference, "Casustafel jeugd"):
        assert told in page
    answer = rosa.do("household-request", home.household.pk, request.pk, reason="Eén plan is beter.")
    assert answer.status_code == 302
    assert "Kim Voorbeeld" in words(browser(cast.victor).see("household-detail", home.household.pk))
    assert "Aangesloten" in words(browser(cast.victor).see("ask-list"))
    assert rosa.see("household-request", home.household.pk, request.pk).status_code == 403


def test_no_on_the_page_is_read_by_who_asked(cast: Cast, home: Home, browser: Browsers) -> None:
    request = asked(home)
    rosa = browser(cast.rosa)
    empty = rosa.do("household-request-no", home.household.pk, request.pk)
    assert empty.status_code == 422
    said = "Dit gaat over andere mensen dan u denkt."
    assert rosa.do("household-request-no", home.household.pk, request.pk, no_reason=said).status_code == 302
    assert said in words(browser(cast.victor).see("ask-list"))
    assert browser(cast.victor).see("household-detail", home.household.pk).status_code == 404
    with as_(cast.victor):
        assert AccessRequest.objects.count() == 1
    assert Job.objects.exclude(kind="notice.something_waits").filter(kind__startswith="notice").count() == 0


def test_who_can_see_a_household_and_who_looked(cast: Cast, joined: Home, browser: Browsers) -> None:
    everybody = words(browser(cast.rosa).see("household-who", joined.household.pk))
    for name in ("Rachid Proef", "Victor Proef", "Carla Proef", "Wilma Proef", "Petra Proef"):
        assert name in everybody
    assert "is casusregisseur van het gezin" in everybody.lower()
    partner = words(browser(cast.wilma).see("household-who", joined.household.pk))
    assert "Pieter Proef" in partner
    assert "Petra Proef" not in partner, "she takes part at the other table"
    browser(cast.wilma).see("household-detail", joined.household.pk)
    assert "Wilma Proef" in words(browser(cast.wilma).see("household-looked", joined.household.pk))
    assert "Wilma Proef" not in words(browser(cast.petra).see("household-looked", joined.household.pk))
    assert browser(cast.greet).see("household-who", joined.household.pk).status_code == 404


def test_an_exclusion_of_the_case_holds_for_its_household_and_back(cast: Cast, joined: Home) -> None:
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(joined.household.dossier_id, cast.pieter, ExclusionReason.FAMILY, by=by)
    with as_(cast.pieter) as (by, _):
        assert not visible(HouseholdCase, by=by).exists()
        assert not visible(type(joined.case), by=by).exists()
    assert joined.open(cast.pieter) == []
    with as_(cast.victor) as (by, _):
        exclusions.exclude(joined.other.dossier_id, cast.rachid, ExclusionReason.FAMILY, by=by)
    assert joined.open(cast.rachid) == []


def test_emergency_access_to_a_case_opens_nothing_of_its_household(cast: Cast, home: Home, browser: Browsers) -> None:
    with as_(cast.greet) as (by, _):
        emergency.open_in_emergency(
            home.case.dossier.reference, "Er is nu direct gevaar hier.", now=timezone.now(), by=by
        )
    greet = browser(cast.greet)
    page = words(greet.see("case-detail", home.case.pk))
    assert home.household.dossier.reference not in page
    assert greet.see("household-detail", home.household.pk).status_code == 404
    assert home.open(cast.greet) == []


def _queries(browser: Browsers, user: User, *address: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser(user).see(*address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("many", [10, pytest.param(100, marks=[pytest.mark.prove, pytest.mark.timeout(1800)])])
def test_pages_cost_as_many_queries_for_one_household_and_member_as_for_ten_and_a_hundred(
    cast: Cast, home: Home, browser: Browsers, many: int
) -> None:
    pages = [(person, *address) for person in (cast.rosa, cast.carla, cast.wilma)
             for address in (("household-list",), ("household-detail", home.household.pk))]  # fmt: skip
    pages += [(cast.rosa, "household-split", home.household.pk), (cast.rosa, "household-who", home.household.pk)]
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.carla)
    a_household(case, cast.rosa, cast.carla)
    pages.append((cast.rosa, "household-merge", home.household.pk))
    one = [_queries(browser, *page) for page in pages]
    for number in range(many - 1):
        case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
        invited(case, cast.rosa, cast.wilma, cast.carla)
        a_household(case, cast.rosa, cast.carla)
        with as_(cast.rosa) as (by, _):
            unlock([home.household.dossier_id], by=by)
            members.join(home.household, a_member(f"Kind {number}"), WHY, now=timezone.now(), by=by)
    assert [_queries(browser, *page) for page in pages] == one


def test_the_history_of_a_closed_household_is_gone_for_everybody(cast: Cast, home: Home, browser: Browsers) -> None:
    with as_(cast.rosa) as (by, _):
        unlock([home.household.dossier_id], by=by)
        households.close(home.household, now=timezone.now(), by=by)
        assert Household.objects.get(pk=home.household.pk).status == HouseholdStatus.CLOSED
        assert not visible(Member, by=by).exists()
    assert browser(cast.wilma).see("household-detail", home.household.pk).status_code == 404
