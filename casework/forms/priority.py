"""The form by which a case comes on the priority list."""

from __future__ import annotations

from typing import Any

from django import forms

from casework.theme_files import Theme
from privacy.forms import PlainForm, set_choices


class PriorityForm(PlainForm):
    """By which published criterion, and why."""

    criterion = forms.ChoiceField(
        label="Welk criterium geldt?", widget=forms.RadioSelect, error_messages={"required": "Kies een criterium."}
    )
    reason = forms.CharField(
        label="Waaruit blijkt dat?",
        max_length=1000,
        help_text="Alleen wie de regie heeft, leest dit.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf op waaruit dat blijkt."},
    )

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "criterion", [(one.code, one.label) for one in theme.priority])
