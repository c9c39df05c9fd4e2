"""The demo uses only codes that the themes and the legal profile know, and shares only what the profile allows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from casework.models import ItemKind, Severity, SubjectKind
from casework.normalise import bsn, postcode
from casework.theme_files import Question, Theme
from casework.theming import active_theme, themes
from config.demo_data import Case, Contribution, DemoData, Signal, words
from config.demo_data.signals import Answer
from partners.profile_files import Profile, ShareForbidden
from partners.profiling import profiles


def _theme(one: Signal | Case) -> Theme:
    return active_theme(one.theme)


@pytest.fixture
def profile() -> Profile:
    return profiles().newest("gemeentelijk")


def test_the_words_of_the_demo_are_those_of_the_house(profile: Profile) -> None:
    assert set(words.ITEM_KINDS) == set(ItemKind.values)
    assert set(words.SEVERITIES) == set(Severity.values)
    assert set(words.SUBJECT_KINDS) == set(SubjectKind.values)
    assert set(words.CATEGORIES) == set(profile.categories)
    assert set(words.ORGANISATION_KINDS) <= set(profile.kinds)
    assert {t.code: t.categories for t in themes().active()} == words.THEME_CATEGORIES
    assert all(profile.default_category(kind) == own for kind, own in words.OWN_CATEGORY.items())


def test_tables_follow_a_profile_that_lets_everyone_sit(demo: DemoData, profile: Profile) -> None:
    assert {table.profile for table in demo.tables} == {profile.code}
    assert all(profile.may_sit(one.kind) for one in demo.organisations)


def test_signals_are_about_what_their_theme_knows(demo: DemoData) -> None:
    odd = [
        (signal.key, subject.kind)
        for signal in demo.signals
        for subject in signal.subjects
        if subject.kind not in _theme(signal).subject_kinds
    ]

    assert odd == []


def _fits(question: Question, answer: Answer) -> bool:
    match question.kind:
        case "multichoice":
            return isinstance(answer, tuple) and set(answer) <= set(question.options)
        case "choice":
            return answer in question.options
        case "yesno":
            return isinstance(answer, bool)
        case _:
            return isinstance(answer, str) and bool(answer)


def test_answers_fit_the_questions_of_the_theme(demo: DemoData) -> None:
    for signal in demo.signals:
        questions = {question.key: question for question in _theme(signal).questions}
        assert set(signal.answers) <= set(questions), signal.key
        assert all(_fits(questions[key], answer) for key, answer in signal.answers.items()), signal.key
        if signal.state != "draft":
            required = {key for key, question in questions.items() if question.required}
            assert required <= set(signal.answers), signal.key


def test_rejections_name_a_reason_of_the_theme(demo: DemoData) -> None:
    for signal in demo.signals:
        if signal.state == "rejected" and signal.outcome:
            assert signal.outcome.reason in {one.code for one in _theme(signal).reject_reasons}, signal.key


def test_every_case_answers_all_criteria_in_order_with_a_reason(demo: DemoData) -> None:
    for case in demo.cases:
        assert [one.key for one in case.criteria] == [one.key for one in _theme(case).criteria], case.key
        assert all(one.reason for one in case.criteria), case.key


def test_not_every_criterion_is_met(demo: DemoData) -> None:
    assert any(not one.met for case in demo.cases for one in case.criteria)


def test_subjects_have_a_role_of_the_theme(demo: DemoData) -> None:
    odd = [
        (case.key, subject.role)
        for case in demo.cases
        for subject in case.subjects
        if subject.role not in {one.code for one in _theme(case).subject_roles}
    ]

    assert odd == []


def test_cases_close_with_different_outcomes_of_their_theme(demo: DemoData) -> None:
    closed = [(case, case.closing.outcome) for case in demo.cases if case.closing]

    assert all(outcome in {one.code for one in _theme(case).close_outcomes} for case, outcome in closed)
    assert len({outcome for _, outcome in closed}) >= 4


def _retain_until(case: Case, demo: DemoData, profile: Profile, today: date) -> date:
    first = min(demo.signal(key).sent.on(today) for key in case.signals)
    return min(_theme(case).retain_until(first), profile.retain_until(first))


@pytest.mark.parametrize("later", [0, 100, 500, 900])
def test_nearly_at_retention_means_within_seven_weeks(
    demo: DemoData, profile: Profile, today: date, later: int
) -> None:
    now = today + timedelta(days=later)
    for case in demo.cases:
        left = (_retain_until(case, demo, profile, now) - now).days
        assert (0 < left <= 49) == (case.state == "near_retention"), (case.key, left)


def test_every_ground_is_one_of_the_profile(demo: DemoData, profile: Profile) -> None:
    used = {c.ground for case in demo.cases for c in case.contributions}
    used |= {p.ground for case in demo.cases for p in case.participants}
    used |= {s.ground for case in demo.cases for s in case.signal_shares}

    assert used <= {ground.code for ground in profile.grounds}
    assert len(used) >= 7


def test_a_ground_that_needs_a_decision_names_it(demo: DemoData, profile: Profile) -> None:
    deciding = {ground.code for ground in profile.grounds if ground.needs_decision}
    bare = [
        (case.key, one.person, one.ground)
        for case in demo.cases
        for one in case.contributions
        if (one.ground in deciding) != bool(one.decision_ref)
    ]

    assert bare == []


def _recipients(case: Case, one: Contribution) -> Iterator[str]:
    """Who gets this contribution at once: those there at that moment, never a hidden one."""
    there = {
        part.organisation
        for part in case.participants
        if part.joined.age <= one.moment.age and not part.hidden and part.organisation != one.organisation
    }
    if one.audience.kind == "table":
        yield from sorted(there)
    yield from one.audience.organisations


def test_the_profile_allows_every_contribution_for_its_recipients(demo: DemoData, profile: Profile) -> None:
    refused = []
    for case in demo.cases:
        for one in case.contributions:
            for to in _recipients(case, one):
                kind = demo.organisation(to).kind
                try:
                    profile.check_share(
                        category=one.category,
                        recipient_kind=kind,
                        ground=one.ground,
                        decision_ref=one.decision_ref,
                    )
                except ShareForbidden as refusal:
                    refused.append(f"{case.key} {one.person} {one.category} -> {to}: {refusal}")

    assert refused == []


def test_the_profile_allows_every_signal_that_is_shared(demo: DemoData, profile: Profile) -> None:
    for case in demo.cases:
        for share in case.signal_shares:
            signal = demo.signal(share.signal)
            assert demo.person(signal.reporter).organisation != share.organisation
            for category in {item.category for item in signal.items if item.audience == "table"}:
                profile.check_share(
                    category=category,
                    recipient_kind=demo.organisation(share.organisation).kind,
                    ground=share.ground,
                    decision_ref=share.decision_ref,
                )


def test_postcodes_and_citizen_numbers_pass_the_house_rules(demo: DemoData) -> None:
    for signal in demo.signals:
        assert not signal.place.postcode or postcode(signal.place.postcode)
        assert all(bsn(subject.bsn) == subject.bsn for subject in signal.subjects if subject.bsn)


def test_nothing_of_radicalisation_is_in_the_demo(demo: DemoData) -> None:
    """WPGA: such a signal is refused at the door, so the demo holds none."""
    wanted = {word for refused in themes().refused() for word in refused.words}
    texts = " ".join(item.text.lower() for signal in demo.signals for item in signal.items)

    assert [word for word in wanted if word in texts] == []


def test_a_bsn_comes_only_from_who_has_a_basis_for_it(demo: DemoData, profile: Profile) -> None:
    kinds = {person.key: demo.organisation(person.organisation).kind for person in demo.people}
    odd = [
        signal.key
        for signal in demo.signals
        for subject in signal.subjects
        if subject.bsn and not profile.may_see_bsn(kinds[signal.reporter])
    ]

    assert odd == []
