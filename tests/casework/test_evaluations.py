"""Evaluating the plan on the way and at its end, and what remains of it as counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.circles import goal_part
from casework.models import (
    Agreed,
    Case,
    CaseStatus,
    Evaluation,
    Goal,
    GoalStatus,
    Household,
    HouseholdStatus,
    Outcome,
    Plan,
)
from casework.services import cases, evaluating, households
from casework.theming import active_theme
from casework.values import EvaluationInput
from privacy.access import visible
from privacy.errors import Refused
from privacy.unlock import unlock
from tests.casework.conftest import Browser, Browsers, words
from tests.conftest import Log
from tests.prove.behind import past_policies, seen_from_behind
from tests.world import Cast, a_case, a_household, a_signal, as_, canary, invited

Behind = Callable[[type[Model]], list[Any]]


@pytest.fixture
def behind(cast: Cast) -> Iterator[Behind]:
    """All rows of a table, read past every policy."""

    def rows(model: type[Model]) -> list[Any]:
        with past_policies():
            return list(model._default_manager.all())

    with seen_from_behind():
        yield rows


@pytest.fixture
def case(cast: Cast, behind: Behind) -> Case:
    """On a signal of Wilma, who takes part with Pieter of the police and Carla."""
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.pieter, cast.carla)
    return found


@pytest.fixture
def household(cast: Cast, case: Case) -> Household:
    return a_household(case, cast.rosa, cast.carla)


def goals(cast: Cast, household: Household, *given: tuple[str, GoalStatus]) -> None:
    """Goals that Carla set, each in a life domain and with what came of it."""
    now = timezone.now()
    with as_(cast.carla) as (by, _):
        unlock([household.dossier_id], by=by)
        for domain, status in given:
            Goal(
                dossier=household.dossier, household=household, domain=domain, status=status, title="Een doel",
                compartment=goal_part(household, cast.gemeente.pk, now=now, by=by),
                ended_at=None if status in (GoalStatus.OPEN, GoalStatus.PROPOSED) else now,
            ).save(force_insert=True)  # fmt: skip


def given(**more: Any) -> dict[str, Any]:
    """The form of an evaluation, rightly filled in."""
    later = timezone.localdate() + timedelta(days=90)
    return {"worked": "Vaste bezoeken.", "family": "ja", "next_on": f"{later:%d-%m-%Y}"} | more


def closing(household: Household, **more: Any) -> dict[str, Any]:
    """The form that closes the case, with the part of this household."""
    outcome = active_theme("woonoverlast").close_outcomes[0].code
    part = {"worked": "Vaste bezoeken.", "family": "ja"} | more
    prefixed = {f"{household.dossier.reference}-{name}": value for name, value in part.items()}
    return {"outcome": outcome, "reason": "Het is rustig.", "sure": "on"} | prefixed


MIXED = (
    ("huisvesting", GoalStatus.REACHED), ("huisvesting", GoalStatus.MISSED), ("financien", GoalStatus.PARTLY),
    ("financien", GoalStatus.OPEN), ("werk", GoalStatus.PROPOSED), ("werk", GoalStatus.MOVED),
)  # fmt: skip


# --- on the way ---


def test_the_casusregisseur_evaluates_and_says_when_again(
    cast: Cast, household: Household, browser: Browsers, log: Log
) -> None:
    goals(cast, household, *MIXED)
    carla = browser(cast.carla)
    form = words(carla.see("household-evaluate", household.pk))
    assert form.index("Wonen") < form.index("Geld en schulden") < form.index("Werk en dagbesteding")
    said = given(goal_words="Het tweede doel was te groot.", months="6", before="9", after="2")
    assert carla.do("household-evaluate", household.pk, **said).status_code == 302
    page = words(carla.see("household-evaluations", household.pk))
    for shown in (
        "Vaste bezoeken.",
        "Het tweede doel was te groot.",
        "9 keer in de 6 maanden ervoor",
        "2 keer in de 6 maanden erna",
    ):
        assert shown in page
    with as_(cast.carla) as (by, _):
        unlock([household.dossier_id], by=by)
        kept = Evaluation.objects.get()
        assert kept.goals == [
            {"domain": "huisvesting", "reached": 1, "partly": 0, "missed": 1, "open": 0},
            {"domain": "financien", "reached": 0, "partly": 1, "missed": 0, "open": 1},
            {"domain": "werk", "reached": 0, "partly": 0, "missed": 0, "open": 1},
        ]
        assert Plan.objects.get().evaluate_on == timezone.localdate() + timedelta(days=90)
    assert log.changes(event="household.evaluated")


def test_who_directs_all_cases_gets_the_signals_counted_and_the_casusregisseur_no_part_of_them(
    cast: Cast, case: Case, household: Household, browser: Browsers
) -> None:
    with as_(cast.rosa) as (by, _):
        found = evaluating.signal_counts(household, by=by)
        assert found == evaluating.SignalCount(before=1, after=0)
    late = a_signal(cast.pieter, cast.overlast)
    with as_(cast.rosa) as (by, _):
        unlock([late.dossier_id, case.dossier_id], by=by)
        cases.add_signal(case, late, (), now=timezone.now(), by=by)
        assert evaluating.signal_counts(household, by=by) == evaluating.SignalCount(before=1, after=1)
    with as_(cast.carla) as (by, _):
        assert evaluating.signal_counts(household, by=by) is None
    assert "Signalen in de casussen" in words(browser(cast.rosa).see("household-evaluate", household.pk))
    assert "Signalen in de casussen" not in words(browser(cast.carla).see("household-evaluate", household.pk))


@pytest.mark.parametrize("person", ["wilma", "pieter", "wout", "greet", "victor", "fatima", "beheer"])
def test_nobody_else_reads_or_writes_an_evaluation(
    person: str, cast: Cast, household: Household, browser: Browsers
) -> None:
    secret = canary("evaluatie")
    browser(cast.carla).do("household-evaluate", household.pk, **given(worked=secret))
    reader = browser(cast.people[person])
    for name in ("household-detail", "household-evaluations", "household-evaluate"):
        page = reader.see(name, household.pk)
        assert secret not in words(page)
        assert "Evaluatie</a>" not in words(page)
    assert reader.see("household-evaluations", household.pk).status_code in (403, 404)
    assert reader.do("household-evaluate", household.pk, **given()).status_code in (403, 404)
    with as_(cast.people[person]) as (by, _):
        unlock([household.dossier_id], by=by)
        assert not visible(Evaluation, by=by).exists()
        assert not Evaluation.objects.exists()


MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({"worked": ""}, "Schrijf op wat werkte."),
    ({"family": ""}, "Kies wat het gezin ervan vindt."),
    ({"next_on": ""}, "Vul een datum in."),
    ({"next_on": "1-1-2020"}, "Kies een datum na vandaag."),
    ({"before": "veel"}, "Vul een heel getal in"),
    ({"before": "-1", "after": "2"}, "Vul een heel getal in"),
    ({"before": "3"}, "Vul beide aantallen in, of geen van beide."),
    ({"before": "3", "after": "2"}, "Vul in over hoeveel maanden"),
]


@pytest.mark.parametrize(("wrong", "sentence"), MISTAKES)
def test_a_mistake_is_told_and_what_was_typed_is_still_there(
    wrong: dict[str, Any], sentence: str, cast: Cast, household: Household, browser: Browsers, behind: Behind
) -> None:
    answer = browser(cast.carla).do("household-evaluate", household.pk, **given(not_worked="Blijft staan.") | wrong)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "Blijft staan." in words(answer)
    assert behind(Evaluation) == []


def test_of_two_who_evaluate_on_one_day_the_second_hears_it(
    cast: Cast, household: Household, browser: Browsers, behind: Behind
) -> None:
    assert browser(cast.carla).do("household-evaluate", household.pk, **given()).status_code == 302
    again = browser(cast.rosa).do("household-evaluate", household.pk, **given(worked="Van Rosa."))
    assert again.status_code == 409
    assert "Vandaag is dit plan al geëvalueerd" in words(again)
    assert "Van Rosa." in words(again)
    assert len(behind(Evaluation)) == 1


def test_a_date_that_has_passed_is_said(cast: Cast, household: Household, browser: Browsers) -> None:
    with as_(cast.carla):
        Plan.objects.filter(household=household).update(evaluate_on=date(2026, 1, 1))
    assert "De evaluatie is te laat" in words(browser(cast.carla).see("household-evaluations", household.pk))


# --- at the end ---


def test_the_last_case_asks_what_the_plan_did(
    cast: Cast, case: Case, household: Household, browser: Browsers, behind: Behind
) -> None:
    goals(cast, household, *MIXED)
    rosa = browser(cast.rosa)
    page = words(rosa.see("case-close", case.pk))
    assert f"Eindevaluatie van gezin {household.dossier.reference}" in page
    assert "Geld en schulden" in page
    sent = closing(household, months="12", before="14", after="3", family="deels", family_words="Zij missen rust.")
    assert rosa.do("case-close", case.pk, **sent).status_code == 302
    [kept] = behind(Evaluation)
    assert (kept.closing, kept.family) == (True, Agreed.PARTLY)
    [closed] = behind(Household)
    assert closed.status == HouseholdStatus.CLOSED


def test_without_the_evaluation_the_case_stays_open_and_nothing_typed_is_lost(
    cast: Cast, case: Case, household: Household, browser: Browsers, behind: Behind
) -> None:
    rosa = browser(cast.rosa)
    sent = closing(household, worked="", not_worked="Te laat begonnen.")
    answer = rosa.do("case-close", case.pk, **sent)
    assert answer.status_code == 422
    page = words(answer)
    assert f"Vul ook de evaluatie van gezin {household.dossier.reference} aan." in page
    assert "Schrijf op wat werkte." in page
    assert "Te laat begonnen." in page
    assert "Het is rustig." in page
    [there] = behind(Household)
    assert there.status == HouseholdStatus.ACTIVE
    with as_(cast.rosa):
        assert Case.objects.get(pk=case.pk).status == CaseStatus.OPEN


def test_a_mistake_in_the_case_itself_keeps_the_evaluation(
    cast: Cast, case: Case, household: Household, browser: Browsers, behind: Behind
) -> None:
    answer = browser(cast.rosa).do("case-close", case.pk, **closing(household) | {"reason": ""})
    assert answer.status_code == 422
    assert "Vaste bezoeken." in words(answer)
    assert behind(Evaluation) == []


def test_a_case_that_is_not_the_last_asks_nothing_and_the_plan_goes_on(
    cast: Cast, case: Case, household: Household, browser: Browsers, behind: Behind
) -> None:
    second = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name="Tweede casus")
    with as_(cast.rosa) as (by, _):
        unlock([second.dossier_id, household.dossier_id], by=by)
        households.link(household, second, now=timezone.now(), by=by)
    rosa = browser(cast.rosa)
    assert "Eindevaluatie" not in words(rosa.see("case-close", second.pk))
    assert rosa.do("case-close", second.pk, **closing(household)).status_code == 302
    [there] = behind(Household)
    assert there.status == HouseholdStatus.ACTIVE
    assert behind(Evaluation) == []
    assert behind(Outcome) == []


def test_after_closing_nobody_reads_it_and_counts_without_persons_remain(
    cast: Cast, case: Case, household: Household, browser: Browsers, behind: Behind
) -> None:
    secret = canary("einde")
    goals(cast, household, *MIXED)
    rosa = browser(cast.rosa)
    rosa.do("case-close", case.pk, **closing(household, worked=secret))
    for person in ("rosa", "rachid", "carla", "wilma"):
        reader = browser(cast.people[person])
        for name in ("household-detail", "household-evaluations", "household-assessments"):
            assert secret not in words(reader.see(name, household.pk))
        with as_(cast.people[person]):
            assert not Evaluation.objects.exists()
    month = timezone.localdate().replace(day=1)
    assert {(row.theme, row.domain, row.outcome, row.month, row.counted) for row in behind(Outcome)} == {
        ("woonoverlast", "huisvesting", "reached", month, 1),
        ("woonoverlast", "huisvesting", "missed", month, 1),
        ("woonoverlast", "financien", "partly", month, 1),
        ("woonoverlast", "financien", "open", month, 1),
        ("woonoverlast", "werk", "open", month, 1),
    }
    assert {field.name for field in Outcome._meta.fields} == {"id", "theme", "domain", "outcome", "month", "counted"}


def test_a_second_household_is_added_to_the_counts(cast: Cast, browser: Browsers, behind: Behind) -> None:
    for _ in range(2):
        one = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
        invited(one, cast.rosa, cast.carla)
        home = a_household(one, cast.rosa, cast.carla)
        goals(cast, home, ("huisvesting", GoalStatus.REACHED))
        browser(cast.rosa).do("case-close", one.pk, **closing(home))
    [row] = behind(Outcome)
    assert row.counted == 2


def test_a_plan_has_one_closing_evaluation(cast: Cast, household: Household) -> None:
    said = EvaluationInput("Iets.", Agreed.YES)
    now = timezone.now()
    with as_(cast.rosa) as (by, _):
        unlock([household.dossier_id], by=by)
        evaluating.keep(household, said, closing=True, now=now, by=by)
        with pytest.raises(IntegrityError, match="casework_evaluation_"), transaction.atomic():
            evaluating.keep(household, said, closing=True, now=now + timedelta(days=1), by=by)


def test_a_closed_plan_is_not_evaluated_any_more(cast: Cast, case: Case, household: Household) -> None:
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id, household.dossier_id], by=by)
        households.close(household, now=timezone.now(), by=by)
        with pytest.raises(Refused, match="afgesloten"):
            evaluating.evaluate(household, EvaluationInput("Iets.", Agreed.YES), now=timezone.now(), by=by)


def queries(reader: Browser, name: str, pk: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert reader.client.get(reverse(name, args=[pk])).status_code == 200
    return len(asked)


def test_the_pages_ask_as_much_for_one_goal_and_evaluation_as_for_a_hundred(
    cast: Cast, case: Case, household: Household, browser: Browsers
) -> None:
    rosa = browser(cast.rosa)
    pages = [("household-evaluations", household.pk), ("household-evaluate", household.pk), ("case-close", case.pk)]
    asked = []
    for goal, evaluation in ((1, 1), (9, 9), (90, 90)):
        goals(cast, household, *[("huisvesting", GoalStatus.REACHED)] * goal)
        with as_(cast.rosa) as (by, _):
            unlock([household.dossier_id], by=by)
            for _ in range(evaluation):
                # At noon: late in the evening two moments a day apart fall on one day where summer time ends.
                noon = timezone.localtime().replace(hour=12)
                day = noon - timedelta(days=Evaluation.objects.count() + 1)
                evaluating.keep(household, EvaluationInput("Iets.", Agreed.YES), closing=False, now=day, by=by)
        for name, pk in pages:
            rosa.see(name, pk)
        asked.append([queries(rosa, name, pk) for name, pk in pages])
    assert asked[0] == asked[1] == asked[2], asked
