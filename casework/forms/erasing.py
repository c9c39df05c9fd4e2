"""The form with which a source decides whether a passage is erased."""

from __future__ import annotations

from typing import Any

from django import forms

from casework import erasing_rules as rules
from casework.models import Erase
from privacy.forms import PlainForm, set_choices


class EraseForm(PlainForm):
    """Whether it goes, on which ground, and why not."""

    decision = forms.ChoiceField(
        label="Moet deze passage worden gewist?",
        choices=Erase.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of de passage wordt gewist."},
    )
    ground = forms.ChoiceField(label="Op welke grond?", error_messages={"required": "Kies een grond."})
    reason = forms.CharField(
        label="Waarom?",
        required=False,
        max_length=4000,
        help_text="Blijft het staan, dan leest de persoon dit in de brief. Noem geen andere personen.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "ground", [("", "Kies een grond"), *rules.choices()])
