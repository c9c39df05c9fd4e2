"""Terms, ages and blacking out: pure rules, each on its boundary."""

from __future__ import annotations

from datetime import date

import pytest

from casework import rights_rules as rules
from casework.redacting import Piece, Span, pieces, sentences
from casework.third_parties import Somebody, others_in


@pytest.mark.parametrize(
    ("received", "answer"),
    [
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 15), date(2027, 1, 15)),
        (date(2027, 2, 28), date(2027, 3, 28)),
    ],
)
def test_a_month_is_a_month_of_the_calendar(received: date, answer: date) -> None:
    assert rules.terms(received, extended=False, police=False).answer_on == answer


def test_with_notice_there_are_three_and_for_police_data_six_weeks() -> None:
    terms = rules.terms(date(2026, 11, 30), extended=True, police=True)
    assert (terms.answer_on, terms.notice_on) == (date(2027, 2, 28), date(2026, 12, 30))
    assert terms.police_on == terms.first == date(2027, 1, 11)


def test_notice_is_given_until_the_last_day_of_the_first_month_and_once() -> None:
    received = date(2027, 1, 31)
    assert not rules.why_not_extend(received, extended=False, today=date(2027, 2, 28))
    assert rules.why_not_extend(received, extended=False, today=date(2027, 3, 1))
    assert rules.why_not_extend(received, extended=True, today=date(2027, 2, 1))


def test_the_day_itself_is_in_time_and_the_next_is_late() -> None:
    assert rules.state_of(date(2027, 2, 28), date(2027, 2, 28)) == "bijna"
    assert rules.state_of(date(2027, 2, 28), date(2027, 3, 1)) == "te_laat"
    assert rules.state_of(date(2027, 2, 28), date(2027, 2, 1)) == "ruim"


@pytest.mark.parametrize(
    ("about", "born", "mandate", "refused"),
    [
        ("self", date(2015, 3, 2), False, rules.UNDER_TWELVE),
        ("self", date(2015, 3, 1), False, rules.UNDER_SIXTEEN),
        ("self", date(2011, 3, 2), False, rules.UNDER_SIXTEEN),
        ("self", date(2011, 3, 1), False, None),
        ("child", date(2011, 3, 2), True, None),
        ("child", date(2011, 3, 2), False, rules.NO_MANDATE),
        ("child", date(2011, 3, 1), True, rules.OF_AGE),
        ("represented", date(1950, 1, 1), True, None),
        ("represented", date(1950, 1, 1), False, rules.NO_MANDATE),
    ],
)
def test_who_may_ask_turns_on_the_birthday(about: str, born: date, mandate: bool, refused: object) -> None:
    assert rules.why_refused(about, born, mandate=mandate, on=date(2027, 3, 1)) is refused


def test_somebody_born_on_29_february_turns_sixteen_on_1_march() -> None:
    assert rules.age_on(date(2012, 2, 29), date(2028, 2, 28)) == 15
    assert rules.age_on(date(2012, 2, 29), date(2027, 3, 1)) == 15
    assert rules.age_on(date(2012, 2, 29), date(2028, 2, 29)) == 16


def test_every_refusal_and_ground_names_its_article() -> None:
    assert all("artikel" in one.sentence for one in rules.REFUSALS.values())
    assert all(law.startswith("artikel") for law, _ in rules.GROUNDS.values())


def test_sentences_are_the_whole_text_and_do_not_break_behind_an_initial() -> None:
    text = "Zij heet M. de Vries.\nZij belt! Dan niets"
    assert [text[start:end] for start, end in sentences(text)] == ["Zij heet M. de Vries.\n", "Zij belt! ", "Dan niets"]


def test_what_overlaps_is_one_block_and_nothing_of_it_is_left() -> None:
    left = pieces("Moeder en Jay de Proef wonen", [Span(10, 13, "a"), Span(10, 22, "a"), Span(12, 20, "a")])
    assert left == [Piece("Moeder en "), Piece(ground="a"), Piece(" wonen")]


OTHERS = [Somebody("Kim van der Proef", date(2012, 6, 1)), Somebody("Hendrik-Jan Bedacht", address="Plein 2, Elders")]
OWN = Somebody("Sara van der Proef", date(1985, 4, 2), "999990032", "Lindelaan 14, 7899 AB Proefstad")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kim was er niet.", ["Kim"]),
        ("K. van der Proef en k van der proef", ["K. van der Proef", "k van der proef"]),
        ("Van der Proef, Kim belde.", ["Van der Proef, Kim"]),
        ("Mevrouw van der Proef en S. van der Proef", []),
        ("H. Bedacht woont op Plein 2.", ["H. Bedacht", "Plein 2"]),
        ("Geboren 1-6-2012, zij op 2-4-1985.", ["1-6-2012"]),
        ("BSN 999990044, en haar eigen 999990032.", ["999990044"]),
        ("Bel 06-12345678 of mail kim@voorbeeld.nl.", ["06-12345678", "kim@voorbeeld.nl"]),
        ("Op 9753 KL 12 en 7899 AB 14.", ["9753 KL 12"]),
        ("De kimono hing er.", []),
    ],
)
def test_the_helper_finds_others_as_people_write_them(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in others_in(text, OTHERS, OWN)] == found
