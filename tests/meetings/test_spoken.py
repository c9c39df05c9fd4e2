"""What a line typed at the table says: who does what by when. It asks rather than guesses."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.spoken import NO_DAY, NO_OWNER, NO_TASK, PAST, WHICH_DAY, WHICH_OWNER, Said, Sitting, understand
from casework.spoken_days import a_day, days_in

ON = date(2026, 12, 1)  # a Tuesday
NEXT = date(2026, 12, 15)
SEDNA, WILMA, PIETER = (
    Sitting(uuid4(), "Sedna de Vries", "GGZ Proef"),
    Sitting(uuid4(), "Wilma Jansen", "Woningstichting Proef"),
    Sitting(uuid4(), "Pieter Proef", "Politie Proefstad"),
)
THERE = (SEDNA, WILMA, PIETER)
WORDS = (
    "Sedna", "Wilma", "voor", "vóór", "uiterlijk", "vrijdag", "di", "3-12", "31-2", "morgen", "over", "twee", "weken",
    "eind", "volgende", "week", "maand", "(", ")", ":", "en", "door", "van", "december", "29", "februari", "overleg",
)  # fmt: skip
OTHER_WILMA = Sitting(uuid4(), "Wilma Bos", "Politie Proefstad")


def read(line: str, *more: Sitting, otherwise: date | None = NEXT) -> Said:
    return understand(line, (*THERE, *more), on=ON, otherwise=otherwise)


@pytest.mark.parametrize(
    ("line", "owner", "task", "due"),
    [
        ("Sedna belt moeder vóór vrijdag", SEDNA, "belt moeder", date(2026, 12, 4)),
        ("Sedna belt moeder voor vrijdag.", SEDNA, "belt moeder", date(2026, 12, 4)),
        ("Wilma (Woningstichting): brief aan buren voor 3-12", WILMA, "brief aan buren", date(2026, 12, 3)),
        ("wilma jansen stuurt brief vóór 12 december", WILMA, "stuurt brief", date(2026, 12, 12)),
        ("Sedna de Vries: huisbezoek over twee weken", SEDNA, "huisbezoek", date(2026, 12, 15)),
        ("Politie rijdt morgen langs", PIETER, "rijdt langs", date(2026, 12, 2)),
        ("GGZ Proef: intake eind volgende week", SEDNA, "intake", date(2026, 12, 11)),
        ("Pieter: proces-verbaal uiterlijk di", PIETER, "proces-verbaal", date(2026, 12, 8)),
        ("Pieter meldt zich uiterlijk 8/12", PIETER, "meldt zich", date(2026, 12, 8)),
        ("Actie: Sedna vraagt dit na over 10 dagen", SEDNA, "vraagt dit na", date(2026, 12, 11)),
        ("Vóór vrijdag belt Sedna", None, "belt Sedna", date(2026, 12, 4)),
        ("Buren een brief sturen door Wilma voor 5 jan", WILMA, "Buren een brief sturen", date(2027, 1, 5)),
        ("Moeder bellen voor maandag (Sedna)", SEDNA, "Moeder bellen", date(2026, 12, 7)),
        ("Sedna zorgt voor moeder", SEDNA, "zorgt voor moeder", NEXT),
        ("Wilma leest de brief van 3 november voor vrijdag", WILMA, "leest de brief van 3 november", date(2026, 12, 4)),
        ("Wilma gaat naar Dorpsstraat 3-5 en belt", WILMA, "gaat naar Dorpsstraat 3-5 en belt", NEXT),
    ],
)  # fmt: skip
def test_a_line_says_who_does_what_by_when(line: str, owner: Sitting | None, task: str, due: date) -> None:
    said = read(line)
    assert said.owner == (owner.key if owner else None)
    assert said.task == task
    assert said.due_on == due


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("vandaag", ON),
        ("morgen", date(2026, 12, 2)),
        ("overmorgen", date(2026, 12, 3)),
        ("uiterlijk dinsdag", date(2026, 12, 8)),
        ("komende dinsdag", date(2026, 12, 8)),
        ("volgende vrijdag", date(2026, 12, 11)),
        ("vrijdag volgende week", date(2026, 12, 11)),
        ("volgende week vrijdag", date(2026, 12, 11)),
        ("volgende week", date(2026, 12, 11)),
        ("begin volgende week", date(2026, 12, 7)),
        ("halverwege volgende week", date(2026, 12, 9)),
        ("deze week", date(2026, 12, 4)),
        ("eind van de maand", date(2026, 12, 31)),
        ("eind volgende maand", date(2027, 1, 31)),
        ("medio januari", date(2027, 1, 15)),
        ("binnen een week", date(2026, 12, 8)),
        ("over één maand", date(2027, 1, 1)),
        ("over 3 maanden", date(2027, 3, 1)),
        ("1 december", ON),
        ("30 november", date(2027, 11, 30)),
        ("3-12-26", date(2026, 12, 3)),
        ("3-12-2026", date(2026, 12, 3)),
        ("het volgende overleg", NEXT),
        ("de volgende keer", NEXT),
    ],
)
def test_a_day_is_counted_from_the_meeting(said: str, day: date) -> None:
    assert a_day(said, on=ON, next_meeting=NEXT) == day or read(f"Sedna belt {said}").due_on == day


def test_without_a_day_the_next_meeting_is_proposed() -> None:
    said = read("Sedna belt moeder")
    assert said.due_on == NEXT
    assert not said.day_said
    assert said.asks == ()


def test_without_a_day_and_without_a_next_meeting_it_asks() -> None:
    assert read("Sedna belt moeder", otherwise=None).asks == (NO_DAY,)


def test_two_people_of_one_name_are_asked_for() -> None:
    said = read("Wilma belt vader voor vrijdag", OTHER_WILMA)
    assert said.owner is None
    assert set(said.candidates) == {WILMA.key, OTHER_WILMA.key}
    assert said.asks == (WHICH_OWNER,)


def test_the_organisation_in_brackets_tells_them_apart() -> None:
    assert read("Wilma (Politie) belt vader voor vrijdag", OTHER_WILMA).owner == OTHER_WILMA.key
    assert read("Wilma (GGZ) belt vader voor vrijdag", OTHER_WILMA).owner is None


def test_an_organisation_with_two_people_is_asked_for() -> None:
    assert read("Politie rijdt langs", OTHER_WILMA).asks == (WHICH_OWNER,)


def test_two_names_are_two_actions_so_it_asks() -> None:
    said = read("Sedna en Wilma bellen moeder morgen")
    assert said.asks == (WHICH_OWNER,)
    assert said.task == "bellen moeder"


@pytest.mark.parametrize(
    "line", ["Karel belt moeder", "belt moeder", "Sed belt moeder", "Moeder belt Sedna", "van de GGZ"]
)
def test_who_does_not_sit_there_or_is_only_spoken_of_is_asked_for(line: str) -> None:
    assert NO_OWNER in read(line).asks


def test_whether_sedna_calls_or_is_called_is_asked() -> None:
    assert NO_OWNER in read("Sedna bellen voor vrijdag").asks
    assert read("Sedna: bellen voor vrijdag").owner == SEDNA.key


def test_a_name_and_a_day_are_no_action_yet() -> None:
    assert NO_TASK in read("Sedna vóór vrijdag").asks


def test_a_day_before_the_meeting_is_refused() -> None:
    said = read("Sedna belt moeder voor 3-12-2025")
    assert said.asks == (PAST,)
    assert said.due_on is None


def test_of_two_days_it_asks_which() -> None:
    assert read("Sedna belt voor vrijdag en uiterlijk 12 december nog eens").asks == (WHICH_DAY,)


def test_a_day_that_does_not_exist_is_no_day() -> None:
    assert read("Sedna belt voor 31-2").due_on == NEXT
    assert a_day("31 februari", on=ON) is None


@pytest.mark.parametrize(
    "line", ["zo snel", "do niet", "vrijdagmorgen", "volgens", "Sedna is 3 jaar", "nr 12-14 bellen"]
)
def test_words_that_look_like_a_day_are_none(line: str) -> None:
    assert days_in(line, on=ON, next_meeting=NEXT) == []


@given(st.text(max_size=80), st.dates(date(2024, 1, 1), date(2090, 1, 1)))
def test_whatever_is_typed_it_is_read_and_never_due_before_the_meeting(line: str, on: date) -> None:
    said = understand(line, THERE, on=on, otherwise=on + timedelta(days=14))
    assert said.due_on is None or said.due_on >= on
    assert said.owner is None or said.owner in {one.key for one in THERE}


@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=9,
    ),
    st.dates(date(2024, 1, 1), date(2090, 1, 1)),
)
def test_whatever_words_come_together_it_is_read(words: list[str], on: date) -> None:
    said = understand(" ".join(words), THERE, on=on, otherwise=None)
    assert said.due_on is None or said.due_on >= on
    if said.owner is not None:
        assert isinstance(said.owner, UUID)
        assert said.candidates == (said.owner,)
