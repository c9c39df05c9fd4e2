"""Blacking out: which stretches of a text go, and what is left of it. Pure, and the one spelling of what remains.

What goes is replaced, never covered: nobody finds it back under a block. A block is always as long as any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_BETWEEN = re.compile(r"(?<!\b[A-Z])[.!?]+\s+|\n\s*")  # not behind an initial


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From and until (not included), and on what ground it goes."""

    start: int
    end: int
    ground: str

    def as_list(self) -> list[int | str]:
        """As it is kept."""
        return [self.start, self.end, self.ground]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that stays, or the ground of one that went, with the sign by which a reader knows it."""

    text: str = ""
    ground: str = ""
    sign: str = ""


def spans_of(kept: Iterable[Iterable[int | str]]) -> list[Span]:
    """As they were kept."""
    return [Span(int(start), int(end), str(ground)) for start, end, ground in kept]


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence or line begins and ends; together they are the whole text."""
    ends = [match.end() for match in _BETWEEN.finditer(text)]
    points = [0, *(end for end in ends if end < len(text)), len(text)]
    return [(start, end) for start, end in pairwise(points) if end > start]


def words_in(text: str, words: str) -> list[tuple[int, int]]:
    """Every place where these words stand, as whole words and whatever the capitals and spaces between."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return []
    between = r"[\s-]+".join(parts)
    pattern = re.compile(rf"(?<!\w){between}(?!\w)", re.IGNORECASE)
    return [match.span() for match in pattern.finditer(text)]


def merged(spans: Iterable[Span]) -> list[Span]:
    """In order and apart; where two overlap the first ground counts for both."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start < result[-1].end:
            last = result[-1]
            result[-1] = Span(last.start, max(last.end, span.end), last.ground)
        elif span.end > span.start:
            result.append(span)
    return result


def pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    """What is left, with the ground in place of what went; blocks of one ground beside each other are one block."""
    left: list[Piece] = []
    at = 0
    for span in merged(spans):
        between = text[at : span.start]
        if between.strip() or not (left and left[-1].ground == span.ground):
            left += [Piece(between)] if between else []
            left.append(Piece(ground=span.ground))
        at = span.end
    return left + ([Piece(text[at:])] if text[at:] else [])
