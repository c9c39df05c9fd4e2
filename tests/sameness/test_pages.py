"""The pages: while typing, at triage, on a case, side by side and taking back. Names stand in no address."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.models import Sameness, SignalDraft, SubjectKind
from casework.services import drafts
from casework.values import SubjectInput
from tests.casework.conftest import Browser, Browsers, words
from tests.conftest import Log
from tests.sameness.conftest import BORN, Scene, person_in, said, seated
from tests.world import Cast, a_case, a_signal, as_, invited


def text(page: Any) -> str:
    """What a reader's eyes get of a page, with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", words(page)).split())


@pytest.fixture
def rosa(cast: Cast, browser: Browsers) -> Browser:
    return browser(cast.rosa)


def pair_of(scene: Scene) -> tuple[Any, ...]:
    return ("casus", scene.anja.pk, "casus", scene.bakker.pk)


# --- while typing -----------------------------------------------------------------------------------


def test_typing_a_subject_of_a_case_shows_who_it_may_be_and_adds_nobody(scene: Scene, rosa: Browser) -> None:
    typed = {"name": "Vries-Bakker, A. de", "birth_date": "12-3-1981", "address": "Lindelaan 14"}
    page = rosa.do("case-subjects", scene.one.pk, go="lijkt", **typed)
    assert page.status_code == 200
    assert "Waarschijnlijk dezelfde (88 van 100)" in text(page)
    assert "Voor: zelfde geboortedatum; zelfde achternaam; zelfde adres; de voorletter past." in text(page)
    assert 'value="Vries-Bakker, A. de"' in words(page), "nothing typed is lost"
    assert "Er is 1 ding" not in words(page), "what is not filled in yet is no mistake"
    assert "(1)" in text(rosa.see("case-subjects", scene.one.pk)), "nobody was added"


def test_a_year_alone_may_be_typed(scene: Scene, rosa: Browser) -> None:
    page = rosa.do("case-subjects", scene.one.pk, go="lijkt", name="Anja Bakker", birth_date="1981")
    assert "zelfde geboortejaar; van één is de dag niet bekend" in text(page)


def test_without_a_name_nothing_is_opened(scene: Scene, rosa: Browser, log: Log) -> None:
    page = rosa.do("case-subjects", scene.one.pk, go="lijkt", name=" ", birth_date="12-3-1981")
    assert "Vul eerst een naam in." in words(page)
    assert not log.looks(event="same.looked")


def test_a_company_is_not_held_to_people(scene: Scene, rosa: Browser) -> None:
    page = rosa.do("case-subjects", scene.one.pk, go="lijkt", name="Anja Bakker", kind=SubjectKind.LEGAL_PERSON)
    assert "Vul eerst een naam in." in words(page)


def test_a_partner_in_the_case_gets_no_form_and_may_not_look(cast: Cast, scene: Scene, browser: Browsers) -> None:
    invited(scene.one, cast.rosa, cast.wilma)
    wilma = browser(cast.wilma)
    assert wilma.do("case-subjects", scene.one.pk, go="lijkt", name="Anja Bakker").status_code == 403
    page = wilma.see("case-subjects", scene.one.pk, zoek="1")
    assert page.status_code == 200
    assert "lijkt op" not in text(page)


@pytest.fixture
def draft(cast: Cast) -> SignalDraft:
    with as_(cast.wilma) as (by, _):
        made = drafts.start("woonoverlast", now=timezone.now(), by=by)
        drafts.keep(made, {"table": [str(cast.overlast.pk)]}, now=timezone.now(), by=by)
    return made


def test_a_reporter_sees_who_of_own_dossiers_it_may_be_and_nobody_elses(
    cast: Cast, scene: Scene, browser: Browsers, draft: SignalDraft
) -> None:
    invited(scene.one, cast.rosa, cast.wilma)
    typed = {"kind_0": "person", "name_0": "Anja Bakker", "birth_0": "12-3-1981"}
    page = browser(cast.wilma).do("signal-draft", draft.pk, 2, go="lijkt", **typed)
    assert page.status_code == 200
    assert "Anja de Vries-Bakker , geboren 12-3-1981" in text(page)
    assert scene.other.dossier.reference not in words(page), "a case in which it takes no part"
    kept = browser(cast.wilma).see("signal-draft", draft.pk, 2)
    assert 'value="Anja Bakker"' in words(kept)


def test_looking_with_half_a_form_is_no_mistake_for_htmx(cast: Cast, browser: Browsers, draft: SignalDraft) -> None:
    page = browser(cast.wilma).do("signal-draft", draft.pk, 2, go="lijkt", name_0="Piet Voorbeeld", birth_0="onzin")
    assert page.status_code == 200
    assert "Piet Voorbeeld lijkt op" in text(page)


def test_what_was_typed_fills_in_the_question_to_other_tables_without_asking_it(
    scene: Scene, rosa: Browser, log: Log
) -> None:
    page = rosa.do("known", go="invullen", name="Anja Bakker", birth_date="12-3-1981", address="Plein 2, 7811 AA Stad")
    assert page.status_code == 200
    for value in ("Anja Bakker", "12-3-1981", "Plein", "7811 AA"):
        assert f'value="{value}"' in words(page)
    assert not log.looks(event="known.asked")


# --- at triage ---------------------------------------------------------------------------------------


def test_triage_shows_who_the_people_of_a_signal_may_be(cast: Cast, scene: Scene, rosa: Browser) -> None:
    subject = SubjectInput(SubjectKind.PERSON, "Anja Bakkr", BORN)
    signal = a_signal(cast.pieter, cast.overlast, subjects=(subject,))
    page = rosa.see("triage-detail", signal.pk)
    assert "Anja Bakkr lijkt op" in text(page)
    assert "achternaam verschilt één letter" in text(page)
    with as_(cast.rosa):
        row = signal.subjects.get().pk
    assert reverse("person-compare", args=["signaal", row, "casus", scene.bakker.pk]) in words(page)


# --- on the case -------------------------------------------------------------------------------------


def test_nobody_elses_dossier_is_opened_before_it_is_asked_for(scene: Scene, rosa: Browser, log: Log) -> None:
    page = rosa.see("case-subjects", scene.one.pk)
    assert "Zoek wie op wie lijkt" in words(page)
    assert not [look for look in log.looks() if scene.other.dossier_id in look.dossiers]
    page = rosa.see("case-subjects", scene.one.pk, zoek="1")
    assert "Anja de Vries-Bakker lijkt op" in text(page)


def test_a_tie_stands_with_the_person_and_leads_to_a_page_of_it(cast: Cast, scene: Scene, rosa: Browser) -> None:
    said(scene.anja, scene.bakker, cast.rosa)
    page = rosa.see("case-subjects", scene.one.pk)
    assert f"Ook bekend als Anja Bakker in {scene.other.dossier.reference}" in text(page)
    person = rosa.see("person", "casus", scene.anja.pk)
    assert "Anja Bakker" in words(person)
    assert scene.other.dossier.reference in words(person)


def test_a_partner_sees_no_tie_and_no_second_name(cast: Cast, scene: Scene, browser: Browsers) -> None:
    invited(scene.one, cast.rosa, cast.wilma)
    invited(scene.other, cast.rosa, cast.pieter)
    tie = said(scene.anja, scene.bakker, cast.rosa)
    wilma = browser(cast.wilma)
    for page in (wilma.see("case-subjects", scene.one.pk), wilma.see("person", "casus", scene.anja.pk)):
        assert page.status_code == 200
        assert scene.other.dossier.reference not in words(page)
        assert "Ook bekend als" not in words(page)
        assert "Anja Bakker" not in words(page)
    assert wilma.see("person", "casus", scene.bakker.pk).status_code == 404
    assert wilma.see("person-undo", tie.pk).status_code == 403


def test_the_regisseur_of_one_side_sees_no_second_name(cast: Cast, browser: Browsers) -> None:
    seated(cast.rosa, cast.jeugd)
    first = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    second = a_case(cast.victor, a_signal(cast.pieter, cast.jeugd), short_name="Jeugd")
    anja, bakker = person_in(first, cast.rosa, "Anja de Vries"), person_in(second, cast.victor, "Anneke de Vries")
    tie = said(anja, bakker, cast.rosa)
    for person, case, row, hidden in (
        (cast.rachid, first, anja, "Anneke"),
        (cast.victor, second, bakker, "Anja"),
    ):
        seen = browser(person)
        for page in (
            seen.see("case-subjects", case.pk, zoek="1"),
            seen.see("person", "casus", row.pk),
        ):
            assert page.status_code == 200
            assert hidden not in words(page)
        assert seen.see("person-undo", tie.pk).status_code == 404
        assert seen.do("person-undo", tie.pk).status_code == 404
        assert seen.see("person-compare", "casus", anja.pk, "casus", bakker.pk).status_code == 404


# --- side by side ------------------------------------------------------------------------------------


def test_side_by_side_says_why_and_asks_before_anything_is_said(cast: Cast, scene: Scene, rosa: Browser) -> None:
    page = rosa.see("person-compare", *pair_of(scene))
    assert page.status_code == 200
    assert "Voor: Meisjesnaam of een deel van een dubbele naam komt overeen (+22)" in text(page)
    assert "Tegen: Ander adres (-5)" in text(page)
    with as_(cast.rosa):
        assert not Sameness.objects.exists()


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_a_verdict_is_kept_and_a_second_click_hears_that_it_was(scene: Scene, rosa: Browser, verdict: str) -> None:
    assert rosa.do("person-compare", *pair_of(scene), verdict=verdict).status_code == 302
    again = rosa.do("person-compare", *pair_of(scene), verdict=verdict)
    assert again.status_code == 409
    assert "Een collega heeft hier al iets over gezegd" in words(again)
    assert "Maak ongedaan" in words(again)


def test_a_colleague_who_was_first_is_told(cast: Cast, scene: Scene, rosa: Browser, browser: Browsers) -> None:
    rosa.do("person-compare", *pair_of(scene), verdict="same")
    late = browser(cast.rachid).do("person-compare", *pair_of(scene), verdict="different")
    assert late.status_code == 409


@pytest.mark.parametrize("verdict", ["", "misschien"])
def test_a_verdict_that_is_none_says_nothing(scene: Scene, rosa: Browser, verdict: str) -> None:
    assert rosa.do("person-compare", *pair_of(scene), verdict=verdict).status_code == 422


def test_a_participant_of_both_may_not_compare_and_others_find_nothing(
    cast: Cast, scene: Scene, browser: Browsers
) -> None:
    invited(scene.one, cast.rosa, cast.wilma, cast.carla)
    invited(scene.other, cast.rosa, cast.wilma)
    for person, status in ((cast.wilma, 403), (cast.carla, 403), (cast.greet, 403), (cast.victor, 404)):
        seen = browser(person)
        assert seen.see("person-compare", *pair_of(scene)).status_code == status
        assert seen.do("person-compare", *pair_of(scene), verdict="same").status_code == status
    with as_(cast.rosa):
        assert not Sameness.objects.exists()


# --- taking back -------------------------------------------------------------------------------------


def test_taking_back_asks_first_and_a_second_click_hears_that_it_was_done(
    cast: Cast, scene: Scene, rosa: Browser
) -> None:
    tie = said(scene.anja, scene.bakker, cast.rachid)
    page = rosa.see("person-undo", tie.pk)
    assert "Er is niets samengevoegd" in words(page)
    assert rosa.do("person-undo", tie.pk).status_code == 302
    again = rosa.do("person-undo", tie.pk)
    assert again.status_code == 409
    assert "al ongedaan gemaakt" in words(again)
    assert "Ook bekend als Anja" not in text(rosa.see("case-subjects", scene.one.pk))


def test_no_address_holds_a_name(scene: Scene, rosa: Browser) -> None:
    page = words(rosa.see("case-subjects", scene.one.pk, zoek="1"))
    addresses = " ".join(re.findall(r'(?:href|action|hx-post|formaction)="([^"]*)"', page))
    assert "/personen/casus/" in addresses
    for word in ("Anja", "Bakker", "Vries", "1981", "Lindelaan"):
        assert word not in addresses
