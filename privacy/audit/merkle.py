"""A Merkle tree as RFC 9162 (section 2.1) makes it: a leaf is never mistaken for a node."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

LEAF, NODE = b"\x00", b"\x01"


def leaf(data: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(LEAF + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two hashes."""
    return sha256(NODE + left + right).digest()


def _up(level: Sequence[bytes]) -> list[bytes]:
    """One level higher. A last hash without a neighbour goes up as it is: the same tree as the RFC's splitting."""
    joined = [node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return [*joined, level[-1]] if len(level) % 2 else joined


def root(leaves: Sequence[bytes]) -> bytes:
    """The root of these leaf hashes; of none it is the hash of nothing."""
    if not leaves:
        return sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        level = _up(level)
    return level[0]


def path(leaves: Sequence[bytes], position: int) -> list[bytes]:
    """The hashes that lead from one leaf to the root, lowest first."""
    level, steps = list(leaves), []
    while len(level) > 1:
        neighbour = position ^ 1
        if neighbour < len(level):
            steps.append(level[neighbour])
        level, position = _up(level), position // 2
    return steps


def climb(leaf_hash: bytes, position: int, count: int, steps: Sequence[bytes]) -> bytes | None:
    """The root to which these steps lead, or None when they do not fit a tree of `count` leaves."""
    if not 0 <= position < count:
        return None
    left, here = list(steps), leaf_hash
    while count > 1:
        if position ^ 1 < count:
            if not left:
                return None
            step = left.pop(0)
            here = node(step, here) if position & 1 else node(here, step)
        position, count = position // 2, (count + 1) // 2
    return None if left else here
