"""Random codes for references: no counting up, so nobody learns from a number how many others there are."""

from __future__ import annotations

import secrets

# Without letters that are read as digits or form words.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"


def random_code(length: int) -> str:
    """As many characters, which tell nothing."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
