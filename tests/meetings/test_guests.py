"""An occasional third party at an item: signed first, and one sheet that holds nothing of the case besides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from casework.models import AgendaItem, Attendance, Guest, SubjectKind
from casework.services import cases
from casework.services.meetings import guests
from casework.services.meetings.guests import GuestInput
from casework.values import CaseSubjectInput
from partners.models import User
from privacy.errors import Refused
from tests.conftest import Log
from tests.meetings.scene import a_guest, a_meeting, an_item, asked, brings, closed, leading, published
from tests.pdf import text_of_pdf
from tests.world import Cast, a_case, a_signal, as_, contributed, invited

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
SIGNED = date(2026, 11, 2)


@pytest.fixture
def item(cast: Cast) -> AgendaItem:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name="Fam. Geheim")
    invited(case, cast.rosa, cast.pieter)
    meeting = a_meeting(cast.overlast, cast.rosa)
    made = an_item(meeting, case, cast.rosa, cast.pieter, goal="Gaat Kim weer naar school?")
    published(meeting, cast.rosa, case)
    return made


def sheet(login: Login, person: User, guest: Guest) -> str:
    answer = login(person).get(f"/overleg/gast/{guest.pk}/blad/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return " ".join(text_of_pdf(bytes(answer.content)).split())


def test_without_a_signed_statement_there_is_no_sheet(cast: Cast, item: AgendaItem, login: Login) -> None:
    guest = a_guest(item, cast.rosa)
    refused = login(cast.rosa).get(f"/overleg/gast/{guest.pk}/blad/")
    assert refused.status_code == 403
    assert "artikel 2.21" in refused.content.decode()
    assert "blad.pdf" not in login(cast.rosa).get(f"/overleg/punt/{item.pk}/gasten/").content.decode()


def test_the_sheet_holds_goal_question_and_agreements_and_nothing_of_the_case(
    cast: Cast, item: AgendaItem, login: Login, log: Log
) -> None:
    with leading(cast.rosa, item.case) as by:
        subject = CaseSubjectInput(SubjectKind.PERSON, "Piet Voorbeeld", bsn="999990019")
        cases.add_subject(item.case, subject, by=by)
    contributed(item.case, cast.pieter, "Inbreng van de politie.")
    asked(item, cast.rosa, "Hoe vaak reed u langs?", cast.politie)
    brings(cast.pieter, item, "Antwoord van de politie.")
    guest = a_guest(
        item, cast.rosa, signed_on=SIGNED, question="Hoe vaak was Kim er?", agreements="U belt ons maandag.",
        why="Kent het kind goed.",
    )  # fmt: skip
    text = sheet(login, cast.rosa, guest)
    for shown in (
        "Gast Proef", "School Proef", "Gaat Kim weer naar school?", "Hoe vaak was Kim er?", "U belt ons maandag.",
        "2 november 2026",
    ):  # fmt: skip
        assert shown in text
    for hidden in (
        "Fam. Geheim", item.case.dossier.reference, "99999", "Piet", "politie", "Hoe vaak reed u langs", "Pieter",
        "Kent het kind", "Overlast en zorgen", "Lindelaan",
    ):  # fmt: skip
        assert hidden.lower() not in text.lower()
    assert [entry for entry in log.looks(event="export") if entry.object_pk == str(guest.pk)]


def test_only_who_leads_notes_guests_and_prints_sheets(cast: Cast, item: AgendaItem, login: Login) -> None:
    guest = a_guest(item, cast.rosa, signed_on=SIGNED)
    pages = [f"/overleg/punt/{item.pk}/gasten/", f"/overleg/gast/{guest.pk}/", f"/overleg/gast/{guest.pk}/blad/"]
    for person, status in ((cast.pieter, 403), (cast.wilma, 403), (cast.bram, 403), (cast.victor, 404)):
        assert [login(person).get(page).status_code for page in pages] == [status] * 3
    assert [login(cast.rachid).get(page).status_code for page in pages] == [200] * 3
    with pytest.raises(Refused):
        a_guest(item, cast.pieter)


def test_a_guest_is_noted_signed_and_taken_off(cast: Cast, item: AgendaItem, login: Login) -> None:
    rosa = login(cast.rosa)
    here = f"/overleg/punt/{item.pk}/gasten/"
    noted = {"name": "Gast Proef", "organisation": "School", "why": "Kent het kind."}
    assert rosa.post(here, {"name": "Gast"}).status_code == 422
    assert rosa.post(here, noted | {"signed_on": "1-1-2099"}).status_code == 422
    assert rosa.post(here, noted).status_code == 302
    with as_(cast.rosa):
        guest = Guest.objects.get()
    assert rosa.post(f"/overleg/gast/{guest.pk}/", noted | {"signed_on": "2-11-2026", "seen": 1}).status_code == 302
    assert rosa.get(f"/overleg/gast/{guest.pk}/blad/").status_code == 200
    assert rosa.post(f"/overleg/gast/{guest.pk}/weg/").status_code == 302
    assert rosa.post(f"/overleg/gast/{guest.pk}/weg/").status_code == 404
    with as_(cast.rosa):
        assert not Guest.objects.exists()


def test_who_was_noted_as_present_stays(cast: Cast, item: AgendaItem) -> None:
    guest = a_guest(item, cast.rosa, signed_on=SIGNED)
    with leading(cast.rosa, item.case) as by:
        here = Attendance(dossier=item.dossier, compartment_id=item.record_id, item=item, guest=guest, present=True)
        here.noted_by_id = by.user_id
        here.save(force_insert=True)
        with pytest.raises(Refused, match="genoteerd"):
            guests.remove(guest, by=by)


def test_a_closed_item_takes_no_guests(cast: Cast, item: AgendaItem, login: Login) -> None:
    guest = a_guest(item, cast.rosa)
    closed(item, cast.rosa)
    with leading(cast.rosa, item.case) as by, pytest.raises(Refused, match="gesloten"):
        guests.change(guest, GuestInput("Ander", "School", "Nodig."), seen=guest.version, by=by)
    answer = login(cast.rosa).post(
        f"/overleg/punt/{item.pk}/gasten/", {"name": "Ander", "organisation": "School", "why": "Nodig omdat."}
    )
    assert answer.status_code == 409
    assert "Nodig omdat." in answer.content.decode()


def test_what_is_typed_on_the_sheet_is_never_source(cast: Cast, item: AgendaItem, login: Login) -> None:
    guest = a_guest(item, cast.rosa, signed_on=SIGNED, question='#read("gezin.typ") *vet* = Kop')
    assert '#read("gezin.typ") *vet* = Kop' in sheet(login, cast.rosa, guest)


def test_who_sits_at_the_item_reads_who_comes_and_a_guest_of_another_item_is_not_there(
    cast: Cast, item: AgendaItem, login: Login
) -> None:
    other = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    elsewhere = an_item(item.meeting, other, cast.rosa, cast.wilma)
    a_guest(elsewhere, cast.rosa, name="Elders Proef")
    a_guest(item, cast.rosa)
    text = login(cast.pieter).get(f"/overleg/punt/{item.pk}/").content.decode()
    assert "Gast Proef" in text
    assert "Elders Proef" not in text
    with as_(cast.pieter):
        assert Guest.objects.count() == 1
