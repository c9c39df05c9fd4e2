"""From typed text to values, with the sentence of what was wrong; and a clock time as a field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any, TypeVar

from django import forms

from casework.normalise import Unreadable, time_of_day

T = TypeVar("T")


def cleaned(parse: Callable[[str], T], typed: str, *, empty: Any = "") -> T:
    """What `parse` makes of the text; `empty` for nothing typed; a form error when it can't be read."""
    if not typed.strip():
        return empty  # type: ignore[no-any-return]  # the caller says what nothing is
    try:
        return parse(typed)
    except Unreadable as wrong:
        raise forms.ValidationError(wrong.message) from wrong


class ClockField(forms.CharField):
    """A clock time as a person types it; None for nothing typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("help_text", "Bijvoorbeeld 14:20.")
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "ct-w-10", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> time | None:
        """Raises ValidationError for what is no time."""
        found: time | None = cleaned(time_of_day, super().clean(value), empty=None)
        return found

    def prepare_value(self, value: Any) -> Any:
        """A time that was there before, as a person would type it."""
        return f"{value:%H:%M}" if isinstance(value, time) else value
