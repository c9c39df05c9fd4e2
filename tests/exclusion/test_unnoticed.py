"""Everything through which somebody could notice that a dossier exists, after being kept away from it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import Audience, Case, Signal
from casework.services import cases
from partners.models import Seat
from partners.services import seats
from privacy import grants
from privacy.access import visible
from privacy.models import AuditEntry, Exclusion, Grant
from privacy.roles import Role
from privacy.unlock import unlock
from tests.casework.conftest import Browsers, words
from tests.exclusion.conftest import keep_away, kept_away, mailed, main, no_mail_yet
from tests.walls.helpers import dossier_models, row_level_security_off
from tests.world import CRITERIA, Cast, a_signal, as_, canary, contributed

PAGES = (
    "case-detail", "case-signals", "case-subjects", "case-contributions", "case-people", "case-looked", "case-export",
    "case-tie",
)  # fmt: skip


def test_every_page_of_the_case_is_the_page_of_an_unknown_one(cast: Cast, case: Case, browser: Browsers) -> None:
    keep_away(case, cast.pieter, by=cast.rosa)
    pieter = browser(cast.pieter)
    unknown = main(pieter.see("case-detail", cast.pieter.pk))
    for name in PAGES:
        answer = pieter.see(name, case.pk)
        assert answer.status_code == 404, name
        assert main(answer) == unknown, name


@pytest.mark.parametrize("person", ["pieter", "wilma", "rachid"])
def test_home_lists_counts_search_and_exports_hold_nothing(
    person: str, cast: Cast, case: Case, signal: Signal, browser: Browsers
) -> None:
    keep_away(case, cast.people[person], by=cast.rosa)
    mine = browser(cast.people[person])
    for name, query in (
        ("home", {}), ("case-list", {}), ("signal-list", {}), ("signal-export", {}), ("search", {"q": "Lindelaan"}),
    ):  # fmt: skip
        page = words(mine.see(name, **query))
        for trace in (case.dossier.reference, signal.dossier.reference, "Fam. V.", str(case.pk), str(signal.pk)):
            assert trace not in page, f"{trace} on {name}"


def test_no_row_of_any_table_is_left_with_either_wall_alone(cast: Cast, case: Case, signal: Signal) -> None:
    contributed(case, cast.pieter, "Van Pieter zelf.")
    keep_away(case, cast.pieter, by=cast.rosa)
    about = [case.dossier_id, signal.dossier_id]
    with as_(cast.pieter):
        assert [m.__name__ for m in dossier_models() if m._default_manager.filter(dossier__in=about).exists()] == []
    with row_level_security_off(), as_(cast.pieter) as (by, _):
        assert [m.__name__ for m in dossier_models() if visible(m, by=by).filter(dossier__in=about).exists()] == []


def test_a_partner_who_shares_with_the_organisation_learns_nothing(cast: Cast, case: Case, browser: Browsers) -> None:
    keep_away(case, cast.pieter, by=cast.rosa)
    no_mail_yet()
    text = canary("gedeeld")
    contributed(case, cast.wilma, text, audience=Audience.CHOSEN, recipients=(cast.politie.pk,))
    assert not mailed(cast.pieter)
    page = words(browser(cast.wilma).see("case-contributions", case.pk))
    assert text in page
    assert "uitgesloten" not in page.lower()
    with as_(cast.pieter):
        assert not Grant.objects.filter(content_object=case.dossier_id).exists()


def test_no_mail_about_it_goes_to_who_is_kept_away(cast: Cast, case: Case) -> None:
    later = a_signal(cast.wilma, cast.overlast)
    keep_away(later, cast.wilma, by=cast.rosa)
    keep_away(case, cast.rachid, by=cast.rosa)
    no_mail_yet()
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id, later.dossier_id], by=by)
        cases.add_signal(case, later, CRITERIA, now=timezone.now(), by=by)
    assert not mailed(cast.wilma), "the reporter is not told that it was taken up"
    assert not mailed(cast.rachid)


def test_a_new_seat_gives_nothing_of_it(cast: Cast, case: Case, signal: Signal) -> None:
    keep_away(case, cast.carla, by=cast.rosa)
    with as_(cast.beheer) as (by, _):
        seats.seat(cast.overlast, cast.carla, Role.PROCESREGISSEUR, now=timezone.now(), by=by)
    new = a_signal(cast.greet, cast.overlast)
    with as_(cast.carla) as (by, _):
        assert grants.directs(new.dossier_id, by=by), "other dossiers are hers to direct"
        assert not Grant.objects.filter(content_object__in=[case.dossier_id, signal.dossier_id]).exists()
        assert Seat.objects.filter(user=cast.carla, role=Role.PROCESREGISSEUR).exists()


ACTS = (
    "SELECT privacy_shield(%(case)s)",
    "SELECT privacy_forget(%(case)s, true)",
    "SELECT privacy_exclude(%(case)s, %(wilma)s, 'other')",
    "SELECT privacy_lift_exclusion(%(exclusion)s)",
)


@pytest.mark.parametrize("person", ["pieter", "rachid", "fatima"])
def test_who_is_kept_away_acts_on_nothing_through_functions_that_look_past_policies(
    person: str, cast: Cast, case: Case
) -> None:
    keep_away(case, cast.greet, by=cast.rosa)
    with as_(cast.rosa):
        exclusion = Exclusion.objects.get(dossier=case.dossier_id)
    keep_away(case, cast.people[person], by=cast.rosa)
    ids = {"case": case.dossier_id, "wilma": cast.wilma.pk, "exclusion": exclusion.pk}
    with as_(cast.people[person]):
        for statement in ACTS:
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, ids)
        assert not Exclusion.objects.filter(dossier=case.dossier_id).exists()
    assert kept_away(case) == {cast.greet.pk, cast.people[person].pk}


def test_an_owner_who_is_kept_away_ends_nobodys_access_to_the_item(cast: Cast, case: Case) -> None:
    row = contributed(case, cast.pieter, "Van Pieter.", audience=Audience.CHOSEN, recipients=(cast.corporatie.pk,))
    with as_(cast.rosa):
        key = row.disclosures.get().key
    keep_away(case, cast.pieter, by=cast.rosa)
    with as_(cast.pieter), connection.cursor() as cursor:
        cursor.execute("SELECT privacy_end_grants(%s, NULL, NULL)", [key])
        assert cursor.fetchone()[0] == 0
    with as_(cast.wilma) as (by, _):
        unlock([case.dossier_id], by=by)
        assert row.pk in [one.pk for one in case.contributions.all()]


def test_the_log_says_that_it_was_done_and_not_about_whom(cast: Cast, case: Case, log: Any) -> None:
    keep_away(case, cast.pieter, by=cast.rosa)
    entries = log.changes(event="exclusion.set")
    assert {one for entry in entries for one in entry.dossiers} >= {case.dossier_id}
    assert all(str(cast.pieter.pk) not in repr(entry.__dict__) for entry in entries)
    with as_(cast.pieter):
        assert not AuditEntry.objects.filter(dossiers__contains=[case.dossier_id]).exists()


def test_a_reporter_who_is_kept_away_neither_answers_nor_is_asked(
    cast: Cast, signal: Signal, browser: Browsers
) -> None:
    keep_away(signal, cast.wilma, by=cast.rosa)
    wilma = browser(cast.wilma)
    assert wilma.do("signal-answer", signal.pk, text="Nog iets.").status_code == 404
    rosa = browser(cast.rosa)
    answer = rosa.do("triage-ask", signal.pk, question="Hoe vaak?", text="Hoe vaak?")
    assert "kan dit signaal niet meer openen" in words(answer)


def test_revoked_between_two_requests_means_gone_on_the_next(cast: Cast, case: Case, browser: Browsers) -> None:
    pieter = browser(cast.pieter)
    assert pieter.see("case-contributions", case.pk).status_code == 200
    keep_away(case, cast.pieter, by=cast.rosa)
    sent = pieter.do("case-contributions", case.pk, text="Nog net?", kind="feit", category="algemeen", audience="table")
    assert sent.status_code == 404
