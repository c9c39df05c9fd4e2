"""The rules of sameness one by one: what is said for, what against, and what never becomes likely."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.sameness import REASONS, Band, Written, compare, hopeless
from casework.sameness.edits import one_slip
from casework.sameness.names import read

BORN = date(1981, 3, 12)
HOME = frozenset({"7899AB 14"})


def codes(left: Written, right: Written) -> set[str]:
    return set(compare(left, right).codes)


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("Wim van Dijk", "Wim van Dyk", "surname"),
        ("Jan de Vries", "Vries, Jan de", "surname"),
        ("Hans van den Broek", "Hans Vandenbroek", "surname"),
        ("Rob v/d Linden", "Rob van der Linden", "surname"),
        ("Anja de Vries-Bakker", "Anja Bakker", "surname_part"),
        ("Anja Bakker e/v De Vries", "Anja de Vries", "surname_part"),
        ("Anja de Vries (geb. Bakker)", "Anja Bakker", "surname_part"),
        ("Milan Petrović", "Milan Petrovitsj", "surname_sound"),
        ("Jan Visser", "Jan Visesr", "surname_slip"),
        ("Jan Bos", "Jan Vos", "surname_other"),
        ("Mehmet Yilmaz", "Yilmaz Mehmet", "crossed"),
        ("Jan Smit", "Johannes Smit", "given_call"),
        ("Youssef Smit", "Joessoef Smit", "given_slip"),
        ("Mohamed Smit", "Muhammad Smit", "given_sound"),
        ("Rachid Smit", "Rashid Smit", "given_sound"),
        ("Chalid Smit", "Khalid Smit", "given_sound"),
        ("Ayşe Smit", "Aisha Smit", "given_sound"),
        ("Hassan Smit", "Hussein Smit", "given_other"),
        ("Simon Smit", "Simone Smit", "given_other"),
        ("Sanne Smit", "Hanne Smit", "given_other"),
        ("C. Smit", "Kees Smit", "initial"),
        ("J.P. Smit", "Jan Pieter Smit", "initials"),
        ("J.P. Smit", "J.K. Smit", "initials_other"),
        ("J. Smit", "Piet Smit", "initial_other"),
        ("Jan Willem Smit", "Jan Smit", "given"),
        ("Jan Willem Smit", "Jan Hendrik Smit", "initials_other"),
    ],
)
def test_names(one: str, other: str, code: str) -> None:
    assert code in codes(Written(one), Written(other))


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (BORN, "born"),
        (date(1981, 12, 3), "born_swapped"),
        (date(1981, 3, 22), "born_digit"),
        (date(1918, 3, 12), "born_generation"),
        (date(1991, 3, 12), "born_digit"),
        (date(1951, 3, 12), "born_generation"),
        (date(1981, 1, 1), "born_year"),
        (1981, "born_year"),
        (1982, "born_other"),
        (date(1960, 5, 20), "born_other"),
    ],
)
def test_dates(other: date | int, code: str) -> None:
    assert codes(Written("Jan Smit", BORN), Written("Jan Smit", other)) >= {code}


def test_the_first_of_january_is_taken_for_a_year() -> None:
    new_year = date(1985, 1, 1)
    found = compare(Written("Mohamed Ahmed", new_year), Written("Mohamed Ahmed", new_year))
    assert "born_first" in found.codes
    assert found.band == Band.POSSIBLE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Written("Jan de Vries", BORN, HOME), Written("Piet de Vries", BORN, HOME)),
        (Written("Johan de Vries", BORN, HOME), Written("Johanna de Vries", BORN, HOME)),
        (Written("J. de Vries", date(1951, 3, 12), HOME), Written("J. de Vries", BORN, HOME)),
        (Written("Jan de Vries", date(1951, 3, 12), HOME), Written("Jan de Vries", BORN, HOME)),
        (Written("Jan de Vries", date(1955, 7, 4), HOME), Written("Jan de Vries", BORN, HOME)),
        (Written("A. de Vries", BORN, HOME), Written("B. de Vries", BORN, HOME)),
        (Written("Marijn de Vries", BORN, HOME), Written("Martijn de Vries", BORN, HOME)),
        (Written("Lisa de Vries", BORN, HOME), Written("Lise de Vries", BORN, HOME)),
        (Written("Jan Willem de Vries", BORN), Written("Jan Hendrik de Vries", BORN)),
        (Written("Jan de Vries"), Written("Jan de Vries")),
    ],
    ids=[
        "twins",
        "brother and sister",
        "initials",
        "one digit",
        "father and son",
        "initials",
        "slip",
        "sound",
        "second name",
        "only a name",
    ],
)
def test_who_is_never_likely_to_be_the_same(one: Written, other: Written) -> None:
    assert compare(one, other).band != Band.PROBABLE


def test_a_bsn_says_yes_or_no_whatever_else_is_written() -> None:
    one = Written("Jan de Vries", BORN, HOME, "999990019")
    assert compare(one, Written("J. Vreeis", date(1960, 5, 20), bsn="999990019")).band == Band.PROBABLE
    assert compare(one, Written("Jan de Vries", BORN, HOME, "999990020")).band == Band.NOTHING


def test_company_counts_only_when_it_is_somebody_else() -> None:
    one = Written("Marije Wolters", company=frozenset({"Sem Wolters"}))
    assert "company" in codes(one, Written("Marije Wolters", company=frozenset({"Sem Wolters", "Bo Wolters"})))
    assert "company" not in codes(one, Written("Marije Wolters", company=frozenset({"mevr. Wolters"})))
    itself = frozenset({"Marije Wolters"})
    assert "company" not in codes(Written("Marije Wolters", company=itself), Written("Marije Wolters", company=itself))


def test_what_is_kept_of_a_judgement_is_no_more_than_codes() -> None:
    found = compare(Written("Jan de Vries", BORN, HOME), Written("J. Vries", BORN, HOME))
    assert set(found.codes) <= set(REASONS)


def test_a_name_with_everything_in_it_is_taken_apart() -> None:
    name = read("mevr. A.M. de Vries-van Dam geb. El-Amrani")
    assert name.initials == ("a", "m")
    spelled = [(surname.core.text, surname.whole.text) for surname in name.surnames]
    assert spelled == [("vries", "devries"), ("dam", "vandam"), ("amrani", "elamrani")]


def test_what_is_hopeless_comes_to_nothing_however_much_else_agrees() -> None:
    company = frozenset({"Sem Wolters"})
    one = Written("Mehmet Yilmaz", BORN, HOME, company=company)
    for name in ("Mehmet Yilmaz", "Yilmaz Mehmet"):
        other = Written(name, date(1960, 5, 20), HOME, company=company)
        assert hopeless(one, other)
        assert compare(one, other).band == Band.NOTHING
    assert not hopeless(one, Written("Iemand Anders"))


@given(st.text(max_size=60), st.text(max_size=60))
def test_anything_can_be_compared_and_order_does_not_matter(one: str, other: str) -> None:
    assert compare(Written(one), Written(other)) == compare(Written(other), Written(one))


def _distance(left: str, right: str) -> int:
    """The textbook distance, with swapped neighbours as one edit."""
    rows = [[max(i, j) if not (i and j) else 0 for j in range(len(right) + 1)] for i in range(len(left) + 1)]
    for i in range(1, len(left) + 1):
        for j in range(1, len(right) + 1):
            cost = int(left[i - 1] != right[j - 1])
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost)
            if i > 1 and j > 1 and left[i - 1] == right[j - 2] and left[i - 2] == right[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_one_slip_is_a_distance_of_one(left: str, right: str) -> None:
    assert one_slip(left, right) == (_distance(left, right) == 1)
