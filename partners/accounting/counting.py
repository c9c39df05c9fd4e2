"""Numbers that other desks will give; None as long as nothing counts them. A page says so: no zero is made up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InTime:
    """How many there were, and how many of them were done in time."""

    all: int
    in_time: int


def requests_of_persons() -> InTime | None:
    """Requests of persons concerned, and how many were answered in time (AVG 12(3))."""
    return None


def breaches() -> InTime | None:
    """Data breaches, and how many were reported within 72 hours (AVG 33)."""
    return None


def reviewed_looks() -> InTime | None:
    """Looks that were drawn for review, and how many were judged (WGS 1.8(4))."""
    return None


def requests_of_year(year: int) -> dict[str, int] | None:
    """Requests of persons concerned in a year, by kind."""
    return None


def breaches_of_year(year: int) -> dict[str, int] | None:
    """Data breaches in a year, by kind."""
    return None
