"""What a third attack found: old versions, looks that hid others, uses that could not be reopened, and two at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from casework.models import Audience, Case, Contribution, Signal
from casework.services import asking, cases, contributions, emergency, succeeding, triage
from casework.theming import active_theme
from casework.values import ContributionInput, ItemKind, Terms
from partners.models import Covenant, Seat, User
from partners.services.seats import end_seat
from partners.services.users import leave
from privacy import later, limits, queries
from privacy.access import visible
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.errors import Refused
from privacy.unlock import unlock
from tests.breakglass.conftest import REASON, confirm, form
from tests.casework.conftest import Browser, Browsers, Login, words
from tests.commits import committed
from tests.exclusion.conftest import keep_away
from tests.world import GROUND, Cast, a_case, a_signal, as_, canary, contributed, invited

NO_TERMS = Terms(frozenset(), False)


@pytest.fixture
def browser(login: Login) -> Browsers:
    """The browser of this person."""
    return lambda user: Browser(login(user))


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case of Rosa's in which Wilma and Pieter take part."""
    found = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(found, cast.rosa, cast.wilma, cast.pieter)
    return found


def reads(case: Case, person: User) -> set[str]:
    with as_(person) as (by, _):
        unlock([case.dossier_id], by=by)
        return {row.text for row in visible(Contribution, by=by).filter(case=case) if row.text}


def corrected(old: Contribution, person: User, text: str, terms: Terms) -> Contribution:
    values = {"kind": ItemKind.FACT, "category": "algemeen", "ground": GROUND, "audience": Audience.TABLE}
    with as_(person) as (by, _):
        unlock([old.dossier_id], by=by)
        given = ContributionInput(**values, text=text, terms=terms)
        return contributions.correct(old, given, now=timezone.now(), by=by)


def closes(cast: Cast, case: Case) -> None:
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        outcome = active_theme(case.theme).close_outcomes[0].code
        cases.close(case, outcome, "Klaar.", now=timezone.now(), by=by)


# Versions that were replaced.


def test_who_comes_later_gets_the_newest_version_only(cast: Cast, case: Case) -> None:
    old, good = contributed(case, cast.wilma, canary("fout")), canary("goed")
    corrected(old, cast.wilma, good, NO_TERMS)
    invited(case, cast.rosa, cast.greet)
    assert reads(case, cast.greet) == {good}


@pytest.mark.parametrize(("organisation", "person"), [("ggz", "greet"), ("politie", "petra")])
def test_a_condition_of_the_newest_version_holds_for_the_old_ones(
    cast: Cast, case: Case, organisation: str, person: str
) -> None:
    """Also for a colleague of who had the old one: the owner said that this organisation gets it no more."""
    old = contributed(case, cast.wilma, canary("fout"))
    never = frozenset({getattr(cast, organisation).pk})
    corrected(old, cast.wilma, canary("goed"), Terms(never, False))
    invited(case, cast.rosa, cast.people[person])
    assert reads(case, cast.people[person]) == set()


def test_a_colleague_of_the_owner_who_comes_later_takes_back_every_version(cast: Cast, case: Case) -> None:
    new = corrected(contributed(case, cast.wilma, "Fout."), cast.wilma, "Goed.", NO_TERMS)
    invited(case, cast.rosa, cast.wout)
    with as_(cast.wout) as (by, _):
        unlock([case.dossier_id], by=by)
        contributions.withdraw(Contribution.objects.get(pk=new.pk), now=timezone.now(), by=by)
    assert reads(case, cast.pieter) == reads(case, cast.wilma) == set()


# Emergency access that gives nothing any more.


@pytest.mark.parametrize("why", ["kept away", "closed", "no covenant"])
def test_a_use_that_gives_nothing_any_more_is_over_whatever_the_cause(
    cast: Cast, case: Case, browser: Browsers, why: str
) -> None:
    page = browser(cast.greet)
    confirm(page)
    assert page.do("emergency-open", **form(case)).status_code == 302
    if why == "kept away":
        keep_away(case, cast.greet, by=cast.rosa)
    elif why == "closed":
        closes(cast, case)
    else:
        cast.ggz.covenants.clear()
    assert "Loopt tot" not in words(page.see("emergency"))
    again = page.do("emergency-open", **form(case))
    assert again.status_code == 409
    assert emergency.ENDED in words(again)


def test_tries_are_forgotten_an_hour_after_the_last(cast: Cast, time_machine: Any) -> None:
    now = timezone.now()
    within = [limits.within("proef", cast.greet.pk, most=10, seconds=3600) for _ in range(11)]
    assert within == [True] * 10 + [False]
    time_machine.move_to(now + timedelta(minutes=50))
    assert not limits.within("proef", cast.greet.pk, most=10, seconds=3600)
    time_machine.move_to(now + timedelta(minutes=111))
    assert limits.within("proef", cast.greet.pk, most=10, seconds=3600)


def while_greet_opens(cast: Cast, case: Case, other: Callable[[], None]) -> None:
    """Greet opens the case in an emergency; before that is committed, the other begins."""

    def run() -> None:
        try:
            other()
        finally:
            connections.close_all()

    thread = Thread(target=run)
    with as_(cast.greet) as (by, _):
        emergency.open_in_emergency(case.dossier.reference, REASON, now=timezone.now(), by=by)
        thread.start()
        thread.join(1)
    thread.join()


def test_a_case_that_closes_while_it_is_opened_in_an_emergency_stays_closed(cast: Cast) -> None:
    case = committed(lambda: a_case(cast.rosa, a_signal(cast.pieter, cast.overlast)))
    committed(lambda: while_greet_opens(cast, case, lambda: closes(cast, case)))
    with as_(cast.greet) as (by, _):
        assert not visible(Case, by=by).exists()


def test_a_seat_that_ends_while_an_emergency_begins_ends_it(cast: Cast) -> None:
    case = committed(lambda: a_case(cast.rosa, a_signal(cast.pieter, cast.overlast)))

    def ends() -> None:
        with as_(cast.beheer) as (by, _):
            end_seat(Seat.objects.get(user=cast.greet, ended_at=None), by=by)

    try:
        committed(lambda: while_greet_opens(cast, case, ends))
        with as_(cast.greet) as (by, _):
            assert not visible(Case, by=by).exists()
    finally:
        committed(lambda: Seat.objects.filter(user=cast.greet).update(ended_at=None))


# The log.


def test_a_search_by_who_is_kept_away_hides_the_log_from_nobody_else(cast: Cast, case: Case, browser: Browsers) -> None:
    other = User.objects.create(
        email="frits@proefstad.example", name="Frits Proef", organisation=cast.gemeente, roles=["privacy_officer"]
    )
    keep_away(case, cast.fatima, by=cast.rosa)
    officer = browser(cast.fatima)
    officer.do("privacy-logbook-purpose", use="lawful")
    officer.see("privacy-log", ref=case.dossier.reference)
    with as_(other):
        assert queries.dossiers_named(case.dossier.reference) == [case.dossier_id]


def test_a_proof_names_no_dossier_that_the_officer_is_kept_away_from(cast: Cast, case: Case, browser: Browsers) -> None:
    away = a_case(cast.rosa, a_signal(cast.greet, cast.overlast))
    keep_away(away, cast.fatima, by=cast.rosa)
    browser(cast.rosa).see("case-list")
    later.seal_audit()
    officer = browser(cast.fatima)
    officer.do("privacy-logbook-purpose", use="lawful")
    text = words(officer.see("privacy-log-proof", ref=case.dossier.reference))
    assert case.dossier.reference in text
    assert away.dossier.reference not in text
    assert str(away.dossier_id) not in text


# What one may not learn.


def test_a_reporter_does_not_learn_of_a_case_by_a_colleague_who_takes_part(cast: Cast, browser: Browsers) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    invited(a_case(cast.rosa, signal), cast.rosa, cast.wout)
    as_wilma = words(browser(cast.wilma).see("signal-who", signal.pk))
    assert cast.wout.name in as_wilma, "a colleague who reads is named"
    assert "oet mee" not in as_wilma
    for person in (cast.wout, cast.rosa):
        assert "Doet mee" in words(browser(person).see("signal-who", signal.pk))


def test_the_database_does_not_tell_who_asks_whether_the_request_arrived(cast: Cast, case: Case) -> None:
    by, told = system_actor("proef"), []
    for number in (case.dossier.reference, "2026-ZZZZZ"):
        with as_(cast.greet) as (greet, _):
            until = timezone.localdate() + timedelta(days=9)
            asked = asking.ask(number, "Ik begeleid dit gezin nu ook.", until, now=timezone.now(), by=greet)
        with acting(by):
            asking.arrives(asked.pk, by=by)
        with as_(cast.greet), connection.cursor() as cursor:
            cursor.execute(
                "SELECT (SELECT count(*) FROM privacy_who_reads(ARRAY[d])), (SELECT count(*) FROM privacy_regie_of(d)) "
                "FROM unnest(ARRAY[%s]) d",
                [asked.dossier_id],
            )
            told.append(cursor.fetchone())
    assert told == [(0, 0), (0, 0)]


def test_nobody_hears_from_the_list_of_who_gets_word_that_one_is_kept_away(cast: Cast, case: Case) -> None:
    keep_away(case, cast.greet, by=cast.rosa)
    with as_(cast.greet), connection.cursor() as cursor:
        cursor.execute("SELECT privacy_reachable(%s, ARRAY[%s])", [case.dossier_id, cast.greet.pk])
        assert cursor.fetchall() == [(cast.greet.pk,)]


# Elsewhere.


def test_a_signal_that_went_to_another_table_is_read_under_that_tables_covenant(cast: Cast) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    with as_(cast.rosa) as (by, _):
        unlock([signal.dossier_id], by=by)
        triage.forward(signal, cast.jeugd, "Hoort daar.", now=timezone.now(), by=by)
    with as_(cast.wilma) as (by, _):
        assert visible(Signal, by=by).filter(pk=signal.pk).exists()
    Covenant.objects.update(themes=["woonoverlast"])
    with as_(cast.wilma) as (by, _):
        assert not visible(Signal, by=by).filter(pk=signal.pk).exists()


def test_a_signal_is_not_handed_to_a_successor_who_is_kept_away(cast: Cast) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    with as_(cast.rosa) as (by, _):
        unlock([signal.dossier_id], by=by)
        triage.ask(signal, "Wat zag u?", now=timezone.now(), by=by)
    keep_away(signal, cast.wout, by=cast.rosa)
    with as_(cast.beheer) as (by, _):
        leaver = User.objects.get(pk=cast.wilma.pk)
        leave(leaver, successors={cast.overlast.pk: cast.wout}, now=timezone.now(), by=by)
    with as_(cast.rosa) as (by, _), pytest.raises(Refused, match="geen opvolger"):
        unlock([signal.dossier_id], by=by)
        succeeding.succeed_reporter(signal, now=timezone.now(), by=by)


def test_a_rejected_signal_fills_no_question_in(cast: Cast, browser: Browsers) -> None:
    signal = a_signal(cast.wilma, cast.overlast)
    with as_(cast.rosa) as (by, _):
        unlock([signal.dossier_id], by=by)
        triage.reject(signal, active_theme(signal.theme).reject_reasons[0].code, now=timezone.now(), by=by)
    answer = browser(cast.rosa).see("known-of-signal", signal.pk)
    assert answer.status_code == 200
    assert "Lindelaan" not in words(answer)
