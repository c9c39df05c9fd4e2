"""A ladder as a drawing of 340 pixels wide that is a list as well: for the case, for the docs and on paper.

Pure: this gives places and words. `templates/escalation/ladder.svg` writes one picture; `ladder.html` a list in which
every rung is its own piece of it, so that paper breaks between rungs and a screen reader hears a list. Nothing is told
by colour alone, and the drawing is never wider than the narrowest screen.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from escalation.authority_files import Authorities
from escalation.ladder import Situation, destinations
from escalation.rungs import Ladder, Rung

WIDTH, PAD, GAP, HEADING = 340, 12, 10, 32
NAME_LINE, LINE = 19, 18
NAME_WRAP, WRAP = 24, 31  # so many characters fit beside the rail, also in a wide font that stands in for ours
BESIDE = "Naast de ladder"


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `strong` for a name or a mark."""

    y: int
    words: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Box:
    """One rung as drawn, and `said`: the whole of it in words. `here`: in force now; `open`: one may go there."""

    y: int
    height: int
    number: int
    lines: tuple[Text, ...]
    said: str
    here: bool
    open: bool
    aside: bool

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def number_y(self) -> int:
        return self.middle + 5

    @property
    def top(self) -> int:
        """Where its piece of the drawing begins: halfway to the rung above, so that the rail goes on."""
        return self.y - GAP // 2

    @property
    def piece(self) -> int:
        return self.height + GAP


@dataclass(frozen=True, slots=True)
class Group:
    """The rungs under one heading, from high to low; `heading` is None on a ladder without parts."""

    heading: Text | None
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the templates need. `rail`: from and to, of the line that ties the rungs of the ladder."""

    title: str
    width: int
    height: int
    groups: tuple[Group, ...]
    rail: tuple[int, int]


def marks(ladder: Ladder, situation: Situation | None, proposed: str = "") -> dict[str, str]:
    """What to write at each rung, for a case that stands somewhere; with `proposed`, of all steps only that one."""
    if situation is None:
        return {}
    steps = destinations(ladder, situation)
    found = {one.rung.key: f"Kan: {one.move.value}" for one in steps if not proposed}
    found |= {one.rung.key: f"Voorstel: {one.move.value}" for one in steps if one.rung.key == proposed}
    found |= dict.fromkeys(situation.beside, "Loopt nu naast de ladder")
    return found | {situation.at: "Hier staat de casus"}


def draw(
    ladder: Ladder, authorities: Authorities, situation: Situation | None = None, *, proposed: str = ""
) -> Drawing:
    """The ladder from high to low, and below it what stands beside it; with a situation, where the case is.

    `proposed` is the key of the rung that a proposal is about: then other steps are not shown.
    """
    said, groups, y = marks(ladder, situation, proposed), [], 8
    for words, rungs in _groups(ladder):
        heading = Text(y + 18, words, True) if words else None
        y += HEADING if words else 0
        boxes = []
        for rung in rungs:
            boxes.append(_box(rung, y, authorities, said.get(rung.key, ""), situation))
            y += boxes[-1].height + GAP
        groups.append(Group(heading, tuple(boxes)))
    main = [box.middle for group in groups for box in group.boxes if not box.aside]
    title = f"{ladder.name}: {len(ladder.rungs)} treden, de hoogste boven"
    return Drawing(title, WIDTH, y, tuple(groups), (main[0], main[-1]))


def _groups(ladder: Ladder) -> Iterator[tuple[str, list[Rung]]]:
    names = {part.code: part.label for part in ladder.parts}
    found: list[tuple[str, list[Rung]]] = []
    for rung in (*reversed(ladder.main), *(rung for rung in ladder.rungs if rung.aside)):
        heading = BESIDE if rung.aside else names.get(rung.part, "")
        if not found or found[-1][0] != heading:
            found.append((heading, []))
        found[-1][1].append(rung)
    yield from found


def _box(rung: Rung, y: int, authorities: Authorities, mark: str, situation: Situation | None) -> Box:
    texts, below = [], y + PAD
    for words, strong in _words(rung, authorities, mark):
        below += NAME_LINE if strong else LINE
        texts.append(Text(below - 5, words, strong))
    here = situation is not None and rung.key in {situation.at, *situation.beside}
    said = ". ".join(
        part for part in (f"{rung.number} {rung.name}", mark, _who(rung, authorities), _basis(rung)) if part
    )
    return Box(
        y, below + PAD - 4 - y, rung.number, tuple(texts), f"{said}.", here, bool(mark) and not here, rung.aside
    )  # fmt: skip


def _who(rung: Rung, authorities: Authorities) -> str:
    return f"Beslist: {authorities.labels(rung.decides)}"


def _basis(rung: Rung) -> str:
    return ", ".join(rung.basis)


def _words(rung: Rung, authorities: Authorities, mark: str) -> Iterator[tuple[str, bool]]:
    yield from ((line, True) for line in textwrap.wrap(rung.name, NAME_WRAP))
    for text in (_who(rung, authorities), _basis(rung)):
        yield from ((line, False) for line in textwrap.wrap(text, WRAP))
    yield from ((line, True) for line in textwrap.wrap(f"▶ {mark}" if mark else "", NAME_WRAP))
