"""Screening and training: noted by another, never changed, told to who must act; a bar only if the profile says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.accounting import people as proofs
from partners.accounting.people import Standing, judged, years_later
from partners.models import PersonProof, ProofKind, User
from partners.profile_files import People
from partners.services.accounting import note_proof
from partners.services.seats import seat
from partners.todo import todo
from privacy.errors import Refused
from privacy.roles import Role
from tests.world import Cast, as_

Login = Callable[[User], Client]
TERMS = People(screening_years=5, training_years=1)
DAY = date(2026, 3, 1)


def noted(cast: Cast, name: str, *kinds: ProofKind, held_on: date | None = None) -> None:
    today = timezone.localdate()
    for kind in kinds or tuple(ProofKind):
        with as_(cast.beheer) as (by, _):
            note_proof(cast.people[name], kind, held_on or today, today=today, now=timezone.now(), by=by)


def test_a_training_counts_a_year_and_a_screening_five() -> None:
    assert judged(ProofKind.PRIVACY, DAY, TERMS, date(2027, 2, 28)).standing == Standing.SOON
    assert judged(ProofKind.PRIVACY, DAY, TERMS, date(2027, 3, 1)).standing == Standing.OVER
    assert judged(ProofKind.SCREENING, DAY, TERMS, date(2031, 1, 15)).standing == Standing.SOON
    assert judged(ProofKind.SCREENING, DAY, TERMS, date(2026, 12, 1)).standing == Standing.OK
    assert judged(ProofKind.ETHICS, None, TERMS, DAY).standing == Standing.MISSING


def test_a_leap_day_is_no_trap() -> None:
    assert years_later(date(2028, 2, 29), 1) == date(2029, 2, 28)


def test_who_works_under_several_profiles_has_the_shortest_terms() -> None:
    assert proofs.strictest([People(5, 2), People(3, 4, refuses=True)]) == People(3, 2, refuses=True)


def test_a_correction_is_a_new_row_that_counts(cast: Cast) -> None:
    noted(cast, "wilma", ProofKind.SCREENING, held_on=date(2026, 2, 1))
    noted(cast, "wilma", ProofKind.SCREENING, held_on=date(2025, 2, 1))
    with as_(cast.beheer):
        (person,) = proofs.people([cast.wilma], timezone.now())
        assert PersonProof.objects.filter(user=cast.wilma).count() == 2
    assert person.proofs[0].held_on == date(2025, 2, 1)
    assert person.secrecy[0].on is not None


def test_the_same_twice_says_so_and_does_nothing(cast: Cast) -> None:
    noted(cast, "wilma", ProofKind.WORK)
    with pytest.raises(Refused, match="staat er al"):
        noted(cast, "wilma", ProofKind.WORK)


def test_nobody_notes_own_dates_nor_a_day_to_come(cast: Cast) -> None:
    with pytest.raises(Refused, match="andere beheerder"):
        noted(cast, "beheer", ProofKind.WORK)
    with pytest.raises(Refused, match="moet nog komen"):
        noted(cast, "wilma", ProofKind.WORK, held_on=timezone.localdate() + timedelta(days=1))


def _row(cast: Cast, user: User, by: User) -> PersonProof:
    return PersonProof(user=user, kind="work", held_on=timezone.localdate(), noted_by=by.pk)


def test_the_database_holds_four_eyes_and_who_notes(cast: Cast) -> None:
    with as_(cast.beheer), pytest.raises(IntegrityError), transaction.atomic():
        _row(cast, cast.beheer, cast.beheer).save(force_insert=True)
    with as_(cast.beheer), pytest.raises(ProgrammingError), transaction.atomic():
        _row(cast, cast.wilma, cast.rosa).save(force_insert=True)
    for name in ("fatima", "cor", "rosa", "wilma"):
        with as_(cast.people[name]), pytest.raises(ProgrammingError), transaction.atomic():
            _row(cast, cast.petra, cast.people[name]).save(force_insert=True)


def test_what_was_noted_is_never_changed_and_read_by_beheerder_and_oneself(cast: Cast) -> None:
    noted(cast, "wilma", ProofKind.WORK)
    with as_(cast.beheer), pytest.raises(ProgrammingError), transaction.atomic():
        PersonProof.objects.update(held_on=DAY)
    with as_(cast.beheer), pytest.raises(ProgrammingError), transaction.atomic():
        PersonProof.objects.all().delete()
    for name, reads in {"beheer": 1, "wilma": 1, "wout": 0, "fatima": 0, "rosa": 0}.items():
        with as_(cast.people[name]):
            assert PersonProof.objects.count() == reads, name


def test_the_beheerder_notes_a_date_on_the_persons_page(cast: Cast, login: Login, log) -> None:
    client, url = login(cast.beheer), reverse("person-proof", args=[cast.wilma.pk])
    assert client.post(url, {"kind": "screening", "held_on": "31-02-2026"}).status_code == 422
    assert client.post(url, {"kind": "screening", "held_on": "1-3-2026"}).status_code == 302
    assert "1 maart 2026" in client.get(url).content.decode()
    assert client.post(url, {"kind": "screening", "held_on": "1-3-2026"}).status_code == 409
    assert [entry.changes for entry in log.changes(event="person.proof_noted")] == [["screening"]]
    assert (
        reverse("person-proof", args=[cast.wilma.pk])
        in client.get(reverse("person-edit", args=[cast.wilma.pk])).content.decode()
    )


def test_the_table_shows_who_lacks_something_and_who_soon_will(cast: Cast, login: Login) -> None:
    noted(cast, "wilma")
    noted(cast, "pieter", held_on=timezone.localdate() - timedelta(days=340))
    client = login(cast.beheer)
    lacking = client.get(reverse("proof-list"), {"stand": "ontbreekt"}).content.decode()
    soon = client.get(reverse("proof-list"), {"stand": "loopt-af"}).content.decode()
    everybody = client.get(reverse("proof-list"), {"stand": "x"}).content.decode()
    assert "Wilma Proef" not in lacking
    assert "Petra Proef" in lacking
    assert "Pieter Proef" in soon
    assert "Petra Proef" not in soon
    assert all(f"{name} Proef" in everybody for name in ("Wilma", "Pieter", "Petra", "Fatima"))
    assert "Otto Proef" not in everybody


def test_only_the_beheerder_opens_these_pages(cast: Cast, login: Login) -> None:
    for name in ("fatima", "cor", "conny", "rosa", "wilma"):
        client = login(cast.people[name])
        for url in (reverse("proof-list"), reverse("person-proof", args=[cast.wilma.pk])):
            assert client.get(url).status_code == 403, name


def test_the_person_reads_on_the_own_home_what_is_missing(cast: Cast, login: Login) -> None:
    assert "Uw screening en training" in login(cast.wilma).get(reverse("home")).content.decode()
    noted(cast, "wilma")
    assert "Uw screening en training" not in login(cast.wilma).get(reverse("home")).content.decode()
    assert "Uw screening en training" not in login(cast.otto).get(reverse("home")).content.decode()


def test_the_beheerder_is_told_how_many_lack_something(cast: Cast) -> None:
    with as_(cast.beheer):
        lines = [line for line in todo(timezone.now()) if line.url_name == "proof-list"]
    assert [line.what for line in lines] == ["Screening of training ontbreekt"]


def test_a_profile_may_refuse_a_seat_to_who_lacks_something(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def seated() -> None:
        with as_(cast.beheer) as (by, _):
            seat(cast.jeugd, cast.wilma, Role.PROFESSIONAL, now=timezone.now(), by=by)

    strict = People(refuses=True)
    with as_(cast.beheer):
        assert proofs.refusal(cast.wilma, TERMS, timezone.localdate()) == ""
        assert "screening (vog)" in proofs.refusal(cast.wilma, strict, timezone.localdate())
    monkeypatch.setattr("partners.services.seats.refusal", lambda user, _, today: proofs.refusal(user, strict, today))
    with pytest.raises(Refused, match="ontbreekt of verliep"):
        seated()
    noted(cast, "wilma")
    seated()
