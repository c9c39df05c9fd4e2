"""Short references that tell nothing: no counting up, so nobody learns from a number how many others there are."""

from __future__ import annotations

from datetime import date

from privacy.codes import random_code

LENGTH = 5


def signal_reference(today: date) -> str:
    """Such as S26-7K3QF."""
    return f"S{today:%y}-{random_code(LENGTH)}"


def case_reference(today: date) -> str:
    """Such as 2026-7K3QF."""
    return f"{today:%Y}-{random_code(LENGTH)}"


def household_reference(today: date) -> str:
    """Such as G26-7K3QF."""
    return f"G{today:%y}-{random_code(LENGTH)}"


def private_reference(letter: str) -> str:
    """For dossiers that only their maker sees: drafts (C), import files (I), requests for access (V)."""
    return f"{letter}-{random_code(2 * LENGTH)}"
