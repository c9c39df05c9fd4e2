"""What is put on paper: what it says is a value, how it looks is a template; the two never become one text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import typst

NO_LETTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what no file may hold (XML 1.0, 2.2)
UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def each_text(content: Any, change: Callable[[str], str]) -> Any:
    """The same content with every text in it changed."""
    if isinstance(content, str):
        return change(content)
    if isinstance(content, dict):
        return {name: each_text(value, change) for name, value in content.items()}
    return [each_text(value, change) for value in content] if isinstance(content, list | tuple) else content


def without_controls(text: str) -> str:
    """The text without signs that say nothing to a reader, and that make a file that nobody can open."""
    return NO_LETTER.sub("", text)


@cache
def _can_be_set(letter: str) -> bool:
    try:
        typst.compile(
            b'#set document(title: "-", date: none)\n#sys.inputs.letter',
            sys_inputs={"letter": letter},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError:
        return False
    return True


def _only_known(text: str) -> str:
    return "".join(one if one.isascii() or _can_be_set(one) else UNKNOWN for one in text)


def as_pdf(template: Path, content: dict[str, Any]) -> bytes:
    """An accessible PDF (PDF/UA-1). The content goes along as data and is never read as source; the compiler refuses
    a document that is not accessible. Files outside the template's folder can't be read, and nothing is fetched.

    A letter that no font here has (an emoji) makes a document inaccessible: it gets a sign in its place.
    """
    clean = each_text(content, without_controls)
    try:
        return _set(template, clean)
    except typst.TypstError:
        return _set(template, each_text(clean, _only_known))


def _set(template: Path, content: Any) -> bytes:
    made = typst.compile(
        str(template),
        root=str(template.parent),
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes)
    return made
