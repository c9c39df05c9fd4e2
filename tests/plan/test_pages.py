"""The pages of a plan: what each reader finds, and what a form says that comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from casework.models import Case, Goal, Household
from casework.theming import active_theme
from partners.models import User
from tests.plan.scene import a_goal, an_action, an_agreement, at_the_plan
from tests.world import GROUND, Cast

Login = Callable[[User], Client]


@pytest.fixture
def url(household: Household) -> str:
    return f"/gezinnen/{household.pk}/plan/"


def test_the_letter_has_the_order_of_the_life_domains_and_no_day_that_is_over(
    cast: Cast, household: Household, login: Login
) -> None:
    a_goal(household, cast.carla, "Werk", domain="werk", family_text="U zoekt werk.", due_on=date(2026, 1, 5))
    goal = a_goal(household, cast.carla, "Wonen", domain="huisvesting", family_text="U woont rustig.")
    late = {"due_on": date(2026, 1, 5), "family_text": "Wij lezen de post."}
    an_action(household, cast.carla, cast.wilma, "Post lezen", goal, **late)
    letter = login(cast.carla).get(f"/gezinnen/{household.pk}/plan/brief/").content.decode()
    assert letter.index("U woont rustig.") < letter.index("U zoekt werk.")
    assert "dit loopt nog" in letter
    assert "januari 2026" not in letter


def test_the_page_says_first_what_is_late_and_to_a_partner_only_its_own(
    cast: Cast, household: Household, login: Login
) -> None:
    for person, text in ((cast.wilma, "Regeling maken"), (cast.pieter, "Langsgaan")):
        an_action(household, cast.carla, person, text, due_on=date(2026, 1, 5))
    for reader, seen in ((cast.carla, {"Regeling maken", "Langsgaan"}), (cast.wilma, {"Regeling maken"})):
        page = login(reader).get(f"/gezinnen/{household.pk}/plan/").content.decode()
        first = page.partition('id="nu-nodig"')[2].partition("</section>")[0]
        assert {text for text in ("Regeling maken", "Langsgaan") if text in first} == seen


def test_safety_stands_above_the_goals(cast: Cast, household: Household, login: Login, url: str) -> None:
    a_goal(household, cast.carla, "De huur is betaald", cast.corporatie)
    an_agreement(household, cast.carla, "Bij ruzie gaat Kim naar oma.")
    text = login(cast.carla).get(url).content.decode()
    assert text.index("Bij ruzie gaat Kim naar oma.") < text.index("De huur is betaald")


def test_a_goal_and_three_actions_on_one_page(cast: Cast, household: Household, login: Login, url: str) -> None:
    body = {"title": "De huur is betaald", "domain": "huisvesting", "due_on": "1-3-2027"}
    for number, person in enumerate((cast.wilma, cast.pieter, cast.carla)):
        body |= {f"text_{number}": f"Actie {number}", f"user_{number}": str(person.pk)}
    answer = login(cast.carla).post(url + "doelen/nieuw/", body)
    assert answer.status_code == 302
    text = login(cast.rosa).get(url).content.decode()
    for words in ("De huur is betaald", "Actie 0", "Actie 1", "Actie 2", "Wilma Proef", "Pieter Proef"):
        assert words in text


def test_nothing_typed_is_lost(cast: Cast, household: Household, login: Login, url: str) -> None:
    body = {"title": "Rust in huis", "text_0": "Langsgaan", "baseline": "Elke nacht ruzie"}
    answer = login(cast.carla).post(url + "doelen/nieuw/", body)
    assert answer.status_code == 422
    text = answer.content.decode()
    for words in ("Rust in huis", "Langsgaan", "Elke nacht ruzie", "Kies een leefgebied", "Kies wie dit doet"):
        assert words in text


def test_the_refusal_of_the_profile_names_the_article(cast: Cast, household: Household, login: Login, url: str) -> None:
    body = {
        "title": "Behandeling loopt", "domain": "psychisch", "concerns": [str(cast.corporatie.pk)], "ground": GROUND,
    }  # fmt: skip
    answer = login(cast.carla).post(url + "doelen/nieuw/", body)
    assert answer.status_code == 409
    assert "Woningstichting Proef" in answer.content.decode()
    assert "art" in answer.content.decode().lower()
    with at_the_plan(cast.carla, household):
        assert not Goal.objects.exists()


def test_a_partner_sees_its_goal_and_may_add_an_own_action(
    cast: Cast, household: Household, login: Login, url: str
) -> None:
    goal = a_goal(household, cast.carla, "De huur is betaald", cast.corporatie)
    client = login(cast.wilma)
    text = client.get(url).content.decode()
    assert "De huur is betaald" in text
    assert "Zichtbaar voor" not in text
    answer = client.post(url + "acties/nieuw/", {"text": "Regeling maken", "due_on": "1-3-2027", "goal": str(goal.pk)})
    assert answer.status_code == 302
    assert "Regeling maken" in login(cast.carla).get(url).content.decode()
    assert "Regeling maken" not in login(cast.pieter).get(url).content.decode()


def test_a_partner_without_goals_adds_no_action(cast: Cast, household: Household, login: Login, url: str) -> None:
    assert login(cast.wilma).get(url + "acties/nieuw/").status_code == 403


def test_a_goal_that_one_does_not_hold_is_not_there(cast: Cast, household: Household, login: Login, url: str) -> None:
    hidden = a_goal(household, cast.carla, "Alleen voor de regie")
    seen = a_goal(household, cast.carla, "De huur is betaald", cast.corporatie)
    client = login(cast.wilma)
    body = {"text": "Iets", "due_on": "1-3-2027", "goal": str(hidden.pk)}
    assert client.post(url + "acties/nieuw/", body).status_code == 422
    for goal in (hidden, seen):
        assert client.get(f"{url}doelen/{goal.pk}/").status_code == 403
        assert client.get(f"{url}doelen/{goal.pk}/partners/").status_code == 403


def test_the_owner_says_how_it_stands(cast: Cast, household: Household, login: Login, url: str) -> None:
    action = an_action(household, cast.carla, cast.wilma, "Regeling maken")
    client = login(cast.wilma)
    there = f"{url}acties/{action.pk}/melden/"
    answer = client.post(there, {"status": "done", "result": "Er is een regeling.", "seen": action.version})
    assert answer.status_code == 302
    assert "Er is een regeling." in login(cast.carla).get(url).content.decode()
    assert client.post(there, {"status": "done", "result": "", "seen": action.version}).status_code == 409


def test_another_partner_does_not_find_the_action(cast: Cast, household: Household, login: Login, url: str) -> None:
    action = an_action(household, cast.carla, cast.wilma, "Regeling maken")
    assert login(cast.pieter).get(f"{url}acties/{action.pk}/melden/").status_code == 404
    assert login(cast.pieter).post(f"{url}acties/{action.pk}/melden/", {"status": "done"}).status_code == 404


def test_only_the_regie_drops_an_action(cast: Cast, household: Household, login: Login, url: str) -> None:
    action = an_action(household, cast.carla, cast.wilma, "Regeling maken")
    there = f"{url}acties/{action.pk}/melden/"
    body = {"status": "dropped", "result": "Niet meer nodig.", "seen": action.version}
    assert login(cast.wilma).post(there, body).status_code == 422
    assert login(cast.carla).post(there, body).status_code == 302


def test_the_second_of_two_sees_both_texts(cast: Cast, household: Household, login: Login, url: str) -> None:
    goal = a_goal(household, cast.carla, "De huur is betaald")
    there = f"{url}doelen/{goal.pk}/"
    body = {"domain": "huisvesting", "seen": goal.version}
    assert login(cast.rosa).post(there, {**body, "title": "Van Rosa"}).status_code == 302
    answer = login(cast.carla).post(there, {**body, "title": "Van Carla"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Van Rosa" in text
    assert "Van Carla" in text
    with at_the_plan(cast.carla, household):
        version = Goal.objects.get().version
    assert f'value="{version}"' in text
    assert login(cast.carla).post(there, {**body, "title": "Van Carla", "seen": version}).status_code == 302


def test_the_case_closes_from_its_page_and_the_plan_with_it(
    cast: Cast, case: Case, household: Household, login: Login
) -> None:
    a_goal(household, cast.carla, "De huur is betaald", cast.corporatie)
    outcome = active_theme("woonoverlast").close_outcomes[0].code
    said = {"worked": "Vaste bezoeken.", "family": "ja"}
    body = {"outcome": outcome, "reason": "Het is rustig.", "sure": "on"}
    body |= {f"{household.dossier.reference}-{name}": words for name, words in said.items()}
    assert login(cast.rosa).post(f"/casussen/{case.pk}/sluiten/", body).status_code == 302
    for person in (cast.carla, cast.wilma):
        assert login(person).get(f"/gezinnen/{household.pk}/plan/").status_code == 404
    assert login(cast.rosa).get(f"/gezinnen/{household.pk}/plan/brief/").status_code == 403


def test_a_double_click_makes_one_of_each(cast: Cast, household: Household, login: Login, url: str) -> None:
    client, goal = login(cast.carla), {"title": "De huur is betaald", "domain": "huisvesting"}
    action = {"text": "Langsgaan", "user": str(cast.wilma.pk), "due_on": "1-3-2027"}
    agreement = {"text": "Bij ruzie gaat Kim naar oma."}
    for page, body in (("doelen/nieuw/", goal), ("acties/nieuw/", action), ("afspraken/nieuw/", agreement)):
        assert [client.post(url + page, body).status_code for _ in range(2)] == [302, 409], page
