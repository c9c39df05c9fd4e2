"""Bringing in: who reads what, on every page; correcting and taking back."""

from __future__ import annotations

import re
from typing import Any

import pytest

from casework.models import Audience, Case, Contribution, Participation
from partners.models import User
from privacy.access import visible
from privacy.unlock import unlock
from tests.casework.conftest import Browser, Browsers, words
from tests.world import GROUND, Cast, a_case, a_signal, as_, canary, contributed, invited

PAGES = ("case-detail", "case-contributions", "case-export")
READERS: list[tuple[Audience, set[str]]] = [
    (Audience.OWN, {"wilma", "wout"}),
    (Audience.REGIE, {"wilma", "wout", "rosa", "rachid"}),
    (Audience.CHOSEN, {"wilma", "wout", "rosa", "rachid", "pieter"}),
    (Audience.TABLE, {"wilma", "wout", "rosa", "rachid", "pieter", "greet"}),
]
EVERYBODY = ("rosa", "rachid", "wilma", "wout", "pieter", "greet")


@pytest.fixture
def case(cast: Cast) -> Case:
    """Wilma and Wout of the corporation, Pieter of the police and Greet of the GGZ take part."""
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.wout, cast.pieter, cast.greet)
    return found


@pytest.fixture
def wilma(cast: Cast, browser: Browsers) -> Browser:
    return browser(cast.wilma)


def given(**more: Any) -> dict[str, Any]:
    """The form of bringing in, rightly filled in."""
    form = {"text": "Wat ik inbreng.", "kind": "feit", "category": "algemeen", "audience": "table", "ground": GROUND}
    return form | more


def own(case: Case, person: User) -> Contribution:
    """The newest contribution that this person may read."""
    with as_(person) as (by, _):
        return visible(Contribution, by=by).filter(case=case).order_by("-at")[0]


@pytest.mark.parametrize(("audience", "readers"), READERS, ids=[audience.value for audience, _ in READERS])
def test_each_audience_reads_it_on_every_page_and_nobody_else_anywhere(
    audience: Audience, readers: set[str], cast: Cast, case: Case, browser: Browsers
) -> None:
    text = canary(audience.value)
    chosen = {"recipients": (cast.politie.pk,)} if audience == Audience.CHOSEN else {}
    contributed(case, cast.wilma, text, audience=audience, **chosen)
    for person in EVERYBODY:
        reader = browser(cast.people[person])
        for name in PAGES:
            assert (text in words(reader.see(name, case.pk))) == (person in readers), f"{person} on {name}"
        found = words(reader.do("search", q=text))
        assert found.count(text) <= 1  # what was typed, and nothing found in what is for others
    for stranger in ("petra", "carla", "fatima"):
        assert text not in words(browser(cast.people[stranger]).see("case-contributions", case.pk))


def test_only_owner_and_regie_read_who_got_it(cast: Cast, case: Case, browser: Browsers) -> None:
    contributed(case, cast.wilma, "Voor de politie.", audience=Audience.CHOSEN, recipients=(cast.politie.pk,))
    for person, knows in (("wilma", True), ("rosa", True), ("pieter", False)):
        [row] = browser(cast.people[person]).see("case-contributions", case.pk).context["rows"]
        assert bool(row.readers) == knows
    assert "met u gedeeld" in words(browser(cast.pieter).see("case-contributions", case.pk))


MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, "Schrijf op wat u inbrengt."),
    ({"kind": ""}, "Kies: feit, waarneming of oordeel."),
    ({"audience": ""}, "Kies wie dit mag lezen."),
    ({"ground": ""}, "Kies een grondslag."),
    ({"category": ""}, "Kies de soort gegevens."),
    ({"occurred_on": "1-1-2099"}, "Deze datum is nog niet geweest."),
]


@pytest.mark.parametrize(("wrong", "sentence"), MISTAKES, ids=["-".join(wrong) for wrong, _ in MISTAKES])
def test_a_mistake_is_told_and_what_was_typed_is_still_there(
    wrong: dict[str, Any], sentence: str, cast: Cast, case: Case, wilma: Browser
) -> None:
    answer = wilma.do("case-contributions", case.pk, **given(origin="Huisbezoek", **wrong))
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'value="Huisbezoek"' in words(answer)
    assert wilma.see("case-contributions", case.pk).context["rows"] == []


def test_the_ground_is_the_one_on_which_one_takes_part_unless_one_chooses_another(
    cast: Cast, case: Case, browser: Browsers
) -> None:
    with as_(cast.rosa):
        Participation.objects.filter(case=case, user=cast.pieter).update(ground="wpg_20")
    assert browser(cast.pieter).see("case-contributions", case.pk).context["form"]["ground"].value() == "wpg_20"
    assert browser(cast.wilma).see("case-contributions", case.pk).context["form"]["ground"].value() == GROUND
    sent = browser(cast.pieter).do("case-contributions", case.pk, **given(text=""))
    assert sent.context["form"]["ground"].value() == GROUND


def folds(answer: Any) -> dict[str, bool]:
    """Title of what is folded away, and whether it is open."""
    found = re.findall(r"<details( open)?>\s*<summary class=\"ct-folds__title\">(.+?) <span", words(answer))
    return {title: bool(opened) for opened, title in found}


def test_what_few_need_is_folded_away_until_it_holds_something_or_is_wrong(case: Case, wilma: Browser) -> None:
    closed = {"Bijlagen": False, "Datum en bron": False, "Voorwaarden": False}
    assert folds(wilma.see("case-contributions", case.pk)) == closed
    held = wilma.do("case-contributions", case.pk, **given(text="", ask_first="on"))
    assert folds(held) == closed | {"Voorwaarden": True}
    wrong = wilma.do("case-contributions", case.pk, **given(occurred_on="morgen"))
    assert folds(wrong) == closed | {"Datum en bron": True}


def test_chosen_needs_an_organisation_and_one_that_takes_part(cast: Cast, case: Case, wilma: Browser) -> None:
    answer = wilma.do("case-contributions", case.pk, **given(audience="chosen"))
    assert answer.status_code == 409
    assert "Kies met welke organisaties u dit deelt." in words(answer)
    assert "Wat ik inbreng." in words(answer)
    tampered = wilma.do("case-contributions", case.pk, **given(audience="chosen", recipients=[str(cast.outside.pk)]))
    assert tampered.status_code == 422


def test_what_the_profile_forbids_names_the_article_and_loses_nothing(
    cast: Cast, case: Case, browser: Browsers
) -> None:
    pieter = browser(cast.pieter)
    answer = pieter.do("case-contributions", case.pk, **given(category="politie", origin="Eigen systeem"))
    assert answer.status_code == 409
    assert "Wpg" in words(answer)
    assert 'value="Eigen systeem"' in words(answer)
    answer = pieter.do("case-contributions", case.pk, **given(category="politie", ground="wpg_19"))
    assert "het kenmerk van het besluit" in words(answer)
    allowed = given(category="politie", ground="wpg_19", decision_ref="Kenmerk-7")
    assert pieter.do("case-contributions", case.pk, **allowed).status_code == 302


def test_a_better_version_marks_the_old_one(cast: Cast, case: Case, wilma: Browser, browser: Browsers) -> None:
    contributed(case, cast.wilma, "Twee keer.")
    old = own(case, cast.wilma)
    form = words(wilma.see("case-correct", case.pk, old.pk))
    assert "Twee keer." in form
    assert wilma.do("case-correct", case.pk, old.pk, **given(text="")).status_code == 422
    assert wilma.do("case-correct", case.pk, old.pk, **given(text="Drie keer.")).status_code == 302
    page = words(browser(cast.pieter).see("case-contributions", case.pk))
    assert "Verbeterd: er is een nieuwere versie." in page
    assert page.index("Drie keer.") < page.index("Verbeterd")
    assert "Twee keer." not in words(browser(cast.pieter).see("case-detail", case.pk))
    again = wilma.do("case-correct", case.pk, old.pk, **given(text="Vier keer."))
    assert again.status_code == 409
    assert "Verbeter de nieuwste versie." in words(again)
    assert "Vier keer." in words(again)


def test_what_is_taken_back_is_gone_with_its_older_versions(
    cast: Cast, case: Case, wilma: Browser, browser: Browsers
) -> None:
    first, second = canary("eerste"), canary("tweede")
    contributed(case, cast.wilma, first)
    old = own(case, cast.wilma)
    wilma.do("case-correct", case.pk, old.pk, **given(text=second))
    new = own(case, cast.wilma)
    assert wilma.see("case-withdraw", case.pk, new.pk).status_code == 200
    assert wilma.do("case-withdraw", case.pk, new.pk).status_code == 302
    for person in EVERYBODY:
        for name in PAGES:
            page = words(browser(cast.people[person]).see(name, case.pk))
            assert second not in page, f"{person} on {name}"
            assert first not in page, f"{person} on {name}"
    with as_(cast.pieter) as (by, _):
        unlock([case.dossier_id], by=by)
        assert not visible(Contribution, by=by).filter(case=case).exists()
    assert wilma.do("case-withdraw", case.pk, new.pk).status_code == 409


def test_only_the_owner_corrects_shares_or_takes_back(cast: Cast, case: Case, browser: Browsers) -> None:
    contributed(case, cast.wilma, "Van ons.")
    row = own(case, cast.wilma)
    for person in ("pieter", "rosa"):
        other = browser(cast.people[person])
        for name in ("case-correct", "case-withdraw", "case-share-contribution"):
            assert other.see(name, case.pk, row.pk).status_code == 404
            assert other.do(name, case.pk, row.pk, **given()).status_code == 404
    assert browser(cast.wout).see("case-correct", case.pk, row.pk).status_code == 200


def test_the_owner_gives_it_to_one_more_organisation(cast: Cast, case: Case, wilma: Browser, browser: Browsers) -> None:
    contributed(case, cast.wilma, "Nu ook voor u.", audience=Audience.CHOSEN, recipients=(cast.politie.pk,))
    row = own(case, cast.wilma)
    assert wilma.do("case-share-contribution", case.pk, row.pk).status_code in (200, 422)
    shared = wilma.do("case-share-contribution", case.pk, row.pk, organisations=[str(cast.ggz.pk)])
    assert shared.status_code == 302
    assert "Nu ook voor u." in words(browser(cast.greet).see("case-contributions", case.pk))
