"""However a regie ends in fact, it is vacant at that moment, the access is gone, and word goes out the same day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from casework.later import watch_regie
from casework.models import (
    Case,
    Handover,
    Household,
    HouseholdDecision,
    Participation,
    RegieAssignment,
    RegieKind,
    Vacant,
)
from casework.queries.worklist import worklist
from casework.services import cases, exclusions, households, participants, regie
from casework.theming import active_theme
from partners.models import Covenant, Seat, User
from partners.services.organisations import save_organisation
from partners.services.seats import end_seat
from partners.services.users import leave
from privacy import jobs
from privacy.access import visible
from privacy.errors import Refused
from privacy.models import ExclusionReason, Job
from privacy.unlock import unlock
from tests.casework.conftest import Browsers, words
from tests.regie.conftest import Told, accepted, offered, terms, without_gap
from tests.world import GROUND, Cast, a_case, a_household, a_signal, as_, invited


def alarms() -> None:
    """The background does what waits about the regie."""
    for job in Job.objects.filter(kind=regie.VACANT, done_at__isnull=True):
        jobs.perform(job.pk, now=timezone.now())
        job.refresh_from_db()
        assert job.done_at, job.last_error


def held(household: Household, reader: User) -> RegieAssignment:
    return terms(household, reader)[-1]


def sees_nothing(cast: Cast, household: Household, person: User) -> None:
    with as_(person) as (by, _):
        assert not visible(HouseholdDecision, by=by).filter(household=household).exists()


def leaves(cast: Cast, case: Case, household: Household) -> None:
    with as_(cast.beheer) as (by, _):
        leave(User.objects.get(pk=cast.carla.pk), now=timezone.now(), by=by)


def loses_the_seat(cast: Cast, case: Case, household: Household) -> None:
    with as_(cast.beheer) as (by, _):
        end_seat(Seat.objects.get(user=cast.carla), by=by)


def takes_no_part_any_more(cast: Cast, case: Case, household: Household) -> None:
    with as_(cast.rosa) as (by, _):
        there = Participation.objects.select_related("case__dossier", "dossier").get(case=case, user=cast.carla)
        participants.end_participation(there, now=timezone.now(), by=by)


def is_excluded(cast: Cast, case: Case, household: Household) -> None:
    with as_(cast.rosa) as (by, _):
        exclusions.exclude(case.dossier_id, cast.carla, ExclusionReason.FRIEND, by=by)


def is_away(cast: Cast, case: Case, household: Household) -> None:
    with as_(cast.rosa) as (by, _):
        regie.absent(household, None, now=timezone.now(), by=by)


WAYS = [
    (leaves, Vacant.LEFT),
    (loses_the_seat, Vacant.SEAT),
    (takes_no_part_any_more, Vacant.ENDED),
    (is_excluded, Vacant.ENDED),
    (is_away, Vacant.ILL),
]


@pytest.mark.parametrize(("way", "because"), WAYS, ids=lambda one: getattr(one, "__name__", ""))
def test_at_that_moment_nobody_has_it_and_word_goes_out(
    cast: Cast,
    case: Case,
    household: Household,
    told: Told,
    way: Callable[[Cast, Case, Household], None],
    because: Vacant,
) -> None:
    way(cast, case, household)
    row = held(household, cast.rosa)
    assert (row.user_id, row.until, row.vacant_because) == (cast.carla.pk, None, because)
    assert row.vacant_since is not None
    sees_nothing(cast, household, cast.carla)
    alarms()
    assert {"rosa", "rachid"} <= set(told())
    with as_(cast.rosa) as (by, _):
        lines = [line for line in worklist(by=by).urgent if line.url_name == "household-regie"]
        assert [line.pk for line in lines] == [household.pk]


def test_a_last_day_that_passes_is_found_without_anybody_doing_anything(cast: Cast, told: Told) -> None:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    invited(case, cast.rosa, cast.wilma)
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id], by=by)
        until = timezone.now() + timedelta(hours=1)
        participants.invite(case, cast.carla, ground=GROUND, until=until, now=timezone.now(), by=by)
    household = a_household(case, cast.rosa, cast.carla)
    watch_regie()
    assert held(household, cast.rosa).vacant_since is None
    with as_(cast.rosa):  # the day is over
        Participation.objects.filter(case=case, user=cast.carla).update(until=timezone.now() - timedelta(hours=3))
    watch_regie()
    row = held(household, cast.rosa)
    assert row.vacant_because == Vacant.ENDED
    alarms()
    assert "rosa" in told()


def test_an_organisation_that_stops_leaves_no_regie_behind(cast: Cast, household: Household, told: Told) -> None:
    accepted(offered(household, cast.carla, cast.wilma), cast.wilma)
    cast.corporatie.active = False
    with as_(cast.beheer) as (by, _):
        save_organisation(cast.corporatie, by=by)
    assert held(household, cast.rosa).vacant_because == Vacant.ORGANISATION
    alarms()
    assert {"rosa", "rachid"} <= set(told())


def test_a_covenant_that_lapses_is_found_the_same_day(cast: Cast, household: Household, told: Told) -> None:
    accepted(offered(household, cast.carla, cast.wilma), cast.wilma)
    Covenant.objects.get().organisations.remove(cast.corporatie)
    watch_regie()
    assert held(household, cast.rosa).vacant_because == Vacant.ORGANISATION
    alarms()
    assert {"rosa", "rachid"} <= set(told())


def test_a_regie_that_rests_is_left_alone(cast: Cast, household: Household) -> None:
    before = terms(household, cast.rosa)
    watch_regie()
    assert terms(household, cast.rosa) == before
    assert not Job.objects.filter(kind=regie.VACANT).exists()


def second_case(cast: Cast, household: Household, *people: User) -> Case:
    """Another case about the same household."""
    other = a_case(cast.rosa, a_signal(cast.greet, cast.overlast), short_name="Nog een casus")
    invited(other, cast.rosa, *people)
    with as_(cast.rosa) as (by, _):
        unlock([other.dossier_id, household.dossier_id], by=by)
        locked = cases.lock_open(other, by=by)
        households.link(household, locked, now=timezone.now(), by=by)
        households.admit_all(household, locked, now=timezone.now(), by=by)
    return other


def test_who_takes_part_in_another_case_about_them_goes_on_through_that_one(
    cast: Cast, case: Case, household: Household
) -> None:
    other = second_case(cast, household, cast.carla, cast.greet)
    takes_no_part_any_more(cast, case, household)
    row = held(household, cast.rosa)
    assert (row.vacant_since, row.through_id) == (None, other.dossier_id)
    with as_(cast.carla) as (by, _):
        assert visible(HouseholdDecision, by=by).filter(household=household).exists()


def test_a_case_that_closes_takes_the_regie_of_a_household_that_goes_on_along(
    cast: Cast, case: Case, household: Household
) -> None:
    second_case(cast, household, cast.greet)
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id, household.dossier_id], by=by)
        cases.close(case, active_theme("woonoverlast").close_outcomes[0].code, "Rustig.", now=timezone.now(), by=by)
    row = held(household, cast.rosa)
    assert (row.until, row.vacant_because) == (None, Vacant.ENDED)


def test_a_case_that_closes_leaves_the_regie_where_it_can_go_on(cast: Cast, case: Case, household: Household) -> None:
    other = second_case(cast, household, cast.greet, cast.carla)
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id, household.dossier_id], by=by)
        cases.close(case, active_theme("woonoverlast").close_outcomes[0].code, "Rustig.", now=timezone.now(), by=by)
    row = held(household, cast.rosa)
    assert (row.vacant_since, row.through_id) == (None, other.dossier_id)
    with as_(cast.carla) as (by, _):
        assert visible(HouseholdDecision, by=by).exists()


def test_a_household_that_closes_raises_no_alarm(cast: Cast, case: Case, household: Household) -> None:
    with as_(cast.rosa) as (by, _):
        unlock([case.dossier_id, household.dossier_id], by=by)
        cases.close(case, active_theme("woonoverlast").close_outcomes[0].code, "Rustig.", now=timezone.now(), by=by)
    assert not Job.objects.filter(kind=regie.VACANT).exists()


def test_who_is_back_has_it_again_and_the_history_keeps_the_gap_in_fact(cast: Cast, household: Household) -> None:
    with as_(cast.rosa) as (by, _):
        regie.absent(household, timezone.localdate() + timedelta(days=9), now=timezone.now(), by=by)
    with as_(cast.rosa) as (by, _):
        unlock([household.dossier_id], by=by)
        regie.back(household, now=timezone.now(), by=by)
    rows = terms(household, cast.rosa)
    assert [(row.user, row.vacant_because) for row in rows] == [(cast.carla, Vacant.ILL), (cast.carla, "")]
    assert without_gap(rows)
    with as_(cast.carla) as (by, _):
        assert visible(HouseholdDecision, by=by).exists()


def test_who_left_is_not_just_back(cast: Cast, case: Case, household: Household) -> None:
    takes_no_part_any_more(cast, case, household)
    with as_(cast.rosa) as (by, _), pytest.raises(Refused, match="Draag de regie over"):
        unlock([household.dossier_id], by=by)
        regie.back(household, now=timezone.now(), by=by)


def test_only_who_directs_says_that_somebody_is_away(cast: Cast, household: Household) -> None:
    for person in (cast.carla, cast.wilma):
        with as_(person) as (by, _), pytest.raises(Refused):
            regie.absent(household, None, now=timezone.now(), by=by)


def test_a_procesregisseur_whose_seat_ends_leaves_a_case_to_the_colleague(
    cast: Cast, case: Case, household: Household, told: Told, browser: Browsers
) -> None:
    with as_(cast.beheer) as (by, _):
        end_seat(Seat.objects.get(user=cast.rosa), by=by)
    alarms()
    assert "rachid" in told()
    page = browser(cast.rachid)
    assert "Casus zonder procesregisseur" in words(page.see("home"))
    assert "Neem de procesregie over" in words(page.see("case-regie", case.pk))
    page.do("case-take-over", case.pk)
    assert "Casus zonder procesregisseur" not in words(page.see("home"))
    with as_(cast.rachid):
        rows = list(RegieAssignment.objects.filter(case=case, kind=RegieKind.PROCESS).order_by("since"))
    assert [row.user for row in rows] == [cast.rosa, cast.rachid]
    assert without_gap(rows)


def test_when_nobody_directs_any_more_the_beheerder_hears_a_number(
    cast: Cast, case: Case, told: Told, browser: Browsers
) -> None:
    with as_(cast.beheer) as (by, _):
        for seat in Seat.objects.filter(user__in=[cast.rosa, cast.rachid]):
            end_seat(seat, by=by)
    alarms()
    assert "beheer" in told()
    page = words(browser(cast.beheer).see("home"))
    assert "Tafel zonder procesregisseur" in page
    assert "1 casus loopt zonder regie" in page
    assert case.dossier.reference not in page


def test_the_alarm_tells_nobody_of_what_it_is_about(cast: Cast, case: Case, household: Household) -> None:
    takes_no_part_any_more(cast, case, household)
    alarms()
    for job in Job.objects.filter(kind="notice.something_waits", subject_id=cast.rosa.pk):
        jobs.perform(job.pk, now=timezone.now())
    assert mail.outbox
    for message in mail.outbox:
        text = message.subject + str(message.body)
        assert household.dossier.reference not in text
        assert "Voorbeeld" not in text
        assert "Carla" not in text


def test_only_the_system_watches_and_sends_alarms(cast: Cast, household: Household) -> None:
    for person in (cast.rosa, cast.carla, cast.beheer, cast.fatima, cast.otto):
        for question in (
            "SELECT * FROM casework_watch_regie()",
            "SELECT * FROM casework_alarmed(gen_random_uuid())",
            "SELECT * FROM casework_offer_lapsed(gen_random_uuid())",
        ):
            with as_(person), pytest.raises(DatabaseError, match="only the system"):
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(question)


def test_a_regisseur_who_leaves_and_the_one_who_takes_over_as_the_pages_show_it(
    cast: Cast, case: Case, household: Household, told: Told, browser: Browsers
) -> None:
    """Alarm the same day, hand-over accepted, no moment without regie in the history."""
    assert browser(cast.beheer).do("person-leave", cast.carla.pk).status_code == 302
    alarms()
    assert {"rosa", "rachid"} <= set(told())
    rosa, wilma = browser(cast.rosa), browser(cast.wilma)
    home = words(rosa.see("home"))
    assert "Gezin zonder casusregisseur" in home
    assert reverse("household-regie", args=[household.pk]) in home
    assert "nu geen casusregisseur" in words(wilma.see("household-detail", household.pk))
    page = words(rosa.see("household-regie", household.pk))
    assert "uit dienst" in page
    assert "Wilma Proef" in words(rosa.see("household-hand-over", household.pk))
    answer = rosa.do("household-hand-over", household.pk, to=str(cast.wilma.pk), reason="Carla is uit dienst.")
    assert answer.status_code == 302
    assert "wilma" in told()
    assert "Overdracht aan u: neem de regie aan of niet" in words(wilma.see("home"))
    with as_(cast.wilma) as (by, _):
        offer = visible(Handover, by=by).get()
    assert "Carla is uit dienst." in words(wilma.see("household-handover", household.pk, offer.pk))
    assert wilma.do("household-handover", household.pk, offer.pk).status_code == 302
    again = wilma.do("household-handover", household.pk, offer.pk)
    assert again.status_code == 409
    assert "is er niet meer" in words(again)
    rows = terms(household, cast.rosa)
    assert [row.user_id for row in rows] == [cast.carla.pk, cast.wilma.pk]
    assert without_gap(rows)
    assert rows[0].vacant_because == Vacant.LEFT
    history = words(wilma.see("household-regie", household.pk))
    assert "Carla Proef" in history
    assert "Niemand beschikbaar vanaf" in history
    assert "Gezin zonder casusregisseur" not in words(rosa.see("home"))


def test_two_hand_overs_and_a_break_leave_no_gap(cast: Cast, household: Household) -> None:
    accepted(offered(household, cast.carla, cast.wilma), cast.wilma)
    accepted(offered(household, cast.wilma, cast.pieter), cast.pieter)
    with as_(cast.rosa) as (by, _):
        regie.absent(household, None, now=timezone.now(), by=by)
    accepted(offered(household, cast.rosa, cast.carla), cast.carla)
    rows = terms(household, cast.rosa)
    assert len(rows) == 4
    assert without_gap(rows)
