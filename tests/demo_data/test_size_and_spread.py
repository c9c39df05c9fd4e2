"""Enough of everything, and every state at every table, so that no page of the demo is empty."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from config.demo_data import DemoData
from config.demo_data.words import CASE_STATES, ORGANISATION_KINDS, SEVERITIES, SIGNAL_STATES, THEMES


def test_the_municipality_is_voorbeeldstad(demo: DemoData) -> None:
    assert demo.municipality == "Voorbeeldstad"


def test_there_are_as_many_as_promised(demo: DemoData) -> None:
    assert 14 <= len(demo.organisations) <= 18
    assert 38 <= len(demo.people) <= 50
    assert len(demo.tables) == 4
    assert 115 <= len(demo.signals) <= 130
    assert len(demo.cases) == 30


def test_signals_are_in_every_state_in_good_proportion(demo: DemoData) -> None:
    states = Counter(signal.state for signal in demo.signals)

    assert 22 <= states["new"] <= 30
    assert 70 <= states["bundled"] <= 85
    assert 5 <= states["asked"] <= 7
    assert 7 <= states["rejected"] <= 9
    assert 3 <= states["forwarded"] <= 5
    assert 3 <= states["draft"] <= 5


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_has_signals_and_cases_in_each_state(demo: DemoData, theme: str) -> None:
    assert {one.state for one in demo.signals if one.theme == theme} == set(SIGNAL_STATES)
    assert {one.state for one in demo.cases if one.theme == theme} == set(CASE_STATES)


def test_six_cases_are_closed(demo: DemoData) -> None:
    assert sum(case.state == "closed" for case in demo.cases) == 6


def test_some_questions_wait_and_some_are_answered(demo: DemoData) -> None:
    answers = [signal.questions[-1].answer for signal in demo.signals if signal.state == "asked"]

    assert any(answers)
    assert not all(answers)


def test_every_severity_and_every_kind_of_organisation_occurs(demo: DemoData) -> None:
    assert {signal.severity for signal in demo.signals} >= set(SEVERITIES)
    assert {one.kind for one in demo.organisations} == set(ORGANISATION_KINDS)


def test_nearly_everyone_who_works_cases_reports_or_contributes(demo: DemoData) -> None:
    busy = {signal.reporter for signal in demo.signals}
    busy |= {contribution.person for case in demo.cases for contribution in case.contributions}
    quiet = {one.key for one in demo.people if any(seat.role == "professional" for seat in one.seats)} - busy

    assert len(quiet) <= 1, quiet


def test_several_organisations_report_about_one_address(demo: DemoData) -> None:
    sources = defaultdict(set)
    for signal in demo.signals:
        if signal.place.number:
            key = (signal.table, signal.place.street, signal.place.number, signal.place.addition.lower())
            sources[key].add(demo.person(signal.reporter).organisation)

    assert sum(len(organisations) > 1 for organisations in sources.values()) >= 15


def test_new_signals_resemble_each_other_or_a_running_case(demo: DemoData) -> None:
    seen: dict[tuple[str, str, int | None], list[str]] = defaultdict(list)
    for signal in demo.signals:
        if signal.place.number:
            seen[signal.table, signal.place.street, signal.place.number].append(signal.state)

    assert sum(states.count("new") > 0 and len(states) > 1 for states in seen.values()) >= 5


def test_each_case_has_its_own_voice(demo: DemoData) -> None:
    for case in demo.cases:
        assert 2 <= len(case.contributions) <= 7, case.key
        assert len({c.organisation for c in case.contributions}) >= 2, case.key


def test_no_text_stands_there_twice(demo: DemoData) -> None:
    texts = [item.text for signal in demo.signals for item in signal.items]
    texts += [contribution.text for case in demo.cases for contribution in case.contributions]
    texts += [case.summary for case in demo.cases]

    assert [text for text, count in Counter(texts).items() if count > 1] == []


def test_contributions_reach_every_kind_of_audience(demo: DemoData) -> None:
    kinds = Counter(contribution.audience.kind for case in demo.cases for contribution in case.contributions)

    assert set(kinds) == {"table", "regie", "organisations", "own"}
    assert kinds["table"] > kinds["regie"] > 0


def test_something_was_corrected_withdrawn_hidden_and_shared(demo: DemoData) -> None:
    contributions = [contribution for case in demo.cases for contribution in case.contributions]

    assert any(one.correction for one in contributions)
    assert any(one.withdrawn for one in contributions)
    assert any(one.hidden for case in demo.cases for one in case.participants)
    assert any(case.signal_shares for case in demo.cases)
