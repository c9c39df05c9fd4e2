"""Letters on paper: each is a template in this folder; `privacy/paper.py` sets it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from privacy import paper

HERE = Path(__file__).parent


def as_pdf(template: str, content: dict[str, Any]) -> bytes:
    """An accessible PDF of one of the letters."""
    return paper.as_pdf(HERE / f"{template}.typ", content)
