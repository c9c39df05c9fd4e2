"""The regie of the process of a case goes from one procesregisseur of the table to another, by word of the second."""

from __future__ import annotations

import pytest
from django.utils import timezone

from casework.models import Case, Handover, RegieAssignment, RegieKind
from casework.services import exclusions, handing
from partners.models import Seat, User
from partners.services.seats import seat
from privacy.access import visible
from privacy.errors import Refused
from privacy.models import ExclusionReason
from privacy.roles import Role
from privacy.unlock import unlock
from tests.casework.conftest import Browsers, words
from tests.regie.conftest import Told, without_gap
from tests.world import Cast, as_


def passes_on(case: Case, by: User, to: User) -> Handover:
    with as_(by) as (actor, _):
        unlock([case.dossier_id], by=actor)
        return handing.offer_process(case, to, "Ik heb te veel casussen.", now=timezone.now(), by=actor)


def history(case: Case, reader: User) -> list[RegieAssignment]:
    with as_(reader):
        return list(RegieAssignment.objects.filter(case=case, kind=RegieKind.PROCESS).order_by("since"))


def test_a_colleague_takes_it_and_everybody_in_the_case_sees_who_had_it_when(
    cast: Cast, case: Case, told: Told, browser: Browsers
) -> None:
    answer = browser(cast.rosa).do("case-hand-over", case.pk, to=str(cast.rachid.pk), reason="Ik ga weg.")
    assert answer.status_code == 302
    assert "rachid" in told()
    assert [row.user for row in history(case, cast.rosa)] == [cast.rosa]
    rachid = browser(cast.rachid)
    assert "Overdracht aan u" in words(rachid.see("home"))
    with as_(cast.rachid) as (by, _):
        offer = visible(Handover, by=by).get()
    assert "Ik ga weg." in words(rachid.see("case-handover", case.pk, offer.pk))
    assert rachid.do("case-handover", case.pk, offer.pk).status_code == 302
    rows = history(case, cast.rosa)
    assert [row.user for row in rows] == [cast.rosa, cast.rachid]
    assert without_gap(rows)
    page = words(browser(cast.wilma).see("case-regie", case.pk))
    assert "Rosa Proef" in page
    assert "Rachid Proef" in page
    assert "Ik ga weg." not in page


def test_a_second_time_says_that_it_is_gone(cast: Cast, case: Case, browser: Browsers) -> None:
    offer = passes_on(case, cast.rosa, cast.rachid)
    rachid = browser(cast.rachid)
    rachid.do("case-handover", case.pk, offer.pk)
    again = rachid.do("case-handover", case.pk, offer.pk)
    assert again.status_code == 409
    assert "is er niet meer" in words(again)
    assert len(history(case, cast.rosa)) == 2


def test_who_says_no_says_why_and_it_can_be_taken_back(cast: Cast, case: Case, browser: Browsers) -> None:
    offer = passes_on(case, cast.rosa, cast.rachid)
    rachid, rosa = browser(cast.rachid), browser(cast.rosa)
    assert rachid.do("case-handover-no", case.pk, offer.pk).status_code == 422
    assert rachid.do("case-handover-no", case.pk, offer.pk, answer="Ik ben met verlof.").status_code == 302
    assert "Ik ben met verlof." in words(rosa.see("case-regie", case.pk))
    second = passes_on(case, cast.rosa, cast.rachid)
    assert rosa.do("case-handover-back", case.pk, second.pk).status_code == 302
    assert rachid.do("case-handover", case.pk, second.pk).status_code == 409
    assert len(history(case, cast.rosa)) == 1


@pytest.mark.parametrize("whom", ["rosa", "victor", "wilma", "bram", "otto"])
def test_it_goes_to_another_procesregisseur_of_the_table_and_nobody_else(cast: Cast, case: Case, whom: str) -> None:
    with pytest.raises(Refused):
        passes_on(case, cast.rosa, cast.people[whom])


def test_it_does_not_go_to_who_is_excluded(cast: Cast, case: Case) -> None:
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(case.dossier_id, cast.rachid, ExclusionReason.FRIEND, by=by)
    with pytest.raises(Refused, match="andere procesregisseur"):
        passes_on(case, cast.rosa, cast.rachid)


def test_nobody_takes_what_was_offered_to_a_colleague(cast: Cast, case: Case, browser: Browsers) -> None:
    offer = passes_on(case, cast.rachid, cast.rachid)
    answer = browser(cast.rosa).do("case-handover", case.pk, offer.pk)
    assert answer.status_code == 409
    assert "niet aan u gedaan" in words(answer)


def seated(cast: Cast, person: User) -> Seat:
    with as_(cast.beheer) as (by, _):
        return seat(cast.overlast, person, Role.PROCESREGISSEUR, now=timezone.now(), by=by)


def test_the_profile_says_whose_people_direct(cast: Cast) -> None:
    for person in (cast.wilma, cast.pieter, cast.greet):
        with pytest.raises(Refused, match="wordt niemand van"):
            seated(cast, person)
    assert seated(cast, cast.bram).role == Role.PROCESREGISSEUR


def test_a_casusregisseur_at_the_table_gets_no_seat_to_direct_and_the_beheerder_learns_a_number(
    cast: Cast, case: Case, household: object
) -> None:
    with pytest.raises(Refused, match="casusregisseur van 1 dossier aan deze tafel") as refused:
        seated(cast, cast.carla)
    assert case.dossier.reference not in str(refused.value)
