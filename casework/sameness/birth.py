"""Two dates of birth beside each other."""

from __future__ import annotations

from datetime import date

from casework.sameness.edits import one_slip

GENERATION = 15
Born = date | int | None  # an int is a year of which nothing more is known


def _only_a_year(day: date) -> bool:
    """1 January and 1 July stand in the registers for people of whom only the year is known."""
    return day.day == 1 and day.month in (1, 7)


def _swapped(left: date, right: date) -> bool:
    return (left.year, left.month, left.day) == (right.year, right.day, right.month)


def _one_digit(left: date, right: date) -> bool:
    return one_slip(f"{left:%d%m%Y}", f"{right:%d%m%Y}")


def of_birth(left: Born, right: Born) -> str:
    """The code of how the dates agree, or that they differ; empty when one is not known."""
    if left is None or right is None:
        return ""
    if isinstance(left, int) or isinstance(right, int):
        years = [born if isinstance(born, int) else born.year for born in (left, right)]
        return "born_year" if years[0] == years[1] else "born_other"
    if left == right:
        return "born_first" if _only_a_year(left) else "born"
    if _swapped(left, right):
        return "born_swapped"
    if left.year == right.year and (_only_a_year(left) or _only_a_year(right)):
        return "born_year"
    if _one_digit(left, right):
        return "born_digit" if abs(left.year - right.year) < GENERATION else "born_generation"
    return "born_other"
