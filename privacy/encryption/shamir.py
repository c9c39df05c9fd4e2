"""Shamir's sharing of a secret over GF(256): any two of the shares give it back, one alone says nothing at all.

Each byte is the height at zero of a line of its own; a share is the height of all lines at one place.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

MODULUS = 0x11B  # x^8 + x^4 + x^3 + x + 1, as in AES
ORDER = 255


def multiply(one: int, other: int) -> int:
    """The product in GF(256)."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & 0x100:
            one ^= MODULUS
        other >>= 1
    return product


def invert(number: int) -> int:
    """The number that gives one together with this one; raises ZeroDivisionError for zero."""
    if not number:
        raise ZeroDivisionError("zero has no inverse")
    inverse = 1
    for _ in range(ORDER - 1):
        inverse = multiply(inverse, number)
    return inverse


def split(secret: bytes, places: int) -> dict[int, bytes]:
    """Shares at the places 1, 2, …; two of them are needed."""
    slopes = secrets.token_bytes(len(secret))
    return {place: _height(secret, slopes, place) for place in range(1, places + 1)}


def _height(secret: bytes, slopes: bytes, place: int) -> bytes:
    return bytes(byte ^ multiply(slope, place) for byte, slope in zip(secret, slopes, strict=True))


def combine(shares: Mapping[int, bytes]) -> bytes:
    """The secret of two shares at different places; raises ValueError for any other number of them."""
    if len(shares) != 2:
        raise ValueError("two different shares are needed")
    (first, low), (second, high) = shares.items()
    scale = invert(first ^ second)
    left, right = multiply(second, scale), multiply(first, scale)
    return bytes(multiply(a, left) ^ multiply(b, right) for a, b in zip(low, high, strict=True))
