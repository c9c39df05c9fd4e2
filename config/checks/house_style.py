"""The colours of the municipality: every variable must be there, and text on them must be readable (WCAG 1.4.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as CheckWarning

OURS = Path(__file__).resolve().parent.parent / "static"
FILE, LOGO = "css/municipality.css", "img/logo.svg"
COLOUR = re.compile(r"(--gemeente-[a-z-]+):\s*(#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?)\s*;")
ENOUGH = 4.5
INK, PAPER = "#17232e", "#ffffff"
# What stands on what: text first.
PAIRS = (
    ("--gemeente-on-brand", "--gemeente-brand"),
    ("--gemeente-on-brand", "--gemeente-brand-strong"),
    ("--gemeente-link", PAPER),
    ("--gemeente-link-strong", PAPER),
    ("--gemeente-link", "--gemeente-softer"),
    ("--gemeente-link-strong", "--gemeente-soft"),
    (INK, "--gemeente-soft"),
    (INK, "--gemeente-softer"),
)


def colours(file: Path) -> dict[str, str]:
    """Name and value of each colour in a file."""
    return dict(COLOUR.findall(file.read_text(encoding="utf-8")))


def _light(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How much two colours differ, from 1 to 21."""
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


def mistakes(folder: Path) -> list[CheckMessage]:
    """What is wrong with the house style in this folder."""
    file = folder / FILE
    if not file.is_file():
        return [Error(f"HOUSE_STYLE names {folder}, which has no {FILE}: copy ours there.", id="casustafel.E090")]
    found = colours(file)
    missing = sorted(colours(OURS / FILE).keys() - found.keys())
    if missing:
        told = f"{file} has no colour (such as #123f5f) for {', '.join(missing)}: copy the line from ours."
        return [Error(told, id="casustafel.E091")]
    weak = [
        (text, on, round(contrast(found.get(text, text), found.get(on, on)), 1))
        for text, on in PAIRS
        if contrast(found.get(text, text), found.get(on, on)) < ENOUGH
    ]
    return [
        CheckWarning(
            f"{file}: {text} on {on} differs {much}, and who sees poorly needs {ENOUGH}: make one of them darker.",
            id="casustafel.W092",
        )
        for text, on, much in weak
    ]


@register()
def house_style(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The municipality's own colours, or ours when there are none."""
    return mistakes(Path(settings.HOUSE_STYLE)) if settings.HOUSE_STYLE else mistakes(OURS)
