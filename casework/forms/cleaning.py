"""From typed text to values, with the sentence of what was wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from casework.normalise import Unreadable

T = TypeVar("T")


def cleaned(parse: Callable[[str], T], typed: str, *, empty: Any = "") -> T:
    """What `parse` makes of the text; `empty` for nothing typed; a form error when it can't be read."""
    if not typed.strip():
        return empty  # type: ignore[no-any-return]  # the caller says what nothing is
    try:
        return parse(typed)
    except Unreadable as wrong:
        raise forms.ValidationError(wrong.message) from wrong
