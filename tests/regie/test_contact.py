"""The family's contact person: every partner in the case sees who it is; who works on the whole says so."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from casework.models import Case, Household, Participation
from casework.services import handing, participants, regie
from privacy.errors import Refused
from privacy.unlock import unlock
from tests.casework.conftest import Browsers, words
from tests.regie.conftest import accepted, offered
from tests.world import Cast, as_, invited

PARTNERS = ["rosa", "rachid", "carla", "wilma", "pieter", "greet"]


def seen_by_all(cast: Cast, case: Case, household: Household, browser: Browsers, name: str) -> None:
    for person in PARTNERS:
        page = browser(cast.people[person])
        assert f"Contactpersoon: {name}" in words(page.see("case-detail", case.pk))
        assert name in words(page.see("household-regie", household.pk)).split("Contactpersoon voor het gezin")[1][:80]


def test_it_is_the_casusregisseur_unless_somebody_else_was_chosen(
    cast: Cast, case: Case, household: Household, browser: Browsers
) -> None:
    seen_by_all(cast, case, household, browser, "Carla Proef")
    answer = browser(cast.carla).do("household-contact-person", household.pk, contact=str(cast.wilma.pk))
    assert answer.status_code == 302
    seen_by_all(cast, case, household, browser, "Wilma Proef")
    browser(cast.rosa).do("household-contact-person", household.pk, contact="")
    seen_by_all(cast, case, household, browser, "Carla Proef")


def test_it_follows_the_regie(cast: Cast, case: Case, household: Household, browser: Browsers) -> None:
    accepted(offered(household, cast.carla, cast.pieter), cast.pieter)
    seen_by_all(cast, case, household, browser, "Pieter Proef")


def test_who_leaves_is_no_contact_any_more(cast: Cast, case: Case, household: Household, browser: Browsers) -> None:
    browser(cast.carla).do("household-contact-person", household.pk, contact=str(cast.wilma.pk))
    with as_(cast.rosa) as (by, _):
        there = Participation.objects.select_related("case__dossier", "dossier").get(case=case, user=cast.wilma)
        participants.end_participation(there, now=timezone.now(), by=by)
    assert "Contactpersoon: Carla Proef" in words(browser(cast.pieter).see("case-detail", case.pk))


def test_while_nobody_is_there_it_says_so(cast: Cast, case: Case, household: Household, browser: Browsers) -> None:
    with as_(cast.rosa) as (by, _):
        regie.absent(household, None, now=timezone.now(), by=by)
    assert "Contactpersoon: nu niemand" in words(browser(cast.pieter).see("case-detail", case.pk))


@pytest.mark.parametrize("person", ["wilma", "pieter"])
def test_a_partner_does_not_choose(cast: Cast, household: Household, browser: Browsers, person: str) -> None:
    answer = browser(cast.people[person]).do(
        "household-contact-person", household.pk, contact=str(cast.people[person].pk)
    )
    assert answer.status_code == 403
    with as_(cast.people[person]) as (by, _), pytest.raises(DatabaseError, match="works on the whole"):
        with transaction.atomic():
            handing.name_contact(household, cast.people[person].pk, by=by)


@pytest.mark.parametrize("whom", ["wout", "victor", "otto"])
def test_who_takes_no_part_is_nobody_s_contact(cast: Cast, household: Household, whom: str) -> None:
    with as_(cast.carla) as (by, _), pytest.raises(Refused, match="mogen weten"):
        unlock([household.dossier_id], by=by)
        handing.name_contact(household, cast.people[whom].pk, by=by)


def test_who_takes_part_unseen_is_nobody_s_contact(cast: Cast, case: Case, household: Household) -> None:
    invited(case, cast.rosa, cast.petra, hidden=True)
    with as_(cast.rosa) as (by, _), pytest.raises(Refused, match="mogen weten"):
        handing.name_contact(household, cast.petra.pk, by=by)
