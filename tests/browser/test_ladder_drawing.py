"""The drawing of each ladder in Chromium: on a telephone, for who hears it, and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser

from escalation.authority_files import authorities
from escalation.drawing import draw
from escalation.ladder import Situation
from escalation.laddering import ladders
from escalation.rungs import Ladder

LADDERS = {ladder.code: ladder for ladder in ladders().active()}
CSS = (Path(__file__).resolve().parents[2] / "config" / "static" / "css" / "case.css").read_text(encoding="utf-8")
# How far each text reaches past the box it stands in.
OVER = """() => Math.max(...[...document.querySelectorAll('svg')].map(svg => {
  const box = svg.querySelector('rect').getBoundingClientRect();
  return Math.max(...[...svg.querySelectorAll('text')].map(text => text.getBoundingClientRect().right - box.right));
}))"""


def page_of(ladder: Ladder) -> str:
    beside = frozenset(rung.key for rung in ladder.rungs if rung.aside)
    drawing = draw(ladder, authorities(), Situation(ladder.main[1].key, beside))
    body = render_to_string("escalation/ladder.html", {"drawing": drawing})
    return f"<!doctype html><html lang=nl><title>Ladder</title><style>{CSS}</style><body>{body}</body></html>"


@pytest.mark.parametrize("ladder", LADDERS.values(), ids=LADDERS)
def test_at_360_pixels_nothing_sticks_out_and_letters_are_large_enough(chromium: Browser, ladder: Ladder) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.set_content(page_of(ladder))
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate(OVER) < 0
    # The drawing is scaled to its column, and so are its letters of 14.
    assert page.evaluate("document.querySelector('svg').getBoundingClientRect().width / 340 * 14") >= 13
    page.close()


@pytest.mark.parametrize("ladder", LADDERS.values(), ids=LADDERS)
def test_a_screen_reader_hears_a_list_of_pictures_with_words(chromium: Browser, ladder: Ladder) -> None:
    page = chromium.new_page()
    page.set_content(page_of(ladder))
    heard = page.locator("body").aria_snapshot()
    assert len(re.findall(r"listitem", heard)) == len(ladder.rungs)
    for rung in ladder.rungs:
        assert page.get_by_role("listitem").get_by_role("img", name=f"{rung.number} {rung.name}.").count() == 1
    page.close()


def test_on_paper_no_rung_is_cut_in_two(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content(page_of(LADDERS["woonoverlast"]))
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.ct-ladder__rungs li')).breakInside") == "avoid"
    assert page.pdf(format="A4").count(b"/Type /Page\n") > 1
    page.close()
