"""Somebody leaves today: nothing works any more on the next request, and the work waits for who directs it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.later import drafts_of_who_left
from casework.models import Case, Participation, SignalDraft, SignalSource
from casework.queries.cases import open_case
from casework.queries.succession import follow_ups
from casework.queries.worklist import worklist
from casework.services import drafts, succeeding, triage
from partners.links import password_link
from partners.models import Seat, SecrecyStatement, User
from partners.services.leaving import DRAFTS
from partners.services.organisations import save_organisation
from partners.services.seats import end_seat
from partners.services.users import leave, save_user
from privacy import departures
from privacy.errors import Refused
from privacy.models import AuditEntry, Departure, DepartureVerdict, Grant, Job, Why
from privacy.roles import Role
from privacy.unlock import unlock
from tests.casework.conftest import Browser, words
from tests.conftest import Log
from tests.world import PASSWORD, Cast, a_case, a_signal, actor, as_, invited

Login = Callable[[User], Client]


@pytest.fixture
def case(cast: Cast) -> Case:
    """Wilma takes part for the corporation; her colleague Wout has a seat and takes no part."""
    case = a_case(cast.rosa, a_signal(cast.pieter, cast.overlast))
    invited(case, cast.rosa, cast.wilma, cast.pieter)
    return case


def fresh(person: User) -> User:
    """Read anew: the cast is shared by all tests."""
    return User.objects.get(pk=person.pk)


def lets_go(cast: Cast, person: User, successor: User | None = None) -> None:
    successors = {cast.overlast.pk: successor} if successor else {}
    with as_(cast.beheer) as (by, _):
        leave(fresh(person), successors=successors, now=timezone.now(), by=by)


def test_the_next_request_of_every_session_is_refused(cast: Cast, case: Case, login: Login) -> None:
    desk, phone, colleague = login(cast.wilma), login(cast.wilma), login(cast.wout)
    assert desk.get(reverse("case-detail", args=[case.pk])).status_code == 200
    lets_go(cast, cast.wilma)
    for browser in (desk, phone):
        assert browser.get(reverse("case-detail", args=[case.pk])).status_code == 302
        assert not Session.objects.filter(pk=browser.cookies["sessionid"].value).exists()
    assert colleague.get(reverse("home")).status_code == 200


def test_also_without_the_session_rows_the_next_request_is_refused(cast: Cast, login: Login) -> None:
    desk = login(cast.wilma)
    User.objects.filter(pk=cast.wilma.pk).update(is_active=False)
    assert desk.get(reverse("home")).status_code == 302


def test_nobody_logs_in_again_with_the_old_password(cast: Cast) -> None:
    lets_go(cast, cast.wilma)
    browser = Client()
    browser.post(reverse("account_login"), {"login": cast.wilma.email, "password": PASSWORD})
    assert not User.objects.get(pk=cast.wilma.pk).has_usable_password()
    assert "_auth_user_id" not in browser.session


def test_a_password_link_from_before_sets_nothing_any_more(cast: Cast) -> None:
    link = password_link(cast.wilma).partition("/wachtwoord/")[2]
    lets_go(cast, cast.wilma)
    browser = Client()
    page = browser.get(f"/wachtwoord/{link}", follow=True)
    browser.post(page.request["PATH_INFO"], {"password1": "nieuw en lang en fictief", "password2": "x"})
    assert not User.objects.get(pk=cast.wilma.pk).has_usable_password()
    with as_(cast.beheer) as (by, _):
        back = User.objects.get(pk=cast.wilma.pk)
        back.is_active = True
        save_user(back, by=by)
    again = Client().get(f"/wachtwoord/{link}", follow=True)
    assert "password1" not in again.content.decode(), "also not after coming back"


def test_all_access_ends_and_nothing_comes_back_with_the_log_in(cast: Cast, case: Case) -> None:
    with as_(cast.wilma) as (by, _):
        assert Grant.objects.exists()
    lets_go(cast, cast.wilma)
    User.objects.filter(pk=cast.wilma.pk).update(is_active=True)
    with as_(cast.wilma):
        assert not Grant.objects.filter(kind__in=["signal", "case"]).exists()
    assert not Seat.objects.filter(user=cast.wilma, ended_at__isnull=True).exists()


def test_the_address_of_a_used_account_stays_what_it_was(cast: Cast) -> None:
    lets_go(cast, cast.wilma)
    with as_(cast.beheer) as (by, _), pytest.raises(Refused, match="nieuw account"):
        User.objects.filter(pk=cast.wilma.pk).update(last_login=timezone.now())
        account = User.objects.get(pk=cast.wilma.pk)
        account.email, account.is_active = "iemand.anders@proefstad.example", True
        save_user(account, by=by)


def test_the_regisseur_hands_on_with_one_click(cast: Cast, case: Case, login: Login) -> None:
    lets_go(cast, cast.wilma, cast.wout)
    browser = Browser(login(cast.rosa))
    assert "Opvolging nodig" in words(browser.see("home"))
    page = words(browser.see("case-sharing", case.pk))
    assert "Voorgestelde opvolger: Wout Proef" in page
    assert f"{cast.corporatie.name} heeft nu niemand in deze casus" in page
    with as_(cast.rosa) as (by, _):
        gone = Participation.objects.get(case=case, user=cast.wilma)
    for _ in range(2):  # a double click invites once
        assert browser.do("case-succeed", case.pk, gone.pk).status_code == 302
    with as_(cast.rosa) as (by, _):
        new = Participation.objects.get(case=case, user=cast.wout)
        assert new.ground == gone.ground
        assert follow_ups(case, now=timezone.now(), by=by) == []
        assert open_case(case.pk, by=by).without == ()
    with as_(cast.wout) as (by, _):
        assert open_case(case.pk, by=by).name


def test_the_successor_has_nothing_before_the_regisseur_says_so(cast: Cast, case: Case) -> None:
    lets_go(cast, cast.wilma, cast.wout)
    with as_(cast.wout) as (by, _):
        assert not Case.objects.filter(pk=case.pk).exists()
        assert "Opvolging nodig" not in [row.what for row in worklist(by=by).urgent]


def test_nobody_may_be_the_answer_too(cast: Cast, case: Case, login: Login) -> None:
    lets_go(cast, cast.wilma)
    with as_(cast.rosa):
        gone = Participation.objects.get(case=case, user=cast.wilma)
    with as_(cast.rosa) as (by, _), pytest.raises(Refused, match="geen opvolger"):
        unlock([case.dossier_id], by=by)
        succeeding.succeed(gone, hidden=False, now=timezone.now(), by=by)
    browser = Browser(login(cast.rosa))
    browser.do("case-succeed", case.pk, gone.pk, niemand="1")
    assert "Opvolging nodig" not in words(browser.see("case-sharing", case.pk))


def test_a_partner_hands_nothing_on(cast: Cast, case: Case, login: Login) -> None:
    lets_go(cast, cast.wilma, cast.wout)
    with as_(cast.rosa):
        gone = Participation.objects.get(case=case, user=cast.wilma)
    assert Browser(login(cast.pieter)).do("case-succeed", case.pk, gone.pk).status_code == 403
    assert Browser(login(cast.victor)).do("case-succeed", case.pk, gone.pk).status_code == 404


def test_a_question_to_who_left_goes_to_the_successor(cast: Cast, login: Login) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    with as_(cast.rosa) as (by, _):
        unlock([signal.dossier_id], by=by)
        triage.ask(signal, "Hoe vaak gebeurt dit?", now=timezone.now(), by=by)
    lets_go(cast, cast.wilma, cast.wout)
    browser = Browser(login(cast.rosa))
    assert "Melder is uit dienst" in words(browser.see("home"))
    assert "De melder is uit dienst" in words(browser.see("triage-detail", signal.pk))
    browser.do("triage-succeed", signal.pk)
    with as_(cast.rosa):
        assert SignalSource.objects.get(signal=signal).reporter_id == cast.wout.pk
    assert "Hoe vaak gebeurt dit?" in words(Browser(login(cast.wout)).see("signal-detail", signal.pk))


def test_the_page_counts_and_names_no_case(cast: Cast, case: Case, login: Login) -> None:
    page = words(Browser(login(cast.beheer)).see("person-leave", cast.wilma.pk))
    assert "1 deelname aan een open casus" in page
    assert case.dossier.reference not in page
    assert "Fam. V." not in page


def test_the_beheerder_lets_somebody_leave_on_the_page(cast: Cast, case: Case, login: Login) -> None:
    browser = Browser(login(cast.beheer))
    done = browser.do("person-leave", cast.wilma.pk, **{f"opvolger_{cast.overlast.pk}": str(cast.wout.pk)})
    assert done.status_code == 302
    assert Seat.objects.get(user=cast.wilma).successor_id == cast.wout.pk
    again = browser.do("person-leave", cast.wilma.pk)
    assert again.status_code == 409
    assert "is al uit dienst" in words(again)


def test_a_successor_sits_at_that_table_for_the_same_organisation(cast: Cast) -> None:
    for somebody in (cast.pieter, cast.otto, cast.wilma):
        with pytest.raises(Refused, match="zelfde organisatie"):
            lets_go(cast, cast.wilma, somebody)
    assert User.objects.get(pk=cast.wilma.pk).is_active


def test_a_table_is_never_without_procesregisseur(cast: Cast, case: Case, login: Login) -> None:
    with pytest.raises(Refused, match="enige procesregisseur van Casustafel jeugd"):
        lets_go(cast, cast.victor)
    browser = Browser(login(cast.beheer))
    missing = browser.do("person-leave", cast.victor.pk)
    assert missing.status_code == 422
    assert "Een tafel is nooit zonder" in words(missing)
    done = browser.do("person-leave", cast.victor.pk, **{f"regisseur_{cast.jeugd.pk}": str(cast.carla.pk)})
    assert done.status_code == 302
    assert Seat.objects.filter(table=cast.jeugd, user=cast.carla, role=Role.PROCESREGISSEUR).exists()
    lets_go(cast, cast.rosa)
    with pytest.raises(Refused, match="enige procesregisseur"):
        lets_go(cast, cast.rachid)


def test_switching_off_on_the_page_of_the_person_asks_the_same(cast: Cast) -> None:
    with as_(cast.beheer) as (by, _), pytest.raises(Refused, match="enige procesregisseur"):
        account = User.objects.get(pk=cast.victor.pk)
        account.is_active = False
        save_user(account, by=by)


def test_nobody_lets_himself_leave_and_the_last_beheerder_stays(cast: Cast) -> None:
    with pytest.raises(Refused, match="Uw eigen"):
        lets_go(cast, cast.beheer)
    second = User.objects.create(
        email="tweede@proefstad.example", name="Tess Proef", organisation=cast.gemeente, roles=["beheerder"]
    )
    with as_(second) as (by, _):
        leave(fresh(cast.beheer), now=timezone.now(), by=by)
        with pytest.raises(Refused, match="laatste beheerder"):
            leave(fresh(second), now=timezone.now(), by=actor(cast.fatima))


def test_two_beheerders_at_once_the_second_hears_it(cast: Cast) -> None:
    first, second = fresh(cast.wilma), fresh(cast.wilma)
    with as_(cast.beheer) as (by, _):
        leave(first, now=timezone.now(), by=by)
        with pytest.raises(Refused, match="is al uit dienst"), transaction.atomic():
            leave(second, now=timezone.now(), by=by)
    with as_(cast.fatima):
        assert Departure.objects.filter(person_id=cast.wilma.pk).count() == 1


def test_drafts_are_destroyed_after_thirty_days(cast: Cast) -> None:
    with as_(cast.wilma) as (by, _):
        drafts.start("woonoverlast", now=timezone.now(), by=by)
    lets_go(cast, cast.wilma)
    job = Job.objects.get(kind=DRAFTS, subject_id=cast.wilma.pk)
    assert job.not_before > timezone.now() + timedelta(days=29)
    with as_(cast.rosa):
        drafts_of_who_left(job)
    with as_(cast.wilma):
        assert not SignalDraft.objects.exists()


def test_drafts_of_who_came_back_stay(cast: Cast) -> None:
    with as_(cast.wilma) as (by, _):
        drafts.start("woonoverlast", now=timezone.now(), by=by)
    drafts_of_who_left(Job(kind=DRAFTS, subject_id=cast.wilma.pk))
    with as_(cast.wilma):
        assert SignalDraft.objects.exists()


def test_an_organisation_that_stops_loses_all_its_people(cast: Cast, case: Case, login: Login) -> None:
    desk = login(cast.wilma)
    browser = Browser(login(cast.beheer))
    page = words(browser.see("organisation-leave", cast.corporatie.pk))
    assert "2 mensen kunnen" in page
    assert "2 zetels eindigen" in page
    assert "1 deelname" in page
    assert browser.do("organisation-leave", cast.corporatie.pk).status_code == 302
    assert desk.get(reverse("home")).status_code == 302
    with as_(cast.rosa) as (by, _):
        assert open_case(case.pk, by=by).without == (cast.corporatie.name,)
    with as_(cast.fatima):
        assert Departure.objects.filter(person_id__in=[cast.wilma.pk, cast.wout.pk]).count() == 2


def test_an_organisation_with_the_only_regisseur_does_not_stop(cast: Cast) -> None:
    cast.politie.refresh_from_db()
    with as_(cast.beheer) as (by, _):
        Seat.objects.create(table=cast.jeugd, user=cast.pieter, role=Role.PROCESREGISSEUR)
        SecrecyStatement.objects.create(table=cast.jeugd, user=cast.pieter, profile_version="proef")
        end_seat(Seat.objects.get(user=cast.victor), by=by)
        cast.politie.active = False
        with pytest.raises(Refused, match="enige procesregisseur"), transaction.atomic():
            save_organisation(cast.politie, by=by)
    cast.politie.active = True


def test_the_privacy_officer_reviews_the_last_looks(cast: Cast, case: Case, login: Login, log: Log) -> None:
    with as_(cast.wilma) as (by, _):
        open_case(case.pk, by=by)
    lets_go(cast, cast.wilma)
    browser = Browser(login(cast.fatima))
    home = words(browser.see("privacy-home"))
    assert "Vertrokken: nog te beoordelen" in home
    assert "Wilma Proef" in home
    with as_(cast.fatima):
        left = Departure.objects.get(person_id=cast.wilma.pk)
    page = words(browser.see("privacy-departure", left.pk))
    assert case.dossier.reference in page
    assert "opende het dossier" in page
    assert "Fam. V." not in page
    assert browser.do("privacy-departure", left.pk, verdict=DepartureVerdict.ASK, why=Why.MANY).status_code == 302
    assert "Wilma Proef" in words(browser.see("privacy-home")), "while something is being asked it stays"
    assert browser.do("privacy-departure", left.pk, verdict=DepartureVerdict.RIGHT, why=Why.WORK).status_code == 302
    assert "Wilma Proef" not in words(browser.see("privacy-home")).partition("Laatst geweigerd")[0]
    assert len(log.changes(event="looks.judged")) == 2


def test_only_the_privacy_officer_reads_and_judges_departures(cast: Cast, login: Login) -> None:
    lets_go(cast, cast.wilma)
    with as_(cast.fatima):
        left = Departure.objects.get(person_id=cast.wilma.pk)
    for person in (cast.beheer, cast.rosa):
        with as_(person) as (by, _):
            assert not Departure.objects.exists()
        assert login(person).get(reverse("privacy-departure", args=[left.pk])).status_code == 403
    with as_(cast.beheer) as (by, _), pytest.raises(DatabaseError), transaction.atomic():
        departures.judge(left, DepartureVerdict.RIGHT, Why.WORK, now=timezone.now(), by=by)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT privacy_end_person(gen_random_uuid())",
        "SELECT * FROM partners_in_hands(ARRAY[gen_random_uuid()])",
        "INSERT INTO privacy_departure (id, person_id, person_name, organisation_name, left_at, left_by, verdict, why) "
        "VALUES (gen_random_uuid(), gen_random_uuid(), 'x', 'x', now(), gen_random_uuid(), '', '')",
        "DELETE FROM privacy_departure",
        "UPDATE privacy_departure SET person_name = 'x'",
    ],
)
def test_the_database_lets_only_a_beheerder(cast: Cast, statement: str) -> None:
    for person in (cast.rosa, cast.fatima, cast.wilma):
        with as_(person), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_leaving_is_in_the_log(cast: Cast, log: Log) -> None:
    lets_go(cast, cast.wilma)
    entry = log.changes(event="user.left")[0]
    assert (entry.actor_id, entry.action) == (cast.beheer.pk, AuditEntry.Action.CREATE)


def test_the_regisseurs_hear_that_something_waits(cast: Cast, case: Case) -> None:
    lets_go(cast, cast.wilma)
    told = set(Job.objects.filter(kind="notice.something_waits").values_list("subject_id", flat=True))
    assert {cast.rosa.pk, cast.rachid.pk} <= told
    assert mail.outbox == []
