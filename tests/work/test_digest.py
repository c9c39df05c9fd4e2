"""One mail when something new is stuck, on the table's day: never a storm, never anything of a dossier."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from casework import later
from casework.models import Household, KeptFilter, StagnationTold
from casework.services import stagnation
from partners.models import DigestDay, Seat, StagnationSettings
from partners.notices import SOMETHING_WAITS
from privacy import jobs
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.models import Job
from privacy.roles import Role
from tests.work.plans import a_goal, an_action, began
from tests.world import Cast, a_case, a_household, a_signal, as_, invited


def monday() -> date:
    today = timezone.localdate()
    return today + timedelta(days=(0 - today.weekday()) % 7)


def told(day: date) -> set[object]:
    by = system_actor("proef")
    with acting(by):
        return set(stagnation.digest(today=day, by=by))


def do_all() -> None:
    """Does every waiting job, also what a job asks for."""
    while waiting := list(Job.objects.filter(done_at__isnull=True, attempts=0)):
        for job in waiting:
            jobs.perform(job.pk, now=timezone.now())


@pytest.fixture
def old(cast: Cast, household: Household) -> Household:
    """A household that is stuck: no goal for two months."""
    began(household, 60, cast.rosa)
    return household


def test_who_directs_the_table_is_told_once_and_nobody_else(cast: Cast, old: Household) -> None:
    assert told(monday()) == {cast.rosa.pk, cast.rachid.pk}
    assert told(monday()) == set()
    assert told(monday() + timedelta(days=7)) == set()


def test_nothing_is_told_on_another_day(cast: Cast, old: Household) -> None:
    assert told(monday() + timedelta(days=1)) == set()
    StagnationSettings.objects.create(table=cast.overlast, digest=DigestDay.TUESDAY)
    assert told(monday() + timedelta(days=1)) == {cast.rosa.pk, cast.rachid.pk}


def test_a_daily_mail_leaves_the_weekend_alone(cast: Cast, old: Household) -> None:
    StagnationSettings.objects.create(table=cast.overlast, digest=DigestDay.DAILY)
    assert told(monday() + timedelta(days=5)) == set()
    assert told(monday() + timedelta(days=6)) == set()
    assert told(monday() + timedelta(days=9)) == {cast.rosa.pk, cast.rachid.pk}


def test_what_is_new_is_told_and_what_was_solved_is_not(cast: Cast, old: Household) -> None:
    told(monday())
    another = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(another, cast.rosa, cast.carla, cast.wilma)
    began(a_household(another, cast.rosa, cast.carla), 60, cast.rosa)
    assert told(monday() + timedelta(days=7)) == {cast.rosa.pk, cast.rachid.pk}
    a_goal(old, cast.carla)
    an_action(old, cast.wilma, monday() + timedelta(days=300), cast.carla)
    assert told(monday() + timedelta(days=14)) == set()


def test_a_vacancy_is_told_on_the_day_itself_by_another_mail_and_not_again(cast: Cast) -> None:
    a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    assert told(monday()) == set()


def test_who_waits_is_not_told(cast: Cast, old: Household) -> None:
    from partners.models import Alarm
    from privacy.unlock import unlock

    today = timezone.localdate()
    with as_(cast.rosa) as (by, _):
        unlock([old.dossier_id], by=by)
        for alarm in (Alarm.NO_GOALS, Alarm.CONTACT):
            until = today + timedelta(days=60)
            stagnation.pause(old.dossier, alarm, until, "Vakantie.", now=timezone.now(), today=today, by=by)
    assert told(monday()) == set()


def test_nobody_elses_household_is_counted(cast: Cast, old: Household) -> None:
    assert cast.victor.pk not in told(monday())
    assert not {cast.carla.pk, cast.wilma.pk} & told(monday() + timedelta(days=7))


def test_a_seat_a_covenant_or_an_account_that_ended_hears_nothing(cast: Cast, old: Household) -> None:
    Seat.objects.filter(user=cast.rachid, role=Role.PROCESREGISSEUR).update(ended_at=timezone.now())
    assert told(monday()) == {cast.rosa.pk}
    cast.rosa.is_active = False
    cast.rosa.save()
    began(old, 100, cast.rosa)
    assert told(monday() + timedelta(days=7)) == set()


def test_the_mail_says_that_something_waits_and_nothing_else(
    cast: Cast, old: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = monday()
    monkeypatch.setattr(timezone, "localdate", lambda *_: day)
    do_all()  # the mails of the signal itself
    before = set(Job.objects.values_list("pk", flat=True))
    mail.outbox.clear()
    later.stagnation_morning()
    later.stagnation_morning()
    do_all()
    kinds = list(Job.objects.exclude(pk__in=before).values_list("kind", flat=True))
    assert sorted(kinds) == sorted([stagnation.DIGEST, SOMETHING_WAITS, SOMETHING_WAITS])
    assert {message.to[0] for message in mail.outbox} == {cast.rosa.email, cast.rachid.email}
    for message in mail.outbox:
        text = f"{message.subject} {message.body}"
        assert "Er staat iets voor u klaar" in text
        for word in (old.dossier.reference, "gezin", "Voorbeeld", "woonoverlast", "vast"):
            assert word not in text


def test_what_was_told_is_read_by_the_system_alone(cast: Cast, old: Household) -> None:
    told(monday())
    for person in (cast.rosa, cast.beheer, cast.fatima):
        with as_(person):
            assert not StagnationTold.objects.exists()
    with acting(system_actor("proef")):
        assert StagnationTold.objects.count() == 2
        assert not KeptFilter.objects.exists()


def test_the_job_reads_no_dossier(cast: Cast, old: Household) -> None:
    with acting(system_actor("proef")) as ring:
        stagnation.digest(today=monday(), by=system_actor("proef"))
        assert ring.unwraps == 0
        assert not Household.objects.exists()
