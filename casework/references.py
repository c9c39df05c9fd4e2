"""Short references that tell nothing: no counting up, so nobody learns from a number how many others there are."""

from __future__ import annotations

import secrets
from datetime import date

# Without letters that are read as digits or form words.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
LENGTH = 5


def _code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def signal_reference(today: date) -> str:
    """Such as S26-7K3QF."""
    return f"S{today:%y}-{_code()}"


def case_reference(today: date) -> str:
    """Such as 2026-7K3QF."""
    return f"{today:%Y}-{_code()}"


def household_reference(today: date) -> str:
    """Such as G26-7K3QF."""
    return f"G{today:%y}-{_code()}"


def private_reference(letter: str) -> str:
    """For dossiers that only their maker sees: drafts (C), import files (I), requests for access (V)."""
    return f"{letter}-{_code()}{_code()}"
