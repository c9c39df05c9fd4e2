"""Where the points of a line or a radar go: pure geometry. Coordinates go out as text, so that no comma gets in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import cos, pi, sin

Score = int | None


def _n(number: float) -> str:
    return f"{number:.1f}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A point with its score; `square` is drawn half a mark up and left of it."""

    x: str
    y: str
    value: int

    @property
    def square(self) -> tuple[str, str]:
        """The corner of a square of ten around it."""
        return _n(float(self.x) - 5), _n(float(self.y) - 5)

    @property
    def above(self) -> str:
        """Where its number stands."""
        return _n(float(self.y) - 7)


@dataclass(frozen=True, slots=True)
class Outline:
    """One line through the scores; what was not scored interrupts it."""

    path: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a radar, with the place of its number."""

    number: int
    x: str
    y: str
    label_x: str
    label_y: str


@dataclass(frozen=True, slots=True)
class Ring:
    """One level of a radar."""

    path: str
    level: int
    label_y: str


@dataclass(frozen=True, slots=True)
class Radar:
    """Axes around a centre, a ring per level, and one outline for each set of scores."""

    size: int
    centre: str
    axes: tuple[Axis, ...]
    rings: tuple[Ring, ...]
    outlines: tuple[Outline, ...]


@dataclass(frozen=True, slots=True)
class Gridline:
    """One level of a line drawing."""

    level: int
    y: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Scores over time, oldest left."""

    width: int
    height: int
    left: int
    right: int
    foot: int
    grid: tuple[Gridline, ...]
    outline: Outline
    first: date
    last: date


SIZE, RADIUS, LABEL = 320, 122, 142
WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 240, 118, 22, 224, 16, 92


def _at(turn: float, distance: float) -> tuple[float, float]:
    """A point at this part of a turn from the top, clockwise."""
    return SIZE / 2 + distance * sin(2 * pi * turn), SIZE / 2 - distance * cos(2 * pi * turn)


def _path(points: Sequence[tuple[float, float] | None], *, closed: bool) -> str:
    """Lines between neighbours that are both there; whole and closed when nothing is missing."""
    if closed and len(points) > 2 and None not in points:
        return _closed([point for point in points if point is not None])
    around = [*points, points[0]] if closed and points else list(points)
    parts = []
    for one, other in pairwise(around):
        if one is not None and other is not None:
            parts.append(f"M{_n(one[0])} {_n(one[1])}L{_n(other[0])} {_n(other[1])}")
    return "".join(parts)


def _closed(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points) + "Z"


def _outline(points: Sequence[tuple[float, float] | None], scores: Sequence[Score], *, closed: bool) -> Outline:
    marks = [
        Mark(_n(point[0]), _n(point[1]), score)
        for point, score in zip(points, scores, strict=True)
        if point is not None and score is not None
    ]
    return Outline(_path(points, closed=closed), tuple(marks))


def radar(levels: int, *series: Sequence[Score]) -> Radar:
    """A radar of one or more sets of scores; every set has a place for each axis, None where nothing was scored."""
    count = len(series[0])
    turns = [place / count for place in range(count)]
    axes = []
    for number, turn in enumerate(turns, start=1):
        x, y = _at(turn, RADIUS)
        label_x, label_y = _at(turn, LABEL)
        axes.append(Axis(number, _n(x), _n(y), _n(label_x), _n(label_y + 5)))
    rings = []
    for level in range(1, levels + 1):
        distance = RADIUS * level / levels
        rings.append(Ring(_closed([_at(turn, distance) for turn in turns]), level, _n(SIZE / 2 - distance + 12)))
    outlines = []
    for scores in series:
        points = [
            None if score is None else _at(turn, RADIUS * score / levels)
            for turn, score in zip(turns, scores, strict=True)
        ]
        outlines.append(_outline(points, scores, closed=True))
    return Radar(SIZE, _n(SIZE / 2), tuple(axes), tuple(rings), tuple(outlines))


def trend(levels: int, scores: Sequence[tuple[date, Score]]) -> Trend:
    """A line of scores by date; one alone stands in the middle."""
    days = [day.toordinal() for day, _ in scores]
    first, span = days[0], max(days[-1] - days[0], 1)
    alone = days[-1] == days[0]

    def place(day: int, score: Score) -> tuple[float, float] | None:
        if score is None:
            return None
        x = (LEFT + RIGHT) / 2 if alone else LEFT + 10 + (RIGHT - LEFT - 20) * (day - first) / span
        return x, _height(score, levels)

    values = [score for _, score in scores]
    points = [place(day, score) for day, score in zip(days, values, strict=True)]
    grid = tuple(Gridline(level, _n(_height(level, levels))) for level in range(1, levels + 1))
    outline = _outline(points, values, closed=False)
    return Trend(WIDTH, HEIGHT, LEFT, RIGHT, HEIGHT - 6, grid, outline, scores[0][0], scores[-1][0])


def _height(level: int, levels: int) -> float:
    return FOOT - (FOOT - TOP) * (level - 1) / (levels - 1)
