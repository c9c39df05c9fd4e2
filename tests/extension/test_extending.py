"""A term is extended when who directs asks, every source consents, and the database finds all of it true."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from casework.models import Case, Household
from casework.services import contributions, extending
from privacy.access import open_one
from privacy.actor import SYSTEM_ID
from privacy.errors import NotKnown, Refused
from privacy.models import Extension, ExtensionConsent, ExtensionText
from privacy.retention import extension
from privacy.retention.terms import years_after
from privacy.unlock import unlock
from tests.commits import committed
from tests.conftest import Log
from tests.exclusion.conftest import keep_away
from tests.extension.scene import a_case_near_its_end, all_agree, answered, asked, by_hand, closed, ends, in_days
from tests.retention.scene import as_person, checked, due, ends_on, jobs_done, later, listed, may_go_open, stands
from tests.world import Cast, a_household, as_, assessed, contributed, invited

DAYS = [date(2027, 2, 28), date(2028, 2, 29), date(2027, 12, 31), date(2028, 3, 1), date(2030, 2, 28)]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("years", [1, 2])
def test_the_database_counts_years_as_the_terms_do(cast: Cast, day: date, years: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_years_after(%s, %s)", [day, years])
        assert cursor.fetchone()[0] == years_after(day, years)


@pytest.mark.parametrize("days", [1, 170])
def test_two_years_from_the_old_end_and_no_day_more(cast: Cast, days: int, log: Log) -> None:
    case = a_case_near_its_end(cast, days)
    row = asked(cast, case)
    assert (row.old_end, row.new_end) == (in_days(days), years_after(in_days(days), 2))
    all_agree(cast, row)
    assert ends(cast, case) == in_days(days)
    with as_(cast.rosa) as (by, _):
        extension.grant(row, by=by)
        with pytest.raises(Refused, match="loopt niet meer"):
            extension.grant(row, by=by)
        shown = type(case).objects.get(pk=case.pk).retain_until
    assert ends(cast, case) == shown == years_after(in_days(days), 2)
    events = [entry.event for entry in log.changes(event__startswith="extension.")]
    assert events == ["extension.asked", "extension.consented", "extension.consented", "extension.granted"]


def test_an_extended_case_stays_the_day_before_and_goes_the_day_itself_also_its_file(cast: Cast) -> None:
    case = committed(lambda: a_case_near_its_end(cast, 1))

    def extended() -> Extension:
        row = asked(cast, case)
        all_agree(cast, row)
        with as_(cast.rosa) as (by, _):
            extension.grant(row, by=by)
        return row

    row = committed(extended)
    committed(lambda: may_go_open(case.dossier_id))
    assert listed(cast) == set()
    later(case.dossier_id, days=1)  # the last day but one of the two years
    assert listed(cast) == set()
    committed(lambda: ends_on(case.dossier_id, timezone.localdate()))
    assert listed(cast) == {case.dossier_id}
    checked(cast)
    jobs_done()
    assert not stands(case.dossier_id)
    assert not stands(row.file_id)
    assert not Extension.objects.using("maintenance").exists()
    assert not ExtensionText.objects.using("maintenance").exists()


def test_an_open_request_holds_destruction_for_four_weeks_and_not_for_ever(cast: Cast) -> None:
    case = committed(lambda: a_case_near_its_end(cast, 1))
    row = committed(lambda: asked(cast, case))
    assert row.last_day == in_days(1) + timedelta(weeks=4)
    due(case.dossier_id)
    assert listed(cast) == set()
    held = as_person(cast, "fatima", lambda by: extension.holding(by=by))
    assert [(one.reference, one.last_day, one.agreed, one.asked) for one in held] == [
        (case.dossier.reference, row.last_day, 0, 2)
    ]
    committed(lambda: _moved(row, days=-30))
    assert listed(cast) == {case.dossier_id}
    with pytest.raises(Refused, match="loopt niet meer"):
        as_person(cast, "wilma", lambda by: extending.answer(row, True, by=by))


def _moved(row: Extension, days: int) -> None:
    """As if so many days went by since."""
    Extension.objects.using("maintenance").filter(pk=row.pk).update(
        old_end=row.old_end + timedelta(days=days), last_day=row.last_day + timedelta(days=days)
    )


def test_a_request_that_is_withdrawn_or_refused_holds_nothing(cast: Cast) -> None:
    case = committed(lambda: a_case_near_its_end(cast, 1))
    row = committed(lambda: asked(cast, case))
    as_person(cast, "rosa", lambda by: extension.withdraw(row, by=by))
    with pytest.raises(Refused, match="loopt niet meer"):
        as_person(cast, "rosa", lambda by: extension.withdraw(row, by=by))
    again = committed(lambda: asked(cast, case))
    committed(lambda: answered(again, cast.wilma, agreed=False))
    due(case.dossier_id)
    assert listed(cast) == {case.dossier_id}


def test_a_no_is_final_as_long_as_those_data_are_there(cast: Cast) -> None:
    case = a_case_near_its_end(cast)
    row = asked(cast, case)
    answered(row, cast.pieter)
    answered(row, cast.wilma, agreed=False)
    with as_(cast.rosa) as (by, _), pytest.raises(Refused, match="loopt niet meer"):
        extension.grant(row, by=by)
    with pytest.raises(Refused, match="stemde niet in"):
        asked(cast, case)
    with as_(cast.wilma) as (by, _):
        unlock([case.dossier_id], by=by)
        mine = case.contributions.get()
        contributions.withdraw(open_one(type(mine), mine.pk, by=by), now=timezone.now(), by=by)
    again = asked(cast, case)
    with as_(cast.rosa):
        assert [k.organisation_id for k in ExtensionConsent.objects.filter(extension=again)] == [cast.politie.pk]


def test_one_consent_is_missing_or_a_source_came_after(cast: Cast) -> None:
    case = a_case_near_its_end(cast)
    row = asked(cast, case)
    answered(row, cast.wilma)
    with as_(cast.rosa) as (by, _), pytest.raises(Refused, match="Nog niet alle"):
        extension.grant(row, by=by)
    answered(row, cast.pieter)
    invited(case, cast.rosa, cast.greet)
    contributed(case, cast.greet, "Er is een behandeling.")
    with as_(cast.rosa) as (by, _), pytest.raises(Refused, match="niet is gevraagd"):
        extension.grant(row, by=by)
    assert ends(cast, case) == in_days(10)


def test_an_organisation_answers_once(cast: Cast) -> None:
    case = a_case_near_its_end(cast)
    invited(case, cast.rosa, cast.wout)
    row = asked(cast, case)
    answered(row, cast.wilma)
    for person, agreed in ((cast.wilma, True), (cast.wout, False)):
        with pytest.raises(Refused, match="antwoordde al"):
            answered(row, person, agreed)
    with as_(cast.rosa):
        consent = ExtensionConsent.objects.get(extension=row, organisation_id=cast.corporatie.pk)
        assert (consent.agreed, consent.answered_by) == (True, cast.wilma.pk)


@pytest.mark.parametrize("who", ["greet", "otto", "wout", "victor", "fatima", "beheer", "conny", "carla"])
def test_nobody_answers_who_takes_no_part_for_a_source(cast: Cast, who: str) -> None:
    row = asked(cast, a_case_near_its_end(cast))
    with pytest.raises(DatabaseError, match="takes part"):
        by_hand(cast.people[who], "SELECT privacy_answer_extension(%(row)s, true)", row=row.pk)
    # Whatever the transaction says of the organisation: that of the person counts.
    with as_(cast.people[who]), pytest.raises(DatabaseError, match="takes part"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('casustafel.organisation', %s, true)", [str(cast.corporatie.pk)])
            cursor.execute("SELECT privacy_answer_extension(%s, true)", [row.pk])


def test_who_is_kept_away_neither_answers_nor_reads(cast: Cast) -> None:
    case = a_case_near_its_end(cast)
    row = asked(cast, case)
    keep_away(case, cast.wilma, cast.rosa)
    with pytest.raises(DatabaseError, match="takes part"):
        by_hand(cast.wilma, "SELECT privacy_answer_extension(%(row)s, true)", row=row.pk)
    with as_(cast.wilma) as (by, _):
        with pytest.raises(NotKnown):
            extension.one(row.pk)
        assert not ExtensionText.objects.exists()


def test_a_closed_case_is_extended_on_ground_b_alone_and_within_a_year(cast: Cast) -> None:
    case = committed(lambda: a_case_near_its_end(cast))
    with pytest.raises(Refused, match="past niet"):
        committed(lambda: asked(cast, case, "b"))
    committed(lambda: closed(cast, case))
    with pytest.raises(Refused, match="past niet"):
        committed(lambda: asked(cast, case, "a"))
    row = committed(lambda: asked(cast, case, "b"))
    committed(lambda: all_agree(cast, row))
    committed(lambda: _closed_ago(case, 366))
    with pytest.raises(Refused, match="past niet"):
        as_person(cast, "rosa", lambda by: extension.grant(row, by=by))
    committed(lambda: _closed_ago(case, 360))
    as_person(cast, "rosa", lambda by: extension.grant(row, by=by))
    assert ends(cast, case) == years_after(in_days(10), 2)


def _closed_ago(case: Case, days: int) -> None:
    """As if it was closed so many days ago."""
    with connections["maintenance"].cursor() as cursor:
        cursor.execute("SELECT set_config('casustafel.actor', %s, false)", [str(SYSTEM_ID)])
        cursor.execute(
            "UPDATE privacy_dossier SET shielded_at = now() - %s WHERE id = %s",
            [timedelta(days=days), case.dossier_id],
        )
        cursor.execute("SELECT set_config('casustafel.actor', '', false)")


def test_each_extension_needs_all_of_it_again_and_none_is_asked_years_ahead(cast: Cast) -> None:
    case = committed(lambda: a_case_near_its_end(cast))
    row = committed(lambda: asked(cast, case))
    committed(lambda: all_agree(cast, row))
    as_person(cast, "rosa", lambda by: extension.grant(row, by=by))
    with pytest.raises(Refused, match="laatste halfjaar"):
        committed(lambda: asked(cast, case))
    later(case.dossier_id, days=20)
    again = committed(lambda: asked(cast, case))
    with as_(cast.rosa):
        assert {k.agreed for k in ExtensionConsent.objects.filter(extension=again)} == {None}
    with pytest.raises(Refused, match="Nog niet alle"):
        as_person(cast, "rosa", lambda by: extension.grant(again, by=by))
    assert again.new_end == years_after(in_days(20), 2)


def test_it_is_asked_before_the_term_ends_and_not_on_the_day_itself(cast: Cast) -> None:
    assert asked(cast, a_case_near_its_end(cast, 1)).old_end == in_days(1)
    with pytest.raises(Refused, match="voorbij"):
        asked(cast, a_case_near_its_end(cast, 0))
    with pytest.raises(Refused, match="laatste halfjaar"):
        asked(cast, a_case_near_its_end(cast, 190))


@pytest.mark.parametrize("ground", ["c", "", "A"])
def test_a_ground_that_is_not_known(cast: Cast, ground: str) -> None:
    case = a_case_near_its_end(cast)
    with pytest.raises(Refused, match="grond"):
        asked(cast, case, ground)


def test_of_two_who_ask_at_once_one_is_told(cast: Cast) -> None:
    case = a_case_near_its_end(cast)
    asked(cast, case)
    for who in ("rosa", "rachid"):
        with pytest.raises(Refused, match="loopt al"):
            asked(cast, case, who=who)
    with as_(cast.rosa):
        assert Extension.objects.count() == 1


def test_two_at_the_very_same_moment_make_one_request_and_one_extension(cast: Cast) -> None:
    case = committed(lambda: a_case_near_its_end(cast))
    assert sorted(_both(lambda who: asked(cast, case, who=who))) == ["done", "refused"]
    row = Extension.objects.using("maintenance").get()
    committed(lambda: all_agree(cast, row))

    def granted(who: str) -> None:
        with as_(cast.people[who]) as (by, _):
            extension.grant(row, by=by)

    assert sorted(_both(granted)) == ["done", "refused"]
    assert ends(cast, case) == years_after(in_days(10), 2)


def _both(act: Callable[[str], object]) -> list[str]:
    """What came of it when Rosa and Rachid do the same at once."""
    outcomes, together = [], Barrier(2)

    def one(who: str) -> None:
        together.wait()
        try:
            committed(lambda: act(who))
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")

    threads = [Thread(target=one, args=(who,)) for who in ("rosa", "rachid")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.parametrize("who", ["victor", "pieter", "wilma", "carla", "fatima", "beheer"])
def test_who_does_not_direct_asks_grants_and_withdraws_nothing(cast: Cast, who: str) -> None:
    case = a_case_near_its_end(cast)
    person = cast.people[who]
    with pytest.raises(NotKnown):
        asked(cast, case, who=who)
    row = asked(cast, case)
    all_agree(cast, row)
    for statement in (
        "SELECT privacy_ask_extension(gen_random_uuid(), %(case)s, 'a', 2, %(case)s)",
        "SELECT privacy_grant_extension(%(row)s)",
        "SELECT privacy_withdraw_extension(%(row)s)",
        "SELECT privacy_extension_barrier(%(case)s)",
        "SELECT * FROM privacy_extension_whom(%(case)s)",
    ):
        with pytest.raises(DatabaseError, match="directs"):
            by_hand(person, statement, case=case.dossier_id, row=row.pk)
    assert ends(cast, case) == in_days(10)


BY_HAND = [
    "UPDATE privacy_extension SET new_end = new_end + 365",
    "UPDATE privacy_extension SET outcome = ''",
    "UPDATE privacy_extensionconsent SET agreed = true, answered_by = %(me)s, answered_at = now()",
    "DELETE FROM privacy_extensionconsent",
    "DELETE FROM privacy_extension",
    "INSERT INTO privacy_extension SELECT * FROM privacy_extension",
    "UPDATE privacy_dossier SET retain_until = retain_until + 730 WHERE id = %(case)s",
    "UPDATE privacy_extensiontext SET at = now()",
    "SELECT privacy_extension_on(%(case)s, 'a')",
    "SELECT privacy_extension_sources(%(case)s)",
    "SELECT privacy_ask_extension(gen_random_uuid(), %(case)s, 'a', 3, %(case)s)",
    "SELECT privacy_ask_extension(gen_random_uuid(), %(case)s, 'a', -2, %(case)s)",
]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM casework_casesignal",
        "UPDATE casework_casesignal SET signal_dossier_id = dossier_id",
        "UPDATE casework_signal SET source_id = %(home)s",
        "UPDATE casework_contribution SET organisation_id = %(home)s, withdrawn_at = now()",
        "UPDATE casework_contribution SET withdrawn_at = now()",
    ],
)
def test_who_directs_takes_no_source_away_that_may_say_no(cast: Cast, statement: str) -> None:
    case = a_case_near_its_end(cast)
    with suppress(DatabaseError):  # some are refused, the others find no row
        by_hand(cast.rosa, statement, home=cast.gemeente.pk)
    row = asked(cast, case)
    with as_(cast.rosa):
        asked_of = set(ExtensionConsent.objects.filter(extension=row).values_list("organisation_id", flat=True))
    assert asked_of == {cast.politie.pk, cast.corporatie.pk}


def test_a_household_waits_with_its_case_and_its_sources_are_asked_too(cast: Cast) -> None:
    def home() -> tuple[Case, Household]:
        case = a_case_near_its_end(cast, 1)
        invited(case, cast.rosa, cast.greet, cast.carla)
        household = a_household(case, cast.rosa, cast.carla)
        return case, household

    case, household = committed(home)
    committed(lambda: assessed(household, cast.greet, 3))
    row = committed(lambda: asked(cast, case))
    with as_(cast.rosa):
        homes = set(ExtensionConsent.objects.filter(extension=row).values_list("organisation_id", flat=True))
    assert homes == {cast.politie.pk, cast.corporatie.pk, cast.ggz.pk}
    due(case.dossier_id, household.dossier_id)
    assert listed(cast) == set()


@pytest.mark.parametrize("statement", BY_HAND)
def test_who_directs_changes_none_of_it_by_plain_sql(cast: Cast, statement: str) -> None:
    case = a_case_near_its_end(cast)
    row = asked(cast, case)
    with pytest.raises(DatabaseError, match="denied|years"):
        by_hand(cast.rosa, statement, case=case.dossier_id, me=cast.rosa.pk)
    assert by_hand(cast.rosa, "SELECT privacy_grant_extension(%(row)s)", row=row.pk) == "consent"
    assert ends(cast, case) == in_days(10)


def test_after_the_case_went_there_is_nothing_to_extend(cast: Cast) -> None:
    case = committed(lambda: a_case_near_its_end(cast, 1))
    row = committed(lambda: asked(cast, case))
    committed(lambda: all_agree(cast, row))
    committed(lambda: _moved(row, days=-30))
    due(case.dossier_id)
    checked(cast)
    jobs_done()
    assert not stands(case.dossier_id)
    with pytest.raises(DatabaseError, match="directs"):
        by_hand(cast.rosa, "SELECT privacy_grant_extension(%(row)s)", row=row.pk)
    with pytest.raises(NotKnown):
        asked(cast, case)


def test_who_checks_or_manages_holds_no_key_to_the_reason(cast: Cast) -> None:
    row = asked(cast, a_case_near_its_end(cast))
    for who in ("fatima", "faisal", "beheer", "cor", "conny", "rachid"):
        with as_(cast.people[who]) as (by, ring):
            assert not ExtensionText.objects.exists()
            unlock([row.file_id], by=by)
            assert not ring.unwraps
    for who in ("rosa", "wilma", "pieter"):
        with as_(cast.people[who]) as (by, _):
            text = extension.text_of(row, by=by)
            assert text is not None
            assert "Verlenggraag" in text.text


def test_a_partner_reads_its_own_answer_and_nobody_elses(cast: Cast) -> None:
    row = asked(cast, a_case_near_its_end(cast))
    with as_(cast.wilma):
        assert [k.organisation_id for k in ExtensionConsent.objects.filter(extension=row)] == [cast.corporatie.pk]
    with as_(cast.greet):
        assert not Extension.objects.exists()
        assert not ExtensionConsent.objects.exists()
