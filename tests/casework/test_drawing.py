"""Where the points of a radar and a line go."""

from __future__ import annotations

import re
from datetime import date

import pytest

from casework.drawing import FOOT, LEFT, RADIUS, RIGHT, SIZE, TOP, radar, trend

MIDDLE = SIZE / 2


def numbers(path: str) -> list[float]:
    return [float(found) for found in re.findall(r"\d+\.\d", path)]


def test_the_first_axis_points_up_and_the_highest_level_touches_the_rim() -> None:
    mark = radar(5, [5, 1, 1, 1]).outlines[0].marks[0]
    assert (float(mark.x), float(mark.y)) == (MIDDLE, MIDDLE - RADIUS)


def test_the_axes_go_round_clockwise() -> None:
    right, left = radar(5, [5, 5, 5, 5]).outlines[0].marks[1::2]
    assert (float(right.x), float(right.y)) == (MIDDLE + RADIUS, MIDDLE)
    assert (float(left.x), float(left.y)) == (MIDDLE - RADIUS, MIDDLE)


def test_whole_scores_make_one_closed_shape() -> None:
    path = radar(5, [1, 2, 3]).outlines[0].path
    assert path.count("M") == 1
    assert path.endswith("Z")


@pytest.mark.parametrize(("scores", "lines"), [([1, None, 3, 2], 2), ([1, None, 3, None], 0), ([None] * 4, 0)])
def test_what_was_not_scored_interrupts_the_line(scores: list[int | None], lines: int) -> None:
    outline = radar(5, scores).outlines[0]
    assert outline.path.count("M") == outline.path.count("L") == lines
    assert "Z" not in outline.path
    assert [mark.value for mark in outline.marks] == [score for score in scores if score is not None]


def test_there_is_a_ring_for_each_level_and_an_axis_for_each_domain() -> None:
    found = radar(4, [1] * 13, [4] * 13)
    assert [ring.level for ring in found.rings] == [1, 2, 3, 4]
    assert [axis.number for axis in found.axes] == list(range(1, 14))
    assert len(found.outlines) == 2


@pytest.mark.parametrize("count", [3, 5, 13, 30])
def test_everything_stays_inside_the_drawing(count: int) -> None:
    found = radar(5, [5] * count)
    places = [float(place) for axis in found.axes for place in (axis.x, axis.y, axis.label_x, axis.label_y)]
    assert all(8 <= place <= SIZE - 4 for place in places)


def test_a_line_goes_from_left_to_right_in_time_and_up_with_the_level() -> None:
    found = trend(5, [(date(2026, 1, 1), 1), (date(2026, 2, 1), 3), (date(2026, 12, 31), 5)])
    first, second, last = found.outline.marks
    assert LEFT < float(first.x) < float(second.x) < float(last.x) < RIGHT
    assert float(second.x) - float(first.x) < (float(last.x) - float(first.x)) / 10
    assert (float(first.y), float(last.y)) == (FOOT, TOP)
    assert (found.first, found.last) == (date(2026, 1, 1), date(2026, 12, 31))


def test_one_measurement_stands_in_the_middle() -> None:
    found = trend(5, [(date(2026, 1, 1), 3)])
    assert float(found.outline.marks[0].x) == (LEFT + RIGHT) / 2
    assert found.outline.path == ""


def test_a_gap_in_time_is_no_line() -> None:
    days = [date(2026, month, 1) for month in (1, 2, 3, 4)]
    found = trend(5, list(zip(days, [2, None, 3, 4], strict=True)))
    assert found.outline.path.count("M") == 1
    assert len(found.outline.marks) == 3


def test_coordinates_have_a_point_in_every_language() -> None:
    found = radar(5, [1, 2, 3], [3, 2, 1])
    assert not any("," in outline.path for outline in found.outlines)
    assert numbers(found.outlines[0].path)
