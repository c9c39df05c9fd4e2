"""Keeping somebody away: by who directs the case, and by the privacy officer, who knows only its number."""

from __future__ import annotations

import pytest

from casework.models import Case
from privacy.models import ExclusionReason
from tests.casework.conftest import Browsers, words
from tests.exclusion.conftest import keep_away, kept_away, mailed, main, no_mail_yet
from tests.world import Cast, invited

GIVEN = {"reason": ExclusionReason.NEIGHBOUR}
ADDRESSES = ("case-exclusions", "case-take-over", "case-exclusion-lift")


def test_the_regisseur_keeps_a_participant_away(cast: Cast, case: Case, browser: Browsers) -> None:
    rosa = browser(cast.rosa)
    assert "Niemand is uitgesloten" in words(rosa.see("case-exclusions", case.pk))
    no_mail_yet()
    assert rosa.do("case-exclusions", case.pk, user=cast.pieter.pk, **GIVEN).status_code == 302
    page = words(rosa.see("case-exclusions", case.pk))
    assert "Buren" in page
    assert "Rosa Proef" in page
    assert browser(cast.pieter).see("case-detail", case.pk).status_code == 404
    assert not mailed(cast.pieter)
    assert mailed(cast.rachid), "who directs too must know"


def test_somebody_without_access_is_found_by_name(cast: Cast, case: Case, browser: Browsers) -> None:
    rosa = browser(cast.rosa)
    assert "Victor Proef" not in words(rosa.see("case-exclusions", case.pk))
    assert "Victor Proef" in words(rosa.see("case-exclusions", case.pk, naam="victor"))
    assert "Otto Proef" not in words(rosa.see("case-exclusions", case.pk, naam="otto")), "no covenant: never reaches it"
    assert "Niemand gevonden" in words(rosa.see("case-exclusions", case.pk, naam="zzzz"))
    sent = rosa.client.post(f"/casussen/{case.pk}/uitsluiten/?naam=victor", {"user": cast.victor.pk, **GIVEN})
    assert sent.status_code == 302
    assert kept_away(case) == {cast.victor.pk}


def test_mistakes_come_back_with_what_was_chosen(cast: Cast, case: Case, browser: Browsers) -> None:
    rosa = browser(cast.rosa)
    answer = rosa.do("case-exclusions", case.pk, user=cast.pieter.pk)
    assert answer.status_code == 422
    assert f'value="{cast.pieter.pk}" selected' in words(answer)
    assert rosa.do("case-exclusions", case.pk, user=cast.rosa.pk, **GIVEN).status_code == 422, "never oneself"
    assert kept_away(case) == set()


def test_who_is_kept_away_cannot_be_invited_and_the_regisseur_hears_why(
    cast: Cast, case: Case, browser: Browsers
) -> None:
    keep_away(case, cast.greet, by=cast.rosa)
    rosa = browser(cast.rosa)
    answer = rosa.do("case-sharing", case.pk, user=cast.greet.pk, ground="avg_6_1_e")
    assert answer.status_code == 409
    assert "is uitgesloten van deze casus" in words(answer)


def test_lifting_asks_first_and_then_gives_back(cast: Cast, case: Case, browser: Browsers) -> None:
    keep_away(case, cast.pieter, by=cast.rosa)
    rosa = browser(cast.rosa)
    (row,) = rosa.see("case-exclusions", case.pk).context["rows"]
    assert "Hef de uitsluiting van Pieter Proef op" in words(rosa.see("case-exclusion-lift", case.pk, row.pk))
    assert browser(cast.pieter).see("case-detail", case.pk).status_code == 404
    assert rosa.do("case-exclusion-lift", case.pk, row.pk).status_code == 302
    assert browser(cast.pieter).see("case-detail", case.pk).status_code == 200
    assert rosa.do("case-exclusion-lift", case.pk, row.pk).status_code == 404, "twice is once"


@pytest.mark.parametrize("person", ["pieter", "wilma", "greet", "victor", "rachid"])
def test_nobody_else_sees_or_sets_or_lifts_anything(person: str, cast: Cast, case: Case, browser: Browsers) -> None:
    keep_away(case, cast.rachid, by=cast.rosa)
    (row,) = browser(cast.rosa).see("case-exclusions", case.pk).context["rows"]
    other = browser(cast.people[person])
    for name in ADDRESSES:
        arguments = (case.pk, row.pk) if name == "case-exclusion-lift" else (case.pk,)
        assert other.see(name, *arguments).status_code in (403, 404, 405)
        assert other.do(name, *arguments, user=cast.wilma.pk, **GIVEN).status_code in (403, 404)
    assert kept_away(case) == {cast.rachid.pk}


def test_the_privacy_officer_keeps_somebody_away_by_number_and_learns_nothing_else(
    cast: Cast, case: Case, browser: Browsers
) -> None:
    fatima, number = browser(cast.fatima), case.dossier.reference
    page = words(fatima.see("privacy-exclusions", number))
    assert "Pieter" not in page, "not even who takes part"
    assert "Pieter Proef" in words(fatima.see("privacy-exclusions", number, naam="pieter"))
    sent = fatima.client.post(f"/privacy/uitsluiten/{number}/?naam=pieter", {"user": cast.pieter.pk, **GIVEN})
    assert sent.status_code == 302
    page = words(fatima.see("privacy-exclusions", number))
    assert "Pieter Proef" in page
    assert "Fam. V." not in page
    assert browser(cast.pieter).see("case-detail", case.pk).status_code == 404
    (row,) = fatima.see("privacy-exclusions", number).context["rows"]
    assert fatima.see("privacy-exclusion-lift", number, row.pk).status_code == 200
    assert fatima.do("privacy-exclusion-lift", number, row.pk).status_code == 302
    assert browser(cast.pieter).see("case-detail", case.pk).status_code == 200


def test_a_privacy_officer_who_is_kept_away_gets_the_page_of_an_unknown_number(
    cast: Cast, case: Case, browser: Browsers
) -> None:
    fatima = browser(cast.fatima)
    assert fatima.see("privacy-exclusions", case.dossier.reference).status_code == 200
    keep_away(case, cast.pieter, by=cast.rosa)
    keep_away(case, cast.fatima, by=cast.rosa)
    there = fatima.see("privacy-exclusions", case.dossier.reference)
    nowhere = fatima.see("privacy-exclusions", "2026-ZZZZZ")
    assert there.status_code == nowhere.status_code == 404
    assert main(there) == main(nowhere)


def test_the_last_regisseur_is_not_taken_away_by_the_privacy_officer(cast: Cast, case: Case, browser: Browsers) -> None:
    keep_away(case, cast.rachid, by=cast.rosa)
    fatima = browser(cast.fatima)
    number = case.dossier.reference
    sent = fatima.client.post(f"/privacy/uitsluiten/{number}/?naam=rosa", {"user": cast.rosa.pk, **GIVEN})
    assert sent.status_code == 409
    assert "tweede procesregisseur" in words(sent)


def test_a_casusregisseur_who_is_kept_away_is_not_named_again(cast: Cast, case: Case, browser: Browsers) -> None:
    invited(case, cast.rosa, cast.carla)
    keep_away(case, cast.carla, by=cast.rosa)
    answer = browser(cast.rosa).do("case-assign", case.pk, user=cast.carla.pk)
    assert answer.status_code == 409
    assert "uitgesloten" in words(answer)
