"""The home page: what can't wait, and an entry in the log for every dossier that it names."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from casework.models import Case
from casework.services import asking, cases
from casework.theming import active_theme
from partners.models import User
from privacy import departures
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.audit import watching
from privacy.models import AuditCheck, CheckKind
from privacy.unlock import unlock
from tests.world import Cast, a_case, a_signal, as_

Login = Callable[[User], Client]


def test_every_number_on_the_work_list_is_in_the_log(cast: Cast, login: Login, log) -> None:
    for _ in range(10):
        a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    with as_(cast.rosa):
        Case.objects.update(retain_until=timezone.localdate() + timedelta(days=20))
    page = login(cast.rosa).get("/").content.decode()
    shown = set(re.findall(r"20\d\d-[0-9A-Z]{5}", page))
    logged = {name for entry in log.looks(event="list", actor_id=cast.rosa.pk) for name in entry.references}
    assert len(shown) > 8
    assert shown <= logged


def test_closed_cases_do_not_push_open_ones_off_the_work_list(cast: Cast, login: Login) -> None:
    oldest = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast), short_name="De oudste open casus")
    for _ in range(9):
        case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
        with as_(cast.rosa) as (by, _):
            unlock([case.dossier_id], by=by)
            outcome = active_theme("woonoverlast").close_outcomes[0].code
            cases.close(case, outcome, "Gestopt.", now=timezone.now(), by=by)
    page = login(cast.rosa).get("/").content.decode()
    assert oldest.dossier.reference in page
    assert "De oudste open casus" in page


def test_what_ends_in_weeks_does_not_count_as_now(cast: Cast, login: Login) -> None:
    a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    for days, now in ((20, False), (5, True)):
        with as_(cast.rosa):
            Case.objects.update(retain_until=timezone.localdate() + timedelta(days=days))
        at_once, _, soon = login(cast.rosa).get("/").content.decode().partition('id="binnenkort"')
        assert ("Bewaartermijn loopt af" in at_once) == now
        assert ("Bewaartermijn loopt af" in soon) != now


def test_an_acute_signal_stands_on_top(cast: Cast, login: Login) -> None:
    a_signal(cast.wilma, cast.overlast, severity="acuut")
    page = login(cast.rosa).get("/").content.decode()
    assert page.index("Acuut signaal bij Casustafel woonoverlast") < page.index("Te beoordelen signalen")


def test_a_question_to_the_reporter_is_the_first_thing_there(cast: Cast, login: Login) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    login(cast.rosa).post(f"/triage/{signal.pk}/vraag/", {"question": "Hoe vaak?"})
    page = login(cast.wilma).get("/").content.decode()
    assert "Vraag aan u" in page
    assert "Hoe vaak?" not in page, "the question itself stands with the signal"


def test_who_asks_for_access_stands_above_a_term_that_ends(cast: Cast, login: Login) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    with as_(cast.rosa):
        Case.objects.update(retain_until=timezone.localdate() + timedelta(days=1))
    with as_(cast.greet) as (by, _):
        until = timezone.localdate() + timedelta(days=60)
        request = asking.ask(case.dossier.reference, "Ik begeleid dit gezin.", until, now=timezone.now(), by=by)
    with acting(system_actor("proef")):
        asking.arrives(request.pk, by=system_actor("proef"))
    page = login(cast.rosa).get("/").content.decode()
    assert page.index("Verzoek om toegang") < page.index("Bewaartermijn loopt af")
    assert "morgen" in page


def test_the_privacy_officer_finds_what_waits_on_the_own_work_list(cast: Cast, login: Login) -> None:
    now = timezone.now()
    with as_(cast.beheer) as (by, _):
        departures.leave(uuid4(), name="Vera Vertrokken", organisation="GGZ Proef", now=now, by=by)
    with watching.watching("proef"):
        AuditCheck.objects.create(kind=CheckKind.SEALS, begun_at=now, wrong=1, findings=["Een regel is weg."])
    page = login(cast.fatima).get("/").content.decode()
    assert page.index("Het logboek klopt niet") < page.index("Vera Vertrokken is vertrokken")
