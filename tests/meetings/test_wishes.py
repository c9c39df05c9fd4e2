"""A partner asks to discuss its case; who directs puts it on the agenda, or says why not now."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import AgendaItem, AgendaWish, Case, Why
from casework.queries.meetings.asking import wishes_waiting
from casework.services.meetings import wishes
from partners.models import User
from privacy.access import visible
from privacy.errors import Refused
from privacy.models import Job
from tests.meetings.scene import a_meeting, an_item, leading, wished
from tests.world import Cast, a_case, a_signal, as_, invited

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
REASON = "Het escaleert sinds vorige week."


@pytest.fixture
def case(cast: Cast) -> Case:
    made = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(made, cast.rosa, cast.pieter, cast.petra, cast.wilma)
    return made


def test_a_wish_is_read_by_the_own_organisation_and_the_regie(cast: Cast, case: Case) -> None:
    a_meeting(cast.overlast, cast.rosa)
    wish = wished(cast.pieter, case, REASON)

    def reads(person: User) -> bool:
        with as_(person) as (by, _):
            return visible(AgendaWish, by=by).filter(pk=wish.pk).exists()

    assert [reads(p) for p in (cast.pieter, cast.petra, cast.rosa, cast.rachid)] == [True] * 4
    assert [reads(p) for p in (cast.wilma, cast.greet, cast.victor, cast.bram)] == [False] * 4


def test_it_waits_on_the_home_page_of_who_directs(cast: Cast, case: Case, login: Login) -> None:
    a_meeting(cast.overlast, cast.rosa)
    wish = wished(cast.pieter, case, REASON)
    text = login(cast.rachid).get("/").content.decode()
    assert f"/overleg/verzoek/{wish.pk}/" in text
    assert REASON not in text
    assert str(wish.pk) not in login(cast.petra).get("/").content.decode()


def test_once_at_a_time_per_organisation(cast: Cast, case: Case) -> None:
    a_meeting(cast.overlast, cast.rosa)
    wish = wished(cast.pieter, case, REASON)
    with pytest.raises(Refused, match="vroeg dit al"):
        wished(cast.petra, case, REASON)
    wished(cast.wilma, case, "Ook wij willen dit bespreken.")
    with leading(cast.rosa, case) as by:
        wishes.decline(wish, "Volgende maand.", now=timezone.now(), by=by)
    wished(cast.petra, case, REASON)


def test_until_the_agenda_closes(cast: Cast, case: Case, login: Login) -> None:
    with pytest.raises(Refused, match="nog geen overleg gepland"):
        wished(cast.pieter, case, REASON)
    a_meeting(cast.overlast, cast.rosa, in_days=1, cutoff_at=timezone.now())
    with pytest.raises(Refused, match="gesloten"):
        wished(cast.pieter, case, REASON)
    answer = login(cast.pieter).post(f"/overleg/casus/{case.pk}/bespreken/", {"reason": REASON})
    assert answer.status_code == 409
    assert REASON in answer.content.decode()


def test_granted_it_stands_on_the_agenda_because_it_was_asked(cast: Cast, case: Case, login: Login) -> None:
    meeting = a_meeting(cast.overlast, cast.rosa)
    wish = wished(cast.pieter, case, REASON)
    here = f"/overleg/verzoek/{wish.pk}/"
    rosa = login(cast.rosa)
    assert REASON in rosa.get(here).content.decode()
    assert rosa.post(here, {"says": "ja"}).status_code == 422
    sent = {"says": "ja", "meeting": str(meeting.pk), "goal": "Wat nu?"}
    assert rosa.post(here, sent).status_code == 302
    again = rosa.post(here, {"says": "nee", "answer": "Toch maar niet."})
    assert again.status_code == 409
    assert "Toch maar niet." in again.content.decode()
    with leading(cast.rosa, case):
        item = AgendaItem.objects.get(case=case)
        assert item.why == Why.ASKED
        assert item.published_at is None
        assert {seat.user.name for seat in item.seats.all()} == {"Pieter Proef", "Petra Proef", "Wilma Proef"}
    assert "Staat op de agenda" in login(cast.petra).get(f"/overleg/casus/{case.pk}/bespreken/").content.decode()


def test_granting_what_stands_on_the_agenda_already_only_answers(cast: Cast, case: Case) -> None:
    meeting = a_meeting(cast.overlast, cast.rosa)
    wish = wished(cast.pieter, case, REASON)
    item = an_item(meeting, case, cast.rachid)
    with leading(cast.rosa, case) as by:
        given = wishes.as_asked(wish, "", 15, now=timezone.now())
        assert wishes.grant(wish, meeting, given, now=timezone.now(), by=by).pk == item.pk


def test_why_not_is_read_by_who_asked_and_nobody_else(cast: Cast, case: Case, login: Login) -> None:
    a_meeting(cast.overlast, cast.rosa)
    wish = wished(cast.pieter, case, REASON)
    here = f"/overleg/verzoek/{wish.pk}/"
    assert login(cast.rosa).post(here, {"says": "nee"}).status_code == 422
    assert login(cast.rosa).post(here, {"says": "nee", "answer": "Eerst de school bellen."}).status_code == 302
    page = f"/overleg/casus/{case.pk}/bespreken/"
    assert "Eerst de school bellen." in login(cast.pieter).get(page).content.decode()
    assert "Eerst de school bellen." not in login(cast.wilma).get(page).content.decode()


def test_only_participants_ask_and_only_who_directs_answers(cast: Cast, case: Case, login: Login) -> None:
    a_meeting(cast.overlast, cast.rosa)
    page = f"/overleg/casus/{case.pk}/bespreken/"
    assert login(cast.greet).get(page).status_code == 404
    assert login(cast.victor).get(page).status_code == 404
    assert login(cast.rosa).get(page).status_code == 403
    wish = wished(cast.pieter, case, REASON)
    here = f"/overleg/verzoek/{wish.pk}/"
    for person, status in ((cast.pieter, 403), (cast.wilma, 403), (cast.victor, 404)):
        assert login(person).post(here, {"says": "ja"}).status_code == status
    with pytest.raises(Refused), as_(cast.pieter) as (by, _):
        wishes.decline(wish, "Nee.", now=timezone.now(), by=by)


def test_each_side_gets_one_mail(cast: Cast, case: Case) -> None:
    a_meeting(cast.overlast, cast.rosa)
    with as_(cast.rosa):
        Job.objects.all().delete()
    wish = wished(cast.pieter, case, REASON)
    with as_(cast.rosa) as (by, _):
        assert {job.subject_id for job in Job.objects.all()} == {cast.rosa.pk, cast.rachid.pk}
        assert len(wishes_waiting(by=by)) == 1
    with leading(cast.rosa, case) as by:
        wishes.decline(wish, "Volgende maand.", now=timezone.now(), by=by)
        assert Job.objects.filter(subject_id=cast.pieter.pk).count() == 1
        assert wishes_waiting(by=by) == []


def test_a_wish_of_who_takes_part_unseen_tells_nobody_that_a_partner_asked(cast: Cast, case: Case) -> None:
    meeting = a_meeting(cast.overlast, cast.rosa)
    invited(case, cast.rosa, cast.greet, hidden=True)
    wish = wished(cast.greet, case, REASON)
    with leading(cast.rosa, case) as by:
        given = wishes.as_asked(wish, "", 15, now=timezone.now())
        item = wishes.grant(wish, meeting, given, now=timezone.now(), by=by)
        assert item.why == Why.OTHER
        assert cast.greet.pk not in {seat.user_id for seat in item.seats.all()}
