"""A table keeps shorter than its profile: for new dossiers at once, for others when two people agreed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction
from django.test import Client
from django.utils import timezone

from casework.models import Case
from casework.services import cases
from partners.models import CaseTable, User
from partners.profiling import kept_until, profile_of
from partners.services.seats import save_table
from privacy.actor import SYSTEM_ID
from privacy.errors import Refused
from privacy.jobs import perform
from privacy.models import AuditEntry, Dossier, Job, TermChange
from privacy.retention import term_changes
from privacy.retention.terms import years_after
from privacy.unlock import unlock
from tests.casework.conftest import words
from tests.commits import committed
from tests.exclusion.conftest import keep_away
from tests.retention.scene import a_full_case, as_person, ends_on
from tests.world import Cast, a_household, a_signal, as_, invited

Login = Callable[[User], Client]


@pytest.fixture(autouse=True)
def as_the_profile_says(cast: Cast) -> Iterator[None]:
    """What a test committed of the table is taken back."""
    yield
    if CaseTable.objects.using("maintenance").filter(retention_years__isnull=False).exists():
        shorter(cast, None)


def shorter(cast: Cast, years: int | None = 2) -> None:
    """The beheerder gives the table of nuisance a term of its own."""

    def act(by: object) -> None:
        table = CaseTable.objects.get(pk=cast.overlast.pk)
        table.retention_years = years
        save_table(table, by=by)  # type: ignore[arg-type]

    as_person(cast, "beheer", act)
    cast.overlast.retention_years = years


def begun(dossier_id: UUID, day: date) -> None:
    """As if it had been founded on this day, with five years to go from there."""
    with connections["maintenance"].cursor() as cursor:
        cursor.execute("SELECT set_config('casustafel.actor', %s, false)", [str(SYSTEM_ID)])
        cursor.execute(
            "UPDATE privacy_dossier SET first_processed_on = %s, retain_until = %s WHERE id = %s",
            [day, years_after(day, 5), dossier_id],
        )
        cursor.execute(
            "UPDATE casework_case SET first_processed_on = %s, retain_until = %s WHERE dossier_id = %s",
            [day, years_after(day, 5), dossier_id],
        )
        cursor.execute("SELECT set_config('casustafel.actor', '', false)")


def a_case_begun(cast: Cast, day: date) -> Case:
    case: Case = committed(lambda: a_full_case(cast))
    committed(lambda: begun(case.dossier_id, day))
    return case


def ends(dossier_id: UUID) -> date | None:
    return Dossier.objects.using("maintenance").get(pk=dossier_id).retain_until


def asked(cast: Cast, years: int = 2) -> TermChange:
    as_person(cast, "beheer", lambda by: term_changes.ask(cast.overlast.pk, years, by=by))
    return TermChange.objects.using("maintenance").get(answered_at__isnull=True)


def agreed(cast: Cast, years: int = 2) -> TermChange:
    change = asked(cast, years)
    as_person(cast, "fatima", lambda by: term_changes.answer(change, agrees=True, by=by))
    return change


def carried_out() -> None:
    for job in Job.objects.using("maintenance").filter(kind=term_changes.CARRY_OUT, done_at__isnull=True):
        committed(lambda job=job: perform(job.pk, now=timezone.now() + timedelta(hours=1)))


def today() -> date:
    return timezone.localdate()


def years_ago(years: int, *, days: int = 0) -> date:
    return years_after(today(), -years) + timedelta(days=days)


@pytest.mark.parametrize("years", [1, 6])
def test_never_longer_than_the_profile_and_never_shorter_than_it_names(cast: Cast, years: int) -> None:
    with pytest.raises(Refused, match="van 2 tot en met 5 jaar"):
        shorter(cast, years)


def test_a_new_dossier_has_the_term_of_its_table(cast: Cast) -> None:
    shorter(cast)
    case = committed(lambda: a_full_case(cast))
    assert ends(case.dossier_id) == case.retain_until == years_after(today(), 2)
    signal = Dossier.objects.using("maintenance").get(kind="signal")
    assert signal.retain_until == years_after(today(), 2)
    other = committed(lambda: a_signal(cast.pieter, cast.jeugd))
    assert ends(other.dossier_id) == years_after(today(), 5)


@pytest.mark.parametrize(
    ("begin", "last"),
    [(date(2024, 2, 29), date(2026, 2, 28)), (date(2022, 2, 28), date(2024, 2, 28)), (date(2025, 12, 31), None)],
)
def test_the_day_is_counted_from_the_first_day_also_in_a_leap_year(cast: Cast, begin: date, last: date | None) -> None:
    cast.overlast.retention_years = 2
    assert kept_until(cast.overlast, begin) == (last or date(2027, 12, 31))
    cast.overlast.retention_years = None
    assert kept_until(cast.overlast, begin) == profile_of(cast.overlast).retain_until(begin)


def test_python_and_the_database_count_alike(cast: Cast) -> None:
    cast.overlast.retention_years = 2
    for begin in (date(2024, 2, 29), date(2024, 2, 28), date(2023, 2, 28), date(2024, 12, 31)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT (%s::date + make_interval(years => 2))::date", [begin])
            assert cursor.fetchone()[0] == kept_until(cast.overlast, begin)


def test_what_is_there_comes_nearer_only_when_two_people_agreed(cast: Cast) -> None:
    case = a_case_begun(cast, years_ago(1))
    before = ends(case.dossier_id)
    shorter(cast)
    assert ends(case.dossier_id) == before
    change = asked(cast)
    assert ends(case.dossier_id) == before
    as_person(cast, "fatima", lambda by: term_changes.answer(change, agrees=True, by=by))
    assert ends(case.dossier_id) == before
    carried_out()
    assert ends(case.dossier_id) == years_after(years_ago(1), 2)
    assert Case.objects.using("maintenance").get(pk=case.pk).retain_until == years_after(years_ago(1), 2)
    names = AuditEntry.objects.using("maintenance").filter(event="retention.term_nearer")
    assert names.filter(dossiers__contains=[case.dossier_id]).exists()


@pytest.mark.parametrize(
    ("left", "expected"), [(31, 31), (30, 30), (29, 30), (0, 30), (-400, 30)], ids=lambda number: str(number)
)
def test_nothing_comes_nearer_than_thirty_days(cast: Cast, left: int, expected: int) -> None:
    day = today() + timedelta(days=left)
    case = a_case_begun(cast, years_after(day, -2))
    shorter(cast)
    with as_(cast.beheer) as (by, _):
        effect = term_changes.effect(cast.overlast.pk, 2, by=by)
    assert dict(effect.kinds)["casus"] == 1
    assert effect.soon == (1 if expected == 30 else 0)
    agreed(cast)
    carried_out()
    assert ends(case.dossier_id) == today() + timedelta(days=expected)


@pytest.mark.parametrize("left", [1, 29, 30])
def test_what_goes_sooner_already_keeps_its_day(cast: Cast, left: int) -> None:
    case, other = a_case_begun(cast, years_ago(4)), a_case_begun(cast, years_ago(3))
    committed(lambda: ends_on(case.dossier_id, today() + timedelta(days=left)))
    shorter(cast)
    agreed(cast)
    carried_out()
    assert ends(case.dossier_id) == today() + timedelta(days=left)
    assert ends(other.dossier_id) == today() + timedelta(days=30)


def test_what_was_extended_and_what_is_of_another_table_stays(cast: Cast) -> None:
    extended, mine = a_case_begun(cast, years_ago(4)), a_case_begun(cast, years_ago(4))
    other = committed(lambda: a_signal(cast.pieter, cast.jeugd))
    committed(lambda: ends_on(extended.dossier_id, years_after(years_ago(4), 7)))
    shorter(cast)
    agreed(cast)
    carried_out()
    assert ends(extended.dossier_id) == years_after(years_ago(4), 7)
    assert ends(other.dossier_id) == years_after(today(), 5)
    assert ends(mine.dossier_id) == today() + timedelta(days=30)


def test_a_household_follows_the_last_of_its_cases(cast: Cast) -> None:
    def act() -> tuple[Case, UUID]:
        case = a_full_case(cast)
        invited(case, cast.rosa, cast.wilma, cast.carla)
        return case, a_household(case, cast.rosa, cast.carla).dossier_id

    case, home = committed(act)
    committed(lambda: begun(case.dossier_id, years_ago(1)))
    shorter(cast)
    agreed(cast)
    carried_out()
    assert ends(home) == ends(case.dossier_id) == years_after(years_ago(1), 2)


def test_an_older_signal_brings_the_end_nearer_by_the_term_that_counted(cast: Cast) -> None:
    plain = a_case_begun(cast, years_ago(1))
    shorter(cast)
    short = a_case_begun(cast, years_ago(1))
    committed(lambda: ends_on(short.dossier_id, years_after(years_ago(1), 2)))
    with connections["maintenance"].cursor() as cursor:
        cursor.execute("SELECT set_config('casustafel.actor', %s, false)", [str(SYSTEM_ID)])
        cursor.execute(
            "UPDATE casework_case SET retain_until = %s WHERE id = %s", [years_after(years_ago(1), 2), short.pk]
        )
        cursor.execute("SELECT set_config('casustafel.actor', '', false)")
    for case, years in ((plain, 5), (short, 2)):

        def act(case: Case = case) -> None:
            signal = a_signal(cast.pieter, cast.overlast)
            begun(signal.dossier_id, years_ago(1, days=-40))
            with as_(cast.rosa) as (by, _):
                unlock([case.dossier_id, signal.dossier_id], by=by)
                cases.add_signal(Case.objects.get(pk=case.pk), signal, (), now=timezone.now(), by=by)

        committed(act)
        assert ends(case.dossier_id) == years_after(years_ago(1, days=-40), years)


def test_who_asks_does_not_agree_and_the_database_holds_that(cast: Cast) -> None:
    a_case_begun(cast, years_ago(1))
    shorter(cast)
    change = asked(cast)
    with connections["maintenance"].cursor() as cursor:
        cursor.execute("UPDATE privacy_termchange SET asked_by = %s", [cast.fatima.pk])
    mine = TermChange.objects.using("maintenance").get(pk=change.pk)
    with pytest.raises(Refused, match="zelf"):
        as_person(cast, "fatima", lambda by: term_changes.answer(mine, agrees=True, by=by))
    with as_(cast.fatima), pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT privacy_term_answer(%s, true, 'x')", [change.pk])


@pytest.mark.parametrize("who", ["rosa", "conny", "cor", "pieter", "beheer", "fatima"])
def test_nobody_does_it_by_hand(cast: Cast, who: str) -> None:
    case = a_case_begun(cast, years_ago(1))
    shorter(cast)
    change = asked(cast)
    forbidden = [
        f"UPDATE privacy_termchange SET years = 1 WHERE id = '{change.pk}'",
        "DELETE FROM privacy_termchange",
        f"SELECT * FROM privacy_term_carry_out('{change.pk}')",
        f"SELECT * FROM privacy_terms_nearer('{cast.overlast.pk}', 1)",
    ]
    if who != "beheer":
        forbidden += [
            f"SELECT privacy_term_ask('{uuid4()}', '{cast.overlast.pk}', 'x')",
            f"UPDATE partners_casetable SET retention_years = 1 WHERE id = '{cast.overlast.pk}'",
        ]
    if who != "fatima":
        forbidden.append(f"SELECT privacy_term_answer('{change.pk}', true, 'x')")
    if who not in ("beheer", "fatima"):
        forbidden.append(f"SELECT * FROM privacy_term_effect('{cast.overlast.pk}', 1)")
    with as_(cast.people[who]):
        for statement in forbidden:
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        assert TermChange.objects.exists() is (who in ("beheer", "fatima"))
    assert ends(case.dossier_id) == years_after(years_ago(1), 5)


def test_a_job_without_an_agreement_does_nothing_and_a_second_time_nothing_more(cast: Cast) -> None:
    case = a_case_begun(cast, years_ago(1))
    shorter(cast)
    change = asked(cast)
    before = ends(case.dossier_id)
    as_person(cast, "fatima", lambda by: term_changes.answer(change, agrees=False, by=by))
    with pytest.raises(Refused, match="kan niet meer"):
        as_person(cast, "faisal", lambda by: term_changes.answer(change, agrees=True, by=by))
    carried_out()
    assert ends(case.dossier_id) == before
    second = agreed(cast)
    carried_out()
    done = TermChange.objects.using("maintenance").get(pk=second.pk).carried_out_at
    with pytest.raises(Refused, match="geen dossiers"):
        asked(cast)
    assert done is not None


def test_another_term_of_the_table_ends_what_was_asked(cast: Cast) -> None:
    a_case_begun(cast, years_ago(1))
    shorter(cast)
    change = asked(cast)
    with pytest.raises(Refused, match="al gevraagd"):
        as_person(cast, "beheer", lambda by: term_changes.ask(cast.overlast.pk, 2, by=by))
    shorter(cast, 3)
    with pytest.raises(Refused, match="kan niet meer"):
        as_person(cast, "fatima", lambda by: term_changes.answer(change, agrees=True, by=by))
    assert not TermChange.objects.using("maintenance").exists()


def test_who_is_kept_away_does_not_count_it(cast: Cast) -> None:
    case = a_case_begun(cast, years_ago(1))
    committed(lambda: keep_away(case, cast.fatima, cast.rosa))
    shorter(cast)
    with as_(cast.fatima) as (by, _):
        assert "casus" not in dict(term_changes.effect(cast.overlast.pk, 2, by=by).kinds)
    with as_(cast.faisal) as (by, _):
        assert dict(term_changes.effect(cast.overlast.pk, 2, by=by).kinds)["casus"] == 1


def test_the_pages_show_the_effect_first_and_ask_for_the_second_person(cast: Cast, login: Login) -> None:
    a_case_begun(cast, years_ago(1))
    beheer, officer = login(cast.beheer), login(cast.fatima)
    edit, table = f"/beheer/tafels/{cast.overlast.pk}/wijzigen/", f"/beheer/tafels/{cast.overlast.pk}/"
    assert beheer.get(f"{table}bewaartermijn/").status_code == 404
    given = {"name": cast.overlast.name, "code": cast.overlast.code, "area": cast.overlast.area, "active": "on"}
    wrong = beheer.post(edit, given | {"retention_years": "1"})
    assert wrong.status_code == 409
    assert "van 2 tot en met 5 jaar" in words(wrong)
    assert beheer.post(edit, given | {"retention_years": "twee"}).status_code == 422
    assert beheer.post(edit, given | {"retention_years": "2"}).status_code == 302
    assert "2 jaar" in words(beheer.get(table))
    page = words(beheer.get(f"{table}bewaartermijn/"))
    assert "1 × casus" in page
    assert "Geen daarvan binnen 30 dagen" in page
    assert "is gevraagd" in words(beheer.post(f"{table}bewaartermijn/", follow=True))
    assert "al gevraagd" in words(beheer.post(f"{table}bewaartermijn/", follow=True))
    assert cast.overlast.name in words(officer.get("/privacy/bewaren/"))
    with as_(cast.fatima):
        one = f"/privacy/bewaren/termijn/{TermChange.objects.get().pk}/"
    assert "1 × casus" in words(officer.get(one))
    for name, status in (("beheer", 404), ("rosa", 403), ("conny", 403)):
        assert login(cast.people[name]).get(one).status_code == status, name
        assert login(cast.people[name]).post(one, {"agrees": "yes"}).status_code == status, name
    assert "wordt nu toegepast" in words(officer.post(one, {"agrees": "yes"}, follow=True))
    assert "kan niet meer" in words(officer.post(one, {"agrees": "yes"}, follow=True))
    assert "stemde in" in words(officer.get(one))
