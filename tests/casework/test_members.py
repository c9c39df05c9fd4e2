"""Who belongs to a household: joining, leaving, correcting, and who may."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.models import Case, Household, HouseholdDecision, HouseholdStep, Left, Member, Relation
from privacy.unlock import unlock
from tests.casework.conftest import Browsers, words
from tests.conftest import Log
from tests.world import Cast, a_case, a_household, a_signal, as_, canary, invited

TODAY = date.today()
REASON = "Hij is bij zijn vader gaan wonen."


@pytest.fixture
def household(cast: Cast) -> Household:
    """Directed by Carla, known to Wilma and Pieter."""
    return a_household(a_case_with_partners(cast), cast.rosa, cast.carla)


def a_case_with_partners(cast: Cast) -> Case:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.pieter, cast.carla)
    return case


def somebody(**more: str) -> dict[str, str]:
    return {
        "name": "Noor Voorbeeld", "relation": "kind", "birth_date": "2-10-2015", "since": f"{TODAY:%d-%m-%Y}",
        "reason": REASON,
    } | more  # fmt: skip


def _one(cast: Cast, household: Household, name: str) -> Member:
    with as_(cast.rosa) as (by, _):
        unlock([household.dossier_id], by=by)
        return next(row for row in Member.objects.filter(household=household) if row.name == name)


def _steps(cast: Cast, household: Household) -> list[tuple[str, str]]:
    with as_(cast.rosa) as (by, _):
        unlock([household.dossier_id], by=by)
        return [(row.step, row.reason) for row in HouseholdDecision.objects.filter(household=household)]


def test_the_casusregisseur_adds_somebody_and_partners_read_who_but_not_why(
    cast: Cast, household: Household, browser: Browsers
) -> None:
    why = canary("reden")
    assert browser(cast.carla).do("household-member-new", household.pk, **somebody(reason=f"Hij is {why} gaan wonen.")
                                  ).status_code == 302  # fmt: skip
    page = words(browser(cast.wilma).see("household-detail", household.pk))
    assert "Noor Voorbeeld" in page
    assert why not in page
    assert why in words(browser(cast.rosa).see("household-detail", household.pk))


def test_a_partner_does_not_change_who_belongs_to_it(cast: Cast, household: Household, browser: Browsers) -> None:
    kim = _one(cast, household, "Kim Voorbeeld")
    for person, answer in ((cast.wilma, 403), (cast.greet, 404), (cast.victor, 404)):
        partner = browser(person)
        assert partner.do("household-member-new", household.pk, **somebody()).status_code == answer
        assert partner.do("household-member", household.pk, kim.pk, **somebody()).status_code == answer
        assert partner.do("household-member-leave", household.pk, kim.pk).status_code == answer
    assert "Voeg iemand toe" not in words(browser(cast.wilma).see("household-detail", household.pk))


def test_the_form_says_that_only_the_direct_circle_belongs_in_it(
    cast: Cast, household: Household, browser: Browsers
) -> None:
    assert "directe kring" in words(browser(cast.carla).see("household-member-new", household.pk))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Vul een naam in."),
        ({"relation": ""}, "Kies wat deze persoon in het gezin is."),
        ({"relation": "buurman"}, "Kies wat deze persoon in het gezin is."),
        ({"birth_date": f"{TODAY + timedelta(days=2):%d-%m-%Y}"}, "ligt in de toekomst"),
        ({"since": f"{TODAY + timedelta(days=2):%d-%m-%Y}"}, "een dag die al is geweest"),
        ({"reason": ""}, "Schrijf op waarom."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    cast: Cast, household: Household, browser: Browsers, wrong: dict[str, str], said: str
) -> None:
    answer = browser(cast.carla).do("household-member-new", household.pk, **somebody(**wrong))
    assert answer.status_code == 422
    page = words(answer)
    assert said in page
    assert "reason" in wrong or REASON in page


def test_who_leaves_stays_in_the_history_with_date_and_why(cast: Cast, household: Household, browser: Browsers) -> None:
    kim = _one(cast, household, "Kim Voorbeeld")
    left = {"because": "verhuisd", "on": f"{TODAY:%d-%m-%Y}", "reason": "Zij woont nu bij haar oma in de stad."}
    assert browser(cast.carla).do("household-member-leave", household.pk, kim.pk, **left).status_code == 302
    page = words(browser(cast.wilma).see("household-detail", household.pk))
    assert "Wie hoorden er eerder bij" in page
    assert "verhuisd" in page
    assert _steps(cast, household)[0] == (HouseholdStep.LEFT, left["reason"])
    again = browser(cast.carla).do("household-member-leave", household.pk, kim.pk, **left)
    assert again.status_code == 404


def test_nobody_leaves_before_coming(cast: Cast, household: Household, browser: Browsers) -> None:
    kim = _one(cast, household, "Kim Voorbeeld")
    left = {"because": "verhuisd", "on": "1-1-2001", "reason": "Zij woont nu bij haar oma in de stad."}
    answer = browser(cast.carla).do("household-member-leave", household.pk, kim.pk, **left)
    assert answer.status_code == 409
    assert "vóór de dag" in words(answer)


def test_who_never_belonged_to_it_is_wiped(cast: Cast, household: Household, browser: Browsers) -> None:
    name = canary("naam")
    browser(cast.carla).do("household-member-new", household.pk, **somebody(name=name))
    wrong = _one(cast, household, name)
    said = {
        "because": "vergissing",
        "on": f"{TODAY:%d-%m-%Y}",
        "reason": "Dit was een naamgenoot uit een andere straat.",
    }
    assert browser(cast.carla).do("household-member-leave", household.pk, wrong.pk, **said).status_code == 302
    for person in (cast.rosa, cast.wilma):
        page = words(browser(person).see("household-detail", household.pk))
        assert name not in page
        assert "Weggehaald (vergissing)" in page


def test_a_corrected_name_is_right_everywhere_and_another_role_stays_in_the_history(
    cast: Cast, household: Household, browser: Browsers
) -> None:
    kim = _one(cast, household, "Kim Voorbeeld")
    better = somebody(name="Kimm Voorbeeld", relation="familie", reason="Zij bleek een nichtje te zijn.")
    assert browser(cast.carla).do("household-member", household.pk, kim.pk, **better).status_code == 302
    assert "Kimm Voorbeeld" in words(browser(cast.wilma).see("household-detail", household.pk))
    step, reason = _steps(cast, household)[0]
    assert step == HouseholdStep.RELATION
    assert reason == "Kind → Ander familielid. Zij bleek een nichtje te zijn."


def test_a_mistake_in_a_name_is_no_other_role(cast: Cast, household: Household, browser: Browsers) -> None:
    kim = _one(cast, household, "Kim Voorbeeld")
    better = somebody(name="Kimm Voorbeeld", since=f"{kim.since:%d-%m-%Y}", birth_date="")
    browser(cast.carla).do("household-member", household.pk, kim.pk, **better)
    assert _steps(cast, household)[0] == (HouseholdStep.CORRECTED, REASON)


def test_a_reader_of_the_log_finds_which_fields_changed_and_no_values(
    cast: Cast, household: Household, browser: Browsers, log: Log
) -> None:
    name = canary("naam")
    browser(cast.carla).do("household-member-new", household.pk, **somebody(name=name))
    entries = log.changes(event="household.member_joined")
    assert entries
    assert not any(name in str(entry.__dict__) for entry in [*entries, *log.looks()])


def test_at_the_founding_a_relation_is_chosen_for_each_person(cast: Cast, browser: Browsers) -> None:
    case = a_case_with_partners(cast)
    rosa = browser(cast.rosa)
    rosa.do("case-subjects", case.pk, kind="person", name="Piet Voorbeeld", birth_date="12-3-1981")
    rosa.do("case-subjects", case.pk, kind="person", name="Buur Man")
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        relations = {f"relation-{row.pk}": "ouder" for row in case.subjects.all() if row.name == "Piet Voorbeeld"}
    given = {"name": "Gezin V.", "regisseur": str(cast.carla.pk), "reason": "Er spelen twee dingen tegelijk hier."}
    assert rosa.do("case-household", case.pk, **given, **relations).status_code == 302
    with as_(cast.rosa) as (by, _):
        household = Household.objects.get()
        unlock([household.dossier_id], by=by)
        assert [(row.name, row.relation) for row in Member.objects.all()] == [("Piet Voorbeeld", Relation.PARENT)]


def _in_two(cast: Cast, household: Household, browser: Browsers, **more: str):
    """Noor is in this household; she comes in another one of Rosa too."""
    browser(cast.carla).do("household-member-new", household.pk, **somebody())
    other = a_household(a_case_with_partners(cast), cast.rosa, cast.carla)
    return other, browser(cast.rosa).do("household-member-new", other.pk, **somebody(name="N. Voorbeeld", **more))


def test_who_is_in_another_plan_asks_for_a_decision(cast: Cast, household: Household, browser: Browsers) -> None:
    other, answer = _in_two(cast, household, browser)
    assert answer.status_code == 422
    page = words(answer)
    assert f"Noor Voorbeeld staat al in het plan van {household.dossier.reference}" in page
    assert "Kies welk plan geldt." in page
    with as_(cast.rosa) as (by, _):
        unlock([other.dossier_id], by=by)
        assert "N. Voorbeeld" not in {row.name for row in Member.objects.filter(household=other)}


@pytest.mark.parametrize("which", ["here", "there"])
def test_one_plan_goes_on_and_the_other_household_points_to_it(
    cast: Cast, household: Household, browser: Browsers, which: str
) -> None:
    why = "Bij haar vader loopt alles al samen."
    other, answer = _in_two(cast, household, browser, plan=which, plan_reason=why)
    assert answer.status_code == 302
    here, there = _one(cast, other, "N. Voorbeeld"), _one(cast, household, "Noor Voorbeeld")
    assert (here.planned_in_id, there.planned_in_id) == (
        (None, other.dossier_id) if which == "here" else (household.dossier_id, None)
    )
    for one in (household, other):
        assert (HouseholdStep.ONE_PLAN, why) in _steps(cast, one)


def test_who_reads_one_household_does_not_hear_of_the_other(
    cast: Cast, household: Household, browser: Browsers
) -> None:
    browser(cast.carla).do("household-member-new", household.pk, **somebody())
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.greet)
    other = a_household(case, cast.rosa, cast.greet)
    said = browser(cast.greet).do("household-member-new", other.pk, **somebody())
    assert said.status_code == 302, "Greet does not know of Noor's household, and is told nothing"
    noor = _one(cast, other, "Noor Voorbeeld")
    gone = {"because": Left.MOVED, "on": f"{TODAY:%d-%m-%Y}", "reason": "Zij ging terug naar haar vader."}
    browser(cast.rosa).do("household-member-leave", other.pk, noor.pk, **gone)
    plan = {"plan": "there", "plan_reason": "Bij haar vader loopt alles al samen."}
    assert browser(cast.rosa).do("household-member-new", other.pk, **somebody(**plan)).status_code == 302
    page = words(browser(cast.greet).see("household-detail", other.pk))
    assert household.dossier.reference not in page
    assert "plan loopt in een ander gezin" in page


def test_at_the_founding_too_one_plan_goes_on(cast: Cast, household: Household, browser: Browsers) -> None:
    case, rosa = a_case_with_partners(cast), browser(cast.rosa)
    rosa.do("case-subjects", case.pk, kind="person", name="P. Voorbeeld", birth_date="12-3-1981")
    with as_(cast.rosa) as (by, _):
        relation = {f"relation-{case.subjects.get().pk}": "ouder"}
    given = {"name": "Gezin V.", "regisseur": str(cast.carla.pk), "reason": "Er spelen twee dingen tegelijk hier."}
    asked = rosa.do("case-household", case.pk, **given, **relation)
    assert asked.status_code == 422
    assert f"Piet Voorbeeld staat al in het plan van {household.dossier.reference}" in words(asked)
    plan = {"plan": "there", "plan_reason": "Zijn plan loopt al."}
    assert rosa.do("case-household", case.pk, **given, **relation, **plan).status_code == 302
    with as_(cast.rosa):
        other = Household.objects.exclude(pk=household.pk).get()
    assert _one(cast, other, "P. Voorbeeld").planned_in_id == household.dossier_id
    assert (HouseholdStep.ONE_PLAN, "Zijn plan loopt al.") in _steps(cast, household)


def test_a_plan_of_others_is_not_ended_by_who_does_not_work_on_it(
    cast: Cast, household: Household, browser: Browsers
) -> None:
    """Greet reads the household and does not work on it: the plan there is the plan."""
    with as_(cast.rosa):
        case = Case.objects.get(dossier=household.links.get().case_dossier)
    invited(case, cast.rosa, cast.greet)
    browser(cast.carla).do("household-member-new", household.pk, **somebody())
    second = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(second, cast.rosa, cast.greet)
    other = a_household(second, cast.rosa, cast.greet)
    asked = browser(cast.greet).do("household-member-new", other.pk, **somebody())
    assert asked.status_code == 422
    assert "Het plan van dit gezin geldt" not in words(asked)
    plan = {"plan": "here", "plan_reason": "Wij kennen haar beter."}
    assert browser(cast.greet).do("household-member-new", other.pk, **somebody(**plan)).status_code == 422
    assert _one(cast, household, "Noor Voorbeeld").planned_in_id is None
