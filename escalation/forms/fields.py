"""A Dutch day and a clock time, typed; and the form that tells such fields what day it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from casework import normalise
from casework.forms.cleaning import cleaned
from privacy.forms import PlainForm


class DayField(forms.CharField):
    """A day as a person types it; None for nothing typed. `ahead`: it must still come; otherwise it may not."""

    today: date  # set by the form

    def __init__(self, *, ahead: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("help_text", "Bijvoorbeeld 3-9-2026.")
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "ct-w-10", "autocomplete": "off"}))
        super().__init__(**kwargs)
        self.ahead = ahead

    def clean(self, value: Any) -> date | None:
        """Raises ValidationError for what is no day, or a day on the wrong side of today."""
        text = super().clean(value)
        day: date | None = cleaned(lambda typed: normalise.dutch_date(typed, today=self.today), text, empty=None)
        if day and self.ahead and day <= self.today:
            raise forms.ValidationError("Kies een datum na vandaag.")
        if day and not self.ahead and day > self.today:
            raise forms.ValidationError("Deze dag moet nog komen. Kies een dag die is geweest.")
        return day


def about_field() -> forms.CharField:
    """Whom or what a decision is about."""
    return forms.CharField(
        label="Over wie of wat gaat het besluit?",
        max_length=200,
        help_text="Wie beslist, leest dit en niet de rest van de casus. Zet hier niet meer dan nodig.",
        error_messages={"required": "Schrijf op over wie of wat dit besluit gaat."},
    )


def text_field(label: str, missing: str, **more: Any) -> forms.CharField:
    """A longer text that must be there."""
    area = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(label=label, max_length=4000, widget=area, error_messages={"required": missing}, **more)


class DatedForm(PlainForm):
    """A form with days in it; `today` comes from the view."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.today = today
