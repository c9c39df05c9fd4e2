"""What the background says of terms and reviews: each thing once, to who directs, at the moment that it is given."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import Case, RegieKind
from casework.services import cases
from escalation.models import Measure, Proposal, Standing, Term
from escalation.services import terms, watching
from partners.models import User
from privacy.acting import acting
from privacy.actor import system_actor
from privacy.models.job import Job
from privacy.unlock import unlock
from tests.conftest import Log
from tests.ladder.home import a_home, at, begun, extension, imposed, mails, mandated, swept, term
from tests.ladder.scene import at_the_ladder, granted, proposed
from tests.world import Cast, as_

# Imposed on Friday; ten days; reminded three days before the last one, which is Monday 28 December: on Christmas Day
# nobody works, so on Thursday 24 December at nine.
FRIDAY, REMINDED, ENDS = "2026-12-18 23:30", at("2026-12-24 09:00"), at("2026-12-28 23:30")
SECOND = timedelta(seconds=1)


@pytest.fixture
def standing(cast: Cast) -> Standing:
    case = a_home(cast)
    mandated(cast, case)
    made = imposed(cast, case, FRIDAY)
    swept(at(FRIDAY))
    mails(cast.rosa)
    return made


def told(cast: Cast, now: str | object) -> list[str]:
    """Who gets a mail from what the background does at this moment."""
    swept(at(now) if isinstance(now, str) else now)  # type: ignore[arg-type]
    return mails(cast.rosa, cast.bram, cast.petra, cast.wilma, cast.carla)


def test_a_term_of_hours_is_told_of_at_once_and_when_it_is_over(cast: Cast) -> None:
    case = a_home(cast)
    mandated(cast, case)
    imposed(cast, case, FRIDAY)
    mails(cast.rosa)
    assert told(cast, FRIDAY) == ["Rosa"], "reachable within 24 hours: there is no later working day"
    assert told(cast, "2026-12-19 23:29") == []
    assert told(cast, "2026-12-19 23:30") == ["Rosa"]


def test_a_measure_is_reminded_of_on_a_working_day_and_told_of_when_it_is_over_each_once(
    cast: Cast, standing: Standing
) -> None:
    told(cast, "2026-12-19 23:30")
    moments = [REMINDED - SECOND, REMINDED, REMINDED, ENDS - SECOND, ENDS, ENDS + timedelta(days=9)]
    assert [told(cast, now) for now in moments] == [[], ["Rosa"], [], [], ["Rosa"], []]
    stored = term(standing, cast.rosa, "duur")
    assert (stored.reminded_at, stored.alarmed_at) == (REMINDED, ENDS)


def test_a_clock_that_goes_back_an_hour_says_nothing_twice_and_loses_nothing(cast: Cast, standing: Standing) -> None:
    told(cast, "2026-12-19 23:30")
    hour = timedelta(hours=1)
    assert [told(cast, now) for now in (REMINDED, REMINDED - hour, REMINDED)] == [["Rosa"], [], []]
    assert [told(cast, now) for now in (ENDS - hour, ENDS, ENDS - hour, ENDS)] == [[], ["Rosa"], [], []]


def test_looks_do_not_multiply_when_jobs_come_twice_and_clocks_go_back(cast: Cast, standing: Standing) -> None:
    of = term(standing, cast.rosa, "duur")
    for now in (REMINDED, REMINDED - timedelta(hours=1), REMINDED, REMINDED + SECOND):
        watching.watch_terms([of.pk, of.pk])
        swept(max(now, timezone.now()))
        told(cast, now)
    waiting = Job.objects.filter(subject_id=of.pk, state="waiting").values_list("not_before", flat=True)
    assert sorted(set(waiting)) == sorted(waiting)
    assert len(waiting) <= 2


def test_what_was_missed_all_the_while_is_told_as_over_and_not_reminded_of(cast: Cast, standing: Standing) -> None:
    assert told(cast, ENDS + timedelta(days=1)) == ["Rosa"]
    stored = term(standing, cast.rosa, "duur")
    assert stored.reminded_at is None
    assert stored.alarmed_at is not None


def test_an_extension_starts_the_looking_again_without_a_second_word_of_the_old_end(
    cast: Cast, standing: Standing
) -> None:
    told(cast, "2026-12-19 23:30")
    assert told(cast, REMINDED) == ["Rosa"]
    granted(extension(standing, cast.rosa, at("2027-01-15 23:30"), REMINDED), cast.bram, now=REMINDED)
    mails(cast.rosa)
    assert told(cast, ENDS) == []
    # Three days before Friday 15 January is Tuesday.
    assert told(cast, "2027-01-12 08:59") == []
    assert told(cast, "2027-01-12 09:00") == ["Rosa"]
    assert told(cast, "2027-01-15 23:30") == ["Rosa"]
    assert told(cast, "2027-01-20 12:00") == []


def test_of_a_term_that_was_kept_nothing_is_said(cast: Cast, standing: Standing) -> None:
    of = term(standing, cast.rosa, "bereikbaar")
    with at_the_ladder(cast.rosa, standing) as by:
        terms.done(of, now=at("2026-12-19 10:00"), by=by)
    assert told(cast, "2026-12-20 23:30") == []


def test_somebody_elses_term_is_reminded_of_and_no_alarm_of_ours(cast: Cast, standing: Standing) -> None:
    told(cast, "2026-12-19 23:30")
    begun(standing, cast.rosa, "zitting", at("2026-12-21 09:00"))  # until Thursday; the day before is Wednesday
    assert told(cast, "2026-12-23 08:59") == []
    assert told(cast, "2026-12-23 09:00") == ["Rosa"]
    assert told(cast, "2026-12-25 00:00") == ["Rosa"], "the huisverbod, and nothing of the hearing"
    assert term(standing, cast.rosa, "zitting").alarmed_at is not None
    assert Job.objects.filter(kind=watching.TERM, subject_id=term(standing, cast.rosa, "zitting").pk,
                              done_at__isnull=True).count() == 0  # fmt: skip


def test_the_casusregisseur_hears_of_it_too(cast: Cast, standing: Standing) -> None:
    told(cast, "2026-12-19 23:30")
    with at_the_ladder(cast.rosa, standing) as by:
        cases.assign_regie(standing.case, RegieKind.CASE, cast.carla.pk, now=timezone.now(), by=by)
    mails(cast.carla)
    assert told(cast, REMINDED) == ["Carla", "Rosa"]


def test_the_log_says_that_word_was_sent_and_nothing_of_what(cast: Cast, standing: Standing, log: Log) -> None:
    told(cast, ENDS)
    entries = log.changes(event="ladder.term_told")
    assert {entry.changes[0] for entry in entries} == {"told"}
    assert len(entries) == 2  # the huisverbod and the 24 hours


# --- reviews ----------------------------------------------------------------------------------------------------------


def test_a_review_is_reminded_of_on_its_day_and_once(cast: Cast, standing: Standing) -> None:
    told(cast, "2027-01-10 20:00")
    assert standing.review_on == date(2027, 3, 18)
    watching.watch_review(standing.pk, date(2027, 3, 18))  # as a second decision with the same date does
    assert told(cast, "2027-03-18 08:59") == []
    assert told(cast, "2027-03-18 09:00") == ["Rosa"]
    assert told(cast, "2027-03-19 09:00") == []


def test_a_review_that_was_moved_is_reminded_of_on_its_new_day_only(cast: Cast, standing: Standing) -> None:
    told(cast, "2027-01-10 20:00")
    granted(_ends(standing, cast.rosa, date(2027, 4, 1)), cast.bram, now=at("2027-01-10 20:00"))
    mails(cast.rosa)
    assert told(cast, "2027-03-18 09:00") == []
    assert told(cast, "2027-04-01 09:00") == ["Rosa"]


def _ends(standing: Standing, by: User, review_on: date) -> Proposal:
    return proposed(standing, "huisverbod", "hulp_aanvaard", by, review_on=review_on)


# --- closing ----------------------------------------------------------------------------------------------------------


def closed(case: Case, by: User, now: datetime) -> None:
    with as_(by) as (actor, _):
        unlock([case.dossier_id], by=actor)
        outcome = cases.theme_version(case.theme, case.theme_version).close_outcomes[0].code
        cases.close(case, outcome, "Het is nu veilig.", now=now, by=actor)


def test_closing_a_case_ends_what_runs_and_nothing_is_said_any_more(cast: Cast) -> None:
    case, now = a_home(cast), timezone.now()
    mandated(cast, case)
    standing = imposed(cast, case, "2026-11-20 23:30")
    waits = extension(standing, cast.rosa, at("2026-12-18 23:30"), at("2026-11-23 10:00"))
    closed(case, cast.rosa, now)
    mails(cast.rosa)
    with as_(cast.rosa):
        ended = set(Term.objects.filter(standing=standing).values_list("ended_because", flat=True))
        assert ended == {"closed"}
        assert Measure.objects.get(standing=standing).ended_at == now
    with as_(cast.bram):
        assert not Proposal.objects.filter(pk=waits.pk).exists()
    assert told(cast, "2027-04-01 09:00") == []


# --- what nobody looks at -------------------------------------------------------------------------------------------


def test_a_term_whose_job_failed_too_often_is_found_again(cast: Cast, standing: Standing) -> None:
    of = term(standing, cast.rosa, "duur")
    Job.objects.filter(subject_id=of.pk, done_at__isnull=True).update(state="failed")
    assert told(cast, REMINDED) == ["Rosa"], "the other term"
    with acting(system_actor("proef")):
        assert watching.find_unwatched() == 1
        assert watching.find_unwatched() == 0
    Job.objects.filter(subject_id=of.pk, state="waiting").update(not_before=REMINDED)
    assert told(cast, REMINDED) == ["Rosa"]


# --- walls ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call",
    [
        "escalation_term_held('{term}')",
        "escalation_term_told('{term}', true, now())",
        "escalation_review_told('{standing}', current_date)",
        "escalation_unwatched()",
    ],
)
@pytest.mark.parametrize("name", ["rosa", "bram", "beheer", "fatima", "otto"])
def test_only_the_system_watches(cast: Cast, standing: Standing, call: str, name: str) -> None:
    of = term(standing, cast.rosa, "duur")
    statement = call.format(term=of.pk, standing=standing.pk)
    with as_(cast.people[name]), pytest.raises(DatabaseError, match="only the system watches"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {statement}")  # noqa: S608  # our own words


@pytest.mark.parametrize("name", ["wilma", "bram", "petra", "beheer", "victor", "otto"])
def test_only_who_directs_ends_what_runs(cast: Cast, standing: Standing, name: str) -> None:
    with as_(cast.people[name]), pytest.raises(DatabaseError, match="only who directs"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT escalation_closes(%s, now())", [standing.case_id])


def test_the_system_reads_no_dossier_for_it(cast: Cast, standing: Standing) -> None:
    with acting(system_actor("proef")):
        assert not Term.objects.exists()
        assert not Standing.objects.exists()
