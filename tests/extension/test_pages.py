"""The pages of keeping longer: asking, answering, extending, and what an officer sees of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from casework.models import Case
from partners.models import User
from privacy.models import Extension
from privacy.retention.terms import years_after
from tests.casework.conftest import words
from tests.extension.scene import REASON, a_case_near_its_end, asked, closed, ends, in_days
from tests.world import Cast, as_

Login = Callable[[User], Client]
SOON, LONGER = "/werk/verdwijnt/", "/werk/verleng/"


def page_of(case: Case) -> str:
    return f"{SOON}{case.dossier_id}/verleng/"


def the_request(cast: Cast) -> Extension:
    with as_(cast.rosa):
        return Extension.objects.get()


def test_from_the_list_to_an_extended_term(cast: Cast, login: Login) -> None:
    case = a_case_near_its_end(cast)
    rosa, wilma, pieter = login(cast.rosa), login(cast.wilma), login(cast.pieter)
    assert page_of(case) in rosa.get(SOON).content.decode()
    assert page_of(case) in rosa.get(f"/casussen/{case.pk}/").content.decode()
    shown = words(rosa.get(page_of(case)))
    assert "Politie Proefstad" in shown
    assert "Woningstichting Proef" in shown
    assert rosa.post(page_of(case), {"ground": "", "reason": REASON}).status_code == 422
    wrong = rosa.post(page_of(case), {"ground": "b", "reason": REASON})
    assert wrong.status_code == 409
    assert "past niet" in words(wrong)
    assert "Verlenggraag" in words(wrong)
    given = {"ground": "a", "reason": REASON}
    assert "krijgen bericht" in words(rosa.post(page_of(case), given, follow=True))
    assert "loopt al" in words(rosa.post(page_of(case), given))
    assert "Verlenging is gevraagd" in words(rosa.get(SOON))

    one = f"{LONGER}{the_request(cast).pk}/"
    assert "langer bewaard blijven" in words(wilma.get("/"))
    assert one in wilma.get(LONGER).content.decode()
    shown = words(wilma.get(one))
    assert "Verlenggraag" in shown
    assert "Politie" not in shown
    assert wilma.post(one, {"agreed": ""}).status_code == 422
    assert "Verleng de termijn" not in words(rosa.get(page_of(case)))
    assert "Nog niet alle" in words(rosa.post(f"{one}stap/", {"step": "grant"}, follow=True))
    assert "stemt in" in words(wilma.post(one, {"agreed": "yes"}, follow=True))
    assert "antwoordde al" in words(wilma.post(one, {"agreed": "no"}))
    assert "langer bewaard blijven" not in words(wilma.get("/"))
    pieter.post(one, {"agreed": "yes"})
    assert "Verleng de termijn" in words(rosa.get(page_of(case)))
    assert "blijft bewaard tot" in words(rosa.post(f"{one}stap/", {"step": "grant"}, follow=True))
    assert "loopt niet meer" in words(rosa.post(f"{one}stap/", {"step": "grant"}, follow=True))
    assert ends(cast, case) == years_after(in_days(10), 2)
    assert case.dossier.reference not in words(rosa.get(SOON))


def test_a_no_says_what_follows_from_it(cast: Cast, login: Login) -> None:
    case = a_case_near_its_end(cast)
    row = asked(cast, case)
    said = login(cast.wilma).post(f"{LONGER}{row.pk}/", {"agreed": "no"}, follow=True)
    assert "gaat weg op zijn eigen dag" in words(said)
    assert "loopt niet meer" in words(login(cast.pieter).get(f"{LONGER}{row.pk}/"))
    shown = words(login(cast.rosa).get(page_of(case)))
    assert "definitief" in shown
    assert "Nu kunt u geen verlenging vragen" in shown


def test_a_closed_case_is_asked_for_and_answered_by_who_took_part_when_it_closed(cast: Cast, login: Login) -> None:
    case = a_case_near_its_end(cast)
    closed(cast, case)
    rosa = login(cast.rosa)
    assert page_of(case) in rosa.get(f"/casussen/{case.pk}/").content.decode()
    rosa.post(page_of(case), {"ground": "b", "reason": REASON})
    one = f"{LONGER}{the_request(cast).pk}/"
    for person in (cast.wilma, cast.pieter):
        assert case.dossier.reference in words(login(person).get(LONGER))
        login(person).post(one, {"agreed": "yes"})
    rosa.post(f"{one}stap/", {"step": "grant"})
    assert ends(cast, case) == years_after(in_days(10), 2)


@pytest.mark.parametrize(
    ("who", "asks", "answers", "steps"),
    [
        ("rosa", 200, 404, 302), ("rachid", 200, 404, 302), ("victor", 404, 404, 404), ("wilma", 403, 200, 403),
        ("greet", 403, 404, 403), ("carla", 403, 404, 403), ("fatima", 403, 403, 403), ("beheer", 403, 403, 403),
    ],
)  # fmt: skip
def test_who_opens_what(cast: Cast, login: Login, who: str, asks: int, answers: int, steps: int) -> None:
    case = a_case_near_its_end(cast)
    row = asked(cast, case)
    browser = login(cast.people[who])
    assert browser.get(page_of(case)).status_code == asks
    assert browser.get(f"{LONGER}{row.pk}/").status_code == answers
    assert browser.post(f"{LONGER}{row.pk}/stap/", {"step": "withdraw"}).status_code == steps


def test_an_officer_sees_that_it_waits_and_until_when_and_a_beheerder_does_not(cast: Cast, login: Login) -> None:
    case = a_case_near_its_end(cast)
    asked(cast, case)
    shown = words(login(cast.fatima).get("/privacy/bewaren/"))
    assert "Verlenging gevraagd" in shown
    assert case.dossier.reference in shown
    assert "0 van 2 organisaties" in shown
    assert "Verlenggraag" not in shown
    assert "Verlenging gevraagd" not in words(login(cast.beheer).get("/privacy/bewaren/"))


def test_a_colleague_who_directs_too_takes_it_back_without_reading_why(cast: Cast, login: Login) -> None:
    case = a_case_near_its_end(cast)
    row = asked(cast, case)
    rachid = login(cast.rachid)
    shown = words(rachid.get(page_of(case)))
    assert "Verlenggraag" not in shown
    assert "leest alleen wie" in shown
    answer = words(rachid.post(f"{LONGER}{row.pk}/stap/", {"step": "withdraw"}, follow=True))
    assert "ingetrokken" in answer
    assert "loopt niet meer" in words(rachid.post(f"{LONGER}{row.pk}/stap/", {"step": "withdraw"}, follow=True))
