"""A ladder as a drawing of 340 pixels wide and as a list that says the same: for the case, for the docs and on paper.

Pure: this gives places and words; `templates/escalation/ladder.svg` and `ladder_list.html` write them. Nothing is told
by colour alone, and the drawing is never wider than the narrowest screen.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from escalation.authority_files import Authorities
from escalation.ladder import Situation, destinations
from escalation.rungs import Ladder, Rung

WIDTH, LEFT, PAD, GAP = 340, 50, 12, 10
NAME_LINE, LINE = 19, 18
NAME_WRAP, WRAP = 24, 31  # so many characters fit beside the rail, also in a wide font that stands in for ours


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `strong` for a name or a mark."""

    y: int
    words: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Box:
    """One rung as drawn. `mark`: where the case stands or what may be done; empty for other rungs."""

    y: int
    height: int
    number: int
    lines: tuple[Text, ...]
    here: bool
    open: bool
    aside: bool

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def number_y(self) -> int:
        return self.middle + 5


@dataclass(frozen=True, slots=True)
class Item:
    """One rung as the list says it."""

    number: int
    name: str
    who: str
    basis: str
    mark: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the templates need. `rails`: from and to, of the line that ties the rungs of the ladder."""

    title: str
    width: int
    height: int
    boxes: tuple[Box, ...]
    headings: tuple[Text, ...]
    rail: tuple[int, int]
    items: tuple[Item, ...]
    aside: tuple[Item, ...]


def marks(ladder: Ladder, situation: Situation | None) -> dict[str, str]:
    """What to write at each rung, for a case that stands somewhere."""
    if situation is None:
        return {}
    found = {one.rung.key: f"Kan: {one.move.value}" for one in destinations(ladder, situation)}
    found |= dict.fromkeys(situation.beside, "Loopt nu naast de ladder")
    return found | {situation.at: "Hier staat de casus"}


def draw(ladder: Ladder, authorities: Authorities, situation: Situation | None = None) -> Drawing:
    """The ladder from high to low, and below it what stands beside it; with a situation, where the case is."""
    said = marks(ladder, situation)
    aside = [rung for rung in ladder.rungs if rung.aside]
    boxes, headings, y, above = [], [], 8, ""
    for rung in (*reversed(ladder.main), *aside):
        heading = heading_of(ladder, rung)
        if heading != above:
            headings.append(Text(y + 18, heading, True))
            y, above = y + 32, heading
        box = _box(rung, y, authorities, said.get(rung.key, ""), situation)
        boxes.append(box)
        y += box.height + GAP
    rail = (boxes[0].middle, boxes[len(ladder.main) - 1].middle)
    items = tuple(_item(rung, authorities, said) for rung in ladder.main)
    beside = tuple(_item(rung, authorities, said) for rung in aside)
    title = f"{ladder.name}: {len(ladder.main)} treden. De lijst bij de tekening zegt hetzelfde."
    return Drawing(title, WIDTH, y, tuple(boxes), tuple(headings), rail, items, beside)


def heading_of(ladder: Ladder, rung: Rung) -> str:
    """What stands over this rung and its neighbours; empty on a ladder without parts."""
    if rung.aside:
        return "Naast de ladder"
    return next((part.label for part in ladder.parts if part.code == rung.part), "")


def _box(rung: Rung, y: int, authorities: Authorities, mark: str, situation: Situation | None) -> Box:
    texts, below = [], y + PAD
    for words, strong in _words(rung, authorities, mark):
        below += NAME_LINE if strong else LINE
        texts.append(Text(below - 5, words, strong))
    here = situation is not None and rung.key in {situation.at, *situation.beside}
    return Box(y, below + PAD - 4 - y, rung.number, tuple(texts), here, bool(mark) and not here, rung.aside)


def _words(rung: Rung, authorities: Authorities, mark: str) -> Iterator[tuple[str, bool]]:
    yield from ((line, True) for line in textwrap.wrap(rung.name, NAME_WRAP))
    yield from _wrapped([f"Beslist: {authorities.labels(rung.decides)}", ", ".join(rung.basis)])
    if mark:
        yield from ((line, True) for line in textwrap.wrap(f"▶ {mark}", NAME_WRAP))


def _wrapped(texts: Iterable[str]) -> Iterator[tuple[str, bool]]:
    for text in texts:
        yield from ((line, False) for line in textwrap.wrap(text, WRAP))


def _item(rung: Rung, authorities: Authorities, said: dict[str, str]) -> Item:
    return Item(rung.number, rung.name, authorities.labels(rung.decides), ", ".join(rung.basis), said.get(rung.key, ""))
