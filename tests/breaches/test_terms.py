"""The clocks: exact hours, and words that never call late what was done in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from privacy.breaches import terms
from privacy.breaches.terms import AP, INTERNAL, Standing, State, not_yet, span

START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("length", "ask"), [(INTERNAL, terms.internal), (AP, terms.ap)])
@pytest.mark.parametrize(
    ("after", "state"), [(-SECOND, State.NEARLY), (SECOND * 0, State.NEARLY), (SECOND, State.LATE)]
)
def test_the_last_second_counts(length: timedelta, ask: Any, after: timedelta, state: State) -> None:
    clock = ask(START, None, needed=True, now=START + length + after)
    assert (clock.state, clock.running, clock.due_at) == (state, True, START + length)


@pytest.mark.parametrize(("after", "in_time"), [(-SECOND, True), (SECOND * 0, True), (SECOND, False)])
def test_done_in_time_is_never_late_however_long_ago(after: timedelta, in_time: bool) -> None:
    clock = terms.ap(START, START + AP + after, needed=True, now=START + timedelta(days=400))
    assert clock.in_time is in_time
    assert clock.state is State.AMPLE
    assert not clock.running
    assert ("binnen de termijn" in clock.words) is in_time


def test_what_need_not_be_told_does_not_run() -> None:
    clock = terms.ap(START, None, needed=False, now=START + timedelta(days=9))
    assert (clock.words, clock.state, clock.running, clock.in_time) == ("niet nodig", State.AMPLE, False, None)


def test_the_hours_count_through_the_change_of_the_clock() -> None:
    before = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)
    assert terms.ap(before, None, needed=True, now=before).due_at - before == timedelta(hours=72)


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(hours=72), "3 dagen"),
        (timedelta(days=1, hours=5, minutes=4), "1 dag en 5 uur"),
        (timedelta(hours=5, minutes=20), "5 uur en 20 minuten"),
        (timedelta(hours=1), "1 uur"),
        (timedelta(minutes=1), "1 minuut"),
        (timedelta(seconds=20), "minder dan een minuut"),
    ],
)
def test_lengths_in_words(length: timedelta, words: str) -> None:
    assert span(length) == words


DONE: dict[str, Any] = {
    "risk": "high", "ap": "yes", "persons": "yes", "partners": "yes", "ap_told": True,
    "told": {"partner": 1}, "tasks": 1, "tasks_open": 0, "measures": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ({"risk": ""}, "Beoordeel eerst"),
        ({"ap": ""}, "of u het aan de AP"),
        ({"ap_told": False}, "wanneer het aan de AP"),
        ({"ap": "joint", "ap_told": False}, "wanneer het aan de AP"),
        ({"persons": ""}, "of u het de betrokkenen"),
        ({"tasks": 0}, "wanneer de betrokkenen"),
        ({"tasks_open": 1}, "Wacht op antwoord"),
        ({"persons": "effort"}, "wanneer de betrokkenen"),
        ({"partners": ""}, "of u het de partners"),
        ({"told": {}}, "wanneer de partners"),
        ({"measures": 0}, "één maatregel"),
    ],
)
def test_what_must_be_done_before_closing(missing: dict[str, Any], says: str) -> None:
    (sentence,) = not_yet(Standing(**DONE | missing))
    assert says in sentence
    assert not not_yet(Standing(**DONE))


def test_what_is_no_breach_can_be_closed() -> None:
    assert not not_yet(Standing("no_breach", "", "", "", False, {}, 0, 0, 0))
