"""Terms that begin at another moment than the decision, terms that were kept, and breaches."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.models import Case
from escalation.facts import Views
from escalation.models import Breach, Finding, Measure, Standing, Term
from escalation.queries.terms import terms_of
from escalation.services import findings, terms
from partners.models import User
from privacy.errors import Refused
from tests.ladder.home import a_home, at, begun, extension, imposed, mandated, measure, term
from tests.ladder.scene import at_the_ladder, granted, standing_of
from tests.world import Cast, a_case, a_signal, as_, canary

FRIDAY, SATURDAY = "2026-12-18 23:30", at("2026-12-19 12:00")


@pytest.fixture
def standing(cast: Cast) -> Standing:
    case = a_home(cast)
    mandated(cast, case)
    return imposed(cast, case, FRIDAY)


def breached(of: Measure, by: User, moment: Any, text: str = "Hij stond voor de deur.", **more: Any) -> Breach:
    with at_the_ladder(by, of.standing) as actor:
        return terms.note_breach(of, moment, text, now=more.get("now", moment), by=actor)


def kept(of: Term, by: User, now: Any) -> None:
    with at_the_ladder(by, of.standing) as actor:
        terms.done(of, now=now, by=actor)


# --- beginning --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "since", "now", "why"),
    [
        ("zitting", "2026-12-19 12:06", "2026-12-19 12:00", "Dit moment moet nog komen"),
        ("zitting", "2026-12-18 23:29", "2026-12-19 12:00", "ligt voor het besluit"),
        ("bereikbaar", "2026-12-19 12:00", "2026-12-19 12:00", "begint met het besluit zelf"),
        ("duur", "2026-12-19 12:00", "2026-12-19 12:00", "begint met het besluit zelf"),
    ],
)
def test_a_term_begins_at_a_moment_that_was_after_the_decision(
    cast: Cast, standing: Standing, key: str, since: str, now: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        begun(standing, cast.rosa, key, at(since), now=at(now))
    with as_(cast.rosa):
        assert Term.objects.filter(standing=standing).count() == 2


def test_a_term_begins_once_for_each_time_on_the_rung(cast: Cast, standing: Standing) -> None:
    of = begun(standing, cast.rosa, "zitting", SATURDAY)
    with pytest.raises(Refused, match="al ingegaan"):
        begun(standing, cast.rosa, "zitting", SATURDAY + timedelta(hours=1))
    kept(term(standing, cast.rosa, "zitting"), cast.rosa, SATURDAY + timedelta(hours=1))
    with pytest.raises(Refused, match="al ingegaan"):
        begun(standing, cast.rosa, "zitting", SATURDAY + timedelta(hours=2))
    assert of.measure_id is None


@pytest.mark.parametrize("name", ["bram", "wilma", "petra", "victor", "otto"])
def test_only_who_directs_lets_a_term_begin(cast: Cast, standing: Standing, name: str) -> None:
    with pytest.raises(Refused), at_the_ladder(cast.people[name], standing) as by:
        terms.start(standing, _rung(standing, "huisverbod"), "zitting", SATURDAY, now=SATURDAY, by=by)
    with as_(cast.rosa):
        assert not Term.objects.filter(key="zitting").exists()


def _rung(standing: Standing, key: str) -> Any:
    from escalation.situations import ladder_of

    return ladder_of(standing).get(key)


def test_of_a_rung_that_is_not_in_force_no_term_begins(cast: Cast, standing: Standing) -> None:
    with pytest.raises(Refused, match="staat niet op trede"):
        begun(standing, cast.rosa, "triage", SATURDAY, rung="vt_triage")


def test_a_length_outside_what_the_ladder_allows_is_refused(cast: Cast) -> None:
    standing = _at_the_foot(cast)
    for number in (0, 3):
        with pytest.raises(Refused, match="Kies 1 tot en met 2 weken"):
            begun(standing, cast.rosa, "zienswijze", _now(), rung="voornemen", number=number)


def _now() -> Any:
    return timezone.now()


def _at_the_foot(cast: Cast) -> Standing:
    case = a_case(cast.rosa, a_signal(cast.wilma, cast.overlast))
    return standing_of(case, "woonoverlast", cast.rosa)


# --- views ------------------------------------------------------------------------------------------------------------


def test_a_term_for_views_lets_the_requirement_wait_for_its_end(cast: Cast) -> None:
    """Somebody is asked before the rung is entered on which the view is needed."""
    standing = _at_the_foot(cast)
    of = begun(standing, cast.rosa, "zienswijze", _now(), rung="voornemen", number=1)
    assert _known(standing, cast.rosa) == {"kind": "views", "ends": of.ends.isoformat(), "given": None}
    kept(term(standing, cast.rosa, "zienswijze"), cast.rosa, _now())
    assert _known(standing, cast.rosa)["given"] == date.today().isoformat()


def test_a_view_that_was_given_is_not_taken_back_by_a_term(cast: Cast) -> None:
    standing = _at_the_foot(cast)
    with at_the_ladder(cast.rosa, standing) as by:
        findings.note(standing, "zienswijze", Views(given=date.today()), "", now=_now(), by=by)
    begun(standing, cast.rosa, "zienswijze", _now(), rung="voornemen")
    assert _known(standing, cast.rosa)["given"] == date.today().isoformat()
    with as_(cast.rosa):
        assert Finding.objects.filter(standing=standing).count() == 1


def _known(standing: Standing, by: User) -> Any:
    with at_the_ladder(by, standing):
        return findings.known(standing)["zienswijze"]["fact"]


# --- kept -------------------------------------------------------------------------------------------------------------


def test_a_term_that_was_kept_ends_once(cast: Cast, standing: Standing) -> None:
    of = term(standing, cast.rosa, "bereikbaar")
    kept(of, cast.rosa, SATURDAY)
    assert term(standing, cast.rosa, "bereikbaar").ended_because == "done"
    with pytest.raises(Refused, match="loopt niet meer"):
        kept(of, cast.rosa, SATURDAY)


def test_a_measure_is_not_done_it_runs_out_or_is_withdrawn(cast: Cast, standing: Standing) -> None:
    with pytest.raises(Refused, match="loopt af of wordt ingetrokken"):
        kept(term(standing, cast.rosa, "duur"), cast.rosa, SATURDAY)


@pytest.mark.parametrize("name", ["bram", "wilma", "petra", "victor", "otto"])
def test_only_who_directs_says_that_a_term_was_kept(cast: Cast, standing: Standing, name: str) -> None:
    of = term(standing, cast.rosa, "bereikbaar")
    with pytest.raises(Refused):
        kept(of, cast.people[name], SATURDAY)
    assert term(standing, cast.rosa, "bereikbaar").ended_at is None


# --- breaches ---------------------------------------------------------------------------------------------------------


def test_a_breach_is_kept_sealed_with_the_regie(cast: Cast, standing: Standing) -> None:
    text = canary("overtreding")
    breached(measure(standing, cast.rosa), cast.rosa, SATURDAY, text)
    with at_the_ladder(cast.rosa, standing):
        assert Breach.objects.get().note == text
    for name in ("wilma", "bram", "petra", "carla"):
        with as_(cast.people[name]):
            assert not Breach.objects.exists()


@pytest.mark.parametrize(
    ("moment", "now", "why"),
    [
        ("2026-12-18 23:29", "2026-12-19 12:00", "gold deze maatregel niet"),
        ("2026-12-28 23:30", "2026-12-29 12:00", "gold deze maatregel niet"),
        ("2026-12-19 12:06", "2026-12-19 12:00", "moet nog komen"),
    ],
)
def test_a_breach_is_of_a_moment_when_the_measure_held(
    cast: Cast, standing: Standing, moment: str, now: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        breached(measure(standing, cast.rosa), cast.rosa, at(moment), now=at(now))


def test_a_breach_may_be_noted_after_the_measure_ended(cast: Cast, standing: Standing) -> None:
    breached(measure(standing, cast.rosa), cast.rosa, at("2026-12-28 23:29"), now=at("2026-12-30 10:00"))


def test_the_same_breach_is_noted_once(cast: Cast, standing: Standing) -> None:
    breached(measure(standing, cast.rosa), cast.rosa, SATURDAY)
    with pytest.raises(Refused, match="al vastgelegd"):
        breached(measure(standing, cast.rosa), cast.rosa, SATURDAY)


# --- what the panel shows ---------------------------------------------------------------------------------------------


def test_the_panel_shows_each_term_with_its_end_and_how_that_was_computed(cast: Cast, standing: Standing) -> None:
    begun(standing, cast.rosa, "zitting", SATURDAY)
    breached(measure(standing, cast.rosa), cast.rosa, SATURDAY)
    with at_the_ladder(cast.rosa, standing) as by:
        found = terms_of(standing, at("2026-12-24 10:00"), by=by)
    rows = {row.key: row for row in found.terms}
    assert rows["duur"].end == "tot maandag 28 december 2026 om 23.30 uur"
    assert (rows["duur"].state, rows["bereikbaar"].state) == ("loopt bijna af", "is voorbij")
    assert rows["duur"].latest == "tot vrijdag 15 januari 2027 om 23.30 uur"
    assert rows["duur"].extend_by == "de burgemeester"
    assert "10 kalenderdagen na vrijdag 18 december 2026 om 23.30 uur" in rows["duur"].how[0]
    assert rows["bereikbaar"].todo.startswith("Ga na of betrokkene")
    assert rows["zitting"].of_others
    (shown,) = found.measures
    assert (shown.name, shown.state, len(shown.breaches)) == ("Tijdelijk huisverbod", "loopt bijna af", 1)
    assert [one.key for one in found.to_begin] == ["raadsman"]


def test_an_extension_is_shown_as_one(cast: Cast, standing: Standing) -> None:
    now = at("2026-12-21 10:00")
    granted(extension(standing, cast.rosa, at("2027-01-10 23:30"), now), cast.bram, now=now)
    with at_the_ladder(cast.rosa, standing) as by:
        (row,) = [row for row in terms_of(standing, now, by=by).terms if row.key == "duur"]
    assert row.end == "tot zondag 10 januari 2027 om 23.30 uur"
    assert row.how[-1] == "Daarna is de termijn 1 keer verlengd, tot zondag 10 januari 2027 om 23.30 uur (Wth 9(1))."


def test_a_partner_sees_terms_and_measures_and_no_breach(cast: Cast, standing: Standing) -> None:
    breached(measure(standing, cast.rosa), cast.rosa, SATURDAY)
    with at_the_ladder(cast.wilma, standing) as by:
        found = terms_of(standing, SATURDAY, by=by)
    assert len(found.terms) == 2
    assert [one.breaches for one in found.measures] == [()]


def test_nothing_of_it_for_who_is_not_in_the_case(cast: Cast, standing: Standing) -> None:
    for name in ("victor", "otto", "beheer", "fatima"):
        with as_(cast.people[name]):
            assert not Term.objects.exists()
            assert not Measure.objects.exists()


def test_a_case_without_terms_shows_none(cast: Cast) -> None:
    standing = _at_the_foot(cast)
    with at_the_ladder(cast.rosa, standing) as by:
        found = terms_of(standing, _now(), by=by)
    assert (found.terms, found.measures) == ((), ())
    assert isinstance(standing.case, Case)
