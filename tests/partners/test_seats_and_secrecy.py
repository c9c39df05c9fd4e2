"""A seat gives access from its first day to its last, after signing for secrecy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Case, Contribution, Signal
from partners.models import Seat, SecrecyStatement, User
from privacy import access, grants
from privacy.roles import Role, Verb
from tests.world import Cast, a_case, a_signal, actor, as_, contributed, invited


def _reads(user: User, signal: Signal) -> bool:
    with as_(user) as (by, _):
        return access.visible(Signal, by=by).filter(pk=signal.pk).exists()


def _give(beheerder: Client, cast: Cast, user: User, role: Role, **more: str) -> None:
    url = reverse("seat-new", args=[cast.overlast.pk])
    response = beheerder.post(url, {"user": user.pk, "role": role.value} | more)
    assert response.status_code == 302, response.context["form"].errors


def test_a_new_regisseur_reads_the_table_until_the_seat_ends(cast: Cast, beheerder: Client) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    assert not _reads(cast.victor, signal)
    _give(beheerder, cast, cast.victor, Role.PROCESREGISSEUR)
    assert _reads(cast.victor, signal)
    seat = Seat.objects.get(user=cast.victor, table=cast.overlast)
    ask = beheerder.get(reverse("seat-end", args=[seat.pk]))
    assert "Victor Proef" in ask.text
    assert _reads(cast.victor, signal), "asking ends nothing"
    assert beheerder.post(reverse("seat-end", args=[seat.pk])).status_code == 302
    assert not _reads(cast.victor, signal)
    assert beheerder.post(reverse("seat-end", args=[seat.pk])).status_code == 404


def test_a_seat_for_later_gives_nothing_before_its_first_day(cast: Cast, beheerder: Client, do_jobs) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    first_day = timezone.localdate() + timedelta(days=7)
    _give(beheerder, cast, cast.victor, Role.PROCESREGISSEUR, since=f"{first_day:%d-%m-%Y}")
    do_jobs()
    assert not _reads(cast.victor, signal)
    assert "(nog niet)" in beheerder.get(reverse("table-detail", args=[cast.overlast.pk])).text
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        do_jobs()
    assert _reads(cast.victor, signal)


def test_a_seat_that_ended_before_its_first_day_never_begins(cast: Cast, beheerder: Client, do_jobs) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    first_day = timezone.localdate() + timedelta(days=7)
    _give(beheerder, cast, cast.victor, Role.PROCESREGISSEUR, since=f"{first_day:%d-%m-%Y}")
    beheerder.post(reverse("seat-end", args=[Seat.objects.get(user=cast.victor, table=cast.overlast).pk]))
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        do_jobs()
    assert not _reads(cast.victor, signal)


def _reads_case(user: User, case: Case) -> bool:
    with as_(user) as (by, _):
        return access.visible(Case, by=by).filter(pk=case.pk).exists()


def test_a_participant_whose_last_seat_ends_reads_the_case_no_more(cast: Cast, beheerder: Client) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.pieter, cast.petra)
    contributed(case, cast.petra, "voor iedereen")
    _give(beheerder, cast, cast.pieter, Role.DECIDER)
    first, second = Seat.objects.filter(user=cast.pieter).order_by("valid_from")
    beheerder.post(reverse("seat-end", args=[first.pk]))
    assert _reads_case(cast.pieter, case), "another seat at the same table is left"
    beheerder.post(reverse("seat-end", args=[second.pk]))
    assert not _reads_case(cast.pieter, case)
    with as_(cast.pieter) as (by, _):
        assert not access.visible(Contribution, by=by).exists()
    assert _reads_case(cast.petra, case), "nobody else loses anything"


def test_a_melder_without_a_seat_still_follows_the_own_signal(cast: Cast, beheerder: Client) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    beheerder.post(reverse("seat-end", args=[Seat.objects.get(user=cast.wilma).pk]))
    assert _reads(cast.wilma, signal)


def test_a_seat_ends_by_itself_after_its_last_day(cast: Cast, beheerder: Client, do_jobs) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    last_day = timezone.localdate() + timedelta(days=7)
    _give(beheerder, cast, cast.victor, Role.PROFESSIONAL, until=f"{last_day:%d-%m-%Y}")
    invited(case, cast.rosa, cast.victor)
    do_jobs()
    assert _reads_case(cast.victor, case)
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        do_jobs()
        assert not _reads_case(cast.victor, case)
    assert Seat.objects.get(user=cast.victor, table=cast.overlast).ended_at is not None


def test_only_a_beheerder_ends_what_came_with_a_seat(cast: Cast) -> None:
    with as_(cast.rosa) as (by, _):
        with pytest.raises(DatabaseError, match="only a beheerder"), transaction.atomic():
            grants.end_at_table(table_id=cast.overlast.pk, user_id=cast.pieter.pk, by=by)


def test_who_may_not_sit_cannot_be_chosen(cast: Cast, beheerder: Client) -> None:
    form = beheerder.get(reverse("seat-new", args=[cast.overlast.pk])).context["form"]
    chosen = {user.name for user in form.fields["user"].queryset}
    assert "Wilma Proef" in chosen
    assert not chosen & {"Beheer Proef", "Fatima Proef", "Otto Proef"}
    sent = {"user": cast.beheer.pk, "role": "procesregisseur"}
    assert beheerder.post(reverse("seat-new", args=[cast.overlast.pk]), sent).status_code == 422


def test_a_seat_does_not_begin_in_the_past(cast: Cast, beheerder: Client) -> None:
    sent = {"user": cast.victor.pk, "role": "professional", "since": "1-1-2020"}
    response = beheerder.post(reverse("seat-new", args=[cast.overlast.pk]), sent)
    assert response.status_code == 422
    assert "niet in het verleden" in response.text


def test_who_may_log_in_no_more_is_out_at_once(cast: Cast, beheerder: Client, login: Callable[[User], Client]) -> None:
    signal, rosa = a_signal(cast.wilma, cast.overlast), login(cast.rosa)
    assert rosa.get(reverse("triage-detail", args=[signal.pk])).status_code == 200
    sent = {"name": cast.rosa.name, "email": cast.rosa.email, "organisation": cast.gemeente.pk}
    assert beheerder.post(reverse("person-edit", args=[cast.rosa.pk]), sent).status_code == 302
    assert rosa.get(reverse("home")).headers["Location"].startswith(reverse("account_login"))
    assert not Seat.objects.filter(user=cast.rosa, ended_at__isnull=True).exists()
    assert not _reads(cast.rosa, signal)


def test_who_has_not_signed_is_sent_to_the_statement_and_goes_on_after_signing(
    cast: Cast, beheerder: Client, login: Callable[[User], Client], log
) -> None:
    a_signal(cast.wilma, cast.overlast)
    _give(beheerder, cast, cast.victor, Role.PROCESREGISSEUR)
    victor, url = login(cast.victor), reverse("secrecy", args=[cast.jeugd.pk])
    SecrecyStatement.objects.filter(user=cast.victor).delete()
    first = victor.get(reverse("triage-inbox")).headers["Location"]
    assert first in (url, reverse("secrecy", args=[cast.overlast.pk]))
    assert "Deze plicht blijft gelden" in victor.get(first).text
    unticked = victor.post(first, {})
    assert unticked.status_code == 422
    assert "Zet een vinkje" in unticked.text
    second = victor.post(first, {"agreed": "on"}).headers["Location"]
    assert second != first
    assert "geheimhouding" in second
    assert victor.post(second, {"agreed": "on"}).headers["Location"] == reverse("home")
    assert victor.get(reverse("triage-inbox")).status_code == 200
    assert victor.get(first).headers["Location"] == reverse("home"), "signed is signed"
    assert len(log.changes(event="secrecy.signed")) == 2
    statement = SecrecyStatement.objects.get(user=cast.victor, table=cast.overlast)
    assert statement.profile_version == "gemeentelijk 2026.1"


def test_the_statement_of_a_table_without_a_seat_is_not_known(cast: Cast, login: Callable[[User], Client]) -> None:
    client = login(cast.wilma)
    for pk in (cast.jeugd.pk, "00000000-0000-4000-8000-00000000dead"):
        assert client.get(reverse("secrecy", args=[pk])).status_code == 404
        assert client.post(reverse("secrecy", args=[pk]), {"agreed": "on"}).status_code == 404
    assert not SecrecyStatement.objects.filter(user=cast.wilma, table=cast.jeugd).exists()
    assert login(cast.beheer).get(reverse("secrecy", args=[cast.overlast.pk])).status_code == 403


def test_who_only_decides_neither_reports_nor_contributes(cast: Cast) -> None:
    bram = actor(cast.bram)
    assert bram.may(Verb.CASE_READ)
    assert not bram.may(Verb.SIGNAL_SUBMIT)
    assert not bram.may(Verb.CASE_CONTRIBUTE)


def test_who_decides_and_works_cases_at_another_table_still_works_cases(cast: Cast) -> None:
    Seat.objects.create(table=cast.jeugd, user=cast.bram, role=Role.PROFESSIONAL)
    assert actor(cast.bram).may(Verb.CASE_CONTRIBUTE)
