"""Every date in these tables was worked out by hand on a paper calendar, never by the code.

2026: Good Friday 3 April, Easter Monday 6 April, King's Day Monday 27 April, 5 May a Tuesday, Ascension 14 May with the
equated Friday 15 May, Whit Monday 25 May. Clocks go forward on Sunday 29 March and back on Sunday 25 October.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.dutch import AMSTERDAM, joined, spoken_moment
from escalation.laddering import active_ladder as ladder
from escalation.terms import (
    Counts,
    Deadline,
    Extension,
    Length,
    Running,
    State,
    TermRule,
    Unit,
    compute,
    latest_extension,
    reminder,
    state,
    why_no_termijnenwet,
    why_not_extend,
    why_not_spread,
)
from privacy.free_days import FreeDays, free_days

HUISVERBOD = TermRule(
    Length(10, Unit.DAYS), Counts.MOMENT, False, "Wth 2(1)",
    Extension(None, None, Length(4, Unit.WEEKS), "Wth 9(1)"),
)  # fmt: skip
ORDER_172A = TermRule(
    Length(3, Unit.MONTHS), Counts.MOMENT, False, "Gemeentewet 172a(6)",
    Extension(Length(3, Unit.MONTHS), 3, None, "Gemeentewet 172a(6)"),
)  # fmt: skip
HEARING = TermRule(Length(3, Unit.DAYS), Counts.DAY, True, "Wth 6(1)")
REACHABLE = TermRule(Length(24, Unit.HOURS), Counts.MOMENT, False, "Wth 2(6)")
TRIAGE = TermRule(Length(5, Unit.WORKING_DAYS), Counts.DAY, False, "Handelingsprotocol Veilig Thuis")
START = TermRule(Length(5, Unit.DAYS), Counts.DAY, True, "Uitvoeringsbesluit Wmo 4.1.7(1)")
JUDGED = TermRule(Length(10, Unit.WEEKS), Counts.DAY, True, "Uitvoeringsbesluit Wmo 4.1.7(2)")
INFORMED = TermRule(
    Length(4, Unit.WEEKS), Counts.DAY, True, "Wmo 5.3.1",
    Extension(Length(2, Unit.WEEKS), None, None, "Wmo 5.3.1"),
)  # fmt: skip
VIEWS_1 = TermRule(Length(1, Unit.WEEKS), Counts.DAY, True, "Awb 4:8")
VIEWS_2 = TermRule(Length(2, Unit.WEEKS), Counts.DAY, True, "Awb 4:8")
YEARLY = TermRule(Length(1, Unit.YEARS), Counts.DAY, False, "WGS 1.7(4)")


def at(text: str) -> datetime:
    """A moment as the clock on the wall says it; the first one in the hour that comes twice."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def ends(rule: TermRule, since: str) -> Deadline:
    return compute(rule, at(since), days=free_days())


# imposed, ends after ten days, at most after four weeks, reachable within 24 hours
IMPOSED = [
    ("2026-11-06 23:30", "2026-11-16 23:30", "2026-12-04 23:30", "2026-11-07 23:30"),  # an ordinary Friday
    ("2026-04-03 23:30", "2026-04-13 23:30", "2026-05-01 23:30", "2026-04-04 23:30"),  # Good Friday
    ("2026-03-27 23:30", "2026-04-06 23:30", "2026-04-24 23:30", "2026-03-28 23:30"),  # ends on Easter Monday
    ("2026-03-28 23:30", "2026-04-07 23:30", "2026-04-25 23:30", "2026-03-30 00:30"),  # 24 hours over the short night
    ("2026-10-16 23:30", "2026-10-26 23:30", "2026-11-13 23:30", "2026-10-17 23:30"),  # the clock goes back between
    ("2026-10-24 23:30", "2026-11-03 23:30", "2026-11-21 23:30", "2026-10-25 22:30"),  # 24 hours over the long night
    ("2026-12-18 23:30", "2026-12-28 23:30", "2027-01-15 23:30", "2026-12-19 23:30"),  # Christmas, and into 2027
    ("2028-02-25 23:30", "2028-03-06 23:30", "2028-03-24 23:30", "2028-02-26 23:30"),  # over 29 February
]


@pytest.mark.parametrize(("imposed", "ten_days", "four_weeks", "a_day"), IMPOSED)
def test_a_huisverbod_imposed_late_in_the_evening(imposed: str, ten_days: str, four_weeks: str, a_day: str) -> None:
    deadline = ends(HUISVERBOD, imposed)
    assert deadline.ends == at(ten_days)
    latest = latest_extension(HUISVERBOD, Running(deadline.since, deadline.ends), days=free_days())
    assert latest is not None
    assert latest.ends == at(four_weeks)
    assert ends(REACHABLE, imposed).ends == at(a_day)


@pytest.mark.parametrize(
    ("asked", "last_day"),
    [
        ("2026-11-02 10:00", date(2026, 11, 5)),
        ("2026-11-06 23:45", date(2026, 11, 10)),  # Friday: only Monday is ordinary, so Tuesday (Atw 2)
        ("2026-04-03 23:45", date(2026, 4, 8)),  # Good Friday: Easter Monday is free, Tuesday one, Wednesday two
        ("2026-03-27 23:45", date(2026, 3, 31)),  # over the short night
        ("2026-10-23 23:45", date(2026, 10, 27)),  # over the long night
        ("2026-12-23 09:00", date(2026, 12, 28)),  # Boxing Day and Sunday; Thursday and Monday are two
        ("2026-05-12 10:00", date(2026, 5, 18)),  # Ascension, the equated Friday, the weekend
    ],
)
def test_the_judge_hears_within_three_days_of_which_two_are_ordinary(asked: str, last_day: date) -> None:
    """Wth 13 takes 2(1) and 9(1) out of the Termijnenwet, and not the three days of article 6."""
    assert ends(HEARING, asked).last_day == last_day
    assert ends(HEARING, asked).ends == at(f"{last_day + timedelta(days=1)} 00:00")


def test_a_measure_that_would_end_in_the_skipped_hour_ends_right_after_it() -> None:
    assert ends(HUISVERBOD, "2026-03-19 02:30").ends == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert spoken_moment(ends(HUISVERBOD, "2026-03-19 02:30").ends) == "zondag 29 maart 2026 om 03.30 uur"


def test_a_measure_that_would_end_in_the_double_hour_ends_the_first_time() -> None:
    deadline = ends(HUISVERBOD, "2026-10-15 02:30")
    assert deadline.ends == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert str(deadline) == "tot zondag 25 oktober 2026 om 02.30 uur (zomertijd)"


def test_a_measure_from_the_second_double_hour_into_the_skipped_one_ends_right_after_it() -> None:
    since = at("2026-10-25 02:30").replace(fold=1)
    rule = TermRule(Length(154, Unit.DAYS), Counts.MOMENT, False, "x")
    assert compute(rule, since, days=free_days()).ends == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_the_rules_of_these_tables_are_those_of_the_ladders() -> None:
    order, hgkm = ladder("jonge_aanwas").get("bevel_172a"), ladder("hgkm")
    huisverbod, investigation = hgkm.get("huisverbod"), hgkm.get("vt_onderzoek")
    assert huisverbod.term("duur").rule == HUISVERBOD
    assert huisverbod.term("bereikbaar").rule == REACHABLE
    assert huisverbod.term("zitting").rule == HEARING
    assert ladder("woonoverlast").get("huisverbod").term("duur").rule == replace(
        HUISVERBOD, article="Gemeentewet 151d(3)",
        extension=Extension(None, None, Length(4, Unit.WEEKS), "Gemeentewet 151d(3)"),
    )  # fmt: skip
    assert order.term("duur").rule == ORDER_172A
    assert hgkm.get("vt_triage").term("triage").rule == TRIAGE
    assert [investigation.term(key).rule for key in ("begin", "oordeel", "informeren")] == [START, JUDGED, INFORMED]
    assert ladder("woonoverlast").get("voornemen").term("zienswijze").rule == VIEWS_2
    assert ladder("jonge_aanwas").get("bevel_172a").term("zienswijze").rule == VIEWS_1
    assert ladder("ondermijning").get("riec").term("terugkoppeling").rule == YEARLY
    days = ladder("jonge_aanwas").get("bevel_172a_dagen").term("dagen")
    assert (days.most, days.within, days.rule.article) == (90, NINETY["within"], NINETY["article"])


THREE_MONTHS = [
    # from, three months, and after each of the three extensions
    ("2026-06-01 12:00", "2026-09-01 12:00", "2026-12-01 12:00", "2027-03-01 12:00", "2027-06-01 12:00"),
    ("2026-11-30 12:00", "2027-02-28 12:00", "2027-05-28 12:00", "2027-08-28 12:00", "2027-11-28 12:00"),
    ("2027-11-30 12:00", "2028-02-29 12:00", "2028-05-29 12:00", "2028-08-29 12:00", "2028-11-29 12:00"),
    ("2026-01-31 12:00", "2026-04-30 12:00", "2026-07-30 12:00", "2026-10-30 12:00", "2027-01-30 12:00"),
    ("2026-01-25 12:00", "2026-04-25 12:00", "2026-07-25 12:00", "2026-10-25 12:00", "2027-01-25 12:00"),
]


@pytest.mark.parametrize("dates", THREE_MONTHS, ids=lambda dates: dates[0])
def test_a_172a_order_is_three_months_and_three_times_three_more(dates: tuple[str, ...]) -> None:
    since, first, *extensions = dates
    running = Running(at(since), ends(ORDER_172A, since).ends)
    assert running.ends == at(first)
    for times, expected in enumerate(extensions):
        latest = latest_extension(ORDER_172A, running, days=free_days())
        assert latest is not None
        assert latest.ends == at(expected)
        now = running.ends - timedelta(days=1)
        assert why_not_extend(ORDER_172A, running, until=latest.ends, now=now, days=free_days()) == ""
        running = Running(running.since, latest.ends, times + 1)
    refused = why_not_extend(
        ORDER_172A, running, until=running.ends + timedelta(days=1), now=running.ends - timedelta(days=1),
        days=free_days(),
    )  # fmt: skip
    assert refused == "Deze termijn is al 3 keer verlengd; vaker mag niet (Gemeentewet 172a(6))."


@pytest.mark.parametrize(
    ("rule", "since", "last_day"),
    [
        # Veilig Thuis: five working days for the triage
        (TRIAGE, "2026-11-02 10:00", date(2026, 11, 9)),
        (TRIAGE, "2026-04-02 10:00", date(2026, 4, 13)),  # Good Friday and Easter Monday do not count
        (TRIAGE, "2026-04-24 10:00", date(2026, 5, 4)),  # King's Day does not count
        (TRIAGE, "2026-04-29 10:00", date(2026, 5, 7)),  # 5 May does not count, though it is no lustrum
        (TRIAGE, "2026-05-11 10:00", date(2026, 5, 19)),  # Ascension does not count; the Friday after it does
        (TRIAGE, "2026-11-07 10:00", date(2026, 11, 13)),  # received on a Saturday
        # five days to begin the investigation
        (START, "2026-11-02 10:00", date(2026, 11, 9)),  # would end on Saturday
        (START, "2026-03-30 10:00", date(2026, 4, 7)),  # Saturday, Easter Sunday, Easter Monday
        (START, "2026-05-13 10:00", date(2026, 5, 19)),  # only one ordinary day in it: Atw 2 adds one
        (START, "2026-12-21 10:00", date(2026, 12, 28)),  # Boxing Day and a Sunday
        # ten weeks to judge
        (JUDGED, "2026-09-01 10:00", date(2026, 11, 10)),
        (JUDGED, "2026-02-24 10:00", date(2026, 5, 6)),  # would end on 5 May
        # four weeks to inform
        (INFORMED, "2026-03-27 10:00", date(2026, 4, 24)),
        (INFORMED, "2026-03-30 10:00", date(2026, 4, 28)),  # would end on King's Day
        # views
        (VIEWS_1, "2026-05-07 10:00", date(2026, 5, 18)),  # Ascension, the equated Friday, the weekend
        (VIEWS_2, "2026-05-01 10:00", date(2026, 5, 18)),  # would end on the equated Friday
        (VIEWS_2, "2026-03-20 10:00", date(2026, 4, 7)),  # would end on Good Friday
        (VIEWS_2, "2026-03-20 23:59", date(2026, 4, 7)),
        # a year
        (YEARLY, "2028-02-29 10:00", date(2029, 2, 28)),
        (YEARLY, "2026-11-28 10:00", date(2027, 11, 28)),  # a Sunday: no Termijnenwet
    ],
)
def test_terms_in_days_end_with_their_last_day(rule: TermRule, since: str, last_day: date) -> None:
    deadline = ends(rule, since)
    assert deadline.last_day == last_day
    assert deadline.ends == at(f"{last_day + timedelta(days=1)} 00:00")


@pytest.mark.parametrize(
    ("since", "first", "second", "third"),
    [
        ("2026-03-27 10:00", date(2026, 4, 24), date(2026, 5, 8), date(2026, 5, 22)),
        ("2026-03-30 10:00", date(2026, 4, 28), date(2026, 5, 12), date(2026, 5, 26)),
        ("2026-04-03 10:00", date(2026, 5, 1), date(2026, 5, 18), date(2026, 6, 1)),  # 15 May is equated
    ],
)
def test_informing_may_wait_two_weeks_more_each_time(since: str, first: date, second: date, third: date) -> None:
    deadline = ends(INFORMED, since)
    running, found = Running(deadline.since, deadline.ends), [deadline.last_day]
    for times in (1, 2):
        latest = latest_extension(INFORMED, running, days=free_days())
        assert latest is not None
        found.append(latest.last_day)
        running = Running(running.since, latest.ends, times)
    assert found == [first, second, third]


TOO_LATE = (
    "De termijn is voorbij sinds maandag 16 november 2026 om 23.30 uur; "
    "verlengen kan alleen zolang zij loopt (Wth 9(1))."
)


@pytest.mark.parametrize(
    ("until", "now", "sentence"),
    [
        ("2026-12-04 23:30", "2026-11-16 23:29", ""),
        (
            "2026-12-04 23:31",
            "2026-11-16 12:00",
            "Verlengen kan tot vrijdag 4 december 2026 om 23.30 uur, niet langer (Wth 9(1)).",
        ),
        (
            "2026-11-16 23:30",
            "2026-11-16 12:00",
            "Kies een einde na maandag 16 november 2026 om 23.30 uur (Wth 9(1)).",
        ),
        ("2026-12-04 23:30", "2026-11-16 23:30", TOO_LATE),
    ],
)
def test_a_huisverbod_is_extended_while_it_runs_and_to_four_weeks(until: str, now: str, sentence: str) -> None:
    running = Running(at("2026-11-06 23:30"), at("2026-11-16 23:30"))
    assert why_not_extend(HUISVERBOD, running, until=at(until), now=at(now), days=free_days()) == sentence


def test_of_each_time_and_the_maximum_the_sooner_one_counts() -> None:
    extension = Extension(Length(2, Unit.WEEKS), None, Length(3, Unit.WEEKS), "x")
    rule = TermRule(Length(10, Unit.DAYS), Counts.MOMENT, False, "x", extension)
    first = Running(at("2026-11-02 12:00"), at("2026-11-12 12:00"))
    latest = latest_extension(rule, first, days=free_days())
    assert latest is not None
    assert latest.ends == at("2026-11-23 12:00")
    shorter = Running(first.since, at("2026-11-05 12:00"), 1)
    latest = latest_extension(rule, shorter, days=free_days())
    assert latest is not None
    assert latest.ends == at("2026-11-19 12:00")


def test_a_term_without_extension_says_so_with_its_article() -> None:
    running = Running(at("2026-11-06 10:00"), at("2026-11-09 00:00"))
    until = running.ends + timedelta(days=1)
    refused = why_not_extend(HEARING, running, until=until, now=running.since, days=free_days())
    assert refused == "Deze termijn kan niet worden verlengd (Wth 6(1))."


NINETY = {"most": 90, "within": Length(24, Unit.MONTHS), "article": "Gemeentewet 172a(6)"}


OUTSIDE = "valt buiten 24 maanden vanaf zaterdag 31 januari 2026 (Gemeentewet 172a(6))."


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ([date(2026, 1, 31) + timedelta(days=7 * n) for n in range(90)], ""),
        (
            [date(2026, 1, 31) + timedelta(days=n) for n in range(91)],
            "U koos 91 dagen; ten hoogste 90 mag (Gemeentewet 172a(6)).",
        ),
        ([date(2028, 1, 30)], ""),
        ([date(2028, 1, 31)], f"Maandag 31 januari 2028 {OUTSIDE}"),
        ([date(2026, 1, 30)], f"Vrijdag 30 januari 2026 {OUTSIDE}"),
    ],
)
def test_ninety_days_are_spread_over_24_months(chosen: list[date], sentence: str) -> None:
    assert why_not_spread(chosen, date(2026, 1, 31), days=free_days(), **NINETY) == sentence


def test_how_a_term_was_computed_is_shown_line_by_line() -> None:
    assert ends(VIEWS_2, "2026-05-01 10:00").how == (
        "Vrijdag 1 mei 2026 telt niet mee; de termijn begint de dag erna.",
        "2 weken later is vrijdag 15 mei 2026 (Awb 4:8).",
        "Vrijdag 15 mei 2026 is vrij (gelijkgestelde dag, Besluit gelijkstelling 2026-2028): "
        "de termijn loopt een dag door (Atw 1).",
        "Zaterdag 16 mei 2026 is vrij (zaterdag): de termijn loopt een dag door (Atw 1).",
        "Zondag 17 mei 2026 is vrij (zondag): de termijn loopt een dag door (Atw 1).",
    )
    assert ends(REACHABLE, "2026-10-24 23:30").how == (
        "24 uur na zaterdag 24 oktober 2026 om 23.30 uur is zondag 25 oktober 2026 om 22.30 uur (Wth 2(6)).",
        "In deze uren gaat de klok een uur terug; dat is meegeteld.",
        "Een termijn in uren loopt door in het weekend en op feestdagen.",
    )
    assert str(ends(VIEWS_2, "2026-05-01 10:00")) == "tot en met maandag 18 mei 2026"


def test_a_year_without_decree_is_said() -> None:
    assert ends(VIEWS_2, "2029-05-01 10:00").how[-1] == (
        "Voor 2029 is nog niet bekend welke dagen met een feestdag zijn gelijkgesteld."
    )


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 1, 1), "Nieuwjaarsdag"),
        (date(2026, 4, 3), "Goede vrijdag"),
        (date(2026, 4, 6), "Tweede paasdag"),
        (date(2026, 4, 27), "Koningsdag"),
        (date(2027, 4, 27), "Koningsdag"),
        (date(2025, 4, 26), "zaterdag"),  # King's Day on the 26th: the 27th is a Sunday
        (date(2026, 5, 5), "Bevrijdingsdag"),  # every year, not only each fifth
        (date(2027, 5, 5), "Bevrijdingsdag"),
        (date(2026, 5, 14), "Hemelvaartsdag"),
        (date(2026, 5, 25), "Tweede pinksterdag"),
        (date(2026, 12, 25), "Eerste kerstdag"),
        (date(2028, 12, 26), "Tweede kerstdag"),
        (date(2026, 12, 31), ""),
        (date(2026, 5, 4), ""),
        (date(2026, 5, 15), ""),  # equated: still a working day
    ],
)
def test_the_library_has_the_days_of_the_termijnenwet(day: date, why: str) -> None:
    assert free_days().why_not_working(day) == why


def test_an_equated_day_moves_an_end_and_is_a_working_day() -> None:
    assert free_days().why_free(date(2026, 5, 15)) == "gelijkgestelde dag, Besluit gelijkstelling 2026-2028"
    assert FreeDays().why_free(date(2026, 5, 15)) == ""


@pytest.mark.parametrize(
    ("length", "counts", "holds"),
    [
        (Length(90, Unit.DAYS), Counts.DAY, True),
        (Length(91, Unit.DAYS), Counts.DAY, False),
        (Length(12, Unit.WEEKS), Counts.DAY, True),
        (Length(13, Unit.WEEKS), Counts.DAY, False),
        (Length(3, Unit.MONTHS), Counts.DAY, True),
        (Length(4, Unit.MONTHS), Counts.DAY, False),
        (Length(1, Unit.YEARS), Counts.DAY, False),
        (Length(24, Unit.HOURS), Counts.DAY, False),
        (Length(5, Unit.WORKING_DAYS), Counts.DAY, False),
        (Length(10, Unit.DAYS), Counts.MOMENT, False),
    ],
)
def test_the_termijnenwet_holds_for_short_terms_in_days(length: Length, counts: Counts, holds: bool) -> None:
    assert (why_no_termijnenwet(length, counts) == "") is holds


@pytest.mark.parametrize(
    ("before", "expected"),
    [(0, "2026-04-13 09:00"), (3, "2026-04-10 09:00"), (8, "2026-04-03 23:30"), (6, "2026-04-07 09:00")],
)
def test_a_reminder_comes_on_a_working_day_and_never_before_the_term(before: int, expected: str) -> None:
    running = Running(at("2026-04-03 23:30"), at("2026-04-13 23:30"))
    assert reminder(running, before, days=free_days()) == at(expected)


def test_a_term_runs_then_nears_its_end_then_is_over_to_the_second() -> None:
    running = Running(at("2026-11-06 23:30"), at("2026-11-16 23:30"))
    moments = ["2026-11-12 08:59", "2026-11-13 09:00", "2026-11-16 23:29:59", "2026-11-16 23:30"]
    states = [state(running, 3, now=at(moment), days=free_days()) for moment in moments]
    assert states == [State.RUNNING, State.SOON, State.SOON, State.OVER]


def test_in_the_hour_that_comes_twice_over_is_over_by_the_hours_that_passed() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM)
    second = first.replace(fold=1)
    running = Running(at("2026-10-15 02:30"), ends(HUISVERBOD, "2026-10-15 02:30").ends)
    assert state(running, 0, now=second, days=free_days()) is State.OVER
    assert state(running, 0, now=first - timedelta(minutes=1), days=free_days()) is State.SOON


def test_a_moment_without_time_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="time zone"):
        compute(HUISVERBOD, datetime(2026, 4, 3, 23, 30), days=free_days())


def test_lists_of_words_are_joined_as_one_says_them() -> None:
    assert [joined(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a en b", "a, b en c"]


MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 9, 1)).map(lambda moment: moment.replace(tzinfo=AMSTERDAM))
BY_LAW = st.one_of(
    st.builds(Length, st.integers(1, 90), st.just(Unit.DAYS)),
    st.builds(Length, st.integers(1, 12), st.just(Unit.WEEKS)),
    st.builds(Length, st.integers(1, 3), st.just(Unit.MONTHS)),
)


@given(BY_LAW, MOMENTS)
def test_under_the_termijnenwet_a_term_ends_on_an_ordinary_day_and_never_sooner(
    length: Length, since: datetime
) -> None:
    with_law = compute(TermRule(length, Counts.DAY, True, "x"), since, days=free_days())
    without = compute(TermRule(length, Counts.DAY, False, "x"), since, days=free_days())
    assert free_days().why_free(with_law.last_day) == ""
    # Longest stretches: 24 to 28 December with an equated Friday; a short term may need two ordinary days more.
    assert timedelta() <= with_law.ends - without.ends <= timedelta(days=7)


@given(st.integers(1, 400), MOMENTS)
def test_hours_are_hours_that_passed(number: int, since: datetime) -> None:
    rule = TermRule(Length(number, Unit.HOURS), Counts.MOMENT, False, "x")
    deadline = compute(rule, since, days=free_days())
    assert deadline.ends - since.astimezone(UTC) == timedelta(hours=number)


@given(st.integers(1, 40), MOMENTS)
def test_so_many_working_days_lie_in_a_term_of_working_days(number: int, since: datetime) -> None:
    rule = TermRule(Length(number, Unit.WORKING_DAYS), Counts.DAY, False, "x")
    last = compute(rule, since, days=free_days()).last_day
    between = [since.date() + timedelta(days=n) for n in range(1, (last - since.date()).days + 1)]
    assert sum(not free_days().why_not_working(day) for day in between) == number
    assert free_days().why_not_working(last) == ""


@given(st.sampled_from([HUISVERBOD, ORDER_172A, INFORMED]), MOMENTS, st.integers(0, 2))
def test_what_is_offered_as_the_latest_extension_is_never_refused_nor_a_second_later_allowed(
    rule: TermRule, since: datetime, extended: int
) -> None:
    first = compute(rule, since, days=free_days())
    running = Running(first.since, first.ends, extended)
    latest = latest_extension(rule, running, days=free_days())
    assert latest is not None
    now = first.ends - timedelta(seconds=1)
    assert why_not_extend(rule, running, until=latest.ends, now=now, days=free_days()) == ""
    later = latest.ends + timedelta(seconds=1)
    assert "niet langer" in why_not_extend(rule, running, until=later, now=now, days=free_days())
