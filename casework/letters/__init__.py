"""Letters on paper: what they say is a value, how they look is a template; the two never become one text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent


def as_pdf(template: str, content: dict[str, Any]) -> bytes:
    """An accessible PDF (PDF/UA-1). The content goes along as data and is never read as source; the compiler refuses
    a document that is not accessible. Files outside this folder can't be read, and nothing is fetched.
    """
    made = typst.compile(
        str(HERE / f"{template}.typ"),
        root=str(HERE),
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes)
    return made
