"""Judging emergency access: by a privacy officer who has no part in it, with every look, and without any content."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import Case
from casework.queries.cases import open_case
from casework.queries.worklist import worklist
from partners.models import User
from privacy import emergency, exclusions, jobs, uses, workdays
from privacy.errors import NotKnown, Refused
from privacy.models import EmergencyAccess, EmergencyText, ExclusionReason, Job, Verdict
from tests.breakglass.conftest import REASON, broken, told, use_by
from tests.casework.conftest import Browser, words
from tests.world import PASSWORD, Cast, a_case, a_signal, as_, canary, invited, item

Browsers = Callable[[User], Browser]


def second_officer(cast: Cast) -> User:
    user = User(email="femke@proefstad.example", name="Femke Proef", organisation=cast.gemeente)
    user.roles = ["privacy_officer"]
    user.set_password(PASSWORD)
    user.save()
    return user


def waiting(officer: User) -> list[str]:
    with as_(officer) as (by, _):
        return [use.reference for use in uses.to_review(timezone.now(), by=by)]


def test_the_privacy_officer_finds_it_on_both_home_pages(
    cast: Cast, case: Case, opened: EmergencyAccess, browser: Browsers
) -> None:
    page = browser(cast.fatima)
    for name in ("home", "privacy-home"):
        shown = words(page.see(name))
        assert "Noodtoegang te beoordelen" in shown
        assert case.dossier.reference in shown


def test_the_regisseurs_find_it_on_the_work_list_and_in_the_case(
    cast: Cast, case: Case, opened: EmergencyAccess, browser: Browsers
) -> None:
    for person in (cast.rosa, cast.rachid):
        assert "Noodtoegang gebruikt" in words(browser(person).see("home"))
        assert cast.greet.name in words(browser(person).see("case-sharing", case.pk))
        assert REASON in words(browser(person).see("emergency-use", opened.pk))


def test_the_person_does_not_read_the_reason_back_nor_the_explanation(
    cast: Cast, case: Case, opened: EmergencyAccess, browser: Browsers
) -> None:
    browser(cast.fatima).do("privacy-emergency", opened.pk, verdict="wrong", text="Dit kon wachten.")
    shown = words(browser(cast.greet).see("emergency-use", opened.pk))
    assert "Onterecht" in shown
    assert REASON not in shown
    assert "Dit kon wachten." not in shown
    with as_(cast.greet):
        assert not EmergencyText.objects.exists()


def test_every_look_with_it_is_marked_and_no_other(cast: Cast, case: Case, log: Any, browser: Browsers) -> None:
    broken(cast.greet, case.dossier.reference)
    page = browser(cast.greet)
    for name in ("case-detail", "case-subjects", "case-looked", "case-export"):
        page.see(name, case.pk)
    page.see("case-list")
    browser(cast.wilma).see("case-detail", case.pk)
    looks = log.looks(dossiers__contains=[case.dossier_id])
    assert {entry.break_glass for entry in looks if entry.actor_id == cast.greet.pk} == {True}
    assert {entry.break_glass for entry in looks if entry.actor_id != cast.greet.pk} == {False}
    assert {"read", "export", "list", "log.own"} <= {entry.event for entry in looks if entry.break_glass}
    (entry,) = log.changes(event="emergency.opened")
    assert entry.break_glass
    assert REASON not in repr(entry.__dict__)


def test_who_is_invited_meanwhile_no_longer_looks_in_an_emergency(cast: Cast, case: Case, log: Any) -> None:
    broken(cast.greet, case.dossier.reference)
    invited(case, cast.rosa, cast.greet)
    with as_(cast.greet) as (by, _):
        assert open_case(case.pk, by=by).emergency_until is None
    assert not [entry for entry in log.looks(actor_id=cast.greet.pk, event="read") if entry.break_glass]


def test_the_review_names_the_parts_and_shows_no_content(cast: Cast, log: Any, browser: Browsers) -> None:
    secret = canary("inhoud")
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast, item(secret)), short_name=secret)
    broken(cast.greet, case.dossier.reference)
    assert secret in words(browser(cast.greet).see("case-detail", case.pk))
    shown = words(browser(cast.fatima).see("privacy-emergency", use_by(cast.greet).pk))
    assert "deel voor alle deelnemers" in shown
    assert "opende het dossier" in shown
    assert REASON in shown
    assert secret not in shown
    with as_(cast.fatima) as (by, _), pytest.raises(NotKnown):
        open_case(case.pk, by=by)


def test_asking_back_and_answering(cast: Cast, opened: EmergencyAccess, browser: Browsers) -> None:
    Job.objects.all().delete()
    officer, person = browser(cast.fatima), browser(cast.greet)
    officer.do("privacy-emergency", opened.pk, verdict="asked", text="Wie hebt u gebeld?")
    assert told() == {cast.greet.pk}
    assert "Vraag over uw noodtoegang" in words(person.see("home"))
    assert "Wie hebt u gebeld?" in words(person.see("emergency-use", opened.pk))
    assert person.do("emergency-answer", opened.pk, text="").status_code == 422
    assert person.do("emergency-answer", opened.pk, text="De piketdienst.").status_code == 302
    assert told() == {cast.greet.pk, cast.fatima.pk}
    assert person.do("emergency-answer", opened.pk, text="Nog een keer.").status_code == 409
    assert "De piketdienst." in words(officer.see("privacy-emergency", opened.pk))
    assert "De piketdienst." in words(browser(cast.rosa).see("emergency-use", opened.pk))
    assert officer.do("privacy-emergency", opened.pk, verdict="right", text="Duidelijk.").status_code == 302
    assert waiting(cast.fatima) == []
    assert "Duidelijk." in words(browser(cast.rosa).see("emergency-use", opened.pk))


def test_only_the_person_answers(cast: Cast, opened: EmergencyAccess, browser: Browsers) -> None:
    browser(cast.fatima).do("privacy-emergency", opened.pk, verdict="asked", text="Waarom?")
    assert browser(cast.rosa).do("emergency-answer", opened.pk, text="Ik zeg iets.").status_code == 404


def test_of_two_officers_the_second_hears_that_it_was_judged(cast: Cast, opened: EmergencyAccess) -> None:
    femke = second_officer(cast)
    with as_(femke) as (by, _):
        mine = uses.opened_use(opened.pk, by=by)
        emergency.judge(mine, Verdict.RIGHT, "Terecht.", now=timezone.now(), by=by)
    with as_(cast.fatima) as (by, _), pytest.raises(Refused, match="intussen beoordeeld"), transaction.atomic():
        emergency.judge(uses.opened_use(opened.pk, by=by), Verdict.WRONG, "Nee.", now=timezone.now(), by=by)
    assert use_by(cast.greet).verdict == Verdict.RIGHT


def test_an_officer_who_came_later_reviews_what_is_open(cast: Cast, case: Case, opened: EmergencyAccess) -> None:
    assert waiting(second_officer(cast)) == [case.dossier.reference]


def _kept_away(cast: Cast, case: Case) -> None:
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(case.dossier_id, cast.fatima.pk, ExclusionReason.FAMILY, by=by)


def test_an_officer_who_is_kept_away_finds_and_judges_nothing(
    cast: Cast, case: Case, opened: EmergencyAccess, browser: Browsers
) -> None:
    with as_(cast.fatima) as (by, _):
        held = uses.opened_use(opened.pk, by=by)
    _kept_away(cast, case)
    assert waiting(cast.fatima) == []
    assert browser(cast.fatima).see("privacy-emergency", opened.pk).status_code == 404
    with as_(cast.fatima) as (by, _), pytest.raises(Refused), transaction.atomic():
        emergency.judge(held, Verdict.RIGHT, "Toch.", now=timezone.now(), by=by)
    with as_(cast.fatima):
        assert not EmergencyAccess.objects.exists()
        assert not EmergencyText.objects.exists()


def test_an_officer_with_a_part_in_the_dossier_does_not_judge(cast: Cast, case: Case) -> None:
    """Who once took part and became privacy officer later."""
    invited(case, cast.rosa, cast.petra)
    broken(cast.greet, case.dossier.reference)
    User.objects.filter(pk=cast.petra.pk).update(roles=["privacy_officer"])
    assert waiting(User.objects.get(pk=cast.petra.pk)) == []


def test_nobody_judges_one_s_own(cast: Cast, case: Case) -> None:
    broken(cast.greet, case.dossier.reference)
    User.objects.filter(pk=cast.greet.pk).update(roles=["privacy_officer"])
    greet = User.objects.get(pk=cast.greet.pk)
    assert waiting(greet) == []
    with as_(greet) as (by, _), pytest.raises(Refused), transaction.atomic():
        emergency.judge(EmergencyAccess.objects.get(), Verdict.RIGHT, "Ik vond het goed.", now=timezone.now(), by=by)


@pytest.mark.parametrize("who", ["rosa", "wilma", "greet", "beheer"])
def test_nobody_else_judges(cast: Cast, opened: EmergencyAccess, browser: Browsers, who: str) -> None:
    answer = browser(cast.people[who]).do("privacy-emergency", opened.pk, verdict="right", text="Goed.")
    assert answer.status_code == 403
    with as_(cast.people[who]), connection.cursor() as cursor:
        cursor.execute("SELECT privacy_review_emergency(%s, 'right')", [opened.pk])
        assert cursor.fetchone() == (False,)


def test_a_role_in_the_settings_alone_is_not_enough_for_the_database(cast: Cast, opened: EmergencyAccess) -> None:
    with as_(cast.wilma), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('casustafel.roles', 'privacy_officer', true)")
        cursor.execute("SELECT privacy_take_up_reviews()")
        cursor.execute("SELECT privacy_review_emergency(%s, 'right')", [opened.pk])
        assert cursor.fetchone() == (False,)
        assert not EmergencyText.objects.exists()


def test_the_term_is_two_working_days_and_late_is_said_in_words(
    cast: Cast, opened: EmergencyAccess, time_machine: Any
) -> None:
    with as_(cast.fatima) as (by, _):
        (use,) = uses.to_review(timezone.now(), by=by)
        assert not use.late
        (use,) = uses.to_review(use.due_at + timedelta(seconds=1), by=by)
        assert use.late
        assert use.term == "te laat: de termijn is voorbij"


@pytest.mark.parametrize(
    ("opened_on", "due_on"), [((2026, 11, 23), 25), ((2026, 11, 26), 30), ((2026, 11, 27), 31), ((2026, 11, 28), 31)]
)
def test_weekends_do_not_count(opened_on: tuple[int, int, int], due_on: int) -> None:
    due = workdays.after(datetime(*opened_on, 15, tzinfo=UTC), 2)
    assert due.date() == (datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=due_on - 1)).date()


def test_mail_and_database_hold_nothing_of_the_reason(cast: Cast, case: Case) -> None:
    secret = canary("reden")
    Job.objects.all().delete()
    broken(cast.greet, case.dossier.reference, f"{REASON} {secret}")
    for job in Job.objects.all():
        jobs.perform(job.pk, now=timezone.now())
    assert len(mail.outbox) == 4  # two regisseurs, two privacy officers
    for message in mail.outbox:
        assert secret not in message.body
        assert case.dossier.reference not in message.body
    with as_(cast.rosa), connection.cursor() as cursor:
        for table in ("privacy_emergencyaccess", "privacy_emergencytext", "privacy_auditentry", "privacy_job"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            assert secret not in (cursor.fetchone()[0] or "")


def test_nobody_writes_in_another_s_name(cast: Cast, opened: EmergencyAccess) -> None:
    with as_(cast.fatima) as (by, _):
        use = uses.opened_use(opened.pk, by=by)
        with pytest.raises(DatabaseError), transaction.atomic():
            EmergencyText(
                dossier=use.dossier,
                compartment=use.compartment,
                use=use,
                kind=EmergencyText.Kind.ANSWER,
                author=cast.greet,
                text="Ik was het niet.",
            ).save(force_insert=True)


def test_the_work_list_of_the_officer_says_the_term(cast: Cast, opened: EmergencyAccess) -> None:
    with as_(cast.fatima) as (by, _):
        (urgent,) = worklist(by=by).urgent
        assert (urgent.what, urgent.url_name) == ("Noodtoegang te beoordelen", "privacy-emergency")
        assert urgent.when
