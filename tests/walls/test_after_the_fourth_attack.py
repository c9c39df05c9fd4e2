"""What a fourth attack, on reading households and their plan, found: who takes part unseen, links, yeses and traces."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from casework.models import Action, Case, Household, HouseholdCase
from casework.services import asking, cases, joining, merging
from casework.services.merging import MergeInput
from casework.services.plans import links
from casework.services.plans.links import LinkInput
from casework.theming import active_theme
from partners.models import User
from privacy import dossiers, grants
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.grants import Because
from privacy.models import Compartment, CompartmentKind
from privacy.unlock import unlock
from tests.casework.conftest import Browser, Browsers, Login, words
from tests.conftest import Log
from tests.exclusion.conftest import keep_away
from tests.household.conftest import TODAY, Home, accepted, asked, home, joined, sits
from tests.plan.scene import SOON, a_goal, an_action, at_the_plan
from tests.world import Cast, a_case, a_household, a_signal, as_, canary, invited

__all__ = ["home", "joined"]  # fixtures
NUMBER = re.compile(r"(?<!-)\b[GS]?\d{2,4}-[2-9A-Z]{5}\b")  # a moment such as 2026-11-26T22:45 is no number
EXAMPLE = "G26-7K3QF"  # as the forms show how a number looks
PAGES = (
    "household-detail", "household-plan", "household-versions", "household-regie", "household-action-new",
    "household-goal-new", "household-contact", "household-looked", "household-who", "household-assessments",
    "household-evaluations", "household-letter", "household-plan-link", "household-split", "household-merge",
    "household-hand-over", "household-contact-person",
)  # fmt: skip


@pytest.fixture
def browser(login: Login) -> Browsers:
    """The browser of this person."""
    return lambda user: Browser(login(user))


def refused(statement: str, *values: Any) -> bool:
    """Whether the database refuses this, or finds nothing that it may touch."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.rowcount == 0
    except Error:
        return True


def answered(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def lines_of(person: User, household: Household) -> set[Any]:
    """The organisations of which this person reads that they have a line in the household."""
    with as_(person):
        rows = Compartment.objects.filter(dossier=household.dossier_id, kind=CompartmentKind.LIAISON)
        return set(rows.values_list("organisation_id", flat=True))


def telling(browser: Browser, household: Household, said: Iterable[str]) -> list[str]:
    """The pages of the household that say one of these words."""
    pages = {name: words(browser.see(name, household.pk)) for name in PAGES}
    return [name for name, page in pages.items() if any(word in page for word in said)]


# Who takes part unseen.


def test_the_casusregisseur_learns_nowhere_who_takes_part_unseen(cast: Cast, home: Home, browser: Browsers) -> None:
    invited(home.case, cast.rosa, cast.greet, hidden=True)
    assert home.open(cast.greet) == [home.household]
    assert telling(browser(cast.carla), home.household, (cast.ggz.name, "Greet")) == []
    assert cast.ggz.pk not in lines_of(cast.carla, home.household)


def test_nor_who_took_part_unseen_before_there_was_a_household(cast: Cast, browser: Browsers) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.carla)
    invited(case, cast.rosa, cast.greet, hidden=True)
    household = a_household(case, cast.rosa, cast.carla)
    assert telling(browser(cast.carla), household, (cast.ggz.name, "Greet")) == []
    assert cast.ggz.pk not in lines_of(cast.carla, household)


def test_nor_does_the_procesregisseur_of_another_case_about_the_household(
    cast: Cast, home: Home, browser: Browsers
) -> None:
    sits(cast.greet, cast.jeugd)
    invited(home.other, cast.victor, cast.greet, hidden=True)
    accepted(home, asked(home))
    assert home.open(cast.greet) == [home.household]
    for person in (cast.rosa, cast.carla):
        assert telling(browser(person), home.household, (cast.ggz.name, "Greet")) == [], person
        assert cast.ggz.pk not in lines_of(person, home.household)
    with as_(cast.rosa):
        there = answered("SELECT * FROM casework_takes_part(%s, %s)", home.household.dossier_id, home.other.dossier_id)
        assert {person for _, person, _ in there} == {cast.petra.pk, cast.wout.pk}
        readers = answered("SELECT user_id FROM privacy_who_reads(%s)", [home.household.dossier_id])
        assert (cast.greet.pk,) not in readers


def test_who_directs_that_case_and_the_privacy_officer_still_see_who_reads(
    cast: Cast, home: Home, browser: Browsers
) -> None:
    sits(cast.greet, cast.jeugd)
    invited(home.other, cast.victor, cast.greet, hidden=True)
    accepted(home, asked(home))
    assert "Greet Proef" in words(browser(cast.victor).see("household-who", home.household.pk))
    with as_(cast.fatima):
        assert (cast.greet.pk,) in answered("SELECT user_id FROM privacy_who_reads(%s)", [home.household.dossier_id])


def test_something_for_who_takes_part_unseen_makes_a_line_and_says_who_reads_it(
    cast: Cast, home: Home, browser: Browsers
) -> None:
    invited(home.case, cast.rosa, cast.greet, hidden=True)
    for name in ("household-action-new", "household-goal-new"):
        assert "de casusregisseur leest dit dan wel" in words(browser(cast.rosa).see(name, home.household.pk))
    text = canary("actie")
    an_action(home.household, cast.rosa, cast.greet, text)
    with at_the_plan(cast.greet, home.household):
        assert [row.text for row in Action.objects.all()] == [text]
    assert text not in words(browser(cast.wilma).see("household-plan", home.household.pk))


def test_a_colleague_who_is_seen_later_leaves_the_unseen_one_the_same_line(cast: Cast, home: Home) -> None:
    invited(home.case, cast.rosa, cast.petra, hidden=True)
    text = canary("actie")
    an_action(home.household, cast.rosa, cast.petra, text)
    with at_the_plan(cast.petra, home.household):
        assert [row.text for row in Action.objects.filter(user=cast.petra)] == [text]


# Links between a household and its cases, and the yes that made one.


def test_a_link_is_never_pointed_at_another_case(cast: Cast, home: Home) -> None:
    with as_(cast.rosa):
        household, other = home.household.dossier_id, home.other.dossier_id
        assert refused("UPDATE casework_householdcase SET case_dossier_id = %s WHERE dossier_id = %s", other, household)
        assert answered("SELECT * FROM casework_takes_part(%s, %s)", household, other) == []


def closes(home: Home, case: Case, regisseur: User) -> None:
    with as_(regisseur) as (by, _):
        unlock([case.dossier_id, home.household.dossier_id], by=by)
        outcome = active_theme(case.theme).close_outcomes[0].code
        cases.close(case, outcome, "Klaar.", now=timezone.now(), by=by)


def test_a_case_that_joined_closes_and_its_people_are_out(cast: Cast, joined: Home) -> None:
    closes(joined, joined.other, cast.victor)
    for person in (cast.victor, cast.petra, cast.wout):
        assert joined.open(person) == [], person
    for person in (cast.rosa, cast.carla, cast.wilma):
        assert joined.open(person) == [joined.household], person


def test_a_case_with_a_history_that_was_merged_closes_on_the_page(cast: Cast, home: Home, browser: Browsers) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.pieter, cast.carla)
    target = a_household(case, cast.rosa, cast.carla)
    with as_(cast.rosa) as (by, _):
        unlock([home.household.dossier_id, target.dossier_id], by=by)
        merging.merge(home.household, target, MergeInput(TODAY, "Samen verder."), now=timezone.now(), by=by)
    outcome = active_theme(home.case.theme).close_outcomes[0].code
    answer = browser(cast.rosa).do("case-close", home.case.pk, outcome=outcome, reason="Het is rustig.", sure="on")
    assert answer.status_code == 302
    for person in (cast.wilma, cast.pieter, cast.carla):
        assert home.household not in home.open(person), person


def test_a_link_that_ended_does_not_begin_again(cast: Cast, joined: Home) -> None:
    closes(joined, joined.other, cast.victor)
    with as_(cast.rosa):
        household, other = joined.household.dossier_id, joined.other.dossier_id
        assert refused("UPDATE casework_householdcase SET until = NULL WHERE dossier_id = %s", household)
        assert answered("SELECT * FROM casework_takes_part(%s, %s)", household, other) == []


@pytest.mark.parametrize("ago", [timedelta(0), timedelta(days=3)])
def test_a_yes_is_used_once_whatever_date_the_link_says(cast: Cast, joined: Home, ago: timedelta) -> None:
    household, other = joined.household.dossier_id, joined.other.dossier_id
    with as_(cast.rosa):
        answered("SELECT casework_release_household(%s, %s)", household, other)
        assert refused(
            "INSERT INTO casework_householdcase (id, dossier_id, compartment_id, household_id, case_dossier_id, "
            "table_id, theme, since) SELECT gen_random_uuid(), dossier_id, compartment_id, household_id, "
            "case_dossier_id, table_id, theme, %s FROM casework_householdcase WHERE case_dossier_id = %s",
            timezone.now() - ago,
            other,
        )
        assert not HouseholdCase.objects.filter(case_dossier=other, until=None).exists()


# What a partner writes.


def test_a_partner_writes_nothing_of_the_plan_but_its_own(cast: Cast, home: Home) -> None:
    """Nor in another household: a goal for direct safety there would let recovery wait, and nobody could see why."""
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.carla)
    elsewhere = a_household(case, cast.rosa, cast.carla)
    with as_(cast.wilma):
        line = Compartment.objects.get(dossier=home.household.dossier_id, kind=CompartmentKind.LIAISON)
        place = (home.household.dossier_id, line.pk)
        for household in (home.household, elsewhere):
            assert refused(
                "INSERT INTO casework_goal (id, dossier_id, compartment_id, version, household_id, domain, phase, "
                "status, title, added_at) VALUES (gen_random_uuid(), %s, %s, 1, %s, 'veiligheid', 'direct', 'open', "
                "''::bytea, now())",
                *place,
                household.pk,
            )
            assert refused(
                "INSERT INTO casework_planversion (id, dossier_id, compartment_id, household_id, number, made_by_id, "
                "made_at) VALUES (gen_random_uuid(), %s, %s, %s, 9, %s, now())",
                *place,
                household.pk,
                cast.rosa.pk,
            )


# Asking to join.


def test_who_is_kept_away_from_the_case_that_asks_does_not_read_that_it_asks(
    cast: Cast, home: Home, browser: Browsers
) -> None:
    keep_away(home.other, cast.rosa, cast.victor)
    request = asked(home)
    assert "wil aansluiten" not in words(browser(cast.rosa).see("home"))
    assert browser(cast.rosa).see("household-request", home.household.pk, request.pk).status_code == 404
    assert "wil aansluiten" in words(browser(cast.rachid).see("home"))
    assert browser(cast.rachid).see("household-request", home.household.pk, request.pk).status_code == 200


def test_who_asks_lets_nobody_into_the_part_that_says_whether_it_arrived(cast: Cast, home: Home) -> None:
    """Whoever may write there learns, by how many rows an update without a question touches, that the number exists."""
    with as_(cast.victor) as (by, _):
        number = home.household.dossier.reference
        request = joining.ask(number, home.other, "Hetzelfde gezin.", now=timezone.now(), by=by)
        part = dossiers.part(request.dossier, CompartmentKind.REGIE)
        for person in (cast.victor, cast.petra):
            with pytest.raises(Error), transaction.atomic():
                grants.give([part], to=[person.pk], level="direct", because=Because("x", "x:1"), by=by)
    system = system_actor("proef")
    with acting(system):
        asking.arrives(request.pk, joining=True, by=system)
    with as_(cast.victor):
        assert refused("UPDATE casework_requestarrival SET decided_at = now()")


# Looks that left no trace.


def test_every_number_on_a_page_stands_in_the_log(cast: Cast, joined: Home, browser: Browsers, log: Log) -> None:
    household = joined.household
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.wout)
    other = a_household(case, cast.rosa, cast.wout)
    an_action(household, cast.carla, cast.wilma, "Bellen", a_goal(household, cast.carla, "Rust", cast.corporatie))
    with at_the_plan(cast.rosa, household) as by:
        unlock([other.dossier_id], by=by)
        links.tie(household, other, LinkInput("a", "b", "c", review_on=SOON), now=timezone.now(), by=by)
    own = [(name, (household.pk,)) for name in PAGES] + [("stuck-detail", (household.dossier_id,))]
    of_cases = [(name, (joined.case.pk,)) for name in ("case-detail", "case-subjects", "case-regie", "case-join")]
    around = [(name, ()) for name in ("home", "household-list", "work-actions", "work-unmanned", "work-stuck")]
    for person in (cast.rosa, cast.carla, cast.wilma, cast.petra, cast.victor):
        there = browser(person)
        for name, args in (*own, *of_cases, *around):
            before = len(log.looks())
            page = words(there.see(name, *args))
            named = {reference for entry in log.looks()[before:] for reference in entry.references}
            assert set(NUMBER.findall(page)) - named - {EXAMPLE} == set(), f"{person} at {name}"
