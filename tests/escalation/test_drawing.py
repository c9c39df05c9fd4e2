"""The drawing fits a telephone, says nothing by colour alone, and the list beside it says the same."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from escalation.authority_files import authorities
from escalation.drawing import WIDTH, draw
from escalation.ladder import Situation
from escalation.laddering import ladders
from escalation.rungs import Ladder

LADDERS = {ladder.code: ladder for ladder in ladders().active()}
each = pytest.mark.parametrize("ladder", LADDERS.values(), ids=LADDERS)
SVG = "{http://www.w3.org/2000/svg}"


def picture(ladder: Ladder, situation: Situation | None = None) -> ElementTree.Element:
    return ElementTree.fromstring(
        render_to_string("escalation/ladder.svg", {"drawing": draw(ladder, authorities(), situation)})
    )


def listed(ladder: Ladder, situation: Situation | None = None) -> list[str]:
    """What a screen reader says of each item of the list."""
    html = render_to_string("escalation/ladder.html", {"drawing": draw(ladder, authorities(), situation)})
    return [unescape(re.search("<title>(.+?)</title>", item)[1]) for item in html.split("<li>")[1:]]


def words(svg: ElementTree.Element) -> str:
    return " ".join("".join(text.itertext()) for text in svg.iter(f"{SVG}text"))


@each
def test_it_is_no_wider_than_the_narrowest_screen_and_its_text_is_no_smaller_than_14(ladder: Ladder) -> None:
    svg = picture(ladder)
    assert svg.get("viewBox") == f"0 0 {WIDTH} {svg.get('height')}"
    assert WIDTH <= 344
    assert all(int(text.get("font-size", "0")) >= 14 for text in svg.iter(f"{SVG}text"))
    boxes = list(svg.iter(f"{SVG}rect"))
    assert all(float(box.get("x", 0)) + float(box.get("width", 0)) <= WIDTH for box in boxes)


@each
def test_boxes_do_not_overlap_and_hold_their_text(ladder: Ladder) -> None:
    groups = draw(ladder, authorities(), Situation(ladder.start)).groups
    boxes = [box for group in groups for box in group.boxes]
    for upper, lower in zip(boxes, boxes[1:], strict=False):
        assert upper.y + upper.height < lower.y
    for box in boxes:
        assert all(box.y < line.y < box.y + box.height for line in box.lines)


@each
def test_every_rung_with_who_decides_and_its_basis_is_in_drawing_and_list(ladder: Ladder) -> None:
    drawn, said = words(picture(ladder)), listed(ladder)
    assert len(said) == len(ladder.rungs)
    for rung in ladder.rungs:
        assert rung.name in drawn
        (item,) = [one for one in said if one.startswith(f"{rung.number} {rung.name}.")]
        assert f"Beslist: {authorities().labels(rung.decides)}" in item
        assert ", ".join(rung.basis) in item


def test_where_the_case_stands_is_told_in_words_in_both() -> None:
    situation = Situation("waarschuwing", frozenset({"drugspand"}))
    ladder = LADDERS["woonoverlast"]
    assert words(picture(ladder, situation)).count("Hier staat de casus") == 1
    said = "\n".join(listed(ladder, situation))
    assert "4 Waarschuwing. Hier staat de casus. Beslist: Woningcorporatie, Burgemeester." in said
    assert "5 Voornemen gedragsaanwijzing. Kan: opschalen." in said
    assert "11 Sluiting drugspand. Loopt nu naast de ladder." in said


def test_it_reads_from_high_to_low_with_what_stands_beside_it_last() -> None:
    ladder = LADDERS["ondermijning"]
    groups = draw(ladder, authorities()).groups
    assert [[box.number for box in group.boxes] for group in groups] == [[5, 4, 3, 2, 1], [6, 7, 8, 9]]
    assert [group.heading.words for group in groups if group.heading] == ["De keten", "Naast de ladder"]


@each
def test_the_pieces_of_the_list_lie_against_each_other_so_that_the_rail_goes_on(ladder: Ladder) -> None:
    for group in draw(ladder, authorities()).groups:
        for upper, lower in zip(group.boxes, group.boxes[1:], strict=False):
            assert upper.top + upper.piece == lower.top


@each
def test_there_is_a_title_and_no_style_or_script_that_the_policy_would_stop(ladder: Ladder) -> None:
    svg = picture(ladder)
    assert svg.get("role") == "img"
    assert svg.findtext(f"{SVG}title", "").startswith(ladder.name)
    assert not any(node.get("style") for node in svg.iter())
    assert not list(svg.iter(f"{SVG}style")) + list(svg.iter(f"{SVG}script"))


def test_what_a_file_says_can_not_become_a_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    ladder = LADDERS["ave"]
    evil = replace(ladder.rungs[0], name="<script>x</script>")
    ladder = replace(ladder, rungs=(evil, *ladder.rungs[1:]))
    assert "<script>" in words(picture(ladder))
    assert "<script>" not in render_to_string("escalation/ladder.svg", {"drawing": draw(ladder, authorities())})
