"""Small help to write Markdown that is the same every time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

GENERATED = "<!-- Written by `make docs` from the code; change the code, not this page. -->"


def cell(text: object) -> str:
    """A text that fits in one cell of a table."""
    return " ".join(str(text).split()).replace("|", "\\|")


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cell(value) for value in line) + " |" for line in lines)


def first_line(documented: object) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((documented.__doc__ or "").strip().split("\n\n")[0].split())


def page(*parts: str) -> str:
    """A page: its parts with an empty line between them."""
    return "\n\n".join(part.strip() for part in parts) + "\n"
