"""One slip of the fingers: a letter too many, too few or another, or two neighbours swapped."""

from __future__ import annotations


def one_slip(left: str, right: str) -> bool:
    """Whether one slip, and not none, makes one text into the other."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    start = _alike(left, right)
    a, b = left[start:], right[start:]
    end = _alike(a[::-1], b[::-1])
    a, b = a[: len(a) - end], b[: len(b) - end]
    return max(len(a), len(b)) == 1 or (len(a) == 2 and a == b[::-1])


def _alike(left: str, right: str) -> int:
    """How many characters are equal before the first that is not."""
    for at, (a, b) in enumerate(zip(left, right, strict=False)):
        if a != b:
            return at
    return min(len(left), len(right))
