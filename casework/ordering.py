"""Putting an agenda in an order in which people can leave: pure functions, no database, no clock."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Placed(Generic[Key]):
    """An item as far as its place depends on it: whom it needs, and whether it is about children."""

    key: Key
    people: frozenset[Hashable]
    children: bool = False


def together(items: Sequence[Placed[Key]]) -> list[Key]:
    """Items about children first; then, each time, the one whose people differ least from those at the one before.

    It begins with the item that needs most people, so that the table only gets smaller. What is equal keeps its order.
    """
    found: list[Key] = []
    sitting: frozenset[Hashable] | None = None
    for group in ([item for item in items if item.children], [item for item in items if not item.children]):
        left = list(group)
        while left:
            chosen = _next(left, sitting)
            left.remove(chosen)
            found.append(chosen.key)
            sitting = chosen.people
    return found


def _next(left: Sequence[Placed[Key]], sitting: frozenset[Hashable] | None) -> Placed[Key]:
    if sitting is None:
        return max(left, key=lambda item: len(item.people))  # the first of equals
    return min(left, key=lambda item: len(item.people ^ sitting))


def comings_and_goings(items: Iterable[Placed[Key]]) -> int:
    """How often somebody comes in or leaves between the first and the last item."""
    people = [item.people for item in items]
    return sum(len(before ^ after) for before, after in pairwise(people))
